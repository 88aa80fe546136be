"""S: ordinals at every level — their sequence, order of levels and form, and the number of points announced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from nigao.checks.context import CheckContext
from nigao.checks.finding import Fix, Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.checks.reporttext import ReportText
from nigao.report.model import Item, Report, Sentence
from nigao.report.numbering import Fault, Misnumbered, misnumbered
from nigao.text.announced import announced_count
from nigao.text.ordinals import OrdinalForm, format_ordinal, match_ordinal

_LEVELS = "GB/T 9704—2012 7.3.3"
_LAST_CIRCLED = 20
_ORDER = "结构层次序数依次可以用“一、”“（一）”“1.”“（1）”标注"


def _wanted(fault: Misnumbered, value: int) -> str:
    """The ordinal that belongs there, written as this one is: 二要 after 一要, (二) after (一)."""
    written = fault.ordinal.text
    if fault.ordinal.form is OrdinalForm.CIRCLED and value > _LAST_CIRCLED:
        return str(value)
    plain = format_ordinal(fault.ordinal.form, value)
    if fault.ordinal.form in (OrdinalForm.ENUMERATION, OrdinalForm.RANK, OrdinalForm.ARABIC):
        return plain[:-1] + written[-1]
    return plain if written[0] not in "(" else plain.replace("（", "(").replace("）", ")")


# Several rules tell of what one look through the numbering finds.
_FOUND: WeakKeyDictionary[ReportText, list[Misnumbered]] = WeakKeyDictionary()


def _faults(report: Report, context: CheckContext, *wanted: Fault) -> Iterator[Misnumbered]:
    view = context.seen(report)
    if view not in _FOUND:
        _FOUND[view] = misnumbered(report, view.text)
    yield from (fault for fault in _FOUND[view] if fault.fault in wanted)


@rule(
    "S104",
    Severity.ERROR,
    "序号不连续",
    why="同一组序号从一起逐个往下排，缺号、重号、另起都会让人怀疑少写或多写了一条。",
    basis=_LEVELS,
    authority=Authority.PRACTICE,
    bad=Example("一是学习不够深入。研讨偏少。二是作风不够扎实。走访偏少。四是监督不够有力。检查偏少。"),
    good=Example("一是学习不够深入。研讨偏少。二是作风不够扎实。走访偏少。三是监督不够有力。检查偏少。"),
)
def broken_ordinals(report: Report, context: CheckContext) -> Iterator[Mark]:
    for fault in _faults(report, context, Fault.GAP, Fault.REPEATED, Fault.RESTARTED, Fault.NOT_FIRST):
        written, wanted = fault.ordinal.text, _wanted(fault, fault.wanted)
        after = f"“{fault.sister.text}”之后应为“{wanted}”" if fault.sister else f"第一条应为“{wanted}”"
        told = {
            Fault.GAP: f"序号“{written}”不连续，{after}",
            Fault.REPEATED: f"序号“{written}”重复，{after}",
            Fault.RESTARTED: f"序号在同一层次内又从“{written}”排起，{after}",
            Fault.NOT_FIRST: f"序号“{written}”不连续，{after}",
        }[fault.fault]
        yield Mark(
            told,
            at=(fault.ordinal.start, fault.ordinal.end),
            suggestion=f"改为“{wanted}”并顺改后面的序号，或补上缺漏的一条",
            severity=Severity.WARNING if fault.fault is Fault.RESTARTED else None,
            fix=Fix(text=wanted, safe=False),
        )


@rule(
    "S113",
    Severity.WARNING,
    "序号层次颠倒",
    why=f"{_ORDER}；下一层次用了上一层次的序号，读者分不清从属关系。（“一、”之下直接用“1.”是常见写法，不算颠倒。）",
    basis=_LEVELS,
    authority=Authority.STANDARD,
    bad=Example("一、基本情况\n1.机构情况\n（一）机构设置\n内设科室三个。\n（二）人员编制\n核定编制十二名。"),
    good=Example("一、基本情况\n（一）机构情况\n1.机构设置\n内设科室三个。\n2.人员编制\n核定编制十二名。"),
)
def inverted_levels(report: Report, context: CheckContext) -> Iterator[Mark]:
    for fault in _faults(report, context, Fault.INVERTED):
        assert fault.sister is not None
        written, above = fault.ordinal.text, fault.sister.text
        yield Mark(
            f"“{written}”排在“{above}”之下，层次颠倒",
            at=(fault.ordinal.start, fault.ordinal.end),
            suggestion="依次用“一、”“（一）”“1.”“（1）”",
        )


@rule(
    "S114",
    Severity.WARNING,
    "同一组序号形式不一",
    why="同一组并列的内容用同一种序号，一是之后接第二，读者会以为是另一组。",
    basis=_LEVELS,
    authority=Authority.PRACTICE,
    bad=Example("一是学习不够深入。研讨偏少。第二，作风不够扎实。走访偏少。"),
    good=Example("一是学习不够深入。研讨偏少。二是作风不够扎实。走访偏少。"),
)
def mixed_forms(report: Report, context: CheckContext) -> Iterator[Mark]:
    for fault in _faults(report, context, Fault.MIXED):
        assert fault.sister is not None
        written, above = fault.ordinal.text, fault.sister.text
        if fault.sister.form is OrdinalForm.CIRCLED and fault.ordinal.value > _LAST_CIRCLED:
            continue
        same = format_ordinal(fault.sister.form, fault.ordinal.value)
        if fault.sister.form in (OrdinalForm.ENUMERATION, OrdinalForm.RANK):
            same = same[:-1] + above[-1]
        yield Mark(
            f"“{above}”之后用了“{written}”，同一组序号形式不一",
            at=(fault.ordinal.start, fault.ordinal.end),
            suggestion=f"改为“{same}”",
            fix=Fix(text=same, safe=False),
        )


@rule(
    "S115",
    Severity.WARNING,
    "只有“一是”没有“二是”",
    why="列了“一是”就要有下文；只有一条时不必编号。",
    authority=Authority.PRACTICE,
    bad=Example("全年主要抓了学习。一是组织集中学习十二次。各支部按月交流心得。"),
    good=Example("全年主要抓了学习。一是组织集中学习十二次。二是各支部按月交流心得。"),
)
def lone_ordinal(report: Report, context: CheckContext) -> Iterator[Mark]:
    text = context.text(report)
    for fault in _faults(report, context, Fault.ALONE):
        rest = text[fault.ordinal.end : fault.ordinal.end + 600].split("\n\n")[0]
        # A second point told in other words, or inside a bracket, is still there.
        if not any(word in rest for word in ("二是", "二要", "其二", "第二", "二则", "再者", "另一")):
            wanted = _wanted(fault, 2)
            yield Mark(
                f"只有“{fault.ordinal.text}”，后面没有“{wanted}”",
                at=(fault.ordinal.start, fault.ordinal.end),
                suggestion=f"补上“{wanted}”，或删去“{fault.ordinal.text}”",
            )


@rule(
    "S116",
    Severity.WARNING,
    "说的条数与列的条数不符",
    why="前面说有几个方面，后面就要列几条，对不上多为增删后没有改数。",
    authority=Authority.PRACTICE,
    bad=Example("还存在以下三个方面的问题：一是学习不够深入。研讨偏少。二是作风不够扎实。走访偏少。"),
    good=Example("还存在以下两个方面的问题：一是学习不够深入。研讨偏少。二是作风不够扎实。走访偏少。"),
)
def announced_counts(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part in report.parts:
        yield from _announced(part.lead[-1] if part.lead else None, part.items)


def _announced(before: Sentence | None, items: Sequence[Item]) -> Iterator[Mark]:
    listed = _first_list(items)
    announced = announced_count(before.text) if before is not None and listed > 1 else None
    if before is not None and announced is not None and announced.count != listed:
        written = before.text[announced.start : announced.end]
        yield Mark(
            f"前面说有“{written}”条，后面列了 {listed} 条",
            before,
            announced.start,
            announced.end,
            suggestion="核对条数，改正数字或补齐内容",
        )
    for item in items:
        last = item.sentences[-1] if item.sentences else item.heading
        yield from _announced(last, item.items)


def _first_list(items: Sequence[Item]) -> int:
    """How many items the first list among these holds; 0 where they do not begin with one."""
    count, form = 0, None
    for item in items:
        found = match_ordinal(item.ordinal + "　") if item.ordinal else None
        if found is None or (count and (found.form is not form or found.value == 1)) or (not count and found.value > 1):
            break
        count, form = count + 1, found.form
    return count
