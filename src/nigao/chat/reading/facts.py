"""Facts: 编制数改成46; 实有人数应为27人（来源：组织部统计表，截至2025年12月31日）; 编制是28名不是26名."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nigao.chat.commands import ReplaceCommand, SetFactCommand
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.said import unquoted, without_mark
from nigao.chat.reading.scene import Scene
from nigao.chat.reading.turn import Turn
from nigao.chat.reading.wordlists import any_of
from nigao.text.numerals import parse_integer

# The brief's own fields, by the names under which sentences rest on them.
_FIELDS: dict[str, tuple[str, ...]] = {
    "单位": ("单位名称", "单位全称", "本单位名称", "单位"),
    "报告期间": ("报告期间", "报告期", "期间", "报告年度"),
    "来文单位": ("来文单位", "来文机关", "发文单位"),
    "主送机关": ("主送机关", "主送单位", "主送"),
    "成文日期": ("成文日期", "落款日期", "成文时间", "落款时间"),
}
# 党员人数 is also said as 党员数, 党员数量, 党员总数, 党员.
_COUNT = re.compile("(?:总人数|人数|数量|总数|数目|个数|数)$")
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?(?:%|万|亿)?|[〇零一二两三四五六七八九十百千万]+)(?:余|多)?"
_UNIT = r"(?:个百分点|[^\d，。；、（）\s“”]{0,3}?)"
_FIGURE = rf"{_NUMBER}{_UNIT}"
_OF = (
    any_of(
        """
    这里 那里 这块 这处 这个地方 改一下， 更新一下， 调整一下， 这个数字? 这一项 这项 这条事实
    的(?:数字|数据|数值|数|值|数量)
    """
    )
    + "?"
)
_NOW = any_of("现在 目前 现 实际上? 其实 已经? 都?应该 应当 应 最新的? 准确的? 正确的? 确切") + "*(?:的?数?(?:字|据)?)?"
_SET = any_of(
    """
    改成 改为 改到 更正为 更正成 更新为 更新成 更新到 变更为 变更成 调整为 调整到 调整成 变为 变成 修改为 修改成 修正为
    应为 应是 应该是 应该为 应当为 应当是 实际为 实际是 实为 增加到 增加为 增至 减少到 减少为 减至 升到 降到
    填成 填为 填上 填写为 填 写成 写为 设为 设成 定为 改 是 为 有 ： = 成了 到了 就是 达到
    """
)
_TURNED = any_of("改 调 调整 更正 更新 变更 变 修改 增加 减少 增 减 升 降 涨 扩")
_WAS = any_of("不是 并非 不应是 不该是 原来是 原来的?是 原为 原来 之前是 原先是")
_AMISS = any_of("写错了 写得不对 不对了? 错了 有误 有变化了? 变了 不准确? 有变动 记错了")
_OLD_SAID = rf"(?:从|由)(?:原来的?|原先的?)?(?P<old>{{v}})[名人个]?，?{_TURNED}(?:成|为|到|至)"
_BEFORE = r"，(?:之前|原来|原先|以前)[写填报说]?的(?P<old5>{v})(?:有误|不对|错了|是错的)?"
_NOT_BEHIND = rf"(?:，?而?{_WAS}(?P<old2>{{v}})|{_BEFORE})?"
_WRONG = rf"{_AMISS}[，、]?(?:现在|实际|应该|应当|应|需要|要|得)*(?:是|为|改成|改为|改|更正为)"
_NOT_FIRST = r"(?:不是|并非)(?P<old3>{v})[，、]?(?:而|应该|应当|应)*(?:是|为)"
_OLD_FIRST = r"(?P<old4>{v})，?(?:改|更正|更新|变更|调整|修改|变)(?:成|为|到)"
# 按市委编办的批复: on whose word the value is.
_ON_WORD = "(?:[，]?(?:按照?|根据|依据|依|据|经)(?P<by>[^，。：；\\d]{{2,20}}?)[，]?)?"
_BODY = rf"{_ON_WORD}(?:{_OLD_SAID}|{_OLD_FIRST}|{_WRONG}|{_NOT_FIRST}|{_NOW}{_SET})了?：?(?P<new>{{v}}){_NOT_BEHIND}"
_END = "(?=[，；。（）]|$)"
_SOURCE = re.compile(
    r"[（，；。]?(?:以上)?(?:数据)?(?:来源|出处|来自|依据|根据|数据来自|见|据)[是为于：]?"
    rf"(?P<source>[^，；。（）]+?){_END}"
)
_AS_OF = re.compile(
    r"[（，；。]?(?:数据)?(?:截至|截止到?|截止时间|统计到|时点为?|统计时间为?|时间)[是为：]?"
    rf"(?P<as_of>[^，；。（）]*?[年月日底末\d][^，；。（）]*?){_END}"
)
_LEADING = re.compile(r"^(?:根据|依据|按照?|据|以)(?P<source>[^，；。]{2,40}?)(?:的(?:数据|统计|说法))?(?:为准)?[，]")
_WHOSE = any_of("基本情况(?:部分)? 事实(?:清单)? 报告 我们(?:单位|局|办)? 单位 本单位")
_HEAD = re.compile(f"(?:把|将)?(?:{_WHOSE}(?:里|中)?的?)?")
# Figures are looked for first, then any words.
_SAID = tuple(re.compile(rf"{_OF}[，]?{_BODY.format(v=value)}") for value in (_FIGURE, r"[^“”]+?|“[^“”]+”"))
_TAIL = re.compile(r"(?:才对|才是|为准|就对了|了|[，。；（）]|吧|哈|啊)+$")
_NAME = "[^，。：=是为]{2,20}?"
_NEW = re.compile(
    r"(?:新增|增加|补充|添加|补|加|录入|登记|记)(?:一[条项个])?(?:事实|数据|基本数据|事实清单)项?[：，]?"
    rf"(?P<name>{_NAME})(?:[：=]|是|为|，)(?P<value>.+)|事实：(?P<name2>{_NAME})(?:[：=]|是|为)(?P<value2>.+)"
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A fact that may be set: the names it goes by, its value now, and the unit of measure."""

    name: str
    called: tuple[str, ...]
    value: str = ""
    unit: str = ""
    exact: tuple[str, ...] = ()


