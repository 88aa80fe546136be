"""The number of a page on its side: at the page's foot as it lies among the others, and turned with it.

GB/T 9704—2012 keeps the number where the other pages have it; on a page on its side that is the left edge.
"""

from __future__ import annotations

import copy

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section, _Footer
from docx.text.paragraph import Paragraph

from nigao.report.gbt9704 import FOOTER_DISTANCE, MARGIN_BOTTOM, PAGE_NUMBER_SIZE
from nigao.word.ooxml import W, drop

_DASH = "—"
_EMU = 635
# The number's line is about so high, and stands one character in from the text area's corner.
_LINE, _CHAR = 364, PAGE_NUMBER_SIZE * 10
_BOX_WIDTH = MARGIN_BOTTOM - FOOTER_DISTANCE
_SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_KINDS = ("default", "even")


def number_side_pages(document: Document, style_id: str) -> None:
    """Give the sections on their side feet of their own, and those behind them the first section's again."""
    first, *others = document.sections
    turned: Section | None = None
    for section in others:
        if section.page_width is None or section.page_height is None or section.page_width < section.page_height:
            _show_feet_of(section, first)
        elif turned is None:
            turned = section
            _number(section, section.footer, style_id, odd=True)
            _number(section, section.even_page_footer, style_id, odd=False)
        else:
            _show_feet_of(section, turned)


def fill_number(paragraph: Paragraph) -> None:
    """`— 1 —`, the number as a field."""
    paragraph.add_run(f"{_DASH} ")
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
    paragraph.add_run(f" {_DASH}")


def _show_feet_of(section: Section, other: Section) -> None:
    drop(section._sectPr, "footerReference")
    for reference in reversed(other._sectPr.findall(W + "footerReference")):
        if reference.get(W + "type") in _KINDS:
            section._sectPr.insert(0, copy.deepcopy(reference))


def _number(section: Section, footer: _Footer, style_id: str, *, odd: bool) -> None:
    """A box along the left edge, from corner to corner of the text area: its end is the outer side of an odd page."""
    footer.is_linked_to_previous = False
    anchor = footer.paragraphs[0]
    anchor._p.style = style_id
    left, top = (round((length or 0) / _EMU) for length in (section.left_margin, section.top_margin))
    bottom, height = (round((length or 0) / _EMU) for length in (section.bottom_margin, section.page_height))
    x = left - (MARGIN_BOTTOM - FOOTER_DISTANCE) + _LINE - _BOX_WIDTH
    box = _box(x, top + _CHAR, _BOX_WIDTH, height - top - bottom - 2 * _CHAR)
    run = anchor.add_run()
    run._r.append(parse_xml(box))
    paragraph = Paragraph(next(run._r.iter(W + "p")), anchor._parent)
    paragraph._p.style = style_id
    align = OxmlElement("w:jc")
    align.set(qn("w:val"), "right" if odd else "left")
    paragraph._p.get_or_add_pPr().append(align)
    fill_number(paragraph)


def _box(x: int, y: int, width: int, height: int) -> str:
    """A box without border at a place on the page (all in twips), its text turned by a quarter to the right."""
    extent = f'cx="{width * _EMU}" cy="{height * _EMU}"'
    sides = "".join(
        f'<wp:position{axis} relativeFrom="page"><wp:posOffset>{twips * _EMU}</wp:posOffset></wp:position{axis}>'
        for axis, twips in (("H", x), ("V", y))
    )
    no_room = " ".join(f'{side}Ins="0"' for side in "ltrb")
    return (
        f'<w:drawing {nsdecls("w", "wp", "a")} xmlns:wps="{_SHAPES}">'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/>{sides}<wp:extent {extent}/><wp:wrapNone/><wp:docPr id="1" name="页码"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_SHAPES}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent><w:p/></w:txbxContent></wps:txbx>"
        f'<wps:bodyPr vert="vert" {no_room} wrap="square" anchor="t"><a:noAutofit/></wps:bodyPr></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
