"""Where the pages of a layout depart from GB/T 9704—2012: paper, margins, lines, characters and page numbers.

See `departures` for what these judgements are for. Each function says what it found as a Chinese phrase, or nothing.
"""

from __future__ import annotations

import re

from nigao.report.departures import LINED, RUNNING
from nigao.report.gbt9704 import (
    BODY_SIZE,
    CHARS_PER_LINE,
    LINE_PITCH,
    LINES_PER_PAGE,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOLERANCE,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_NUMBER_SIZE,
    PAGE_WIDTH,
    SONGTI,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    same_font,
    size_name,
)
from nigao.report.wordlayout import LaidParagraph, PageNumber, PageSection, Role, WordLayout

_PAPER_TOLERANCE = 20
_DASHES = re.compile(r"[—―]\s*[—―]")
_PLACES = {"center": "居中", "right": "居右", "left": "居左", "inside": "居内侧"}
# One character of the number's own size or of the body's; a typed half-width blank beside the dash is no inset.
_INSET = (80, 130)
# A millimetre is 56.7 twips.
_TWIPS_PER_MM = 1440 / 25.4


def wrong_paper(page: PageSection) -> str:
    """The paper where it is not A4, upright or on its side."""
    short, long = sorted((page.width, page.height))
    if abs(short - PAGE_WIDTH) <= _PAPER_TOLERANCE and abs(long - PAGE_HEIGHT) <= _PAPER_TOLERANCE:
        return ""
    return f"{_mm(page.width)}×{_mm(page.height)} mm"


def wrong_margins(page: PageSection) -> str:
    """The margins more than a millimetre off; pages on their side are not judged."""
    if page.landscape:
        return ""
    sides = (
        ("上", page.top, MARGIN_TOP),
        ("下", page.bottom, MARGIN_BOTTOM),
        ("左", page.left + page.gutter, MARGIN_LEFT),
        ("右", page.right, MARGIN_RIGHT),
    )
    return "、".join(f"{name}{_mm(found)} mm" for name, found, due in sides if abs(found - due) > MARGIN_TOLERANCE)


def wrong_line(paragraph: LaidParagraph, page: PageSection) -> str:
    """Line spacing by which a page does not hold 22 lines."""
    if paragraph.role not in LINED or not paragraph.fixed:
        return ""
    if paragraph.line_rule == "exact":
        lines = TEXT_HEIGHT // max(paragraph.line, 1)
        return "" if lines == LINES_PER_PAGE else f"行距为固定值{paragraph.line / 20:g}磅（每面{lines}行）"
    if paragraph.line_grid and TEXT_HEIGHT // max(page.line_pitch, 1) == LINES_PER_PAGE and _is_single(paragraph):
        return ""
    if paragraph.line_rule == "atLeast":
        return f"行距为最小值{paragraph.line / 20:g}磅"
    return "单倍行距" if paragraph.line == 240 else f"行距为{paragraph.line / 240:.2g}倍"


def _is_single(paragraph: LaidParagraph) -> bool:
    return paragraph.line <= (240 if paragraph.line_rule == "auto" else LINE_PITCH)


def wrong_gap(paragraph: LaidParagraph) -> str:
    """Space above or below a paragraph of the running text, which takes it off the 22 lines."""
    if paragraph.role not in RUNNING:
        return ""
    gaps = (("段前", paragraph.before), ("段后", paragraph.after))
    return "".join(f"{name}{twips / 20:g}磅" for name, twips in gaps if twips > 0)


def chars_per_line(paragraph: LaidParagraph, page: PageSection) -> int | None:
    """How many characters a line of the paragraph holds on the standard's text area; None where it is not judged."""
    runs = [run for run in paragraph.runs if run.size == BODY_SIZE]
    if paragraph.role is not Role.BODY or not runs or page.landscape:
        return None
    added = page.char_space / 4096 * 20 if paragraph.char_grid else 0.0
    return int(TEXT_WIDTH / (runs[0].size * 10 + runs[0].spacing + added))


def wrong_filling(paragraph: LaidParagraph, page: PageSection) -> str:
    """What keeps the lines of a paragraph from filling the text area with 28 characters each."""
    if paragraph.role is not Role.BODY or page.landscape:
        return ""
    count = chars_per_line(paragraph, page)
    few = f"每行排{count}字" if count not in (None, CHARS_PER_LINE) else ""
    ragged = "未两端对齐" if paragraph.alignment == "left" else ""
    return "、".join(part for part in (few, ragged) if part)


def wrong_page_number(layout: WordLayout) -> list[str]:
    """What is wrong with the page numbers of the document, each thing once."""
    feet = [foot for page in layout.sections for foot in page.footers]
    # On a page on its side the number stands at an edge, in a box: where in there is not judged.
    sideways = [foot for page in layout.sections if page.landscape for foot in page.footers]
    numbers = [(foot.kind, foot.number) for foot in feet if foot.number is not None]
    unjudged = [foot.number for foot in sideways if foot.number is not None and foot.number.boxed]
    if not numbers:
        return ["缺失"]
    names = {"default": "单页" if layout.odd_and_even else "页脚", "even": "双页", "first": "首页"}
    found = [f"{names[foot.kind]}缺失" for foot in feet if foot.number is None]
    for kind, number in numbers:
        if number.size != PAGE_NUMBER_SIZE:
            found.append(f"为{size_name(number.size)}，不是四号")
        if not same_font(number.font, SONGTI):
            found.append(f"为{number.font or '未指定字体'}，不是宋体")
        if _DASHES.fullmatch(number.mark) is None:
            found.append("左右没有一字线")
        if not any(number is other for other in unjudged):
            found.append(_wrong_place(kind, number, layout.odd_and_even))
    return list(dict.fromkeys(phrase for phrase in found if phrase))


def _wrong_place(kind: str, number: PageNumber, odd_and_even: bool) -> str:
    if number.alignment == "outside":
        # A box at the outer edge stands right on odd pages and left on even ones by itself.
        return ""
    if not odd_and_even:
        place = _PLACES.get(number.alignment, "" if number.boxed else "居左")
        return f"{place}，未按单双页分居右左" if place else "未按单双页分居右左"
    due = "left" if kind == "even" else "right"
    if number.alignment != due:
        return f"{'双' if kind == 'even' else '单'}页{_PLACES.get(number.alignment, '居左')}"
    fits = number.boxed or _INSET[0] <= number.inset <= _INSET[1]
    return "" if fits else f"{'双页左' if kind == 'even' else '单页右'}侧未空一字"


def _mm(twips: int) -> str:
    return f"{twips / _TWIPS_PER_MM:.1f}".removesuffix(".0")
