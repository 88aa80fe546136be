"""Find in the bare rows of a sheet what a reader sees: title rows, a header of one or two lines, the rows it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nigao.corpus.readers.source import BlockKind, Piece
from nigao.corpus.readers.tables import row_text

# A row with its number on the sheet, counted from 1, and its cells from the first column on.
Row = tuple[int, Sequence[str]]

_HEADER_CHARS = 20
_HEADER_SHARE = 0.6
# A header stands within this many rows; what is above it is title, unit of measure or date.
_HEADER_WITHIN = 8
_TITLE_CHARS = 45
_NUMBER = re.compile(r"[¥￥$-]?[\d,.，]+(?:%|％|‰)?")


def sheet_pieces(rows: Sequence[Row], table: int, downwards: Sequence[Row] = ()) -> list[Piece]:
    """The pieces of one sheet; rows are labelled `表2第5行` by `table` and their own number.

    `downwards` are the same rows with cells merged downwards filled; they are used below the header. Runs of rows
    with an empty row between them are tables of their own if they bring a header.
    """
    filled = dict(downwards)
    pieces: list[Piece] = []
    names: list[str] = []
    for run in _runs(rows):
        at = _header(run)
        start = 0
        if at is not None:
            names, depth = _names(run, at)
            pieces.extend(_above(run[:at], first=not pieces))
            start = at + depth
        for number, cells in run[start:]:
            shown = filled.get(number, cells)
            if _alone(cells) and (len(run) > 1 or len(names) != 1):
                pieces.extend(_above([(number, cells)], first=not pieces))
            else:
                label = f"表{table}第{number}行"
                pieces.append(Piece(row_text(shown, names), 0, BlockKind.TABLE_ROW, label))
        if at is not None and start == len(run):
            # A header over nothing is still what the sheet says.
            pieces.append(Piece(" | ".join(filter(None, names)), 0, BlockKind.TABLE_ROW, f"表{table}第{run[at][0]}行"))
    return pieces


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    run: list[Row] = []
    for number, cells in rows:
        if any(cells) and (not run or number == run[-1][0] + 1):
            run.append((number, cells))
            continue
        if run:
            yield run
        run = [(number, cells)] if any(cells) else []
    if run:
        yield run


def _alone(cells: Sequence[str]) -> bool:
    """Whether the row is one text in the first column and nothing else: a title, a group, a note."""
    return bool(cells) and bool(cells[0]) and not any(cells[1:]) and not _NUMBER.fullmatch(cells[0])


def _above(rows: Sequence[Row], *, first: bool) -> Iterator[Piece]:
    """Rows that are no data. The very first, if short, is the sheet's title."""
    for i, (_, cells) in enumerate(rows):
        text = " ".join(filter(None, cells))
        titled = first and i == 0 and len(text) <= _TITLE_CHARS and sum(map(bool, cells)) == 1 and "。" not in text
        yield Piece(text, 1 if titled else None)


def _header(run: Sequence[Row]) -> int | None:
    """Which row of the run names the columns: short words without figures over most of its width, rows below it."""
    width = max(len(cells) - next((i for i, c in enumerate(reversed(cells)) if c), 0) for _, cells in run)
    for at, (_, cells) in enumerate(run[:_HEADER_WITHIN]):
        if at + 1 < len(run) and width > 1 and _names_columns(cells, run[at + 1][1], width):
            return at
    return None


def _names_columns(cells: Sequence[str], below: Sequence[str], width: int) -> bool:
    named = [cell for cell in cells if cell]
    wide = {i for i, cell in enumerate(cells) if cell} | {i for i, cell in enumerate(below) if cell}
    enough = len(named) >= max(2, _HEADER_SHARE * width) or (
        len(named) >= 2 and _is_second_line(cells, below) and len(wide) >= _HEADER_SHARE * width
    )
    worded = all(len(cell) <= _HEADER_CHARS and not re.search("[。；：:]", cell) for cell in named)
    return enough and worded and len(set(named)) == len(named) and not any(map(_NUMBER.fullmatch, named))


def _is_second_line(cells: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the row below splits columns that the header leaves open, and says nothing under the others."""
    if not any(below) or any(_NUMBER.fullmatch(cell) or len(cell) > _HEADER_CHARS for cell in below):
        return False
    padded = [*cells, *[""] * (len(below) - len(cells))]
    opened = {i for i, cell in enumerate(padded) if not cell and any(padded[:i])}
    opened |= {i - 1 for i in opened if padded[i - 1]}
    split = {i for i, cell in enumerate(below) if cell}
    return bool(split) and split <= opened and len(split) > 1 and {i for i in opened if not padded[i]} <= split


def _names(run: Sequence[Row], at: int) -> tuple[list[str], int]:
    """The columns' names, and how many rows they take."""
    cells = run[at][1]
    if at + 2 >= len(run) or not _is_second_line(cells, run[at + 1][1]):
        return list(cells), 1
    below = run[at + 1][1]
    names: list[str] = []
    over = ""
    for i in range(max(len(cells), len(below))):
        top = cells[i] if i < len(cells) else ""
        sub = below[i] if i < len(below) else ""
        over = top or over
        names.append(f"{over}{sub}" if sub else top)
    return names, 2
