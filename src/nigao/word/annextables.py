"""An annex's table as Word holds it, and the pages on their side that a wide one stands on."""

from __future__ import annotations

import copy
from collections.abc import Callable

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from nigao.report.gbt9704 import FOOTER_DISTANCE, MARGIN_BOTTOM
from nigao.report.model import Table
from nigao.word.house import House
from nigao.word.layout import TABLE_SIZE, Style
from nigao.word.ooxml import Element, drop, properties, put
from nigao.word.tables import SIDE_MARGINS, TableLayout

_HEAD = {True: Style.TABLE_HEAD, False: Style.TABLE_HEAD_SMALL}
_TEXT = {True: Style.TABLE_TEXT, False: Style.TABLE_TEXT_SMALL}


def add_table(
    document: Document, table: Table, layout: TableLayout, house: House, fill: Callable[[Paragraph, str], None]
) -> None:
    """Add the table at the document's end; `fill` puts a cell's text into its paragraph.

    Its head is repeated on every page; a row stands on one page unless it is very high.
    """
    element = OxmlElement("w:tbl")
    element.append(_properties(layout, house))
    grid = OxmlElement("w:tblGrid")
    for width in layout.widths:
        grid.append(_element("gridCol", w=width))
    element.append(grid)
    document.element.body.insert_element_before(element, "w:sectPr")
    standard = layout.size == TABLE_SIZE
    for at, cells in enumerate(table.rows):
        head = at < table.head_rows
        row = OxmlElement("w:tr")
        row.append(_row_properties(head=head, whole=layout.whole[at]))
        for number, text in enumerate(cells):
            cell = _cell(layout.widths[number])
            paragraph = Paragraph(cell[-1], document._body)
            paragraph._p.style = house.style_id((_HEAD if head else _TEXT)[standard])
            if not head and layout.centred[number]:
                put(properties(paragraph._p, "pPr"), "jc", val="center")
            fill(paragraph, text)
            row.append(cell)
        element.append(row)


def _properties(layout: TableLayout, house: House) -> Element:
    found = OxmlElement("w:tblPr")
    found.append(_element("tblStyle", val=house.table_style))
    found.append(_element("tblW", w=sum(layout.widths), type="dxa"))
    found.append(_element("jc", val="center"))
    found.append(_element("tblLayout", type="fixed"))
    return found


def _row_properties(*, head: bool, whole: bool) -> Element:
    found = OxmlElement("w:trPr")
    for name, wanted in (("cantSplit", whole), ("tblHeader", head)):
        if wanted:
            found.append(_element(name))
    return found


def _cell(width: int) -> Element:
    cell = OxmlElement("w:tc")
    own = OxmlElement("w:tcPr")
    own.append(_element("tcW", w=width, type="dxa"))
    own.append(_element("vAlign", val="center"))
    cell.append(own)
    cell.append(OxmlElement("w:p"))
    return cell


def _element(name: str, **attributes: str | int) -> Element:
    found = OxmlElement(f"w:{name}")
    for key, text in attributes.items():
        found.set(qn(f"w:{key}"), str(text))
    return found


def end_section(document: Document, *, sideways: bool) -> None:
    """End a section with the document's last paragraph; what follows goes on with its page numbers, upright."""
    final = document.element.body.sectPr
    mark = copy.deepcopy(final)
    if sideways:
        turn(mark)
    # The later sections go on with the first one's heads and feet, but for its first page.
    drop(final, "headerReference", "footerReference", "titlePg", "pgNumType")
    own = properties(document.element.body[-2], "pPr")
    own.replace(put(own, "sectPr"), mark)


def turn(section: Element) -> None:
    """Lay a section's pages on their side: the table's head lies at the binding edge, and the margins turn along."""
    size = put(section, "pgSz")
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    put(section, "pgSz", w=height, h=width, orient="landscape")
    margins = put(section, "pgMar")
    sides = {side: margins.get(qn(f"w:{side}")) or str(SIDE_MARGINS[side]) for side in SIDE_MARGINS}
    turned = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
    for side, was in turned.items():
        margins.set(qn(f"w:{side}"), sides[was])
    # The number keeps its distance from the text.
    foot = int(sides["right"]) - (MARGIN_BOTTOM - FOOTER_DISTANCE)
    margins.set(qn("w:footer"), str(max(foot, 0)))
