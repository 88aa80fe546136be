"""Choose where passages end: the cheapest way to cut a section between its atoms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nigao.corpus.outline import Atom, Opens

SHORTEST, LONGEST = 150, 400
_TYPICAL = 275
_ITEM_MAY_STAND = 60
# More atoms than this never share a passage, so that a table of one-character lines stays linear.
_WINDOW = 48

# All costs are on one scale, on which a passage half as long as wished costs 0.75.
_CUT_IN_PARAGRAPH = 0.8
_CUT_BEFORE_TOPIC = 0.4
_CUT_AFTER_TOPIC = 4.0
_CUT_AFTER_COLON = 1.0
_CUT_IN_LIST = 0.3
_CUT_BETWEEN_PARAGRAPHS = 0.05
_JOIN_ITEMS = 0.3
_JOIN_PARAGRAPHS = 0.15
_JOIN_HEADINGS = 0.5


def pack(atoms: Sequence[Atom]) -> list[Sequence[Atom]]:
    """Runs of atoms, each to become a passage. No run crosses a section or, unless it is one atom, exceeds LONGEST."""
    runs: list[Sequence[Atom]] = []
    first = 0
    for i in range(1, len(atoms) + 1):
        if i == len(atoms) or atoms[i].section != atoms[first].section:
            runs.extend(_pack_section(atoms[first:i]))
            first = i
    return runs


def _pack_section(atoms: Sequence[Atom]) -> list[Sequence[Atom]]:
    between = list(pairwise(atoms))
    cuts = [0.0, *(_cut_cost(*pair) for pair in between)]
    joins = [0.0, *(_join_cost(*pair) for pair in between)]
    best = [0.0]
    came_from = [0]
    for end in range(1, len(atoms) + 1):
        runs = _runs_ending_at(atoms, end, joins)
        cheapest, start = min((best[start] + cuts[start] + cost, start) for start, cost in runs)
        best.append(cheapest)
        came_from.append(start)
    return _traced(atoms, came_from)


def _traced(atoms: Sequence[Atom], came_from: Sequence[int]) -> list[Sequence[Atom]]:
    runs: list[Sequence[Atom]] = []
    end = len(atoms)
    while end:
        runs.append(atoms[came_from[end] : end])
        end = came_from[end]
    return runs[::-1]


def _runs_ending_at(atoms: Sequence[Atom], end: int, joins: Sequence[float]) -> Iterator[tuple[int, float]]:
    """Each allowed start of a run that ends before `end`, with its cost. `joins[i]` ties atom i to i - 1."""
    joined = 0.0
    holds_item = False
    finishes = end == len(atoms) or atoms[end].opens is Opens.ITEM
    for start in range(end - 1, max(end - 1 - _WINDOW, -1), -1):
        length = atoms[end - 1].end - atoms[start].start
        if length > LONGEST and start < end - 1:
            return
        is_item = atoms[start].opens is Opens.ITEM
        whole_item = finishes and is_item and not holds_item
        yield start, joined + _size_cost(length, whole_item)
        joined += joins[start]
        holds_item = holds_item or is_item


def _size_cost(length: int, whole_item: bool) -> float:
    balance = ((length - _TYPICAL) / 1000) ** 2
    if length >= SHORTEST or (whole_item and length >= _ITEM_MAY_STAND):
        return balance
    return balance + (SHORTEST - length) / 100 + (1.5 if length < _ITEM_MAY_STAND else 0.0)


def _cut_cost(before: Atom, after: Atom) -> float:
    if after.opens is Opens.SENTENCE:
        if before.topic:
            return _CUT_AFTER_TOPIC
        return _CUT_BEFORE_TOPIC if after.topic else _CUT_IN_PARAGRAPH
    if before.topic:
        return _CUT_AFTER_TOPIC
    if before.ends in "：:":
        return _CUT_AFTER_COLON
    if after.opens is Opens.ITEM:
        return 0.0
    return _CUT_IN_LIST if before.ends in "；;" else _CUT_BETWEEN_PARAGRAPHS


def _join_cost(before: Atom, after: Atom) -> float:
    if before.heading != after.heading:
        return _JOIN_HEADINGS
    if after.opens is Opens.SENTENCE:
        return 0.0
    return _JOIN_ITEMS if after.opens is Opens.ITEM else _JOIN_PARAGRAPHS
