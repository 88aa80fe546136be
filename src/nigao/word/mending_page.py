"""Setting right the paper, the margins and the grid of a docx."""

from __future__ import annotations

from docx.document import Document

from nigao.report.departures_page import wrong_margins, wrong_paper
from nigao.report.gbt9704 import (
    LINE_PITCH,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
)
from nigao.report.wordlayout import WordLayout
from nigao.word.ooxml import W, child, put
from nigao.word.reading import section_marks


def mend_paper(document: Document, layout: WordLayout) -> bool:
    """A4, upright or on its side as the page was."""
    changed = False
    for mark, page in zip(section_marks(document.element.body), layout.sections, strict=False):
        if wrong_paper(page):
            long, short = str(PAGE_HEIGHT), str(PAGE_WIDTH)
            size = put(mark, "pgSz", w=long if page.landscape else short, h=short if page.landscape else long)
            # The printer's number of the old paper.
            size.attrib.pop(W + "code", None)
            changed = True
    return changed


def mend_margins(document: Document, layout: WordLayout) -> bool:
    """The standard's margins on upright pages."""
    changed = False
    for mark, page in zip(section_marks(document.element.body), layout.sections, strict=False):
        if wrong_margins(page):
            margins = put(
                mark,
                "pgMar",
                top=str(MARGIN_TOP),
                right=str(MARGIN_RIGHT),
                bottom=str(MARGIN_BOTTOM),
                left=str(MARGIN_LEFT),
                gutter="0",
            )
            for name in ("start", "end"):
                margins.attrib.pop(W + name, None)
            for name in ("header", "footer"):
                margins.set(W + name, margins.get(W + name) or "851")
            changed = True
    return changed


def use_line_grid(document: Document) -> None:
    """A grid of lines without cells for characters."""
    for mark in section_marks(document.element.body):
        if child(mark, "docGrid") is not None:
            grid = put(mark, "docGrid", type="lines", linePitch=str(LINE_PITCH))
            grid.attrib.pop(W + "charSpace", None)
