"""Slips that the approved corpus shows: it writes the same words with another, confusable character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nigao.text import lexicon
from nigao.text.proofreading.approved import ApprovedText, ApprovedWords
from nigao.text.proofreading.candidates import GRAMMAR
from nigao.text.proofreading.confusables import Likeness, confusable
from nigao.text.proofreading.judging import may_be_name
from nigao.text.proofreading.pairs import familiarity
from nigao.text.proofreading.slips import Slip
from nigao.text.proofreading.wordlist import Lattice, general_words

# A word of the list so frequent is left alone, whatever the corpus writes beside the same neighbours.
_SURE_WORD = 200
_SURE_PAIR = 1.0
_SCORE = 3.0
_WINDOW = 4
_LONG = 60
_ENDS = re.compile("[，；：。！？]")


@dataclass(frozen=True, slots=True)
class Reading:
    """An approved document, by its title, writes `phrase` where the run has other words at `low:high`; they differ at
    `place`, where it has `right`.
    """

    place: int
    low: int
    high: int
    right: str
    phrase: str
    title: str


@lru_cache(maxsize=4096)
def other_readings(
    lattice: Lattice, near: tuple[ApprovedText, ...], likely: frozenset[tuple[int, str]]
) -> tuple[Reading, ...]:
    """Where passages write the same words as the run with another, confusable character; the most telling of a place
    first.

    `likely` holds the places and characters that the word list proposes too: for these, less of the context has to be
    the same.
    """
    found = []
    for place in strange_places(lattice):
        for low, high in _windows(lattice.text, place):
            reading = _other_reading(lattice.text, place, low, high, near, likely)
            if reading is not None:
                found.append(reading)
    return tuple(found)


def anchored(
    offset: int, lattice: Lattice, sentence: str, approved: ApprovedWords, likely: frozenset[tuple[int, str]]
) -> Iterator[Slip]:
    """The slips of a run (at `offset` in the sentence) that the corpus shows, one a place."""
    if not strange_places(lattice):
        return
    taken: set[int] = set()
    near = approved.near(_clause(sentence, offset, offset + len(lattice.text)))
    for reading in other_readings(lattice, tuple(near), likely):
        if reading.place in taken or approved.holds(lattice.text[reading.low : reading.high]):
            continue
        taken.add(reading.place)
        wrong = lattice.text[reading.place]
        yield Slip(
            start=offset + reading.place,
            end=offset + reading.place + 1,
            wrong=wrong,
            right=reading.right,
            word=reading.phrase,
            word_start=offset + reading.low,
            listed=general_words().count(reading.phrase) > 0,
            count=lexicon.count(reading.phrase),
            likeness=confusable(wrong)[reading.right],
            score=_SCORE,
            title=reading.title,
            phrase=reading.phrase,
        )


def _clause(sentence: str, start: int, end: int) -> str:
    """The sentence, or of a long one the clause around a run: what is near all of it need not be near this."""
    if len(sentence) <= _LONG:
        return sentence
    before = [match.end() for match in _ENDS.finditer(sentence, 0, start)]
    after = _ENDS.search(sentence, end)
    return sentence[before[-1] if before else 0 : after.start() if after else len(sentence)]


@lru_cache(maxsize=4096)
def strange_places(lattice: Lattice) -> tuple[int, ...]:
    """Places outside frequent words and names, with an unusual neighbour."""
    text, words = lattice.text, general_words()
    found = []
    for start, end in lattice.words:
        if end - start > 2 or (end - start == 2 and words.count(text[start:end]) >= _SURE_WORD):
            continue
        for place in range(start, end):
            around = [familiarity(text[i], text[i + 1]) for i in (place - 1, place) if 0 <= i < len(text) - 1]
            if text[place] not in GRAMMAR and around and min(around) < _SURE_PAIR and not may_be_name(lattice, place):
                found.append(place)
    return tuple(found)


def _windows(text: str, place: int) -> Iterator[tuple[int, int]]:
    """Contexts of a place that tell enough: four characters with it inside, then at an end, then three to an end of the
    run."""
    length = len(text)
    fours = [(low, low + _WINDOW) for low in range(max(0, place - _WINDOW + 1), place + 1) if low + _WINDOW <= length]
    yield from sorted(fours, key=lambda window: window[0] == place or window[1] == place + 1)
    if length == place + 1 >= _WINDOW - 1:
        yield place - 2, length
    if place == 0 and length >= _WINDOW - 1:
        yield 0, _WINDOW - 1


def _other_reading(
    text: str,
    place: int,
    low: int,
    high: int,
    near: Sequence[ApprovedText],
    likely: frozenset[tuple[int, str]],
) -> Reading | None:
    """What a passage has in this place between these very characters."""
    before, after = text[low:place], text[place + 1 : high]
    kinds = confusable(text[place])
    inside = bool(before and after)
    for passage in near:
        words = passage.text
        at = words.find(before or after)
        while at >= 0:
            spot = at + len(before) if before else at - 1
            right = words[spot] if 0 <= spot < len(words) else ""
            if kinds.get(right, Likeness.NEAR_SOUND) is not Likeness.NEAR_SOUND and right not in GRAMMAR:
                whole = inside or (place, right) in likely or _bounded(words, spot, after=not after)
                if whole and words.startswith(after, spot + 1):
                    return Reading(place, low, high, right, before + right + after, passage.title)
            at = words.find(before or after, at + 1)
    return None


def _bounded(text: str, spot: int, *, after: bool) -> bool:
    """Whether a stretch of Chinese characters ends (or begins) at the place."""
    neighbour = text[spot + 1 : spot + 2] if after else text[max(0, spot - 1) : spot]
    return not "一" <= neighbour <= "鿿"
