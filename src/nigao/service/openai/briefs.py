"""A brief read from what was said: as YAML or JSON, or from a plain sentence. What is not said stays unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from nigao.errors import BriefError
from nigao.report.brief import Brief, Unit
from nigao.report.kinds import Kind
from nigao.text.periods import parse_period
from nigao.text.units import stated_issuer

_FENCE = re.compile(r"```[A-Za-z]*[ \t]*\n(.*?)\n?```", re.DOTALL)
_FIELD = re.compile(r"^[ \t]*(?:\{|\"?(?:unit|kind|period|facts|points|recipient|asked_by)\"?\s*:)", re.MULTILINE)
_PERIOD = re.compile(
    r"(?:19|20)\d{2}\s*年?\s*[-—–~～至到]+\s*(?:19|20)\d{2}\s*(?:学年|年)"
    r"|(?:19|20)\d{2}年(?:[上下]半年|第?[一二三四1-4]季度|\d{1,2}月(?:(?:至|到|[-—–~～])(?:(?:19|20)\d{2}年)?\d{1,2}月)?)?"
)
# A longer text is no request in a sentence: chat pages have a conversation's title made by sending it back whole.
_LONGEST = 500
_LONGEST_BRIEF = 100_000
# A brief needs five. Reading what is nested without end takes time by its square.
_DEEPEST = 20
_LONGER = re.compile("公室|员会")
# Behind 为, 给, 替 or 帮 stands who it is for; before the period or the verb, who it is of.
_FOR = re.compile(
    r"(?:为|给|替|帮|以)(?P<unit>[一-鿿（）()]{2,40}?)"
    r"(?=的?名义|起草|草拟|撰写|拟|写|做|生成|准备|(?:19|20)\d{2}|[，,。：:])"
)
_ASKS = re.compile("起草|草拟|撰写|拟|写|生成|做|报告|总结|材料")
_VERBS = "(?:起草|草拟|撰写|拟写|拟|写|生成|做)(?:一下|一份|一篇|个|份)?"
_VERB = re.compile(_VERBS)
_BEHIND_VERB = re.compile(rf"{_VERBS}(?:关于)?(?:{_PERIOD.pattern})?(?P<unit>[一-鿿]{{4,}})")
_BEFORE_PERIOD = re.compile(rf"(?P<unit>[一-鿿]{{4,}}?)(?={_PERIOD.pattern})")
_POLITE = re.compile("请|麻烦|帮忙|(?:帮|给)我们?(?!单位)")
# Who asks for the report, or receives it, is not who it is of.
_OTHERS = re.compile("主送|报送|呈|送|按|根据|应|向|由|配合|迎接|为|给|对")


def written_brief(text: str) -> Brief | None:
    """The brief that a message holds as YAML or JSON, also between ``` marks; None where it holds none.

    Raises BriefError where it holds one that is wrong.
    """
    fenced = _FENCE.search(text)
    body = fenced.group(1) if fenced is not None else text
    if not _FIELD.search(body):
        return None
    _require_modest(body)
    return Brief.parse(body)


def _require_modest(body: str) -> None:
    """Raise BriefError for what a few lines from a stranger could make endless work of."""
    if len(body) > _LONGEST_BRIEF:
        fix = f"缩短到 {_LONGEST_BRIEF} 字以内，或改用 POST /api/v1/reports"
        raise BriefError("拟稿要求过长", where="拟稿要求", fix=fix)
    try:
        for depth, event in _nested(body):
            if isinstance(event, yaml.AliasEvent):
                raise BriefError("拟稿要求里不能用 YAML 别名（*名称）", where="拟稿要求", fix="把内容直接写出来")
            if depth > _DEEPEST:
                raise BriefError("拟稿要求层次过深", where="拟稿要求", fix="对照拟稿要求的样子改正括号和缩进")
    except (yaml.YAMLError, RecursionError):
        # What is wrong with it, the brief's own reader tells.
        return


def _nested(body: str) -> Iterator[tuple[int, yaml.Event]]:
    """What YAML reads, piece by piece, each with how deep it stands: whoever has seen enough reads no further."""
    depth = 0
    for event in yaml.parse(body, yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        yield depth, event
        depth -= isinstance(event, yaml.CollectionEndEvent)


def spoken_brief(said: Sequence[str], kinds: Sequence[Kind], unit: Unit | None, kind: str) -> Brief | None:
    """The brief that sentences ask for (the later ones win); None where they ask for no report, or name no unit and
    there is none to assume.

    `unit` is the caller's own, and `kind` the key of the kind where none of `kinds` is named.
    """
    said = [text for text in said if len(text) <= _LONGEST]
    if not any(_ASKS.search(text) for text in said):
        return None
    named, period = unit, ""
    for text in said:
        found = _PERIOD.search(text)
        period = found.group().replace(" ", "") if found is not None and parse_period(found.group()) else period
        kind = next((one.key for one in kinds if one.name in text or one.key in text), kind)
        name = _unit_in(text)
        if name:
            named = unit if unit is not None and name in unit.named else Unit(full=name)
    return Brief(unit=named, kind=kind, period=period) if named is not None else None


def _unit_in(text: str) -> str:
    """The unit that a sentence asks a report for, empty where it names none."""
    text = _POLITE.sub("", text)
    named = _FOR.search(text)
    pieces = re.split(r"[\n，,。；;：:！!？?\s]|的|关于", _VERB.sub("\n", _PERIOD.sub("\n", text)))
    whole = [piece for piece in ([named.group("unit")] if named is not None else []) + pieces if _is_unit(piece)]
    # A name that runs on into what the report is about stands behind the verb, or before the period.
    headed = [found.group("unit") for found in (_BEHIND_VERB.search(text), _BEFORE_PERIOD.match(text)) if found]
    return next(filter(None, [*whole, *map(_leading_unit, headed)]), "")


def _is_unit(piece: str) -> bool:
    return not _OTHERS.match(piece) and stated_issuer("", piece) == piece != ""


def _leading_unit(piece: str) -> str:
    if _OTHERS.match(piece):
        return ""
    name = stated_issuer(piece, "")
    # 办公室 and 委员会 begin like 办 and 委, which end a name too.
    longer = _LONGER.match(piece.removeprefix(name)) if name else None
    return name + longer.group() if longer is not None else name


QUESTION = (
    "请告诉我为哪个单位起草，例如：为清河市水务局起草2025年政治生态分析报告。"
    "也可以发来完整的拟稿要求（YAML 或 JSON），至少有 unit；事实写进 facts，没有给的会留作【待补：…】。"
)
