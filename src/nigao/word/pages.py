"""What stands outside the text area: page numbers at the outer foot, and the AI note above the first page."""

from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.text.paragraph import Paragraph

from nigao.report.gbt9704 import PAGE_NUMBER_SIZE, chars_to_twips
from nigao.word.aigc import AI_NOTE

_DASH = "—"


def add_page_numbers(document: Document) -> None:
    """`— 1 —` one character in from the right on odd pages and from the left on even ones."""
    section = document.sections[0]
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, odd=True)
    _number(section.even_page_footer, odd=False)
    if section.different_first_page_header_footer:
        _number(section.first_page_footer, odd=True)


def add_ai_note(document: Document) -> None:
    """The visible AI note in the first page's header, where it moves no line of the text area.

    Call before `add_page_numbers`: a first page of its own needs its own footer.
    """
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.first_page_header.paragraphs[0]
    paragraph.style = "header"
    paragraph.add_run(AI_NOTE)


def _number(footer: _Footer, *, odd: bool) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.style = "footer"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if odd else WD_ALIGN_PARAGRAPH.LEFT
    side = "right" if odd else "left"
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn(f"w:{side}Chars"), "100")
    indent.set(qn(f"w:{side}"), str(chars_to_twips(100, PAGE_NUMBER_SIZE)))
    paragraph.add_run(f"{_DASH} ")
    _add_page_field(paragraph)
    paragraph.add_run(f" {_DASH}")


def _add_page_field(paragraph: Paragraph) -> None:
    for kind in ("begin", "", "separate", "1", "end"):
        run = paragraph.add_run("1" if kind == "1" else "")
        if kind == "":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = " PAGE "
            run._r.append(instruction)
        elif kind != "1":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