def read(turn: Turn) -> Outcome:
    """The reading as a fact; empty where the words are none."""
    plain, source, as_of = _sources(turn)
    if re.search("[？?]$|[吗呢]$|多少|几[名人个次]|哪|什么|是否|有没有|是不是|怎么", plain):
        return Outcome()
    known = _known(turn.scene)
    new = _NEW.fullmatch(plain)
    if new is not None:
        return _brand_new(turn, new, known, source, as_of)
    for name in sorted({called for fact in known for called in fact.called}, key=len, reverse=True):
        found = _matched(name, plain)
        if found is None:
            continue
        facts = [fact for fact in known if name in fact.called]
        outcomes = [o for fact in facts if (o := _set(turn, fact, name, found, source, as_of))]
        sure = [command for outcome in outcomes for command in outcome.sure]
        if len(outcomes) == 1:
            return outcomes[0]
        if outcomes:
            return Outcome.asking("说的是哪一项事实", sure)
    return _bare_figure(plain, known)


def _bare_figure(plain: str, known: list[_Known]) -> Outcome:
    """编制数46名 says a value and not what to do with it."""
    for fact in known:
        for name in fact.called:
            if (
                plain.startswith(name)
                and re.fullmatch(rf"[有共]?{_FIGURE}", plain[len(name) :])
                and re.match(r"\d", fact.value)
            ):
                return Outcome.asking(
                    "是要改这项事实吗",
                    [SetFactCommand(name=fact.name, value=_counted(plain[len(name) :].lstrip("有共"), fact))],
                )
    return Outcome()


def _matched(name: str, plain: str) -> re.Match[str] | None:
    """What is said of a name that the wish begins with."""
    head = _HEAD.match(plain)
    for start in dict.fromkeys((0, head.end() if head is not None else 0)):
        begin = start + plain.startswith("“", start)
        if not plain.startswith(name, begin):
            continue
        rest = plain[begin + len(name) :].removeprefix("”")
        for said in _SAID:
            found = said.fullmatch(rest)
            if found is not None:
                return found
    return None


def _sources(turn: Turn) -> tuple[str, str, str]:
    """What was said without its source and date, and these."""
    plain = turn.plain
    source = as_of = ""
    leading = _LEADING.match(plain)
    if leading is not None:
        source, plain = leading["source"], plain[leading.end() :]
    dated = _AS_OF.search(plain)
    if dated is not None and dated.start() > 2:
        as_of, plain = dated["as_of"], plain[: dated.start()] + plain[dated.end() :]
    said = _SOURCE.search(plain)
    if said is not None and said.start() > 2 and said.group()[0] in "（，；。":
        source, plain = said["source"], plain[: said.start()] + plain[said.end() :]
    if source or as_of:
        plain = plain.rstrip("（），；")
    return _TAIL.sub("", plain), unquoted(source), as_of


