"""The report cut into lines as they are shown: a heading or a paragraph each. What Markdown and the web page share."""

from __future__ import annotations

from dataclasses import dataclass, field

from nigao.report.model import Report, Table
from nigao.report.render import Piece, PieceKind, pieces
from nigao.text.ordinals import OrdinalForm, match_ordinal

TITLE, PART, SECTION = 1, 2, 3


@dataclass(frozen=True, slots=True)
class PlacedPiece:
    """A piece and where its text begins in the report's plain text (`render_text`); `gap` is what stands before it in
    the same line.
    """

    piece: Piece
    start: int
    gap: str = ""


@dataclass(slots=True)
class Line:
    """One heading or paragraph, or with `table` all rows of an annex's table, a piece each. `level` is 1 for the title,
    2 for a part or an annex, 3 for a （一） heading or an annex's title, 0 for text.
    """

    level: int = 0
    pieces: list[PlacedPiece] = field(default_factory=list)
    table: Table | None = None

    @property
    def kind(self) -> PieceKind:
        """What the line begins with."""
        return self.pieces[0].piece.kind

    @property
    def has_text(self) -> bool:
        """Whether there is more than an ordinal and a heading in the line."""
        return any(placed.piece.kind is PieceKind.BODY for placed in self.pieces)

    @property
    def runs_on(self) -> bool:
        """Whether text follows a heading in its own line."""
        return self.level > 0 and self.has_text


def report_lines(report: Report) -> list[Line]:
    """The lines in reading order, none of them empty."""
    lines: list[Line] = []
    tables = (annex.table for annex in report.annexes if annex.table is not None)
    offset = 0
    for piece in pieces(report):
        start = offset + len(piece.gap)
        offset = start + len(piece.text)
        fresh = not lines or "\n" in piece.gap
        if piece.kind is PieceKind.ANNEX_ROW:
            if lines[-1].table is None:
                lines.append(Line(table=next(tables)))
        elif fresh:
            lines.append(Line(_level(piece)))
        elif not lines[-1].level and piece.kind is PieceKind.PART_HEADING:
            lines[-1].level = PART
        # What stands before the first word of a line is its indent, which each output makes its own way.
        lines[-1].pieces.append(PlacedPiece(piece, start, "" if fresh else piece.gap))
    return [line for line in lines if any(placed.piece.text.strip() for placed in line.pieces)]


def _level(piece: Piece) -> int:
    if piece.kind is PieceKind.TITLE:
        return TITLE
    if piece.kind in (PieceKind.PART_HEADING, PieceKind.ANNEX_HEAD):
        return PART
    if piece.kind is PieceKind.ANNEX_TITLE:
        return SECTION
    if piece.kind is not PieceKind.ORDINAL:
        return 0
    if piece.depth == 0:
        return PART
    ordinal = match_ordinal(piece.text)
    return SECTION if ordinal is not None and ordinal.form is OrdinalForm.SECTION else 0
