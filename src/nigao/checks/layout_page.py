"""L6xx, the page: paper, margins, the 22 lines of 28 characters, and the page number."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.layout_places import grouped, mendable
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.departures_page import (
    wrong_filling,
    wrong_gap,
    wrong_line,
    wrong_margins,
    wrong_page_number,
    wrong_paper,
)
from nigao.report.model import Report
from nigao.report.wordlayout import PageSection

_STANDARD = "GB/T 9704—2012 第"


@rule(
    "L601",
    Severity.WARNING,
    "纸张不是A4",
    why="公文用纸采用A4型纸，成品幅面为210 mm×297 mm；别的纸张印制、装订和归档都对不齐。",
    basis=_STANDARD + "5.1条",
    authority=Authority.STANDARD,
    bad=Example("页面设为信纸（Letter）"),
    good=Example("页面设为A4"),
)
def paper(report: Report, context: CheckContext) -> Iterator[Mark]:
    """Pages of another size."""
    pages = context.layout.sections if context.layout is not None else ()
    found = [(number, wrong_paper(page)) for number, page in enumerate(pages, start=1)]
    wrong = [(number, size) for number, size in found if size]
    if wrong:
        message = f"{_where(wrong, pages)}纸张为{wrong[0][1]}，不是A4（210×297 mm）"
        yield Mark(message, suggestion="把纸张改为A4" + mendable("L601"))


@rule(
    "L602",
    Severity.WARNING,
    "页边距与版心不合",
    why="天头37 mm、订口28 mm（各可差1 mm），版心156 mm×225 mm，由此得下边距35 mm、右边距26 mm；"
    "版心不对，每面22行、每行28字就排不出来。",
    basis=_STANDARD + "5.2.1条",
    authority=Authority.STANDARD,
    bad=Example("页边距为Word默认的上下25.4 mm、左右31.8 mm"),
    good=Example("页边距上37 mm、下35 mm、左28 mm、右26 mm"),
)
def margins(report: Report, context: CheckContext) -> Iterator[Mark]:
    """Margins more than a millimetre off."""
    pages = context.layout.sections if context.layout is not None else ()
    wrong = [(number, said) for number, page in enumerate(pages, start=1) if (said := wrong_margins(page))]
    if wrong:
        message = f"{_where(wrong, pages)}页边距{wrong[0][1]}，与版心156 mm×225 mm不合"
        yield Mark(message, suggestion="页边距设为上37、下35、左28、右26 mm" + mendable("L602"))


def _where(wrong: list[tuple[int, str]], pages: tuple[PageSection, ...]) -> str:
    if len(pages) == 1:
        return ""
    return f"第{wrong[0][0]}节{f'等{len(wrong)}节' if len(wrong) > 1 else ''}"


@rule(
    "L603",
    Severity.WARNING,
    "行距不合每面22行",
    why="一般每面排22行并撑满版心。折算为行距固定值约28至28.95磅，段前段后不另加空；特定情况可以适当调整。",
    basis=_STANDARD + "5.2.3条",
    authority=Authority.STANDARD,
    bad=Example("正文为1.5倍行距，段后空8磅"),
    good=Example("行距为固定值28.95磅，段前段后为0"),
)
def line_spacing(report: Report, context: CheckContext) -> Iterator[Mark]:
    """Paragraphs whose spacing takes the page off its 22 lines."""
    if context.layout is None:
        return
    found = []
    for paragraph in context.layout.paragraphs:
        line = wrong_line(paragraph, context.layout.sections[paragraph.section])
        said = "、".join(part for part in (line, wrong_gap(paragraph)) if part)
        if said:
            found.append((paragraph, said))
    advice = "行距设为固定值28.95磅，段前段后为0"
    mark = grouped("L603", found, context.text(report), context.layout, what="", suggestion=advice)
    if mark is not None:
        yield mark


@rule(
    "L604",
    Severity.INFO,
    "每行没有排满28字",
    why="一般每行排28个字并撑满版心。三号字按原字宽只排得下27个，要靠文档网格或略微紧缩字距；特定情况可以适当调整。",
    basis=_STANDARD + "5.2.3条",
    authority=Authority.STANDARD,
    bad=Example("三号字未设字距，也无字符网格，每行27字，左对齐"),
    good=Example("字距紧缩0.2磅，每行28字，两端对齐"),
)
def line_length(report: Report, context: CheckContext) -> Iterator[Mark]:
    """Body whose lines do not hold 28 characters or do not fill the text area."""
    if context.layout is None:
        return
    pages = context.layout.sections
    found = [(p, said) for p in context.layout.paragraphs if (said := wrong_filling(p, pages[p.section]))]
    advice = "字距略微紧缩（约0.2磅），使每行排28字；两端对齐"
    mark = grouped("L604", found, context.text(report), context.layout, what="正文", suggestion=advice)
    if mark is not None:
        yield mark


@rule(
    "L616",
    Severity.WARNING,
    "页码不合要求",
    why="页码一般用4号半角宋体阿拉伯数字，排在版心下边缘之下，左右各放一条一字线；单页码居右空一字，双页码居左空一字。",
    basis=_STANDARD + "7.5条",
    authority=Authority.STANDARD,
    bad=Example("页码居中，五号字，没有一字线"),
    good=Example("页码为“— 1 —”，四号宋体，单页居右空一字，双页居左空一字"),
)
def page_number(report: Report, context: CheckContext) -> Iterator[Mark]:
    """No page number, or one that looks or stands otherwise."""
    wrong = wrong_page_number(context.layout) if context.layout is not None else []
    if wrong:
        advice = "页码设为四号宋体“— 1 —”，单页居右空一字，双页居左空一字"
        yield Mark(f"页码{'，'.join(wrong)}", suggestion=advice + mendable("L616"))
