"""What stands outside the text area: page numbers at the outer foot, and the AI note above the first page."""

from __future__ import annotations

import copy

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import _Footer, _Header

from nigao.report.gbt9704 import PAGE_NUMBER_SIZE, chars_to_twips
from nigao.word.aigc import AI_NOTE
from nigao.word.ooxml import R
from nigao.word.sidepages import fill_number, number_side_pages


def add_page_numbers(document: Document, style_id: str) -> None:
    """`— 1 —` one character in from the right on odd pages and from the left on even ones."""
    section = document.sections[0]
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, style_id, odd=True)
    _number(section.even_page_footer, style_id, odd=False)
    if section.different_first_page_header_footer:
        _number(section.first_page_footer, style_id, odd=True)
    number_side_pages(document, style_id)


def add_ai_note(document: Document, style_id: str) -> None:
    """The visible AI note in the first page's header, where it moves no line of the text area.

    Call before `add_page_numbers`: a first page of its own needs its own footer.
    """
    section = document.sections[0]
    if not section.different_first_page_header_footer:
        section.different_first_page_header_footer = True
        # A first page of its own goes on showing what all pages do.
        _copy(section.header, section.first_page_header)
        _copy(section.footer, section.first_page_footer)
    header = section.first_page_header
    free = [paragraph for paragraph in header.paragraphs[-1:] if not len(paragraph._p.xpath(".//w:r"))]
    paragraph = free[0] if free else header.add_paragraph()
    paragraph._p.style = style_id
    paragraph.add_run(AI_NOTE)


def _copy(source: _Header | _Footer, target: _Header | _Footer) -> None:
    """Give a head or foot what another one shows, pictures and all."""
    if source.is_linked_to_previous:
        return
    target.is_linked_to_previous = False
    for element in list(target._element):
        target._element.remove(element)
    for element in source._element:
        target._element.append(copy.deepcopy(element))
    for element in target._element.iter():
        for name, key in element.attrib.items():
            if name.startswith(R) and key in source.part.rels:
                related = source.part.rels[key]
                there = related.target_ref if related.is_external else related.target_part
                element.set(name, target.part.relate_to(there, related.reltype, related.is_external))


def _number(footer: _Footer, style_id: str, *, odd: bool) -> None:
    paragraph = footer.paragraphs[0]
    paragraph._p.style = style_id
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if odd else WD_ALIGN_PARAGRAPH.LEFT
    side = "right" if odd else "left"
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn(f"w:{side}Chars"), "100")
    indent.set(qn(f"w:{side}"), str(chars_to_twips(100, PAGE_NUMBER_SIZE)))
    fill_number(paragraph)
