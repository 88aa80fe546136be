"""A report as a flat list of paragraphs to be: what goes into which style, before anything is Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.report.gbt9704 import CHARS_PER_LINE, TWO_CHARS, closing_indents
from nigao.report.model import Item, Part, Report, Sentence, Table
from nigao.report.render import annex_head, derived_attachments
from nigao.text.dates import find_dates
from nigao.text.ordinals import HEADING_LEVEL, match_ordinal
from nigao.text.titlelines import MAX_WIDTH, display_width, title_lines
from nigao.word.layout import HEADING_STYLES, NOTE_NAME, Style
from nigao.word.roles import is_attachment_head, is_heading, may_be_annex_title

_OWN_LINE_LEVELS = (1, 2)
# 附件： and a number, either of which a line may lack.
_NOTE_HEAD = re.compile(r"(?P<word>附\s*件?\s*(?:\d{1,2}\s*)?[：:.．、]\s*)?(?:\d{1,2}\s*[.．、]\s*)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph. `sentence` is whose words they are (None for an ordinal); `topic` a run-in topic."""

    text: str
    sentence: Sentence | None = None
    topic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph; no pieces is a blank line. `right_chars`, and `left_chars` with the `hanging_chars` that its first
    line hangs out (negative: goes in), override the style's (hundredths of a character). With `table` it is that table.

    `annex` begins an annex: its number from 1.
    """

    style: Style
    pieces: tuple[Piece, ...] = ()
    right_chars: int | None = None
    left_chars: int | None = None
    hanging_chars: int = 0
    table: Table | None = None
    annex: int = 0


def report_blocks(report: Report, title_width: float = MAX_WIDTH) -> list[Block]:
    """Every paragraph of the report from its title to its last annex, blank lines included, and the annexes' tables.

    A line of a title holds `title_width` full-width characters.
    """
    blocks: list[Block] = []
    if report.title is not None:
        lines = "\n".join(title_lines(report.title.text, title_width))
        blocks += [Block(Style.TITLE, (Piece(lines, report.title),)), Block(Style.BODY)]
    if report.recipient is not None:
        addressed = report.recipient.text.rstrip(":： ") + "："
        blocks.append(Block(Style.RECIPIENT, (Piece(addressed, report.recipient),)))
    blocks += _paragraphs(report.opening)
    for part in report.parts:
        blocks += _part_blocks(part)
    blocks += _attachment_note(report)
    blocks += _closing_blocks(report)
    blocks += _after(report.after, title_width)
    for number in range(1, len(report.annexes) + 1):
        blocks += _annex(report, number, title_width)
    return blocks


def _part_blocks(part: Part) -> Iterator[Block]:
    yield _heading(Style.HEADING_1, part.ordinal, part.heading)
    yield from _paragraphs(part.lead)
    for item in part.items:
        yield from _item_blocks(item)


def _item_blocks(item: Item) -> Iterator[Block]:
    level = _level(item.ordinal)
    heading, sentences = item.heading, item.sentences
    if heading is None and len(sentences) == 1 and level in _OWN_LINE_LEVELS:
        # A numbered line that holds a single sentence has the form of a heading, whatever the parser called it.
        heading, sentences = sentences[0], []
    if heading is not None and (level in _OWN_LINE_LEVELS or (level in HEADING_STYLES and not sentences)):
        yield _heading(HEADING_STYLES[level], item.ordinal, heading)
        yield from _paragraphs(sentences)
    else:
        yield from _run_in(item.ordinal, heading, sentences)
    for inner in item.items:
        yield from _item_blocks(inner)


def _level(ordinal: str) -> int:
    """1 to 4 for the standard's heading ordinals, else 0."""
    found = match_ordinal(ordinal)
    level = HEADING_LEVEL.get(found.form, 0) if found else 0
    return level if level in HEADING_STYLES else 0


def _heading(style: Style, ordinal: str, heading: Sentence) -> Block:
    """A heading on its own line, which takes no full stop; one that was run in brings its own."""
    ordinal_piece = (Piece(ordinal),) if ordinal else ()
    return Block(style, (*ordinal_piece, Piece(heading.text.removesuffix("。"), heading)))


def _run_in(ordinal: str, topic: Sentence | None, sentences: list[Sentence]) -> Iterator[Block]:
    first: list[Piece] = []
    if ordinal:
        first.append(Piece(ordinal, topic=topic is not None))
    if topic is not None:
        first.append(Piece(topic.text, topic, topic=True))
    paragraphs = list(_paragraphs(sentences))
    if paragraphs:
        yield Block(Style.BODY, (*first, *paragraphs[0].pieces))
        yield from paragraphs[1:]
    elif first:
        yield Block(Style.BODY, tuple(first))


