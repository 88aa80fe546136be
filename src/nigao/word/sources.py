"""The sources of a report as a table behind it: which sentence rests on which passage, for whoever checks the draft.

The sentences themselves carry no mark: the table names their places, and taking it away leaves the text untouched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from nigao.report.model import Report, Sentence
from nigao.report.places import place_of, told
from nigao.report.render import pieces
from nigao.report.sources import titled, wording_line
from nigao.word.characters import visible_text
from nigao.word.ooxml import Element, W, child
from nigao.word.opening import open_docx, reading_errors
from nigao.word.ownstyles import SOURCES_TEXT, SOURCES_TITLE, add_own_style
from nigao.word.package import document_bytes
from nigao.word.xmltext import xml_text

SOURCES_HEADING = "附：句子出处对照表（核稿用，定稿时删除）"
_COLUMNS = (("序号", 0.07), ("句子", 0.36), ("依据", 0.25), ("原文", 0.32))
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_DEFAULT_WIDTH = 8844


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A sentence, the words for its place (三（二）第1句), and what it rests on: each source with the words quoted."""

    place: str
    text: str
    sources: tuple[tuple[str, str], ...]


def source_entries(report: Report) -> list[SourceEntry]:
    """The sentences that rest on something, in reading order."""
    sentences = [piece.sentence for piece in pieces(report) if piece.sentence is not None]
    entries = []
    for sentence in sentences:
        sources = tuple(_sources(sentence))
        if sources:
            place = place_of(report, sentence)
            entries.append(SourceEntry(told(report, place) if place is not None else "", sentence.text, sources))
    return entries


def _sources(sentence: Sentence) -> Iterator[tuple[str, str]]:
    for citation in sentence.citations:
        yield titled(citation), citation.quote
    if sentence.facts:
        yield f"要求单事实：{'、'.join(sentence.facts)}", ""
    if sentence.worded_by:
        yield wording_line(sentence), ""


def add_source_table(document: Document, report: Report) -> None:
    """Put the table behind everything else, on a page of its own; nothing where no sentence rests on anything."""
    entries = source_entries(report)
    if not entries:
        return
    styles = document.styles.element
    title, text = (add_own_style(styles, name) for name in (SOURCES_TITLE, SOURCES_TEXT))
    heading = _paragraph(SOURCES_HEADING, title)
    rows = "".join(_rows(number, entry, text) for number, entry in enumerate(entries, start=1))
    table = _table(_text_width(document), _head(text) + rows)
    body = document.element.body
    for xml in (heading, table, _paragraph("", text)):
        element = parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))
        last = child(body, "sectPr")
        body.append(element) if last is None else last.addprevious(element)


def with_source_table(data: bytes, report: Report) -> bytes:
    """A Word file with the table of this report's sources behind it."""
    document = open_docx(data)
    add_source_table(document, report)
    return document_bytes(document)


def sources_start(body: Element) -> Element | None:
    """The heading of the source table in a body, from which on nothing is of the report; None where there is none."""
    return next((p for p in body.findall(W + "p") if visible_text(p).strip() == SOURCES_HEADING), None)


def cut_sources(body: Element) -> list[Element]:
    """Take the source table out of a body, heading and all; what was taken out. The page set-up stays."""
    start = sources_start(body)
    if start is None:
        return []
    gone = [start, *(element for element in start.itersiblings() if element.tag != W + "sectPr")]
    # A section that ends within the table began with the report's text: it is that text's page set-up.
    inner = next((found for element in gone for found in element.iter(W + "sectPr")), None)
    last = child(body, "sectPr")
    for element in gone:
        body.remove(element)
    if inner is not None and last is not None:
        body.replace(last, inner)
    return gone


def without_sources(data: bytes) -> bytes:
    """A Word file without its source table; one that has none as it is. Raises ReportFileError where it is no Word
    document; the caller has guarded against bombs.
    """
    with reading_errors():
        document = open_docx(data)
        return document_bytes(document) if cut_sources(document.element.body) else data


def _text_width(document: Document) -> int:
    section = document.sections[-1]
    sides = (section.page_width, section.left_margin, section.right_margin)
    if any(side is None for side in sides):
        return _DEFAULT_WIDTH
    page, left, right = (int(side.twips) for side in sides if side is not None)
    return max(page - left - right, _DEFAULT_WIDTH // 4)


def _table(width: int, rows: str) -> str:
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES)
    grid = "".join(f'<w:gridCol w:w="{round(width * share)}"/>' for _, share in _COLUMNS)
    margins = '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _head(style: str) -> str:
    cells = "".join(_cell([name], style, bold=True) for name, _ in _COLUMNS)
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _rows(number: int, entry: SourceEntry, style: str) -> str:
    """A row for each source; the sentence stands in the first and goes on through the others."""
    written = []
    for at, (source, quote) in enumerate(entry.sources):
        merge = "" if len(entry.sources) == 1 else '<w:vMerge w:val="restart"/>' if at == 0 else "<w:vMerge/>"
        sentence = [f"〔{entry.place}〕{entry.text}" if entry.place else entry.text] if at == 0 else [""]
        cells = _cell([str(number)] if at == 0 else [""], style, merge=merge) + _cell(sentence, style, merge=merge)
        written.append(f"<w:tr>{cells}{_cell([source], style)}{_cell(quote.splitlines() or [''], style)}</w:tr>")
    return "".join(written)


def _cell(lines: list[str], style: str, *, merge: str = "", bold: bool = False) -> str:
    paragraphs = "".join(_paragraph(line, style, bold=bold) for line in lines)
    return f"<w:tc><w:tcPr>{merge}</w:tcPr>{paragraphs}</w:tc>"


def _paragraph(text: str, style: str, *, bold: bool = False) -> str:
    looks = "<w:rPr><w:b/></w:rPr>" if bold else ""
    run = f'<w:r>{looks}<w:t xml:space="preserve">{escape(xml_text(text))}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'
