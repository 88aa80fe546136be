"""Join the visual lines of a PDF into the paragraphs that somebody wrote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from nigao.corpus.readers.notes import note_piece
from nigao.corpus.readers.pdf.edges import Note
from nigao.corpus.readers.pdf.lines import joined
from nigao.corpus.readers.pdf.pages import Flow, PageNotes, Placed, PlacedTable
from nigao.corpus.readers.pdf.tables import Table
from nigao.corpus.readers.source import Piece
from nigao.corpus.readers.tables import row_pieces
from nigao.text.ordinals import match_ordinal

_ENDS = re.compile("[。！？；：!?;:…][”’」』）)》]*$")
_BULLET = re.compile("[•●○■□◆◇▪▶➢➤✓√※]")
_HYPHENED = re.compile("[A-Za-z]-$")
_CLOSED = re.compile("[。！？；：!?;:…”’」』）)》]$")
# In ems of the line.
_INDENT, _SPARE, _SAME_EDGE = 1.2, 0.6, 3.0
_OTHER_SIZE = 0.08
_WIDE, _WIDER, _LEADING = 1.2, 1.6, 1.5
_ALIKE = 0.4
_FLUSH, _RIGHT_SIDE = 5, 0.3


def pieces_of(flow: Sequence[Flow]) -> list[Piece]:
    """Paragraphs, table rows and notes in order; a note comes behind the paragraph with its mark, else its page."""
    writer = _Writer(flow)
    for item in flow:
        writer.take(item)
    return writer.finish()


class _Writer:
    """Holds the paragraph that is being joined, and what must wait until it is complete."""

    def __init__(self, flow: Sequence[Flow]) -> None:
        self._pieces: list[Piece] = []
        self._open: list[Placed] = []
        self._notes: list[Piece] = []
        self._table: tuple[Table, int] | None = None
        self._rows: list[tuple[str, ...]] = []
        self._tables = 0
        self._count = 0
        self._habits = habits_of(flow)
        self._waiting = {(item.page, n.mark): n for item in flow if isinstance(item, PageNotes) for n in item.notes}

    def take(self, item: Flow) -> None:
        """The next line, table or notes of the stream."""
        if isinstance(item, PageNotes):
            for note in item.notes:
                self._note(item.page, note.mark)
        elif isinstance(item, PlacedTable):
            self._close()
            self._add_table(item)
        else:
            self._close_table()
            if self._open and breaks(self._open[-1], item, self._habits):
                self._close()
            self._open.append(item)

    def finish(self) -> list[Piece]:
        """All pieces."""
        self._close()
        self._close_table()
        self._pieces += self._notes
        return self._pieces

    def _close(self) -> None:
        if self._open:
            self._pieces.append(Piece(joined([self._shown(placed) for placed in self._open])))
            self._open = []
            self._pieces += self._notes
            self._notes = []

    def _note(self, page: int, mark: str) -> bool:
        """Put the note behind the open paragraph, unless it was told already; whether the page has such a note."""
        note = self._waiting.get((page, mark))
        if note is not None and note.lines:
            self._count += 1
            self._notes.append(note_piece(f"注{self._count}", joined(note.lines)))
            self._waiting[page, mark] = Note(mark, ())
        return note is not None

    def _shown(self, placed: Placed) -> str:
        """The line's text without the marks of the page's footnotes."""
        text = placed.line.text
        # A raised figure behind a Chinese word or mark refers to a note, wherever that stands; behind m it is m².
        marks = [
            (offset, mark)
            for offset, mark in placed.line.raised
            if self._note(placed.page, mark) or not (text[offset - 1] if offset else text[len(mark) :][:1]).isascii()
        ]
        for offset, mark in reversed(marks):
            text = text[:offset] + text[offset + len(mark) :]
        return text

    def _add_table(self, item: PlacedTable) -> None:
        before = self._table
        rows = item.table.rows
        if before is not None and before[1] + 1 == item.page and _same_edges(before[0].edges, item.table.edges):
            # The rest of a table from the page before: its header is repeated, not said again.
            rows = rows[1:] if rows and self._rows and rows[0] == self._rows[0] else rows
            rows = _continued(self._rows, rows)
        else:
            self._close_table()
        self._rows += rows
        self._table = (item.table, item.page)

    def _close_table(self) -> None:
        if self._table is not None:
            self._tables += 1
            self._pieces += row_pieces(self._rows, self._tables, headed=None)
            self._table, self._rows = None, []


def _continued(before: Sequence[tuple[str, ...]], after: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The rest of a table with its cells that reach down from the page before, where alone their words stand."""
    if len(before) < 2 or not after or len(before[-1]) != len(after[0]):
        return after
    columns = list(zip(*after, strict=True))
    for column, cells in enumerate(columns):
        blank = next((i for i, cell in enumerate(cells) if cell), len(cells))
        reaching = before[-1][column] == before[-2][column]
        # The columns that group the rows come first; behind them an empty cell is empty.
        if not blank or not before[-1][column] or not (reaching or blank > 1):
            break
        columns[column] = (before[-1][column],) * blank + cells[blank:]
    return tuple(zip(*columns, strict=True))


