"""What of one report is what of another: items first, by what they say, then the sentences in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TypeVar

from nigao.report.editing.units import Box, Unit

_T = TypeVar("_T")
_MARKS = re.compile("[。；，;,]$")
# Items and sentences that share this much of their character pairs are one, reworded.
_SAME_ITEM, _SAME_SENTENCE, _MOVED_SENTENCE = 0.45, 0.4, 0.7


class Likeness:
    """How much of their wording two texts share: 0 to 1, of the pairs of neighbouring characters."""

    def __init__(self) -> None:
        self._pairs: dict[str, Counter[str]] = {}

    def __call__(self, one: str, other: str) -> float:
        a, b = self._of(one), self._of(other)
        total = a.total() + b.total()
        return 2 * (a & b).total() / total if total else float(one == other)

    def _of(self, text: str) -> Counter[str]:
        if text not in self._pairs:
            self._pairs[text] = wording_pairs(text)
        return self._pairs[text]


def wording_pairs(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of a text, its closing mark left out: its wording, for comparing."""
    return Counter(a + b for a, b in pairwise(bare(text)))


def bare(text: str) -> str:
    """The text without its closing mark, which follows the place."""
    return _MARKS.sub("", text)


def match_boxes(old: Sequence[Box], new: Sequence[Box], like: Likeness) -> list[tuple[Box, Box]]:
    """Boxes with a key by that; items by what they say, likest first and level by level, each at most once."""
    by_key = {box.key: box for box in new}
    matched = [(box, by_key[box.key]) for box in old if box.key in by_key]
    of = dict(matched)
    while True:
        ours = [item for box in _all(old) for item in box.inner if item not in of]
        taken = set(of.values())
        theirs = [item for box in _all(new) for item in box.inner if item not in taken]
        found = _best(ours, theirs, of, like)
        if not found:
            return list(of.items())
        of.update(found)


def _best(ours: list[Box], theirs: list[Box], of: dict[Box, Box], like: Likeness) -> dict[Box, Box]:
    """Pairs of items, those in the same place and those alike first."""
    ranked: list[tuple[float, int, int]] = []
    for i, one in enumerate(ours):
        for j, other in enumerate(theirs):
            share = 1.0 if bare(one.text()) == bare(other.text()) else like(one.text(), other.text())
            heads = bool(one.units and other.units) and bare(one.units[0].text) == bare(other.units[0].text)
            if share >= _SAME_ITEM or (heads and share >= _SAME_ITEM / 3):
                home = one.above is not None and other.above is not None and of.get(one.above) is other.above
                ranked.append((-(share + heads * 0.5 + home * 0.2), i, j))
    found: dict[Box, Box] = {}
    for _, i, j in sorted(ranked):
        if ours[i] not in found and not any(theirs[j] is other for other in found.values()):
            found[ours[i]] = theirs[j]
    return found


def _all(boxes: Sequence[Box]) -> list[Box]:
    found: list[Box] = []
    waiting = list(boxes)
    while waiting:
        found.append(waiting.pop(0))
        waiting[:0] = found[-1].inner
    return found


def match_units(old: Sequence[Unit], new: Sequence[Unit], like: Likeness) -> list[tuple[Unit, Unit]]:
    """The units of two boxes in their order: equal ones, what fills the same slot, and those alike in between."""
    found: list[tuple[Unit, Unit]] = []
    texts = [bare(unit.text) for unit in old], [bare(unit.text) for unit in new]
    for op, a, b, c, d in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if op == "equal":
            found += zip(old[a:b], new[c:d], strict=True)
        else:
            found += _alike_in_order(old[a:b], new[c:d], like)
    return found


def _alike_in_order(old: Sequence[Unit], new: Sequence[Unit], like: Likeness) -> list[tuple[Unit, Unit]]:
    def share(one: Unit, other: Unit) -> float:
        if one.slot or other.slot:
            return float(one.slot == other.slot)
        return like(one.text, other.text)

    return pair_in_order(old, new, share, _SAME_SENTENCE)


def pair_in_order(
    old: Sequence[_T], new: Sequence[_T], share: Callable[[_T, _T], float], least: float
) -> list[tuple[_T, _T]]:
    """The pairs, none crossing another and each sharing at least so much, that together share most."""
    best: list[list[tuple[float, list[tuple[_T, _T]]]]]
    best = [[(0.0, [])] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            options = [best[i][j + 1], best[i + 1][j]]
            shared = share(one, other)
            if shared >= least:
                options.append((best[i][j][0] + shared, [*best[i][j][1], (one, other)]))
            best[i + 1][j + 1] = max(options, key=lambda option: option[0])
    return best[-1][-1][1]


def match_moved(old: Sequence[Unit], new: Sequence[Unit], like: Likeness) -> list[tuple[Unit, Unit]]:
    """Units left over anywhere that are the same sentence in another place: equal ones first, then those much alike."""
    found: list[tuple[Unit, Unit]] = []
    equal: Callable[[str, str], float] = lambda one, other: float(bare(one) == bare(other))  # noqa: E731
    for measure, least in ((equal, 1.0), (like, _MOVED_SENTENCE)):
        for one in old:
            free = [other for other in new if not any(other is taken for _, taken in found) and one.slot == other.slot]
            if any(one is taken for taken, _ in found) or not free:
                continue
            other = max(free, key=lambda unit: measure(one.text, unit.text))
            if measure(one.text, other.text) >= least:
                found.append((one, other))
    return found


def out_of_order(places: Sequence[tuple[int, int]]) -> set[int]:
    """The indices of the fewest that must move, of places before (ascending) and now, for the others to ascend now too.

    Where there is a choice, what has kept its place has not moved.
    """
    best: list[tuple[int, int, list[int]]] = []
    for at, (old, new) in enumerate(places):
        before = [run for run, (_, other) in zip(best, places, strict=False) if other < new]
        length, kept, run = _longest(before)
        best.append((length + 1, kept + (old == new), [*run, at]))
    return set(range(len(places))) - set(_longest(best)[2])


def _longest(runs: list[tuple[int, int, list[int]]]) -> tuple[int, int, list[int]]:
    return max(runs, key=lambda run: run[:2], default=(0, 0, []))
