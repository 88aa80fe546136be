"""Which paragraph, table and row of one laid out report is which of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from nigao.report.editing.matching import Likeness, pair_in_order
from nigao.report.editing.wording import Piece, pieces_of
from nigao.word.characters import visible_text
from nigao.word.ooxml import Element, W, value

# A paragraph or row is told as changed rather than as another where it keeps so much of its wording.
_SAME = 0.4
# Beyond so many comparisons (two long tables with nothing in common) things are paired by their place.
_MOST_COMPARED = 20_000
_P, _TBL = W + "p", W + "tbl"

Pair = tuple[Element | None, Element | None]


@dataclass(frozen=True, slots=True)
class Link:
    """A paragraph (or row) of one state that is one of the next: stretches (old start, new start, length) of its
    characters that stayed, the place behind the last character being its end. A row is one stretch.
    """

    old: Element
    new: Element
    kept: tuple[tuple[int, int, int], ...]


def blocks(parent: Element) -> list[Element]:
    """The paragraphs and tables right below a body or a cell."""
    return [element for element in parent if element.tag in (_P, _TBL)]


def rows(table: Element) -> list[Element]:
    return list(table.findall(W + "tr"))


def cells(row: Element) -> list[Element]:
    return list(row.findall(W + "tc"))


def block_pairs(old: Element, new: Element) -> list[Pair]:
    """The blocks of two bodies or cells in one order, those that are the same or were reworded side by side.

    The last paragraphs of both always are, and those right before a table that stays: the end of such a paragraph can
    neither come nor go by itself.
    """
    were, now = blocks(old), blocks(new)
    found: list[Pair] = []
    i = j = 0
    for one, other in [*_table_pairs(were, now), (None, None)]:
        left = len(were) if one is None else were.index(one)
        right = len(now) if other is None else now.index(other)
        found += _stretch_pairs(were[i:left], now[j:right])
        found += [(one, other)] if one is not None else []
        i, j = left + 1, right + 1
    return found


def _table_pairs(old: Sequence[Element], new: Sequence[Element]) -> list[Pair]:
    """The tables that stay, each with as many columns as before, told by their words and the line above them."""
    like = Likeness()

    def share(one: Element, other: Element) -> float:
        texts = [
            (_text(table), "" if (above := table.getprevious()) is None else _text(above)) for table in (one, other)
        ]
        alike = [like(a, b) for a, b in zip(*texts, strict=True)]
        return _SAME + sum(alike, 0.0) if _columns(one) == _columns(other) else 0.0

    were, now = ([block for block in some if block.tag == _TBL] for some in (old, new))
    return list(pair_in_order(were, now, share, _SAME))


def _stretch_pairs(old: Sequence[Element], new: Sequence[Element]) -> list[Pair]:
    """The blocks between two tables that stay; further tables have come or gone."""
    share = _paragraph_share(Likeness())
    if old and new and old[-1].tag == new[-1].tag == _P:
        return [*_aligned(old[:-1], new[:-1], share), (old[-1], new[-1])]
    return _aligned(old, new, share)


def row_pairs(old: Element, new: Element) -> list[Pair]:
    """The rows of two tables in one order, those that are the same or whose cells changed side by side."""
    like = Likeness()

    def share(one: Element, other: Element) -> float:
        texts = [[_text(cell) for cell in cells(row)] for row in (one, other)]
        if len(texts[0]) != len(texts[1]) or not texts[0]:
            return 0.0
        equal = sum(a == b for a, b in zip(*texts, strict=True)) / len(texts[0])
        return max(float(equal), like("\t".join(texts[0]), "\t".join(texts[1])))

    return _aligned(rows(old), rows(new), share)


def wording(old: Element, new: Element) -> list[Piece]:
    """How the words of one paragraph became those of the other."""
    return pieces_of(visible_text(old), visible_text(new))


def links(old: Element, new: Element) -> Iterator[Link]:
    """What of one body (or cell) is what of the next, paragraph by paragraph and row by row."""
    for one, other in block_pairs(old, new):
        if one is None or other is None:
            continue
        if one.tag == _P:
            yield Link(one, other, tuple(_kept(one, other)))
            continue
        for was, now in row_pairs(one, other):
            if was is not None and now is not None:
                yield Link(was, now, ((0, 0, 1),))
                for cell, cell_now in zip(cells(was), cells(now), strict=True):
                    yield from links(cell, cell_now)


def _kept(old: Element, new: Element) -> Iterator[tuple[int, int, int]]:
    left = right = 0
    for piece in wording(old, new):
        size = len(piece.text)
        if piece.op == "same":
            yield left, right, size
        left += size if piece.op != "ins" else 0
        right += size if piece.op != "del" else 0
    yield left, right, 1


def _aligned(old: Sequence[Element], new: Sequence[Element], share: Callable[[Element, Element], float]) -> list[Pair]:
    were, now = ([_key(element) for element in some] for some in (old, new))
    found: list[Pair] = []
    for op, a, b, c, d in SequenceMatcher(None, were, now, autojunk=False).get_opcodes():
        if op == "equal":
            found += zip(old[a:b], new[c:d], strict=True)
        else:
            found += _reworded(old[a:b], new[c:d], share)
    return found


def _reworded(old: Sequence[Element], new: Sequence[Element], share: Callable[[Element, Element], float]) -> list[Pair]:
    """Things between two that are the same: those alike in pairs, the others as gone or come."""
    if len(old) * len(new) > _MOST_COMPARED:
        pairs = [(one, other) for one, other in zip(old, new, strict=False) if share(one, other) >= _SAME]
    else:
        pairs = pair_in_order(old, new, share, _SAME)
    places = {element: at for some in (old, new) for at, element in enumerate(some)}
    found: list[Pair] = []
    i = j = 0
    for one, other in pairs:
        found += [(gone, None) for gone in old[i : places[one]]]
        found += [(None, come) for come in new[j : places[other]]]
        found.append((one, other))
        i, j = places[one] + 1, places[other] + 1
    return [*found, *((gone, None) for gone in old[i:]), *((None, come) for come in new[j:])]


def _paragraph_share(like: Likeness) -> Callable[[Element, Element], float]:
    def share(one: Element, other: Element) -> float:
        if one.tag != _P or other.tag != _P:
            return 0.0
        same_style = value(one, "pPr", "pStyle") == value(other, "pPr", "pStyle")
        return like(visible_text(one), visible_text(other)) if same_style else 0.0

    return share


def _columns(table: Element) -> set[int]:
    return {len(cells(row)) for row in rows(table)}


def _key(element: Element) -> str:
    """What two must share to be the same; a table between those that stay is like no other."""
    if element.tag == _P:
        return f"{value(element, 'pPr', 'pStyle')} {visible_text(element)}"
    own = str(id(element)) if element.tag == _TBL else ""
    return f"{element.tag}{own} " + "\x1f".join(_text(cell) for cell in element.iter(W + "tc"))


def _text(element: Element) -> str:
    return "\n".join(visible_text(paragraph) for paragraph in element.iter(_P))
