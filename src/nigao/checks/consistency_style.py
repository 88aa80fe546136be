"""C: the report against itself — styles of numerals and signs, and short names."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.consistency import around
from nigao.checks.context import CheckContext
from nigao.checks.finding import Fix, Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.model import Report
from nigao.text.abbreviations import early_uses, second_introductions
from nigao.text.mixedstyle import Mixture, mixed_counts, mixed_numerals, mixed_signs
from nigao.text.units import UnitNames


@rule(
    "C407",
    Severity.INFO,
    "年份或百分数的数字形式不一",
    why="同类别的数字（都是年份，都是百分数）在一份报告里应当采用同一种形式；全文几乎都用一种、个别用另一种的，多为漏改，作提醒。",
    basis="GB/T 15835—2011 4.3（同类别同形式）",
    authority=Authority.STANDARD,
    bad=Example("2023年启动清点，2024年完成清点，二〇二五年开放。"),
    good=Example("2023年启动清点，2025年开放，学习《二〇三五年远景目标纲要》。"),
)
def numerals_in_two_styles(report: Report, context: CheckContext) -> Iterator[Mark]:
    for found in mixed_numerals(context.text(report)):
        yield _mixture_mark(found, f"“{found.text}”与本文其他地方的数字形式不一，如“{found.other}”")


@rule(
    "C408",
    Severity.INFO,
    "同类数量的数字形式不一",
    why="同一场合出现的同类数量应当采用同一种数字形式；全文用阿拉伯数字计数，个别十以上的确数却用汉字（如“十八人”）的，多为漏改，作提醒。",
    basis="GB/T 15835—2011 4.3（同类别同形式）",
    authority=Authority.STANDARD,
    bad=Example("召开专题会三次，组织演练5次。"),
    good=Example("召开专题会3次，组织演练5次，涉及两个库房。"),
)
def counts_in_two_styles(report: Report, context: CheckContext) -> Iterator[Mark]:
    for found in mixed_counts(context.text(report)):
        yield _mixture_mark(found, f"“{found.text}”与“{found.other}”数字形式不一")


def _mixture_mark(found: Mixture, message: str) -> Mark:
    """Where the text has one style but for a place or two, that place is the slip."""
    return Mark(
        message,
        at=(found.start, found.end),
        suggestion=f"改为“{found.fix}”" if found.clear and found.fix else "统一用阿拉伯数字，或统一用汉字数字",
        severity=Severity.WARNING if found.clear else None,
        fix=Fix(text=found.fix, safe=False) if found.clear and found.fix else None,
    )


@rule(
    "C409",
    Severity.INFO,
    "同一符号有两种写法",
    why="百分号、小数点、破折号在一份报告里要统一，半角和全角、两格和三格不混用。",
    basis="GB/T 15834—2011 5.1.4；GB/T 15835—2011 5.1.7.1",
    authority=Authority.STANDARD,
    bad=Example("开放率由30%提高到45％。"),
    good=Example("开放率由30%提高到45%。"),
)
def signs_in_two_styles(report: Report, context: CheckContext) -> Iterator[Mark]:
    text = context.text(report)
    for fault in mixed_signs(text):
        shown = text[fault.start : fault.end]
        fix = Fix(text=fault.fix or "", safe=fault.safe)
        yield Mark(f"“{shown}”{fault.note}", at=(fault.start, fault.end), suggestion=f"改为“{fault.fix}”", fix=fix)


@rule(
    "C410",
    Severity.WARNING,
    "简称用在说明之前，或重复说明",
    why="简称要先在全称后面说明（以下简称“……”）再使用；前面已经用了，或者说明两遍，读者就不知从哪里算起。",
    authority=Authority.PRACTICE,
    bad=Example("按照《查阅办法》办理。\n印发《云汀市档案利用规定》（以下简称《查阅办法》）。"),
    good=Example("印发《云汀市档案利用规定》（以下简称《利用规定》）。\n按照《利用规定》办理。"),
)
def short_name_out_of_order(report: Report, context: CheckContext) -> Iterator[Mark]:
    text = context.text(report)
    for use in early_uses(text):
        message = f"“{use.text}”在说明（以下简称）之前已经使用"
        evidence = (around(text, use.introduced),)
        yield Mark(message, at=(use.start, use.end), suggestion="此处写全称，或把说明移到这里", evidence=evidence)
    for again in second_introductions(text):
        earlier = f"，前面是“{again.earlier}”的简称" if again.earlier else ""
        message = f"简称“{again.text}”重复说明{earlier}"
        yield Mark(message, at=(again.start, again.end), suggestion="只在第一次出现时说明")


@rule(
    "C411",
    Severity.INFO,
    "单位的全称和简称混用",
    why="本单位的简称宜在第一次出现全称时说明（以下简称“……”），说明之前只用全称。",
    authority=Authority.PRACTICE,
    bad=Example(
        "市档案中心内设三个科室。云汀市档案服务中心核定编制十二名。",
        brief="unit: {full: 云汀市档案服务中心, short: 市档案中心}",
    ),
    good=Example(
        "云汀市档案服务中心（以下简称市档案中心）核定编制十二名。市档案中心内设三个科室。",
        brief="unit: {full: 云汀市档案服务中心, short: 市档案中心}",
    ),
)
def unit_names_mixed(report: Report, context: CheckContext) -> Iterator[Mark]:
    unit = context.unit
    if unit is None or not unit.short or unit.short in unit.full:
        return
    text = context.text(report)
    place = _early_short_name(text, unit)
    if place is not None:
        yield Mark(
            f"简称“{unit.short}”用在全称“{unit.full}”之前，没有说明",
            at=(place, place + len(unit.short)),
            suggestion=f"第一次出现时写“{unit.full}（以下简称“{unit.short}”）”",
        )


def _early_short_name(text: str, unit: UnitNames) -> int | None:
    """Where the body uses the unit's short name ahead of its full one; None where it does not, or uses only one."""
    full, short = text.find(unit.full), text.find(unit.short)
    # A title or a heading may use the short name.
    while short >= 0 and "。" not in text[text.rfind("\n", 0, short) + 1 : text.find("\n", short)]:
        short = text.find(unit.short, short + 1)
    return short if 0 <= short < full else None
