"""Lay a PDF's pages out as one stream in reading order: columns one after the other, tables in their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from nigao.corpus.readers.pdf.edges import Note, PageRows, body_size, row_text, take_edges, take_notes
from nigao.corpus.readers.pdf.glyphs import PageContent
from nigao.corpus.readers.pdf.lines import Line, rows_of
from nigao.corpus.readers.pdf.tables import Table, take_tables
from nigao.text.ordinals import match_ordinal

_MARK_SIZE = 0.66
_MARKS = re.compile(r"\d{1,3}|[①-⑳]|[ivxlc]{1,8}")
# 一、总体情况........3
_LAST_NUMBER = re.compile(r"[.．…·‥]\s*\d{1,4}$")
_LEADERS, _DOTS = 16, 6
_HANGING = "，。、；：！？"
_FEW_LINES, _ENOUGH_LINES = 40, 12
# Columns: so many rows on both sides of a gap so wide (in ems), lines that fill so much of the column.
_COLUMN_ROWS, _GUTTER, _FILLED = 5, 1.2, 0.7
_LONGEST_COLUMN, _SAME_EDGE = 200, 3.0
# The columns' lines need not stand on one height; a first line is set in by this much (in ems) at most.
_OPENING_ROWS, _SET_IN = 3, 3.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A line in its frame: the edges that the lines around it keep, and where it stands.

    `alone`: parts far from each other, as in a table without rules or a signature; no paragraph runs through it.
    """

    line: Line
    page: int
    left: float
    right: float
    alone: bool = False


@dataclass(frozen=True, slots=True)
class PageNotes:
    """The footnotes of one page, told where the page ends."""

    page: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table where it stands among the lines."""

    table: Table
    page: int


Flow = Placed | PlacedTable | PageNotes


def flow_of(contents: Sequence[PageContent]) -> tuple[list[Flow], list[str]]:
    """The stream, and the heads and feet that were taken off (once each)."""
    pages = []
    for content in contents:
        tables, glyphs = take_tables(content)
        pages.append(PageRows(content, [row for row in rows_of(glyphs) if not _is_contents(row)], tables))
    body = body_size(pages)
    heads = take_edges(pages, body)
    for page in pages:
        take_notes(page, body)
        page.rows = [row for row in page.rows if not _is_lone_mark(row, body)]
    frames = _Frames(pages)
    flow: list[Flow] = []
    for number, page in enumerate(pages, 1):
        flow.extend(_stream(page, number, frames))
        if page.notes:
            flow.append(PageNotes(number, tuple(page.notes)))
    return flow, heads


def _is_lone_mark(row: Sequence[Line], body: float) -> bool:
    """A note's mark that found no more room on its line."""
    return len(row) == 1 and row[0].size < _MARK_SIZE * body and _MARKS.fullmatch(row[0].text) is not None


def _is_contents(row: Sequence[Line]) -> bool:
    """A line of a table of contents: words, dots, a page number."""
    end = row_text(row)[-_LEADERS:]
    return _LAST_NUMBER.search(end) is not None and sum(c in ".．…·‥" for c in end) >= _DOTS


class _Frames:
    """The left and right edge of the text by the width of the page, and apart for the lines of each size."""

    def __init__(self, pages: Sequence[PageRows]) -> None:
        self._lines: dict[tuple[int, float], list[Line]] = {}
        for page in pages:
            for row in page.rows:
                for line in row:
                    self._lines.setdefault((round(page.content.width), round(line.size)), []).append(line)
        self._edges: dict[tuple[int, float], tuple[float, float]] = {}
        self.first_column: tuple[float, float] | None = None

    def column(self, rows: Sequence[list[Line]]) -> tuple[float, float] | None:
        """The first column of the pages before, where the rest of this page fills no other."""
        if self.first_column is None:
            return None
        left, right = self.first_column
        within = all(left - _SAME_EDGE <= row[0].x0 and row[-1].x1 <= right + row[-1].size for row in rows)
        return self.first_column if within else None

    def around(self, width: float, size: float) -> tuple[float, float]:
        """The edges for lines of this size; where they are few, of all lines on pages of this width."""
        key = (round(width), round(size))
        if key not in self._edges:
            own = self._lines.get(key, [])
            lines = (
                own if len(own) >= _ENOUGH_LINES else [ln for k, v in self._lines.items() if k[0] == key[0] for ln in v]
            )
            self._edges[key] = _edges(lines) if lines else (0.0, width)
        return self._edges[key]


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """The edges that several lines keep; in a short text, the outermost ones."""
    enough = max(2, round(0.04 * len(lines)))
    starts = Counter(round(line.x0) for line in lines)
    # A mark at a line's end may hang over the edge.
    bare = [line for line in lines if line.text[-1] not in _HANGING] or lines
    ends = Counter(round(line.x1) for line in bare)

    def kept(counts: Counter[int], at: int) -> bool:
        return sum(counts[at + d] for d in (-2, -1, 0, 1, 2)) >= enough

    lefts = [at for at in starts if kept(starts, at)] or list(starts)
    rights = [at for at in ends if kept(ends, at)] or list(ends)
    left = min(line.x0 for line in lines if abs(line.x0 - min(lefts)) <= 2.5)
    right = max(line.x1 for line in bare if abs(line.x1 - max(rights)) <= 2.5)
    if len(lines) >= _FEW_LINES:
        return left, right
    # Nearly all lines of a short text may end early, and one long line shows the edge.
    return left, max(line.x1 - line.size * (line.text[-1] in _HANGING) for line in lines)


