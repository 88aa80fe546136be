"""Which of several revisions put in a character that is there now, and which took out one that was there at first."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from nigao.word.characters import visible_text
from nigao.word.matching import Link, links
from nigao.word.ooxml import Element, W

_Numbers = dict[Element, list[int]]


class Blame:
    """By paragraph (and row) of the first and of the last body, the revision answerable for each character and, behind
    the last, for the paragraph's end; for a row a single number. Bodies are numbered from 0.
    """

    def __init__(self, bodies: Sequence[Element]) -> None:
        """`bodies` are those of the laid out revisions, oldest first; at least one."""
        self._last = len(bodies) - 1
        steps = [list(links(old, new)) for old, new in itertools.pairwise(bodies)]
        self._came = _came(bodies, steps)
        back = [[Link(s.new, s.old, tuple((b, a, n) for a, b, n in s.kept)) for s in step] for step in reversed(steps)]
        self._went = _came(bodies[::-1], back)

    def came(self, element: Element) -> list[int]:
        """For what is in the last body: the number of the revision that put it in; the last where that is not known."""
        return [at or self._last for at in self._came[element]]

    def went(self, element: Element) -> list[int]:
        """For what is in the first body: the number of the revision without it; the last where that is not known."""
        return [self._last - at + 1 if at else self._last for at in self._went[element]]


def _came(bodies: Sequence[Element], steps: Sequence[Sequence[Link]]) -> _Numbers:
    """The number of the body in which each character of the last one stood first, going on unbroken from there."""
    known = _all(bodies[0], 0)
    for at, (body, step) in enumerate(zip(bodies[1:], steps, strict=True), start=1):
        following = _all(body, at)
        for link in step:
            before, after = known[link.old], following[link.new]
            for left, right, size in link.kept:
                after[right : right + size] = before[left : left + size]
        known = following
    return known


def _all(body: Element, number: int) -> _Numbers:
    return {
        element: [number] * (1 if element.tag == W + "tr" else len(visible_text(element)) + 1)
        for element in body.iter(W + "p", W + "tr")
    }
