"""Tables of a PDF page, told by their ruled lines: which glyphs stand in which cell, and which cells are merged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from nigao.corpus.readers.pdf.glyphs import Glyph, PageContent, Rule
from nigao.corpus.readers.pdf.lines import joined, rows_of

_NEAR, _THICK = 3.0, 2.0
_MOST_RULES, _MOST_CELLS = 2_000, 6_000


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table on a page. A cell merged downwards is told in each row, one merged sideways in its first column.

    `edges` are the places of its vertical lines, by which its other half is known on the next page.
    """

    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


def take_tables(page: PageContent) -> tuple[list[Table], list[Glyph]]:
    """The page's tables from the top, and the glyphs that stand in none."""
    across, down = _merged(page.across), _merged(page.down)
    tables: list[Table] = []
    rest = page.glyphs
    if len(across) + len(down) > _MOST_RULES:
        return tables, rest
    for lines, posts in _components(across, down):
        xs, ys = _places(posts), _places(lines)
        # One box around a text is no table, nor are lines under headings.
        if len(xs) < 3 or len(ys) < 3:
            continue
        inside = [g for g in rest if xs[0] < (g.x0 + g.x1) / 2 < xs[-1] and ys[0] < g.y - 0.3 * g.size < ys[-1]]
        if len(xs) * len(ys) > _MOST_CELLS:
            continue
        grid = _Grid(xs, ys, lines, posts)
        if len(set(grid.owner.values())) < 4:
            continue
        tables.append(Table(ys[0], ys[-1], tuple(xs), grid.texts(inside)))
        taken = set(map(id, inside))
        rest = [g for g in rest if id(g) not in taken]
    return sorted(tables, key=lambda table: table.top), rest


class _Grid:
    """The cells between the lines; those with no line between them are one."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]) -> None:
        self._xs, self._ys = xs, ys
        places = [(i, j) for i in range(len(ys) - 1) for j in range(len(xs) - 1)]
        self.owner = {place: place for place in places}
        for i, j in places:
            if j and not _crossed(down, xs[j], (ys[i] + ys[i + 1]) / 2):
                self._join((i, j - 1), (i, j))
            if i and not _crossed(across, ys[i], (xs[j] + xs[j + 1]) / 2):
                self._join((i - 1, j), (i, j))
        self.owner = {place: self._root(place) for place in places}

    def texts(self, glyphs: Sequence[Glyph]) -> tuple[tuple[str, ...], ...]:
        held: dict[tuple[int, int], list[Glyph]] = {}
        for glyph in glyphs:
            i = bisect_right(self._ys, glyph.y - 0.3 * glyph.size) - 1
            j = bisect_right(self._xs, (glyph.x0 + glyph.x1) / 2) - 1
            held.setdefault(self.owner[i, j], []).append(glyph)
        texts = {
            cell: joined(" ".join(line.text for line in row) for row in rows_of(group)) for cell, group in held.items()
        }
        rows = []
        for i in range(len(self._ys) - 1):
            row = []
            for j in range(len(self._xs) - 1):
                cell = self.owner[i, j]
                row.append(texts.get(cell, "") if cell[1] == j else "")
            rows.append(tuple(row))
        return tuple(row for row in rows if any(row))

    def _root(self, place: tuple[int, int]) -> tuple[int, int]:
        while self.owner[place] != place:
            place = self.owner[place]
        return place

    def _join(self, a: tuple[int, int], b: tuple[int, int]) -> None:
        first, second = sorted((self._root(a), self._root(b)))
        self.owner[second] = first


def _crossed(rules: Sequence[Rule], at: float, through: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR and rule.start - 1 <= through <= rule.end + 1 for rule in rules)


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line put together, and the two edges of a thick one."""
    places: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if not places or rule.at - places[-1][0].at > _THICK:
            places.append([])
        places[-1].append(rule)
    merged: list[Rule] = []
    for group in places:
        first = len(merged)
        for rule in sorted(group, key=lambda r: r.start):
            if len(merged) > first and rule.start <= merged[-1].end + _NEAR:
                merged[-1] = Rule(merged[-1].at, merged[-1].start, max(merged[-1].end, rule.end))
            else:
                merged.append(rule)
    return merged


def _components(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that touch each other, group by group."""
    left = set(range(len(down)))
    unseen = set(range(len(across)))
    groups = []
    while unseen:
        front = [unseen.pop()]
        lines, posts = [across[front[0]]], list[Rule]()
        while front:
            line = across[front.pop()]
            met = [k for k in left if _touch(line, down[k])]
            left.difference_update(met)
            for k in met:
                posts.append(down[k])
                more = [m for m in unseen if _touch(across[m], down[k])]
                unseen.difference_update(more)
                lines += [across[m] for m in more]
                front += more
        groups.append((lines, posts))
    return groups


def _touch(line: Rule, post: Rule) -> bool:
    meets = line.start - _NEAR <= post.at <= line.end + _NEAR
    return meets and post.start - _NEAR <= line.at <= post.end + _NEAR


def _places(rules: Sequence[Rule]) -> list[float]:
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return places
