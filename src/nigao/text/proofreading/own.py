"""What the text itself writes elsewhere: a word that it has time and again is not meant otherwise in one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nigao.text.proofreading.candidates import GRAMMAR, Candidate

# Log odds from which a slip is told: where the text has the word in two other places, in one place beside the very same
# character, and where that is so in two places or on both sides.
_WORD = 0.0
_PHRASE = -1.0
_PHRASES = -2.5
_TIMES = 2


class OwnText:
    """The text that is being read, asked how often it writes something."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._counts: dict[str, int] = {}
        self._between: dict[str, str] | None = None

    def count(self, words: str) -> int:
        """How often the text has these words."""
        if words not in self._counts:
            self._counts[words] = self._text.count(words)
        return self._counts[words]

    def between(self, before: str, after: str) -> str:
        """The Chinese characters that the text has between these two characters and this one, each time it has them."""
        if self._between is None:
            self._between = {}
            text = self._text
            for i in range(len(text) - 3):
                if "一" <= text[i + 2] <= "鿿":
                    key = text[i : i + 2] + text[i + 3]
                    self._between[key] = self._between.get(key, "") + text[i + 2]
        return self._between.get(before + after, "")

    def shows(self, candidate: Candidate, run: str, odds: float) -> str:
        """The words that the text has elsewhere and that here differ from them by a probable slip; empty for none."""
        if odds < _PHRASES or not self._text or self.count(run[candidate.start : candidate.end]) > 1:
            return ""
        if odds >= _WORD and self.count(candidate.word) >= _TIMES:
            return candidate.word
        return next((phrase for phrase, least in _phrases(candidate, run, odds) if self.count(phrase) >= least), "")

    def has_once(self, sentence: str, offset: int, twice: re.Match[str]) -> bool:
        """Whether the text has elsewhere, with two characters before and one behind, only once what a run (at `offset`)
        has twice.
        """
        start, end = offset + twice.start(), offset + twice.end()
        before, char, after = sentence[max(0, start - 2) : start], twice[1], sentence[end : end + 1]
        if len(before) < 2 or not after or char in GRAMMAR or char in before + after:
            return False
        return self.between(before, after).count(char) >= _TIMES and self.count(before[-1] + char + char + after) == 1

    def insists(self, candidate: Candidate, run: str) -> bool:
        """Whether the text writes again what stands here, and no less often than what might be meant."""
        times = self.count(run[candidate.start : candidate.end])
        return times >= _TIMES and times >= self.count(candidate.word)


# The rules of a check ask about the same text one after the other.
@lru_cache(maxsize=4)
def own_text(text: str) -> OwnText:
    """The text, asked once for all."""
    return OwnText(text)


def _phrases(candidate: Candidate, run: str, odds: float) -> Iterator[tuple[str, int]]:
    """The word with the characters around it, and how often the text must have that."""
    before, after = run[max(0, candidate.start - 1) : candidate.start], run[candidate.end : candidate.end + 1]
    least = 1 if odds >= _PHRASE else _TIMES
    if before and after:
        yield before + candidate.word + after, 1
    if before:
        yield before + candidate.word, least
    if after:
        yield candidate.word + after, least