def _paragraphs(sentences: list[Sentence]) -> Iterator[Block]:
    return (Block(Style.BODY, line) for line in _lines(sentences))


def _lines(sentences: list[Sentence]) -> Iterator[tuple[Piece, ...]]:
    """The sentences joined; one before which a line break was parsed begins a new paragraph."""
    pieces: list[Piece] = []
    for sentence in sentences:
        if pieces and sentence.gap and "\n" in sentence.gap:
            yield tuple(pieces)
            pieces = []
        pieces.append(Piece(sentence.text, sentence))
    if pieces:
        yield tuple(pieces)


def _closing_blocks(report: Report) -> Iterator[Block]:
    if report.signature is None and report.date is None:
        return
    signature = report.signature.text if report.signature else ""
    date = plain_date(report.date.text) if report.date else ""
    signature_right, date_right = closing_indents(signature, date)
    yield Block(Style.BODY)
    if report.signature is not None:
        yield Block(Style.SIGNATURE, (Piece(signature, report.signature),), signature_right)
    if report.date is not None:
        yield Block(Style.DATE, (Piece(date, report.date),), date_right)


def _attachment_note(report: Report) -> Iterator[Block]:
    """附件说明 below a blank line (7.3.4): the report's own lines, else those that its annexes' titles make."""
    own = [Piece(sentence.text, sentence) for sentence in report.attachments]
    lines = own or [Piece(line) for line in derived_attachments(report)]
    if lines:
        yield Block(Style.BODY)
    for line in lines:
        head = _NOTE_HEAD.match(line.text)
        assert head is not None  # it matches nothing, too
        # A further line's number stands below the first's, and what a long name runs over to below the name. A line
        # that does not run over is indented as checkers know it: two in, from the three characters of 附件：.
        first = TWO_CHARS if head["word"] else NOTE_NAME
        name = first + round(display_width(head.group()) * 100)
        runs_over = first / 100 + display_width(line.text) > CHARS_PER_LINE
        left = name if head["word"] or runs_over else NOTE_NAME - TWO_CHARS
        yield Block(Style.ATTACHMENT_NOTE, (line,), left_chars=left, hanging_chars=left - first)


def _after(sentences: list[Sentence], title_width: float) -> Iterator[Block]:
    """What a parsed text has behind its date: 附件1 begins a page (7.3.7), and the line below it is its title."""
    inside = titled = False
    for line in _lines(sentences):
        text = "".join(piece.text for piece in line)
        if is_attachment_head(text):
            inside, titled = True, False
            yield Block(Style.ATTACHMENT_HEAD, line)
            continue
        if inside and not titled and may_be_annex_title(text):
            yield from _annex_title(line, title_width)
        else:
            yield _annex_line(line) if inside else Block(Style.BODY, line)
        titled = True


def _annex(report: Report, number: int, title_width: float) -> Iterator[Block]:
    annex = report.annexes[number - 1]
    yield Block(Style.ATTACHMENT_HEAD, (Piece(annex_head(report, number)),), annex=number)
    yield from _annex_title((Piece(annex.title.text, annex.title),), title_width)
    for sentence in annex.paragraphs:
        yield _annex_line((Piece(sentence.text, sentence),))
    if annex.table is not None:
        yield Block(Style.TABLE_TEXT, table=annex.table)
        # Word wants a paragraph behind a table; this one is a point high.
        yield Block(Style.TABLE_END)


def _annex_title(pieces: tuple[Piece, ...], title_width: float) -> Iterator[Block]:
    """The title on the third line, broken like the report's own, with a blank line around it."""
    first = pieces[0]
    lines = "\n".join(title_lines(first.text, title_width)) if len(pieces) == 1 else first.text
    yield Block(Style.BODY)
    yield Block(Style.ANNEX_TITLE, (Piece(lines, first.sentence), *pieces[1:]))
    yield Block(Style.BODY)


def _annex_line(pieces: tuple[Piece, ...]) -> Block:
    """A paragraph of an annex; one that has the form of a heading looks like one."""
    text = "".join(piece.text for piece in pieces)
    level = _level(text)
    return Block(HEADING_STYLES[level] if level and is_heading(text) else Style.BODY, pieces)


def plain_date(text: str) -> str:
    """A full date as `2026年9月7日`; anything else (a placeholder, a month) unchanged."""
    for found in find_dates(text):
        if found.text == text.strip() and found.year and found.month and found.day:
            return f"{found.year}年{found.month}月{found.day}日"
    return text
