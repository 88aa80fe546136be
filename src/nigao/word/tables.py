"""How wide the columns of an annex's table are, how large its text, and whether its page lies on its side."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from nigao.report.gbt9704 import (
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    PAGE_HEIGHT,
    SMALL_SIZE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
)
from nigao.report.model import Table
from nigao.text.titlelines import display_width
from nigao.word.layout import CELL_PADDING, CELL_ROOM, TABLE_SIZE

# A page on its side: its top is the upright page's left edge, so the standard's margins turn with it.
SIDE_WIDTH, SIDE_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM, TEXT_WIDTH
SIDE_MARGINS = {"top": MARGIN_LEFT, "right": MARGIN_TOP, "bottom": MARGIN_RIGHT, "left": MARGIN_BOTTOM}
# Cells up to so many characters wide are kept on one line; longer ones want so many in a line at least.
_SHORT, _READABLE, _LONG = 8.0, 9.0, 30.0
_LEAST = 2.0
# Where nothing is left to share, columns so narrow keep their width unless the others would get less than this part.
_SHORTEST, _LEAST_SHARE = 4.0, 0.5
# Words and numbers that should not be cut; beyond this width they are all the same.
_UNBROKEN = re.compile(r"[A-Za-z0-9.%:/_-]+")
_LONGEST_WORD = 12.0
_SEAM = re.compile(r"(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")
_SEAM_WIDTH = 0.25
# Lines are this much higher than their characters.
_LINE = 1.35
# A row higher than this part of the page may run over to the next.
_TALL = 0.6
# With more lines in a row than this on the average, smaller text reads better.
_CROWDED = 4.0


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Column widths in twips, text size in half-points, and by column whether its cells are centred.

    `sideways`: on a page on its side. `whole` tells by row whether it is low enough to be kept on one page.
    """

    widths: tuple[int, ...]
    size: int
    sideways: bool
    centred: tuple[bool, ...]
    whole: tuple[bool, ...]


def lay_out(table: Table, upright: int = TEXT_WIDTH, sideways: int = SIDE_WIDTH) -> TableLayout:
    """The largest text at which every column has room, upright where that goes; `upright` and `sideways` are twips.

    The widths add up to the page's text area.
    """
    texts = [[row[at] for row in table.rows] for at in range(len(table.rows[0]))]
    columns = [[_lines(cell) for cell in column] for column in texts]
    naturals = [max(width for cell in column for width in cell) for column in columns]
    least = [_least(cells, natural) for cells, natural in zip(texts, naturals, strict=True)]
    tries = ((TABLE_SIZE, False), (SMALL_SIZE, False), (TABLE_SIZE, True), (SMALL_SIZE, True))
    for size, turned in tries:
        total = sideways if turned else upright
        widths = _shared(columns, naturals, least, size, total)
        lines = [_line_count([column[at] for column in columns], widths, size) for at in range(len(table.rows))]
        roomy = sum(_twips(width, size) for width in least) <= total
        if roomy and (size == SMALL_SIZE or sum(lines) / len(lines) <= _CROWDED):
            break
    room = (SIDE_HEIGHT if turned else TEXT_HEIGHT) * _TALL
    whole = tuple(count * size * 10 * _LINE + 2 * CELL_ROOM <= room for count in lines)
    return TableLayout(widths, size, turned, tuple(natural <= _SHORT for natural in naturals), whole)


def _lines(cell: str) -> list[float]:
    """The widths of a cell's own lines in full-width characters; some programs part figures from Chinese a little."""
    return [display_width(line) + len(_SEAM.findall(line)) * _SEAM_WIDTH for line in cell.splitlines()] or [0.0]


def _least(cells: list[str], natural: float) -> float:
    """The width below which the column reads badly."""
    if natural <= _SHORT:
        return max(natural, _LEAST)
    words = (display_width(word) for cell in cells for word in _UNBROKEN.findall(cell))
    return max(_READABLE if natural > _LONG else _SHORT, min(max(words, default=0.0), _LONGEST_WORD))


def _twips(chars: float, size: int) -> int:
    """The width of a column with so many characters in a line."""
    # A tenth of a character more, so that a line that just fits does.
    return math.ceil((chars + 0.1) * size * 10) + 2 * CELL_PADDING


def _shared(
    columns: list[list[list[float]]], naturals: list[float], least: list[float], size: int, total: int
) -> tuple[int, ...]:
    """Each column its least width, and of what is left as much as its text asks for, up to what it can fill."""
    widths = [float(_twips(width, size)) for width in least]
    if sum(widths) >= total:
        return _rounded(_squeezed(widths, naturals, total), total)
    full = [float(_twips(width, size)) for width in naturals]
    # The root of the mean square: long cells count for more than many short ones.
    asked = [math.sqrt(sum(sum(cell) ** 2 for cell in column) / len(column)) for column in columns]
    free = total - sum(widths)
    open_ = [at for at in range(len(widths)) if full[at] > widths[at]]
    while open_ and free > 1:
        share = {at: free * (asked[at] or 1.0) / sum(asked[i] or 1.0 for i in open_) for at in open_}
        for at in open_:
            given = min(share[at], full[at] - widths[at])
            widths[at] += given
            free -= given
        open_ = [at for at in open_ if full[at] - widths[at] > 1]
    scale = total / sum(widths)
    return _rounded([width * scale for width in widths], total)


def _squeezed(widths: list[float], naturals: list[float], total: int) -> list[float]:
    """Too little room: what is shortest keeps its line where the others are left enough, else all give way alike."""
    kept = [width if natural <= _SHORTEST else 0.0 for width, natural in zip(widths, naturals, strict=True)]
    others = sum(width for width, keeps in zip(widths, kept, strict=True) if not keeps)
    share = (total - sum(kept)) / others if others else 0.0
    if share < _LEAST_SHARE:
        return [width * total / sum(widths) for width in widths]
    return [keeps or width * share for width, keeps in zip(widths, kept, strict=True)]


def _rounded(widths: list[float], total: int) -> tuple[int, ...]:
    found = [int(width) for width in widths]
    found[found.index(max(found))] += total - sum(found)
    return tuple(found)


def _line_count(cells: list[list[float]], widths: tuple[int, ...], size: int) -> int:
    """How many lines the longest cell of a row takes."""
    most = 1
    for cell, width in zip(cells, widths, strict=True):
        chars = max(1.0, (width - 2 * CELL_PADDING) / (size * 10))
        most = max(most, sum(max(1, math.ceil(line / chars)) for line in cell))
    return most
