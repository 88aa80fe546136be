"""What is claimed gone wrong: plan told as done, may told as must, a negation lost, problems and measures that part."""

from __future__ import annotations

import re
from random import Random

import rjieba
from benchmarks.mutations.layout import Block, items
from benchmarks.mutations.model import Change, Clean, Edit, Group, one, operator, replaced

from nigao.text.ordinals import format_ordinal

_LACK = re.compile(
    "(?:还|仍|尚)?(?:不够(?:[一-鿿]{1,2})?|有(?:一定)?差距|有待[一-鿿]{2,4}|有薄弱环节|存在(?:不足|差距|短板|薄弱环节)|不足|薄弱|不到位|不高|不强)。$"
)
_PLAN = (
    "(?<![虚模草])拟(?=[一-鿿])(?![稿写办定订制出])|计划(?=于|在|到|每|对|完成|开展|组织|安排|新增)"
    "|将(?=于|在|继续|进一步|组织|开展|完成|启动|建立)|正在(?=[一-鿿])"
)
# Measures on things that hardly any report of this kind names; a text that does is passed over.
_STRANGE = (
    ("规范公务用车管理", "逐车登记里程和油耗，节假日车辆一律封存停驶", "用车"),
    ("加强食堂食材管理", "食材采购实行索证索票，每周公布一次菜价和检测记录", "食堂"),
    ("完善消防安全设施", "更换过期灭火器，每半年组织一次疏散演练", "消防"),
    ("改善办公楼照明条件", "分楼层更换节能灯具，安排电工按月巡检线路", "照明"),
    ("推进垃圾分类投放", "设置分类投放点，配备督导员每日检查桶站", "垃圾"),
    ("修缮职工文体场地", "翻新篮球场地面，添置健身器材并排定开放时段", "文体"),
)


@operator("plan-as-done", Group.SEMANTIC, "G", "C")
def plan_as_done(clean: Clean, rng: Random) -> Change | None:
    """拟/计划/将/正在 → 已."""
    found = one(rng, clean.matches(_PLAN))
    return replaced(found, "已") if found else None


@operator("may-as-must", Group.SEMANTIC, "G", "C")
def may_as_must(clean: Clean, rng: Random) -> Change | None:
    """可以 → 应当, 鼓励 → 要求."""
    found = one(
        rng, clean.matches("(?<![不许认])可以(?=[一-鿿])|(?<=[一-鿿，])鼓励(?=[一-鿿]{2})|(?<=[，。])原则上(?=[一-鿿])")
    )
    harder = {"可以": ("应当", "必须"), "鼓励": ("要求", "责令"), "原则上": ("一律",)}
    return replaced(found, rng.choice(harder[found.group()])) if found else None


@operator("must-as-may", Group.SEMANTIC, "G", "C")
def must_as_may(clean: Clean, rng: Random) -> Change | None:
    """应当/必须 → 可以."""
    found = one(rng, clean.matches("(?<=[一-鿿，])(?:应当|必须)(?=[一-鿿])"))
    return replaced(found, "可以") if found else None


@operator("negation-dropped", Group.SEMANTIC, "G", "C", "S")
def negation_dropped(clean: Clean, rng: Random) -> Change | None:
    """未发生 → 发生, 没有超标准 → 有超标准, 不得 → 得."""
    spots: list[tuple[int, str]] = []
    for body in clean.bodies:
        at = body.start
        for word in rjieba.cut(body.text, hmm=False):
            if word in ("未", "不", "没有", "不得", "未能", "尚未", "无", "不再", "从未", "不能"):
                spots.append((at, word))
            at += len(word)
    spot = one(rng, [(at, w) for at, w in spots if not clean.is_shielded(at, at + len(w))])
    if spot is None:
        return None
    at, word = spot
    left = {"没有": "有", "不得": "可以", "未能": "能", "尚未": "已", "不再": "再", "从未": "", "不能": "能"}.get(
        word, ""
    )
    body_ = clean.body_at(at)
    return Change(
        (Edit(at, at + len(word), left),), also=((max(body_.start, at - 12), min(body_.end, at + 14)),) if body_ else ()
    )


@operator("measure-deleted", Group.SEMANTIC, "S")
def measure_deleted(clean: Clean, rng: Random) -> Change | None:
    """The only measure for a problem left out, those behind numbered anew."""
    part, problems = clean.report.part("measures"), items(clean, "problems")
    found = items(clean, "measures")
    if part is None or len(found) < 2 or len(found) != len(part.items):
        return None
    answers = [item.addresses for item in part.items]
    alone = [
        i for i, a in enumerate(answers) if a and not set(a) & {n for j, b in enumerate(answers) if j != i for n in b}
    ]
    gone = one(rng, alone)
    if gone is None:
        return None
    asked = tuple((problems[n - 1].start, problems[n - 1].end) for n in answers[gone] if n <= len(problems))
    return Change(_without(found, gone), also=asked, parts=("measures",))


@operator("problem-deleted", Group.SEMANTIC, "S")
def problem_deleted(clean: Clean, rng: Random) -> Change | None:
    """A problem left out, so that its measure answers nothing."""
    part, found = clean.report.part("measures"), items(clean, "problems")
    measures = items(clean, "measures")
    if part is None or len(found) < 2 or len(measures) != len(part.items):
        return None
    fits = [(a[0] - 1, i) for i, a in enumerate(item.addresses for item in part.items) if len(a) == 1]
    chosen = one(rng, [(gone, i) for gone, i in fits if gone < len(found)])
    if chosen is None:
        return None
    gone, i = chosen
    return Change(_without(found, gone), also=((measures[i].start, measures[i].end),))


def _without(found: list[Block], gone: int) -> tuple[Edit, ...]:
    edits = [Edit(found[gone].before, found[gone].end, "")]
    form = found[gone].form
    for value, block in enumerate(found[gone + 1 :], start=gone + 1):
        if form is not None:
            edits.append(Edit(block.start, block.start + len(block.ordinal), format_ordinal(form.form, value)))
    return tuple(edits)


@operator("strange-measure", Group.SEMANTIC, "S")
def strange_measure(clean: Clean, rng: Random) -> Change | None:
    """A measure for a problem that nobody named."""
    found = items(clean, "measures")
    fits = [m for m in _STRANGE if m[2] not in clean.text]
    form = found[-1].form if found else None
    if form is None or not fits:
        return None
    topic, doing, _ = rng.choice(fits)
    gap = clean.text[found[-1].before : found[-1].start]
    return Change(
        (Edit(found[-1].end, found[-1].end, f"{gap}{format_ordinal(form.form, form.value + 1)}{topic}。{doing}。"),)
    )


@operator("praise-against-problem", Group.SEMANTIC, "S", "C")
def praise(clean: Clean, rng: Random) -> Change | None:
    """理论学习联系实际还不够 … 理论学习联系实际全面到位，没有发现任何问题."""
    topics = []
    for block in items(clean, "problems"):
        heading = clean.text[slice(*block.heading)]
        subject = _LACK.sub("", heading)
        if subject != heading and len(subject) > 3:
            topics.append((subject, block))
    chosen = one(rng, topics)
    ends = [b.end for b in clean.bodies if b.part == "features" and not b.heading and b.text.endswith("。")]
    if chosen is None or not ends:
        return None
    at, (subject, block) = rng.choice(ends), chosen
    claim = rng.choice(("全面到位，没有发现任何问题", "全部达到要求，无一遗漏", "已不存在任何问题"))
    return Change((Edit(at, at, f"{subject}{claim}。"),), also=((block.start, block.end),))
