"""The page numbers of a section's feet, wherever the word processor put them: in the line or in a box of its own."""

from __future__ import annotations

import re

from docx.document import Document

from nigao.report.wordlayout import Footer, PageNumber
from nigao.word.characters import visible_text
from nigao.word.geometry import first_line_chars, side_chars
from nigao.word.ooxml import MC, Element, R, W, child, has, value
from nigao.word.opening import part_root
from nigao.word.styles import Styles

_PAGE = re.compile(r"\s*PAGE\b(?!REF)", re.IGNORECASE)
_BOX = W + "txbxContent"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
# What a page number may be wrapped in without the line being about something else.
_NUMBER_ONLY = re.compile(r"[\s\d—―–－\-·第页共]*")
# The automatic form that brings its own dashes.
_DASHED_FORM = "numberInDash"


def shown_footers(
    document: Document, section: Element, previous: dict[str, str], styles: Styles, odd_and_even: bool
) -> list[Footer]:
    """The feet that a section's pages show. `previous` holds the parts in force so far, by kind, and is brought up to
    date: a section without its own foot goes on with the one before.
    """
    for reference in section.findall(W + "footerReference"):
        previous[reference.get(W + "type") or "default"] = reference.get(R + "id") or ""
    kinds = ["default", *(["even"] if odd_and_even else []), *(["first"] if has(section, "titlePg") else [])]
    dashed = value(section, "pgNumType", attribute="fmt") == _DASHED_FORM
    return [Footer(kind, _page_number(document, previous.get(kind, ""), styles, dashed)) for kind in kinds]


def number_paragraph(root: Element) -> Element | None:
    """The paragraph of a foot that holds the page number; None where it has none."""
    for paragraph in root.iter(W + "p"):
        if any(ancestor.tag == MC + "Fallback" for ancestor in paragraph.iterancestors()):
            continue
        if _number_run(paragraph) is not None:
            return paragraph
    return None


def holds_only_number(paragraph: Element) -> bool:
    """Whether the paragraph says nothing but the page number."""
    return _NUMBER_ONLY.fullmatch(visible_text(paragraph)) is not None


def outer_paragraph(paragraph: Element) -> Element:
    """The paragraph itself, or the one that anchors the box it stands in."""
    box = next((a for a in paragraph.iterancestors() if a.tag == _BOX), None)
    return paragraph if box is None else next(a for a in box.iterancestors() if a.tag == W + "p")


def _number_run(paragraph: Element) -> Element | None:
    """A run of the paragraph itself that shows the number (or holds the field), for its looks."""
    field = None
    for element in paragraph.iter(W + "fldSimple", W + "instrText", W + "t"):
        if next(element.iterancestors(W + "p")) is not paragraph:
            continue
        if element.tag == W + "fldSimple":
            if _PAGE.match(element.get(W + "instr") or ""):
                return next(element.iter(W + "r"), element)
        elif element.tag == W + "instrText":
            field = element.getparent() if _PAGE.match(element.text or "") else field
        elif field is not None:
            return element.getparent()
    return field


def _page_number(document: Document, relationship: str, styles: Styles, dashed: bool) -> PageNumber | None:
    related = document.part.rels.get(relationship)
    if related is None or related.is_external:
        return None
    paragraph = number_paragraph(part_root(related.target_part))
    if paragraph is None:
        return None
    run = _number_run(paragraph)
    looks, settings = styles.run(paragraph, run), styles.paragraph(paragraph)
    boxed = outer_paragraph(paragraph) is not paragraph
    alignment = _box_alignment(paragraph) if boxed else settings.jc
    size = looks.size
    right = alignment in ("right", "end")
    inset = (
        side_chars(settings, "right", size)
        if right
        else first_line_chars(settings, size) + side_chars(settings, "left", size)
    )
    text = visible_text(paragraph)
    typed = text[len(text.rstrip()) :] if right else text[: len(text) - len(text.lstrip())]
    inset += sum(100 if char == "\u3000" else 50 for char in typed)
    mark = "— —" if dashed else re.sub(r"[\d\s]+", " ", text).strip()
    return PageNumber(alignment, inset, looks.latin or looks.font, size, mark, boxed)


def _box_alignment(paragraph: Element) -> str:
    """How a box lies across the page: `outside`, `center`, … as the drawing's anchor says; empty where it does not."""
    anchor = next((a for a in paragraph.iterancestors() if a.tag == _WP + "anchor"), None)
    if anchor is not None:
        found = anchor.find(f"{_WP}positionH/{_WP}align")
        return "" if found is None else str(found.text or "")
    frame = child(paragraph, "pPr", "framePr")
    return "" if frame is None else str(frame.get(W + "xAlign") or "")
