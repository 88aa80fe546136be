"""The general word list, and what it makes of a stretch of characters: the likeliest way to cut it into words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nigao.text import lexicon

_LONGEST = 8
# A character that is not in the list is as frequent as a word seen a third of a time.
_UNKNOWN = 0.3
_NEW_WORDS = Path(__file__).resolve().parent / "newwords.txt"
_NEW_COUNT = 300
# The words of two characters and more are hardly more frequent than this.
_MOST = 120_000


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """All cuttings of `text` into words. Scores are natural logs of likelihoods.

    `before[i]` is the best score of the characters before `i`, `after[i]` that of those from `i` on; `words` are the
    words of the best cutting as (start, end).
    """

    text: str
    before: list[float]
    after: list[float]
    words: list[tuple[int, int]]

    @property
    def score(self) -> float:
        """The best cutting's."""
        return self.before[-1]

    def word_at(self, place: int) -> tuple[int, int]:
        """The word of the best cutting that covers a place."""
        return next(word for word in self.words if word[0] <= place < word[1])


class WordList:
    """Words by how often they were counted."""

    def __init__(self, row: Callable[[str], Mapping[str, int]], total: int) -> None:
        """`row` gives, for a first character, what follows it in words, with counts."""
        self.row = row
        self._next: dict[str, frozenset[str]] = {}
        self._log_total = math.log(total)

    def count(self, word: str) -> int:
        """How often the word was counted; 0 for what is none."""
        return self.row(word[:1]).get(word[1:], 0)

    def next_characters(self, first: str) -> frozenset[str]:
        """The second characters of the words that begin with this one."""
        if first not in self._next:
            self._next[first] = frozenset(rest[0] for rest in self.row(first) if rest)
        return self._next[first]

    def weight(self, count: float) -> float:
        """The score of a word so frequent."""
        return math.log(count) - self._log_total

    @property
    def best(self) -> float:
        """The score of the most frequent words of two characters."""
        return self.weight(_MOST)

    def cut(self, text: str) -> Lattice:
        """The lattice of a stretch of Chinese characters."""
        log_total, length = self._log_total, len(text)
        unknown = self.weight(_UNKNOWN)
        low = float("-inf")
        before, back = [0.0] + [low] * length, [0] * (length + 1)
        edges: list[tuple[int, int, float]] = []
        for start in range(length):
            score, counts = before[start], self.row(text[start])
            for end in range(start + 1, min(length, start + _LONGEST) + 1):
                count = counts.get(text[start + 1 : end])
                if count:
                    weight = math.log(count) - log_total
                elif end == start + 1:
                    weight = unknown
                else:
                    continue
                edges.append((start, end, weight))
                if score + weight > before[end]:
                    before[end], back[end] = score + weight, start
        after = [low] * length + [0.0]
        for start, end, weight in reversed(edges):
            after[start] = max(after[start], weight + after[end])
        return Lattice(text, before, after, _best(back))


def _best(back: list[int]) -> list[tuple[int, int]]:
    words = []
    end = len(back) - 1
    while end > 0:
        words.append((back[end], end))
        end = back[end]
    return words[::-1]


@cache
def general_words() -> WordList:
    """The general list, and words of official prose that are younger than it."""
    return WordList(_row, lexicon.total())


@cache
def _row(first: str) -> Mapping[str, int]:
    counted, new = lexicon.row(first), _new_words().get(first)
    return counted if new is None else {**counted, **{word: max(counted.get(word, 0), _NEW_COUNT) for word in new}}


@cache
def _new_words() -> Mapping[str, list[str]]:
    """Younger words: by their first character, the rest."""
    found: dict[str, list[str]] = {}
    for word in _NEW_WORDS.read_bytes().decode("utf-8").split():
        found.setdefault(word[0], []).append(word[1:])
    return found
