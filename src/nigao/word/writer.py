"""Writing a report as a Word document laid out by GB/T 9704—2012."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from nigao.atomicfile import replace_file
from nigao.report.gbt9704 import chars_to_twips
from nigao.report.model import Report
from nigao.text.placeholders import find_placeholders, placeholder
from nigao.word.aigc import label_property
from nigao.word.annextables import add_table, end_section, turn
from nigao.word.blocks import Block, Piece, report_blocks
from nigao.word.citations import COMMENT_AUTHOR, Endnotes, add_comment, date_comments, evidence_lines
from nigao.word.house import STANDARD, House, learned
from nigao.word.layout import BY_NAME, TOPIC_STYLE, Jc, Style
from nigao.word.options import CitationStyle, WordOptions
from nigao.word.package import document_bytes
from nigao.word.pages import add_ai_note, add_page_numbers
from nigao.word.properties import write_properties
from nigao.word.sources import add_source_table
from nigao.word.stamp import stamp_property
from nigao.word.tables import TableLayout, lay_out
from nigao.word.xmltext import xml_text

# Stands for the day of writing where the report has none: the file must not depend on the clock.
_NO_DATE = dt.date(2000, 1, 1)
_OWN_BLANK = placeholder("").removesuffix("】")
_ALIGNMENT = {
    Jc.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Jc.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Jc.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Jc.BOTH: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
# Word's own limit on a core property.
_PROPERTY_LIMIT = 255
_CLOSING = (Style.SIGNATURE, Style.DATE)
_DEFAULTS = WordOptions()


def write_docx(report: Report, path: Path, options: WordOptions = _DEFAULTS) -> None:
    """Write the report to `path` as .docx; an existing file is replaced only by a whole new one.

    The same report and options give the same bytes. Raises OutputError when the file cannot be written.
    """
    replace_file(path, docx_bytes(report, options))


def docx_bytes(report: Report, options: WordOptions = _DEFAULTS) -> bytes:
    """The report as the bytes of a .docx, for callers that send it instead of saving it."""
    house = learned(options.house) if options.house else STANDARD
    document = docx.Document(io.BytesIO(house.data))
    day = report.as_of or _NO_DATE
    _add_text(document, report, options.citations, house)
    if options.citations is CitationStyle.APPENDIX:
        add_source_table(document, report)
    date_comments(document, day)
    if options.ai_label:
        add_ai_note(document, house.note_style)
    write_properties(document, label_property(report, options) | stamp_property(options.stamp))
    if not house.numbered:
        add_page_numbers(document, house.number_style)
    _describe(document, report, day)
    return document_bytes(document)


def _add_text(document: Document, report: Report, citations: CitationStyle, house: House) -> None:
    endnotes = Endnotes()
    blocks = report_blocks(report, house.title_width)
    kept = _kept_with_next(blocks)
    tables = {n: lay_out(b.table, *house.text_widths) for n, b in enumerate(blocks) if b.table is not None}
    sideways = False
    for number, block in enumerate(blocks):
        turned = _is_sideways(blocks, tables, number) if block.annex else sideways
        if turned != sideways:
            end_section(document, sideways=sideways)
            sideways = turned
        if block.table is not None:
            add_table(document, block.table, tables[number], house, _fill)
            continue
        paragraph = document.add_paragraph()
        paragraph._p.style = house.style_id(block.style)
        if number in kept:
            paragraph.paragraph_format.keep_with_next = True
        _repeat_layout(paragraph, block, house)
        for piece in block.pieces:
            _add_piece(document, paragraph, piece, citations, endnotes)
    if sideways:
        turn(document.element.body.sectPr)
    endnotes.attach(document)


def _is_sideways(blocks: list[Block], tables: dict[int, TableLayout], start: int) -> bool:
    """Whether the annex that begins here has a table for pages on their side."""
    after = (n for n in range(start + 1, len(blocks)) if blocks[n].annex)
    own = range(start, next(after, len(blocks)))
    return any(n in tables and tables[n].sideways for n in own)


def _fill(paragraph: Paragraph, text: str) -> None:
    _add_runs(paragraph, Piece(text))


def _kept_with_next(blocks: list[Block]) -> range:
    """Numbers of the blocks that hold the end together: the standard forbids a page of nothing but 署名 and date."""
    closing = [number for number, block in enumerate(blocks) if block.style in _CLOSING]
    return range(max(0, closing[0] - 2), closing[-1]) if closing else range(0)


def _repeat_layout(paragraph: Paragraph, block: Block, house: House) -> None:
    """What depends on the text, and of the standard's styles alignment and indents too: converters and checkers often
    read only what stands on the paragraph.
    """
    style = BY_NAME[block.style]
    if not house.is_learned:
        paragraph.alignment = _ALIGNMENT[style.jc]
    if not block.pieces:
        return
    if style.first_line_chars and not house.is_learned:
        _set_indent(paragraph, "firstLine", style.first_line_chars)
    if block.right_chars is not None:
        _set_indent(paragraph, "right", block.right_chars)
    if block.left_chars is not None:
        _set_indent(paragraph, "left", block.left_chars)
        out = block.hanging_chars
        _set_indent(paragraph, "hanging" if out >= 0 else "firstLine", abs(out))


def _set_indent(paragraph: Paragraph, side: str, chars: int) -> None:
    """Indent in characters, which Word follows, and in twips for programs that do not know characters."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn(f"w:{side}Chars"), str(chars))
    indent.set(qn(f"w:{side}"), str(chars_to_twips(chars)))


def _add_piece(
    document: Document, paragraph: Paragraph, piece: Piece, citations: CitationStyle, endnotes: Endnotes
) -> None:
    runs = _add_runs(paragraph, piece)
    lines = evidence_lines(piece.sentence) if piece.sentence is not None else []
    if not runs or not lines:
        return
    if citations is CitationStyle.COMMENTS:
        add_comment(document, runs, lines)
    elif citations is CitationStyle.ENDNOTES:
        endnotes.add(paragraph, lines)


def _add_runs(paragraph: Paragraph, piece: Piece) -> list[Run]:
    """The piece as runs, nigao's own blanks in runs of their own with a yellow ground."""
    text = xml_text(piece.text)
    runs: list[Run] = []
    start = 0
    for blank in (span for span in find_placeholders(text) if span.text.startswith(_OWN_BLANK)):
        runs += _add_run(paragraph, text[start : blank.start], piece.topic)
        marked = _add_run(paragraph, blank.text, piece.topic)
        marked[0].font.highlight_color = WD_COLOR_INDEX.YELLOW
        runs += marked
        start = blank.end
    return runs + _add_run(paragraph, text[start:], piece.topic)


def _add_run(paragraph: Paragraph, text: str, topic: bool) -> list[Run]:
    return [paragraph.add_run(text, style=TOPIC_STYLE if topic else None)] if text else []


def _describe(document: Document, report: Report, day: dt.date) -> None:
    properties = document.core_properties
    moment = dt.datetime.combine(day, dt.time())
    title = "".join(report.title.text.splitlines()) if report.title else ""
    properties.title = xml_text(title)[:_PROPERTY_LIMIT]
    properties.author = properties.last_modified_by = xml_text(report.unit)[:_PROPERTY_LIMIT] or COMMENT_AUTHOR
    properties.created = properties.modified = moment
    properties.language = "zh-CN"
    properties.revision = 1