def _known(scene: Scene) -> list[_Known]:
    """The facts of the brief, those that the kind expects, and the brief's own fields."""
    specs = {spec.name: spec.aliases for part in scene.kind.parts for spec in part.facts}
    facts = {fact.name: fact for fact in scene.brief.facts} if scene.brief is not None else {}
    found: list[_Known] = []
    for name in dict.fromkeys((*facts, *specs)):
        own = next((n for n, aliases in specs.items() if n != name and name in aliases), "")
        if name not in facts and any(name == n or n in specs[name] for n in facts if n != name):
            continue
        aliases = (*specs.get(name, ()), *((own, *specs[own]) if own and own not in facts else ()))
        short = [_COUNT.sub("", one) for one in (name, *aliases)]
        called = dict.fromkeys(one for one in (name, *aliases, *short) if len(one) > 1)
        counted = [one + tail for one in short for tail in ("数", "人数", "数量", "总数") if len(one) > 1]
        fact = facts.get(name)
        found.append(
            _Known(
                name,
                tuple(dict.fromkeys((*called, *counted))),
                fact.value if fact else "",
                fact.unit if fact else "",
                (name, *aliases),
            )
        )
    found += [_Known(name, called) for name, called in _FIELDS.items() if name not in facts]
    return _settled(found)


def _settled(facts: list[_Known]) -> list[_Known]:
    """A name that is one fact's own is no loose name of another's."""
    own = {name: fact.name for fact in facts for name in fact.exact}
    return [
        _Known(f.name, tuple(n for n in f.called if own.get(n, f.name) == f.name), f.value, f.unit, f.exact)
        for f in facts
    ]


def _set(turn: Turn, fact: _Known, name: str, found: re.Match[str], source: str, as_of: str) -> Outcome:
    groups = found.groupdict()
    old = next((groups[key] for key in ("old", "old2", "old3", "old4", "old5") if groups.get(key)), "") or ""
    new = unquoted(_typed(turn, found["new"]))
    counted = bool(re.match(r"\d", fact.value)) or (not fact.value and fact.name not in _FIELDS and name.endswith("数"))
    figure = re.fullmatch(_FIGURE, found["new"])
    if (counted and old and re.fullmatch(_FIGURE, old) is None) or re.match("[不别没未勿非]", old):
        return Outcome()
    if counted and figure is None:
        return Outcome()
    value = _counted(found["new"], fact) if figure is not None and (counted or not fact.value) else new
    if not value or re.match("不", value):
        return Outcome()
    was = _counted(old, fact) if counted and old else unquoted(_typed(turn, old))
    command = SetFactCommand(
        name=fact.name,
        value=value,
        old=was,
        source=_typed(turn, source or groups["by"] or ""),
        as_of=_typed(turn, as_of),
    )
    if not counted and name not in (fact.name, *_FIELDS.get(fact.name, ())) and not source:
        # 把党支部改成机关党支部 may mean the words.
        return Outcome.asking(
            f"是改“{fact.name}”这项事实，还是换报告里的词", [command, ReplaceCommand(old=name, new=new)]
        )
    if not counted and re.match("[是为有]", found.group()) and not (source or old):
        return Outcome.asking("是要改这项事实吗", [command])
    return Outcome.of(command)


def _counted(words: str, fact: _Known) -> str:
    """A figure in digits, without the unit that the fact has anyway."""
    found = re.match(rf"(?P<number>{_NUMBER})(?P<unit>.*)", words)
    if found is None:
        return words
    number = found["number"].replace(",", "")
    value = number if number[0].isdigit() else str(parse_integer(number) or number)
    return value if not found["unit"] or found["unit"] == fact.unit else value + found["unit"]


def _brand_new(turn: Turn, found: re.Match[str], known: list[_Known], source: str, as_of: str) -> Outcome:
    name = unquoted(found["name"] or found["name2"])
    value = unquoted(_typed(turn, found["value"] or found["value2"]))
    same = next((fact for fact in known if name in fact.exact), None)
    figure = same is not None and re.fullmatch(_FIGURE, value)
    said = SetFactCommand(
        name=same.name if same is not None else _typed(turn, name),
        value=_counted(value, same) if same is not None and figure else without_mark(value),
        source=_typed(turn, source),
        as_of=_typed(turn, as_of),
    )
    return Outcome.of(said)


def _typed(turn: Turn, plain: str) -> str:
    """Folded words as they were typed."""
    at = turn.plain.find(plain) if plain else -1
    return turn.said.verbatim(at, at + len(plain)) if at >= 0 else plain
