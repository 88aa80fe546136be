"""Setting right the page numbers of a docx: `— 1 —` at the outer foot of odd and even pages, other feet left alone."""

from __future__ import annotations

import copy

from docx.document import Document
from docx.section import Section, _BaseHeaderFooter

from nigao.report.departures_page import wrong_page_number
from nigao.report.gbt9704 import FOOTER_DISTANCE, MARGIN_BOTTOM, PAGE_NUMBER_SIZE, SONGTI, chars_to_twips
from nigao.report.wordlayout import WordLayout
from nigao.word.characters import visible_text
from nigao.word.ooxml import XML_SPACE, Element, W, child, number, properties, put, value
from nigao.word.pagenumbers import holds_only_number, number_paragraph, outer_paragraph
from nigao.word.reading import is_drawn
from nigao.word.setting import align, clear

_DASH = "—"


def mend_page_numbers(document: Document, layout: WordLayout) -> bool:
    """Number every page. A foot whose line says more than the number is left to a person."""
    if not wrong_page_number(layout):
        return False
    if not layout.odd_and_even:
        _tell_odd_from_even(document)
    changed = not layout.odd_and_even
    for position, section in enumerate(document.sections):
        for foot, even in _feet(section):
            if not foot.is_linked_to_previous or position == 0:
                foot.is_linked_to_previous = False
                changed = _number(foot._element, even=even) or changed
        _place_foot(section._sectPr)
    return changed


def _feet(section: Section) -> list[tuple[_BaseHeaderFooter, bool]]:
    feet: list[tuple[_BaseHeaderFooter, bool]] = [(section.footer, False), (section.even_page_footer, True)]
    if section.different_first_page_header_footer:
        feet.append((section.first_page_footer, False))
    return feet


def _tell_odd_from_even(document: Document) -> None:
    """Give even pages heads and feet of their own that show what they showed before."""
    for section in document.sections:
        for one, other in (
            (section.header, section.even_page_header),
            (section.footer, section.even_page_footer),
        ):
            if not one.is_linked_to_previous:
                other.is_linked_to_previous = False
                _copy(one, other)
    document.settings.odd_and_even_pages_header_footer = True


def _copy(source: _BaseHeaderFooter, target: _BaseHeaderFooter) -> None:
    """Content and relationships, so that a picture in the head is there too."""
    element = target._element
    for old in list(element):
        element.remove(old)
    element.extend(copy.deepcopy(list(source._element)))
    for key, relationship in source.part.rels.items():
        to = relationship.target_ref if relationship.is_external else relationship.target_part
        target.part.load_rel(relationship.reltype, to, key, relationship.is_external)


def _number(root: Element, *, even: bool) -> bool:
    """Write the number where the foot has it, else on its first empty line, else below what it says."""
    found = number_paragraph(root)
    if found is None:
        empty = [p for p in root.iter(W + "p") if not visible_text(p).strip() and not is_drawn(p)]
        target = empty[0] if empty else root.makeelement(W + "p")
        if not empty:
            root.append(target)
    else:
        target = outer_paragraph(found)
        boxed = target is not found
        if not holds_only_number(found) or (boxed and visible_text(target).strip()):
            return False
    clear(target)
    _write(target, even=even)
    return True


def _write(paragraph: Element, *, even: bool) -> None:
    own, side = properties(paragraph, "pPr"), "left" if even else "right"
    put(own, "snapToGrid", val="0")
    put(own, "spacing", before="0", after="0", line="240", lineRule="auto")
    put(own, "ind", left="0", leftChars="0", firstLine="0", firstLineChars="0", right="0", rightChars="0")
    put(own, "ind", **{f"{side}Chars": "100", side: str(chars_to_twips(100, PAGE_NUMBER_SIZE))})
    align(paragraph, side)
    _run(paragraph, "t", f"{_DASH} ")
    for kind in ("begin", "", "separate", "1", "end"):
        if kind == "1":
            _run(paragraph, "t", "1")
        elif kind:
            _run(paragraph, "fldChar").set(W + "fldCharType", kind)
        else:
            _run(paragraph, "instrText", " PAGE ")
    _run(paragraph, "t", f" {_DASH}")


def _run(paragraph: Element, name: str, text: str = "") -> Element:
    run = paragraph.makeelement(W + "r")
    paragraph.append(run)
    looks = properties(run, "rPr")
    put(looks, "rFonts", ascii=SONGTI, hAnsi=SONGTI, eastAsia=SONGTI, cs=SONGTI)
    put(looks, "sz", val=str(PAGE_NUMBER_SIZE))
    put(looks, "szCs", val=str(PAGE_NUMBER_SIZE))
    content = run.makeelement(W + name)
    if text:
        content.text = text
        content.set(XML_SPACE, "preserve")
    run.append(content)
    return content


def _place_foot(section: Element) -> None:
    """The dash 7 mm below the text area, and no dashes of the numbering's own."""
    if number(value(section, "pgMar", attribute="bottom")) >= MARGIN_BOTTOM - 1:
        put(section, "pgMar", footer=str(FOOTER_DISTANCE))
    numbering = child(section, "pgNumType")
    if numbering is not None:
        numbering.attrib.pop(W + "fmt", None)
