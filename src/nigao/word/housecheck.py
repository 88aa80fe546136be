"""Where a unit's template departs from GB/T 9704—2012, found on a report written with it."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.report.departures import coloured, wrong_closing, wrong_indent, wrong_looks, wrong_title
from nigao.report.departures_page import (
    wrong_filling,
    wrong_gap,
    wrong_line,
    wrong_margins,
    wrong_page_number,
    wrong_paper,
)
from nigao.report.gbt9704 import LAYOUTS, size_name
from nigao.report.model import Annex, Item, Part, Report, Sentence
from nigao.report.wordlayout import Role, WordLayout
from nigao.word.options import CitationStyle, WordOptions
from nigao.word.reading import read_layout
from nigao.word.writer import docx_bytes

_SAMPLE_BODY = "这一段用来看正文怎样排印，字数足够排满一行，行距、字体、字号和缩进都由它看出来。"


def departures_of(data: bytes) -> list[str]:
    """A Chinese phrase for each kind of departure, in reading order. Raises ReportFileError for no Word document."""
    options = WordOptions(citations=CitationStyle.NONE, ai_label=False, house=data)
    layout = read_layout(docx_bytes(_sample(), options))
    found = [*_page(layout), *(said for role in LAYOUTS for said in _role(layout, role))]
    found += [f"{LAYOUTS[line.role].name}{said}" for line, said in wrong_closing(layout)]
    found += [f"页码{said}" for said in wrong_page_number(layout)]
    return list(dict.fromkeys(found))


def _page(layout: WordLayout) -> Iterator[str]:
    page = layout.sections[0]
    if size := wrong_paper(page):
        yield f"纸张为{size}，不是A4（210×297 mm）"
    if sides := wrong_margins(page):
        yield f"页边距{sides}，应为上37、下35、左28、右26 mm"
    body = layout.of(Role.BODY)[:1]
    for paragraph in body:
        if said := wrong_line(paragraph, page):
            yield f"正文{said}，应为固定值28.95磅（每面22行）"
        if said := wrong_gap(paragraph):
            yield f"正文{said}，应为0"
        if said := wrong_filling(paragraph, page):
            yield f"正文{said}，应每行排满28字、两端对齐"


def _role(layout: WordLayout, role: Role) -> Iterator[str]:
    """What is set otherwise than this role should be, on the first paragraph that has it."""
    standard = LAYOUTS[role]
    for paragraph in layout.of(role)[:1]:
        if looks := wrong_looks(paragraph):
            yield f"{standard.name}为{looks[0]}，应为{size_name(standard.size)}{standard.font}"
        if role is Role.TITLE:
            yield from (f"{standard.name}{said}" for said in wrong_title(paragraph))
        elif said := wrong_indent(paragraph):
            yield f"{standard.name}{said}，应{_due(standard.indent)}"
        if coloured(paragraph):
            yield f"{standard.name}不是黑色"
        if role is Role.ATTACHMENT_HEAD and not paragraph.starts_page:
            yield f"{standard.name}没有另面编排"


def _due(indent: int | None) -> str:
    return f"左空{indent // 100}字" if indent else "顶格"


def _sample() -> Report:
    """A report in which every role of the standard stands once."""

    def said(text: str) -> Sentence:
        return Sentence(text=text)

    third = Item(ordinal="1.", heading=said("三级标题"), items=[Item(ordinal="（1）", heading=said("四级标题"))])
    second = Item(ordinal="（一）", heading=said("二级标题"), sentences=[said(_SAMPLE_BODY)], items=[third])
    part = Part(key="sample", ordinal="一、", heading=said("一级标题"), lead=[said(_SAMPLE_BODY)], items=[second])
    return Report(
        kind="sample",
        title=said("关于版式样例的报告"),
        recipient=said("主送机关"),
        opening=[said(_SAMPLE_BODY)],
        parts=[part],
        signature=said("发文机关名称"),
        date=said("2026年1月8日"),
        annexes=[Annex(title=said("附件标题"), paragraphs=[said(_SAMPLE_BODY)])],
    )
