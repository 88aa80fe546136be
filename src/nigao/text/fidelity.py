"""How faithfully a sentence repeats the words it quotes: the same wording, the same state, the same degree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from nigao.text.clauses import Clause, clauses, counterparts
from nigao.text.stance import announces_plan
from nigao.text.terms import fold

# Over-wide on purpose: both texts are put into this form, so that a word misread in one is misread in the other.
_FIRST_PERSON = re.compile(
    "[我本][省市县区镇乡]?(?:单位|机关|局|办|委|厅|院|中心|处|所|站|馆|校|队|镇|乡|街道|公司|部|会|科|室)"
    "|我(?=党组|党委|党总支|党支部|支部|班子)"
)
_UNIT = "\0"
_ENDS = "。；，：;,:.!！?？、"
_STOPS = "".join(dict.fromkeys(fold("。；！？") + "。；！？"))


def repeats(sentence: str, quotes: Sequence[str], names: Sequence[str], years: Sequence[int] = ()) -> bool:
    """Whether the sentence is the wording of a quote, of all of them joined, or a part of it.

    The unit may stand under any of its `names` for 我局, 本办 and the like, 今年 may be one of `years` (those that the
    quoted documents' titles name) and 全年 may have it in front; final punctuation does not count.
    """
    return any(_stands_in(sentence, quotes, tuple(names), year) for year in (None, *years))


@lru_cache(maxsize=1024)
def repeats_whole(sentence: str, text: str, names: tuple[str, ...]) -> bool:
    """Whether whole sentences of `text` stand here word for word (the unit under any of its names): nothing in front
    of the words or behind them was cut off, so that no 拟 or 未 can be missing."""
    wanted = _neutral(sentence, names, None)
    for line in text.splitlines():
        plain = _neutral(line, names, None)
        at = plain.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if (at == 0 or plain[at - 1] in _STOPS) and (end == len(plain) or plain[end] in _STOPS):
                return True
            at = plain.find(wanted, at + 1)
    return False


@lru_cache(maxsize=1024)
def mask_unit(text: str, names: tuple[str, ...]) -> str:
    """The text with the unit's names and its first person (我局, 本办) blanked out, every other character in place."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, _UNIT * len(name))
    return _FIRST_PERSON.sub(lambda match: _UNIT * len(match.group()), text)


def _stands_in(sentence: str, quotes: Sequence[str], names: tuple[str, ...], year: int | None) -> bool:
    said = _neutral(sentence, names, year)
    # Where quotes are joined, the stop between them may have become a comma.
    joined = _unstopped(_neutral("".join(quotes), names, year))
    return any(said in _neutral(quote, names, year) for quote in quotes) or _unstopped(said) in joined


def _unstopped(text: str) -> str:
    return "".join(c for c in text if c not in _ENDS)


@lru_cache(maxsize=2048)
def _neutral(text: str, names: tuple[str, ...], year: int | None) -> str:
    plain = fold(text).strip("".join({*_ENDS, *fold(_ENDS)}))
    for name in sorted(filter(None, map(fold, names)), key=len, reverse=True):
        plain = plain.replace(name, _UNIT)
    plain = _FIRST_PERSON.sub(_UNIT, plain)
    if year is not None:
        plain = re.sub(f"{year}年(?=全年|[上下]半年)", "", plain.replace("今年", f"{year}年"))
    return re.sub(f"[我本]?{_UNIT}+(?:、{_UNIT}+)*", _UNIT, plain)


class Change(StrEnum):
    """What a rewording did to a clause's state or degree."""

    DONE = "done"  # 拟完成 → 已完成
    UNPLANNED = "unplanned"  # 拟完成 → 完成, where what was done is told
    AHEAD = "ahead"  # 拟修订办法，增设窗口 → 增设窗口: the plan was told in the part left out
    OBEYED = "obeyed"  # 应当公开 → 已公开
    UNRULED = "unruled"  # 应当公开 → 公开, where what was done is told
    DUTY = "duty"  # 可以 → 应当
    LEAVE = "leave"  # 应当 → 可以
    MORE = "more"  # 部分 → 全部, 有所 → 大幅
    UNLIMITED = "unlimited"  # 基本完成 → 完成


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause at `start:end` of the sentence whose state or degree is not that of the evidence's clause `old`."""

    change: Change
    start: int
    end: int
    old: str


# Wider than `stance.announces_plan`, which chooses what to quote: here two wordings of one clause are compared.
_PLANNED = re.compile(
    r"(?<![模虚草])拟(?!稿|写|办|定|订|制|出)|(?<![按照])计划(?!生育|书|表|完成率)(?![、，。；]|、|$)|规划(?=建|于|新|在)|力争|争取(?!了|到)"
    r"|预计|打算|准备(?=[于在开组对建])|下一步|下步|下阶段|明年|来年|今后|接下来|正在|有望|谋划|筹备|筹建|着手|待(?=[批审报])"
    r"|(?<![已即])将(?=于|在|继续|进一步|陆续|逐步|适时|尽快|如期|按期|(?:全部|全面)?(?:完成|建成|实现|达到|启动|推出|召开|举办|新增|扩大|增设|上线|投入|出台))"
    r"|目标(?=是|为|任务)|(?:确保|保证)[^，。；]{0,8}[底前]"
)
_CALLED_FOR = re.compile("(?<![主重需必只简纪摘概])要(?!求|点|素|件|闻|害|务)|还需|仍需|应")
_DONE = re.compile(
    r"已(?![知故久])|(?<![为除罢未])了(?![解如结然])|完成(?!时限|时间|情况|率|时)|建成|落成|实现|取得|达成|上线|投入使用|投用|圆满|顺利|成功"
    r"|落地|办结|见效|整改到位|印发|出台|获"
)
_PLAINLY_DONE = re.compile(r"已(?![知故久])|(?<![为除罢未])了(?![解如结然])|完成了|(?<![确])实现|圆满|顺利|成功|取得")
_MAY = re.compile(
    "可以|可(?=[由在按将向采结根视])|鼓励|提倡|倡导|原则上|酌情|自愿|支持(?=[一-鿿]{2})"
    "|(?<![意见条提项督])建议(?![，。；、的清办采\\d]|$)"
)
_MUST = re.compile("应当|必须|(?<!必)须(?!知)|不得|严禁|一律|务必|要求(?=[一-鿿]{2})|应(?=[当在按由将对及于])")
_PART = re.compile(
    "大部分|部分(?!组成)|有的(?!放)|个别|少数|大?多数|大多|基本(?!情况|制度|信息|要求|建设|养老|医疗|公共|面|功|上?没|知识|标准|职责|原则|方针|方略|条件|单位|保障|国情|组织|功能)"
    "|初步|有所|略有|稍有|小幅|逐步|一些|阶段性|一定程度|原则上|一般(?=[不应在为]|$)|有待|尚不"
)
_ALL = re.compile(
    "全部|全面(?!从严)|彻底|所有(?!制)|一律|大幅|显著|根本|完全|普遍|圆满|极大|明显|全体|全员|全覆盖|(?<![人年月日户平])均(?![衡等匀可值])|(?<![首京成])都(?!市)"
    "|无一|百分之百|100%|跨越式|翻番|严重|极其|十分|非常|高度"
)
_LIMITED = re.compile(
    "大部分|部分(?!组成)|有的(?!放)|个别|少数|大?多数|大多|有所|略有|稍有|初步|阶段性|一定程度|原则上"
    "|基本(?=完成|建成|实现|形成|消除|解决|整改|办结|到位|达到|满意|落实|健全)"
)
_FIGURE = re.compile(r"\d|[一二三四五六七八九十两][个名项家]")
_MARKS = re.compile("|".join(p.pattern for p in (_PLANNED, _MAY, _MUST, _PART, _ALL)) + "|已|了|完成")
# 按照制度要求 tells of the rule, and does not claim that it was kept.
_RULE_NAMED = re.compile(
    "按照|根据|依据|依照|要求|规定|明确|制度|办法|细则|规范|规则|应|须|要|可以|不得|鼓励|原则上|建议"
)


def state_changes(
    sentence: str, evidence: str, *, telling_doings: bool = False, intended: bool = False
) -> list[Changed]:
    """Where the sentence tells a plan or a rule as done, a leave as a duty (or the reverse), a part as the whole.

    `telling_doings`: the sentence stands where what was done is told, so that a plan without its 拟 is told as done.
    `intended`: the evidence stands under 下一步措施 and the like, or the sentence where what is to be
    done is told, so that nothing of it is done yet, though no clause says 拟.
    """
    return list(_state_changes(sentence, evidence, telling_doings, intended))


@lru_cache(maxsize=2048)
def _state_changes(sentence: str, evidence: str, telling_doings: bool, intended: bool) -> tuple[Changed, ...]:
    olds = clauses(evidence)
    found: list[Changed] = []
    for new in clauses(sentence):
        same = counterparts(new, olds, _MARKS)
        if same and all(old.text != new.text or _planned(old) for old in same):
            found.extend(_changes(new, same, sentence, telling_doings) or _fulfilled(new, same[0], intended))
    return tuple(found)


def _fulfilled(new: Clause, old: Clause, intended: bool) -> list[Changed]:
    """What the evidence means to do, by its heading rather than its words, told as done by a word of its own (已)."""
    done = intended and not _planned(new) and not _CALLED_FOR.search(new.text) and _newly_done(new, old)
    return [Changed(Change.DONE, new.start, new.end, old.text)] if done else []


def _changes(new: Clause, olds: list[Clause], sentence: str, telling_doings: bool) -> list[Changed]:
    kinds = [_state(new, olds, sentence, telling_doings), _duty(new, olds) or _extent(new, olds, sentence)]
    return [Changed(kind, new.start, new.end, olds[0].text) for kind in kinds if kind is not None]


def _state(new: Clause, olds: list[Clause], sentence: str, telling_doings: bool) -> Change | None:
    if _planned(new) or _CALLED_FOR.search(new.text):
        return None
    best = olds[0]
    more_done = len(_DONE.findall(new.text)) > len(_DONE.findall(best.text)) or _newly_done(new, best)
    if all(_planned(old) for old in olds):
        if more_done or not telling_doings:
            return Change.DONE if more_done else None
        return Change.UNPLANNED if any(_plans(old.text) for old in olds) else Change.AHEAD
    ruled = all(_ruled(old) for old in olds) and not _ruled(new)
    if ruled and _newly_done(new, best):
        return Change.OBEYED
    return Change.UNRULED if ruled and telling_doings and not _RULE_NAMED.search(sentence) else None


def _newly_done(new: Clause, old: Clause) -> bool:
    return len(_PLAINLY_DONE.findall(new.text)) > len(_PLAINLY_DONE.findall(old.text))


def _planned(clause: Clause) -> bool:
    """Whether the clause tells a plan, by its own words or by those of its sentence ahead of it."""
    # What is told as done, or laid down, ends the plan: 拟新建两处，已完成一处，…
    for other in (clause.text, *(c.text for c in reversed(clauses(clause.before)))):
        if _plans(other):
            return True
        if _PLAINLY_DONE.search(other) or _MAY.search(other) or _MUST.search(other):
            return False
    return False


def _plans(text: str) -> bool:
    return _PLANNED.search(text) is not None or announces_plan(text)


def _ruled(clause: Clause) -> bool:
    return bool(_MUST.search(clause.text) or _MAY.search(clause.text)) and not _PLAINLY_DONE.search(clause.text)


def _duty(new: Clause, olds: list[Clause]) -> Change | None:
    may, must = bool(_MAY.search(new.text)), bool(_MUST.search(new.text))
    if must and not may and all(_MAY.search(old.text) and not _MUST.search(old.text) for old in olds):
        return Change.DUTY
    if may and not must and all(_MUST.search(old.text) and not _MAY.search(old.text) for old in olds):
        return Change.LEAVE
    return None


def _extent(new: Clause, olds: list[Clause], sentence: str) -> Change | None:
    if _PART.search(new.text):
        return None
    if _ALL.search(new.text):
        partial = all(_PART.search(old.text) and not _ALL.search(old.text) for old in olds)
        return Change.MORE if partial else None
    limited = all(_LIMITED.search(old.text) for old in olds)
    counted = _FIGURE.search(new.text) and not _FIGURE.search(olds[0].text)
    return Change.UNLIMITED if limited and not counted and not _PART.search(sentence) else None
