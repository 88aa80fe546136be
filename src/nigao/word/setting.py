"""Setting one property on one paragraph so that it takes effect whatever the styles below it say."""

from __future__ import annotations

import itertools

from nigao.report.departures import font_fits, is_black
from nigao.report.gbt9704 import BODY_SIZE, CHAR_SPACING, FANGSONG, LINE_PITCH, RoleLayout, chars_to_twips
from nigao.report.wordlayout import LaidParagraph
from nigao.word.characters import stretches
from nigao.word.ooxml import Element, W, drop, properties, put

_IND = ("left", "leftChars", "start", "startChars", "firstLine", "firstLineChars", "hanging", "hangingChars")
_RIGHT = ("right", "rightChars", "end", "endChars")


def set_spacing(paragraph: Element) -> None:
    """Lines of exactly the height of which a page holds 22."""
    put(properties(paragraph, "pPr"), "spacing", line=str(LINE_PITCH), lineRule="exact")


def set_gaps(paragraph: Element) -> None:
    """No space above and below."""
    zero = {f"{side}{unit}": "0" for side in ("before", "after") for unit in ("", "Lines", "Autospacing")}
    put(properties(paragraph, "pPr"), "spacing", **zero)


def align(paragraph: Element, alignment: str) -> None:
    """Paragraph alignment as `w:jc` writes it."""
    put(properties(paragraph, "pPr"), "jc", val=alignment)


def indent(paragraph: Element, first_line: int, *, right: int | None = None) -> None:
    """Indent the first line by hundredths of a character (negative: out), the others not at all; and from the right."""
    found = put(properties(paragraph, "pPr"), "ind")
    for name in (*_IND, *(_RIGHT if right is not None else ())):
        found.attrib.pop(W + name, None)
    said = {"left": 0, "firstLine": first_line} if first_line >= 0 else {"left": 0, "hanging": -first_line}
    if right is not None:
        said["right"] = right
    for name, chars in said.items():
        found.set(f"{W}{name}Chars", str(chars))
        found.set(W + name, str(chars_to_twips(chars)))


def set_looks(
    paragraph: Element,
    laid: LaidParagraph,
    layout: RoleLayout | None = None,
    *,
    bold: bool | None = None,
    recolored: bool = False,
    condensed: bool = False,
) -> None:
    """Give the runs that look otherwise the role's font and size; `recolored`: the automatic colour too; `condensed`:
    body-size runs are set 28 to the line.
    """
    groups = itertools.groupby(stretches(paragraph), key=lambda stretch: stretch[0])
    for look, (run, _) in zip(laid.runs, groups, strict=True):
        if run is None or look.raised:
            continue
        own = properties(run, "rPr")
        if layout is not None and not font_fits(laid, look):
            fonts = put(own, "rFonts", eastAsia=layout.font, hint="eastAsia")
            fonts.attrib.pop(W + "eastAsiaTheme", None)
        if layout is not None and look.size != layout.size:
            put(own, "sz", val=str(layout.size))
            put(own, "szCs", val=str(layout.size))
        if layout is not None and recolored and not is_black(look.color):
            put(own, "color", val="auto")
        if bold is False and look.bold:
            put(own, "b", val="0")
            put(own, "bCs", val="0")
        if condensed and look.size == BODY_SIZE:
            put(own, "spacing", val=str(CHAR_SPACING))


def start_page(paragraph: Element) -> None:
    """Begin a new page with the paragraph."""
    put(properties(paragraph, "pPr"), "pageBreakBefore", val="1")


def add_blank_above(paragraph: Element) -> None:
    """An empty line of the body's height before the paragraph."""
    blank = paragraph.makeelement(W + "p")
    set_spacing(blank)
    set_gaps(blank)
    mark = properties(blank, "pPr").makeelement(W + "rPr")
    properties(blank, "pPr").append(mark)
    put(mark, "rFonts", eastAsia=FANGSONG, hint="eastAsia")
    put(mark, "sz", val=str(BODY_SIZE))
    put(mark, "szCs", val=str(BODY_SIZE))
    paragraph.addprevious(blank)


def clear(paragraph: Element) -> None:
    """Leave nothing of the paragraph but its style."""
    own = properties(paragraph, "pPr")
    for element in list(paragraph):
        if element is not own:
            paragraph.remove(element)
    drop(own, *{element.tag.removeprefix(W) for element in own if element.tag not in (W + "pStyle", W + "sectPr")})
