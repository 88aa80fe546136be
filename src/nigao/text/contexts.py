"""Does a figure in evidence speak of what the figure in a sentence speaks of? Compared by the words around both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nigao.text.support import supports
from nigao.text.terms import Term, TermKind, checkable_terms

_REACH = 8
_STOP = re.compile("[。；！？\n]")
_CLAUSE = re.compile("[，：、。；！？\n]")
_HAN = re.compile("[一-鿿]+")


def number_in_context(evidence: str, sentence: str, term: Term) -> bool:
    """Whether `evidence` holds the number of `term` (a number of `sentence`) near a word that stands near it there too.

    Near is the 8 characters before it, or after its unit within the clause. A figure with no words around it can be
    compared with nothing and is taken as it stands.
    """
    wanted = _pairs(sentence, term.start, term.end)
    places = [(line, start, end) for line in evidence.splitlines() for start, end in _figures(line, term)]
    return any(not wanted or wanted & _pairs(line, start, end) for line, start, end in places)


def _figures(line: str, term: Term) -> Iterator[tuple[int, int]]:
    """Where the line states the term's figure, inside quotations and titles too."""
    for other in checkable_terms(line):
        if other.kind is TermKind.NUMBER and _same_figure(other, term):
            yield other.start, other.end
        elif other.kind in (TermKind.QUOTED, TermKind.TITLE):
            for inner in checkable_terms(other.text[1:-1]):
                if inner.kind is TermKind.NUMBER and _same_figure(inner, term):
                    yield other.start + 1 + inner.start, other.start + 1 + inner.end


def _same_figure(one: Term, other: Term) -> bool:
    # Equal keys first: alone, the 2月 of 1月至2月 would be read as a date.
    return one.key == other.key or supports(one.text, other)


def _pairs(text: str, start: int, end: int) -> set[str]:
    """The character pairs of the words around `start:end`."""
    before = _STOP.split(text[max(0, start - _REACH) : start])[-1]
    after = _CLAUSE.split(text[end : end + _REACH])[0]
    if not _HAN.search(before) and not after:
        after = _STOP.split(text[end : end + _REACH])[0]
    return {run[i : i + 2] for part in (before, after) for run in _HAN.findall(part) for i in range(len(run) - 1)}
