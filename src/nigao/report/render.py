"""Report → plain text and Markdown. A parsed report's own `gap`s win, so that rendering gives its text back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from nigao.report.model import Item, Part, Report, Sentence
from nigao.text.ordinals import OrdinalForm, match_ordinal


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


@dataclass(frozen=True, slots=True)
class Piece:
    """One run of the rendered report: `gap` goes before `text`. `depth` is the item's depth, 0 outside items."""

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
    if report.signature is not None:
        yield _piece(PieceKind.SIGNATURE, report.signature, "\n\n")
    if report.date is not None:
        yield _piece(PieceKind.DATE, report.date, "\n")
    yield from _lines(report.after)


def _lines(sentences: list[Sentence]) -> Iterator[Piece]:
    for position, sentence in enumerate(sentences):
        yield _piece(PieceKind.ATTACHMENT, sentence, "\n" if position else "\n\n")


def render_text(report: Report) -> str:
    """Plain text; for a parsed report, exactly the text that was parsed."""
    trailing = "\n" if report.trailing is None else report.trailing
    return "".join(piece.gap + piece.text for piece in pieces(report)) + trailing


def render_markdown(report: Report, *, end: str = "", note: str = "\n") -> str:
    """Markdown: headings by level, one paragraph a block; behind the line `end`, the sources and `note`."""
    blocks: list[str] = []
    prefix = ""
    for piece in pieces(report):
        if "\n" in piece.gap or not blocks:
            blocks.append("")
            prefix = ""
        if piece.kind is PieceKind.ORDINAL:
            prefix = _markdown_prefix(piece)
        elif piece.kind is PieceKind.TITLE:
            prefix = "# "
        elif piece.kind is PieceKind.PART_HEADING:
            prefix = "## "
        if not blocks[-1]:
            blocks[-1] = prefix
        blocks[-1] += (piece.gap.replace("\n", "") + piece.text).replace("\n", "")
    closing = [end] if end else []
    return "\n\n".join(blocks + closing + _sources(report)) + note


def _markdown_prefix(piece: Piece) -> str:
    if piece.depth == 0:
        return "## "
    ordinal = match_ordinal(piece.text)
    return "### " if ordinal is not None and ordinal.form is OrdinalForm.SECTION else ""


def _sources(report: Report) -> list[str]:
    titles: dict[str, list[str]] = {}
    for sentence in report.sentences():
        for citation in sentence.citations:
            locators = titles.setdefault(citation.title, [])
            if citation.locator and citation.locator not in locators:
                locators.append(citation.locator)
    if not titles:
        return []
    return ["---\n\n**依据**", "\n".join(f"- 《{title}》{'、'.join(where)}" for title, where in titles.items())]


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
