"""C: the report against itself — styles of numerals and signs, and short names."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.consistency import around
from nigao.checks.context import CheckContext
from nigao.checks.finding import Fix, Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.model import Report
from nigao.text.abbreviations import (
    Unintroduced,
    abbreviations_of,
    early_uses,
    second_introductions,
    unintroduced_name,
    unintroduced_titles,
)
from nigao.text.mixedstyle import Mixture, mixed_counts, mixed_numerals, mixed_signs
from nigao.text.units import UnitNames, stated_issuer


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
    "简称没有说明、用在说明之前，或重复说明",
    why="简称要先在全称后面说明（以下简称“……”）再使用；没有说明、前面已经用了，或者说明两遍，读者就不知所指。",
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
    for title in unintroduced_titles(text):
        yield _unintroduced_mark(text, title, Severity.INFO)
    yield from _unit_names_unintroduced(report, context, text)


def _unit_names_unintroduced(report: Report, context: CheckContext, text: str) -> Iterator[Mark]:
    """The reporting unit's short name: the brief's, or one that the text makes of the name in its title or 署名."""
    unit = context.unit
    if unit is not None and unit.short:
        # 市档案馆 for 云汀市档案馆 leaves nobody in doubt.
        severity = Severity.INFO if unit.short in unit.full else Severity.WARNING
        found = unintroduced_name(text, unit.full, unit.short)
        if found is not None:
            yield _unintroduced_mark(text, found, severity)
        return
    full = unit.full if unit is not None else stated_issuer(report.title.text if report.title else "", text)
    for short in abbreviations_of(text, full) if full else ():
        found = unintroduced_name(text, full, short, fewest=3)
        if found is not None:
            yield _unintroduced_mark(text, found, Severity.INFO)


def _unintroduced_mark(text: str, found: Unintroduced, severity: Severity) -> Mark:
    """Marked at the full name where the running text has it, else where the short one is first used."""
    short = found.text if found.text.startswith("《") else f"“{found.text}”"
    message = (
        f"简称{short}没有说明，全称是“{found.full}”" if short[0] == "“" else f"{short}没有说明，前面是{found.full}"
    )
    introduced = f"{found.full}（以下简称{short}）"
    advice = f"第一次出现时写“{introduced}”"
    if found.full_start < 0:
        return Mark(message, at=(found.start, found.end), suggestion=advice, severity=severity)
    return Mark(
        message,
        at=(found.full_start, found.full_start + len(found.full)),
        suggestion=advice,
        evidence=(around(text, found.start),),
        severity=severity,
        fix=Fix(text=introduced, safe=False),
    )


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