def _stream(page: PageRows, number: int, frames: _Frames) -> Iterator[Flow]:
    """Rows and tables from the top; where rows stand in columns, each column from the top."""
    pending = sorted(page.tables, key=lambda table: table.top)
    rows = page.rows
    start = 0
    while start < len(rows):
        while pending and pending[0].bottom <= rows[start][0].y:
            yield PlacedTable(pending.pop(0), number)
        # Columns do not reach over a table.
        limit = next((i for i in range(start, len(rows)) if pending and rows[i][0].y > pending[0].top), len(rows))
        limit = max(limit, start + 1)
        end, gutter = _column_run(rows, start, limit)
        if gutter is None:
            frame = frames.column(rows[start:]) or frames.around(page.content.width, rows[start][0].size)
            yield _row_placed(rows[start], number, frame)
            start += 1
            continue
        frames.first_column = _edges([line for row in rows[start:end] for line in row if line.x0 < gutter[0]])
        yield from _columns(rows[start:end], gutter, number)
        start = end
    yield from (PlacedTable(table, number) for table in pending)


def _row_placed(row: Sequence[Line], number: int, frame: tuple[float, float]) -> Placed:
    """A row as one line; parts that stand far from each other stay apart by a space."""
    first, last = row[0], row[-1]
    line = first
    if len(row) > 1:
        line = Line(row_text(row), first.x0, last.x1, first.y, first.size, first.font, first.head, first.raised)
    # A number set apart from its paragraph by a tab is no part of its own.
    numbered = len(row) == 2 and (match_ordinal(f"{first.text}甲") is not None or not first.text[0].isalnum())
    return Placed(line, number, *frame, alone=len(row) > 1 and not numbered)


def _column_run(rows: Sequence[list[Line]], start: int, limit: int) -> tuple[int, tuple[float, float] | None]:
    """How far from `start` rows keep one gap free between two columns of prose, and the gap."""
    limit = min(limit, start + _LONGEST_COLUMN)
    end = start
    x0 = min(line.x0 for row in rows[start:limit] for line in row)
    x1 = max(line.x1 for row in rows[start:limit] for line in row)
    free = (x0 + 0.2 * (x1 - x0), x1 - 0.2 * (x1 - x0))
    gaps = [free]
    while end < limit:
        left = [g for gap in gaps for g in _cut(gap, rows[end]) if g[1] - g[0] >= _GUTTER * rows[end][0].size]
        if not left:
            break
        gaps = left
        end += 1
    for gap in sorted(gaps, key=lambda g: g[1] - g[0]):
        at = (gap[0] + gap[1]) / 2
        if end > start and _opens(rows[start:end], at) and _is_prose(rows[start:end], at):
            return end, gap
    return end, None


def _opens(rows: Sequence[list[Line]], at: float) -> bool:
    """Whether the columns begin with the first row: a title above them is not set to the edge of one."""
    near = {line.x0 >= at for row in rows[:_OPENING_ROWS] for line in row}
    edges = {
        side: min((line.x0 for row in rows for line in row if (line.x0 >= at) == side), default=at)
        for side in (False, True)
    }
    set_in = max(line.x0 - edges[line.x0 >= at] - _SET_IN * line.size for line in rows[0])
    return len(near) == 2 and set_in <= 0


def _cut(gap: tuple[float, float], row: Sequence[Line]) -> list[tuple[float, float]]:
    """What a row leaves free of a gap."""
    free = [gap]
    for line in row:
        left: list[tuple[float, float]] = []
        for a, b in free:
            if line.x1 <= a or b <= line.x0:
                left.append((a, b))
            else:
                left += [piece for piece in ((a, line.x0), (line.x1, b)) if piece[1] > piece[0]]
        free = left
    return free


def _is_prose(rows: Sequence[list[Line]], at: float) -> bool:
    """Whether both sides hold enough lines that mostly fill their side: else it is a table without rules."""
    for side in (0, 1):
        lines = [line for row in rows for line in row if (line.x0 >= at) == bool(side)]
        if len(lines) < _COLUMN_ROWS:
            return False
        width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
        if width <= 0 or median(line.x1 - line.x0 for line in lines) < _FILLED * width or width < 8 * lines[0].size:
            return False
    return True


def _columns(rows: Sequence[list[Line]], gutter: tuple[float, float], number: int) -> Iterator[Placed]:
    at = (gutter[0] + gutter[1]) / 2
    for side in (0, 1):
        part = [kept for row in rows if (kept := [line for line in row if (line.x0 >= at) == bool(side)])]
        frame = _edges([line for row in part for line in row])
        start = 0
        while start < len(part):
            end, inner = _column_run(part, start, len(part))
            if inner is None:
                yield _row_placed(part[start], number, frame)
                start += 1
                continue
            yield from _columns(part[start:end], inner, number)
            start = end
