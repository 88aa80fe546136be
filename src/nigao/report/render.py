"""Report → plain text. A parsed report's own `gap`s win, so that rendering gives its text back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nigao.report.model import Item, Part, Report, Sentence
from nigao.text.ordinals import OrdinalForm, match_ordinal

# 附件名称后不加标点符号.
_NAME_END = re.compile(r"[。；，、：;,.:\s]+$")


class PieceKind(StrEnum):
    """What a piece of the rendered report is."""

    TITLE = "title"
    RECIPIENT = "recipient"
    BODY = "body"
    ORDINAL = "ordinal"
    PART_HEADING = "part_heading"
    ITEM_HEADING = "item_heading"
    ATTACHMENT = "attachment"
    SIGNATURE = "signature"
    DATE = "date"
    ANNEX_HEAD = "annex_head"
    ANNEX_TITLE = "annex_title"
    ANNEX_TEXT = "annex_text"
    ANNEX_ROW = "annex_row"


# What stands behind the last part.
ENDING = frozenset(PieceKind) - {
    PieceKind.TITLE, PieceKind.RECIPIENT, PieceKind.BODY, PieceKind.ORDINAL, PieceKind.PART_HEADING,
    PieceKind.ITEM_HEADING,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One run of the rendered report: `gap` goes before `text`. `depth` is the item's depth, 0 outside items.

    An annex's row of cells is one piece, with a tab between the cells.
    """

    kind: PieceKind
    gap: str
    text: str
    depth: int = 0
    sentence: Sentence | None = None


def pieces(report: Report) -> Iterator[Piece]:
    """The report's runs in reading order; joining every `gap + text` and `trailing` is the text."""
    if report.title is not None:
        yield _piece(PieceKind.TITLE, report.title, "")
    if report.recipient is not None:
        yield _piece(PieceKind.RECIPIENT, report.recipient, "\n\n" if report.title else "")
    above = "\n" if report.recipient else "\n\n" if report.title else ""
    for position, sentence in enumerate(report.opening):
        yield _piece(PieceKind.BODY, sentence, above if position == 0 else "")
    started = report.title is not None or report.recipient is not None or bool(report.opening)
    for part in report.parts:
        yield from _part(part, "\n" if started else "")
        started = True
    yield from _lines(report.attachments)
    for position, line in enumerate(derived_attachments(report)):
        yield Piece(PieceKind.ATTACHMENT, "\n" if position else "\n\n", line)
    if report.signature is not None:
        yield _piece(PieceKind.SIGNATURE, report.signature, "\n\n")
    if report.date is not None:
        yield _piece(PieceKind.DATE, report.date, "\n")
    yield from _lines(report.after)
    for number in range(1, len(report.annexes) + 1):
        yield from _annex(report, number)


def derived_attachments(report: Report) -> list[str]:
    """附件说明 from the annexes' titles (GB/T 9704—2012, 7.3.4), a line each; none where the report has its own."""
    if report.attachments:
        return []
    titles = [_NAME_END.sub("", "".join(annex.title.text.split("\n"))) for annex in report.annexes]
    if len(titles) == 1:
        return [f"附件：{titles[0]}"]
    return [f"{'附件：' if number == 1 else ''}{number}. {title}" for number, title in enumerate(titles, start=1)]


def annex_head(report: Report, number: int) -> str:
    """What stands above an annex, counted from 1: `附件1`, or `附件` where there is only one."""
    return f"附件{number}" if len(report.annexes) > 1 else "附件"


def row_text(row: Sequence[str]) -> str:
    """A table's row on one line, with a tab between its cells."""
    return "\t".join(" ".join(cell.split()) for cell in row)


def _annex(report: Report, number: int) -> Iterator[Piece]:
    annex = report.annexes[number - 1]
    yield Piece(PieceKind.ANNEX_HEAD, "\n\n", annex_head(report, number))
    yield _piece(PieceKind.ANNEX_TITLE, annex.title, "\n")
    for sentence in annex.paragraphs:
        yield _piece(PieceKind.ANNEX_TEXT, sentence, "\n")
    for row in annex.table.rows if annex.table is not None else ():
        yield Piece(PieceKind.ANNEX_ROW, "\n", row_text(row))


def _lines(sentences: list[Sentence]) -> Iterator[Piece]:
    for position, sentence in enumerate(sentences):
        yield _piece(PieceKind.ATTACHMENT, sentence, "\n" if position else "\n\n")


def render_text(report: Report) -> str:
    """Plain text; for a parsed report, exactly the text that was parsed."""
    trailing = "\n" if report.trailing is None else report.trailing
    return "".join(piece.gap + piece.text for piece in pieces(report)) + trailing


def _part(part: Part, above: str) -> Iterator[Piece]:
    if part.ordinal:
        yield Piece(PieceKind.ORDINAL, above if part.gap is None else part.gap, part.ordinal)
    yield _piece(PieceKind.PART_HEADING, part.heading, "" if part.ordinal else above)
    for position, sentence in enumerate(part.lead):
        yield _piece(PieceKind.BODY, sentence, "\n" if position == 0 else "")
    for item in part.items:
        yield from _item(item, depth=1)


def _item(item: Item, depth: int) -> Iterator[Piece]:
    above = "\n"
    if item.ordinal:
        yield Piece(PieceKind.ORDINAL, above if item.gap is None else item.gap, item.ordinal, depth)
        above = ""
    if item.heading is not None:
        yield _piece(PieceKind.ITEM_HEADING, item.heading, above, depth)
        above = "\n" if heads_a_block(item) else ""
    for sentence in item.sentences:
        yield _piece(PieceKind.BODY, sentence, above, depth)
        above = ""
    for child in item.items:
        yield from _item(child, depth + 1)


def heads_a_block(item: Item) -> bool:
    """A （一） heading, or one that no mark closes, stands on its own line; a run-in topic sentence does not."""
    ordinal = match_ordinal(item.ordinal)
    section = ordinal is not None and ordinal.form is OrdinalForm.SECTION
    return section or (item.heading is not None and not item.heading.text.endswith(("。", "！", "？", "：", "；")))


def _piece(kind: PieceKind, sentence: Sentence, gap: str, depth: int = 0) -> Piece:
    return Piece(kind, gap if sentence.gap is None else sentence.gap, sentence.text, depth, sentence)