@dataclass(frozen=True, slots=True)
class Habits:
    """How the document sets its paragraphs, in ems: the distance of lines, and the first line's indent (0: none)."""

    leading: float
    indent: float


def breaks(before: Placed, after: Placed, habits: Habits) -> bool:
    """Whether a new paragraph begins with `after`."""
    a, b = before.line, after.line
    em = max(a.size, b.size)
    if abs(a.size - b.size) > _OTHER_SIZE * em or before.alone or after.alone:
        return True
    if _HYPHENED.search(a.text) and b.text[0].islower():
        return False
    return _is_last(before, after, em) or _is_first(before, after, em, habits)


def _is_last(before: Placed, after: Placed, em: float) -> bool:
    """Whether the line ends its paragraph, by where it ends and begins itself."""
    a, b = before.line, after.line
    # Had the writer wanted to go on, the next word would have stood on this line.
    if before.right - a.x1 - b.head > _SPARE * em:
        return True
    # A line that is set to the right side has no next one: a signature, a date.
    return a.x0 - before.left > _RIGHT_SIDE * (before.right - before.left) and abs(b.x0 - a.x0) > _ALIKE * em


def _is_first(before: Placed, after: Placed, em: float, habits: Habits) -> bool:
    """Whether the line begins a paragraph although the one before is full: by distance, indent and wording."""
    a, b = before.line, after.line
    ended = _ENDS.search(a.text) is not None
    ordinal = match_ordinal(b.text) is not None
    if _BULLET.match(b.text):
        return True
    if before.page == after.page and b.y > a.y:
        step = (b.y - a.y) / em / habits.leading
        if step > _WIDER or (step > _WIDE and ended):
            return True
    indent = (b.x0 - after.left) / em
    usual = habits.indent > 0 and abs(indent - habits.indent) < _ALIKE
    return (indent > _INDENT and (ended or ordinal or usual)) or (ordinal and _CLOSED.search(a.text) is not None)


def habits_of(flow: Iterable[Flow]) -> Habits:
    """Measured on all lines of the document that stand below another one."""
    placed = [item for item in flow if isinstance(item, Placed)]
    below = [(a, b) for a, b in pairwise(placed) if a.page == b.page and b.line.y > a.line.y and a.line.size > 0]
    steps = [(b.line.y - a.line.y) / a.line.size for a, b in below]
    starts = [(b.line.x0 - b.left) / b.line.size for _, b in below if b.line.size > 0]
    indents = Counter(round(start * 4) / 4 for start in starts if start > _INDENT)
    flush = sum(start < 0.5 for start in starts)
    indent, times = indents.most_common(1)[0] if indents else (0.0, 0)
    # Where hardly a line begins at the edge, the indented ones are no first lines.
    return Habits(median(steps) if steps else _LEADING, indent if _FLUSH * flush >= times > 1 else 0.0)


def _same_edges(before: Sequence[float], after: Sequence[float]) -> bool:
    return len(before) == len(after) and all(abs(a - b) <= _SAME_EDGE for a, b in zip(before, after, strict=True))
