"""A report as a flat list of paragraphs to be: what goes into which style, before anything is Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nigao.report.gbt9704 import closing_indents
from nigao.report.model import Item, Part, Report, Sentence
from nigao.text.dates import find_dates
from nigao.text.ordinals import HEADING_LEVEL, match_ordinal
from nigao.text.titlelines import title_lines
from nigao.word.layout import HEADING_STYLES, Style

_OWN_LINE_LEVELS = (1, 2)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph. `sentence` is whose words they are (None for an ordinal); `topic` a run-in topic."""

    text: str
    sentence: Sentence | None = None
    topic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. `right_chars` (hundredths of a character) overrides the style's; no pieces is a blank line."""

    style: Style
    pieces: tuple[Piece, ...] = ()
    right_chars: int | None = None


def report_blocks(report: Report) -> list[Block]:
    """Every paragraph of the report from title to date, blank lines included."""
    blocks: list[Block] = []
    if report.title is not None:
        lines = "\n".join(title_lines(report.title.text))
        blocks += [Block(Style.TITLE, (Piece(lines, report.title),)), Block(Style.BODY)]
    if report.recipient is not None:
        addressed = report.recipient.text.rstrip(":： ") + "："
        blocks.append(Block(Style.RECIPIENT, (Piece(addressed, report.recipient),)))
    blocks += _paragraphs(report.opening)
    for part in report.parts:
        blocks += _part_blocks(part)
    blocks += _paragraphs(report.attachments)
    return [*blocks, *_closing_blocks(report), *_paragraphs(report.after)]


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
    """The sentences joined; one before which a line break was parsed begins a new paragraph."""
    pieces: list[Piece] = []
    for sentence in sentences:
        if pieces and sentence.gap and "\n" in sentence.gap:
            yield Block(Style.BODY, tuple(pieces))
            pieces = []
        pieces.append(Piece(sentence.text, sentence))
    if pieces:
        yield Block(Style.BODY, tuple(pieces))


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


def plain_date(text: str) -> str:
    """A full date as `2026年9月7日`; anything else (a placeholder, a month) unchanged."""
    for found in find_dates(text):
        if found.text == text.strip() and found.year and found.month and found.day:
            return f"{found.year}年{found.month}月{found.day}日"
    return text
