"""Where a character may be wrong, what it may have been meant to be, and what speaks for that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.text.proofreading.confusables import Likeness, confusable
from nigao.text.proofreading.pairs import familiarity, follows, often_follows
from nigao.text.proofreading.wordlist import Lattice, WordList

HAN_RUN = re.compile("[一-鿿]{2,}")
_REACH = 4
# Joining and grammatical words stand beside anything: what odd neighbours say of them is nothing.
GRAMMAR = frozenset(
    "除按据因如若虽但的了和与及或在是不有对中上下等也将还并由以从到被把向为其之而于这那个一二三四五六七八九十百千万亿第"
)
# A word of the list so frequent is no slip of the pen, one so familiar with both neighbours neither.
_SURE_WORD = 200
_SURE_PAIR = 1.0
_LEAST_GAIN = 3.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """`text[place]` of a run read as `right`: the word (`start:end`) of the list that this makes.

    `gain` is how much likelier (natural log) the run is then cut into words; `before` and `after` how much better the
    new character goes with its neighbours than the old one (log10); `odd` how well the old one goes with them.
    """

    place: int
    wrong: str
    right: str
    likeness: Likeness
    word: str
    count: int
    start: int
    end: int
    gain: float
    before: float
    after: float
    odd: float


def doubtful(lattice: Lattice, words: WordList) -> Iterator[int]:
    """Places of a run that may hold a wrong character: outside frequent words, unusual beside a neighbour, and such
    that another character could make the run much likelier at all.
    """
    text, before, after = lattice.text, lattice.before, lattice.after
    needed = lattice.score + _LEAST_GAIN - words.best
    for start, end in lattice.words:
        if end - start > 2 or (end - start == 2 and words.count(text[start:end]) >= _SURE_WORD):
            continue
        for place in range(start, end):
            if text[place] in GRAMMAR:
                continue
            low, high = max(0, place - 2), min(len(text), place + 3)
            spans = ((s, e) for s in range(low, place + 1) for e in range(place + 1, high + 1))
            if all(before[s] + after[e] < needed for s, e in spans if 2 <= e - s <= 4):
                continue
            around = [familiarity(text[i], text[i + 1]) for i in (place - 1, place) if 0 <= i < len(text) - 1]
            if min(around) < _SURE_PAIR:
                yield place


def candidates(lattice: Lattice, place: int, words: WordList) -> list[Candidate]:
    """What the character at `place` may have been meant to be, the likeliest first."""
    text = lattice.text
    ahead = words.next_characters(text[place - 1]) if place else frozenset()
    right = text[place + 1 : place + 2]
    kinds = confusable(text[place])
    found = []
    begins = frozenset(often_follows(kinds, right))
    for char in [char for char in kinds if char in begins or char in ahead]:
        best = _best_word(lattice, place, char, words, begins=char in begins)
        if best is None or best[0] < _LEAST_GAIN:
            continue
        gain, word, start, end = best
        before, after, odd = _fit(text, place, char)
        found.append(
            Candidate(
                place, text[place], char, kinds[char], word, words.count(word), start, end, gain, before, after, odd
            )
        )
    return sorted(found, key=lambda c: -c.gain)


def _best_word(
    lattice: Lattice, place: int, right: str, words: WordList, *, begins: bool
) -> tuple[float, str, int, int] | None:
    """The gain by the best word through the new character, with that word and its place. `begins`: it may be first."""
    text, base = lattice.text, lattice.score
    best: tuple[float, str, int, int] | None = None
    for start in range(max(0, place - _REACH), place + 1):
        if start == place and not begins:
            continue
        read = text[start:place] + right + text[place + 1 : start + _REACH + 1]
        counts, rest = words.row(read[0]), read[1:]
        for end in range(place + 1, min(len(text), start + _REACH + 1) + 1):
            count = counts.get(rest[: end - start - 1])
            if count and end - start > 1:
                gain = lattice.before[start] + words.weight(count) + lattice.after[end] - base
                if best is None or gain > best[0]:
                    best = (gain, read[: end - start], start, end)
    return best


def _fit(text: str, place: int, right: str) -> tuple[float, float, float]:
    wrong = text[place]
    before = after = 0.0
    odd = []
    if place > 0:
        before = follows(text[place - 1], right) - follows(text[place - 1], wrong)
        odd.append(familiarity(text[place - 1], wrong))
    if place + 1 < len(text):
        after = follows(right, text[place + 1]) - follows(wrong, text[place + 1])
        odd.append(familiarity(wrong, text[place + 1]))
    return before, after, sum(odd) / len(odd)
