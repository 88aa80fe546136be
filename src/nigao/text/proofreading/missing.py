"""Characters left out: 政策落地落. Only what the same text writes elsewhere shows that one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.text.proofreading.own import OwnText
from nigao.text.proofreading.wordlist import Lattice, WordList

_BEFORE = 2
# How often the text must have the same words with the character, and how much likelier (natural log) the run has to be
# cut with it: though it is one more.
_TIMES = 2
_LEAST_GAIN = 0.0
_COMMON = 50
_FIGURES = re.compile("[0-9一二三四五六七八九十百千万亿]")


@dataclass(frozen=True, slots=True)
class Missing:
    """Beside the character at `start:end` of a sentence, at `place`, `right` may be missing: with it the text reads
    `word`, and elsewhere it has `phrase`, `count` times, where here it has what is `written`.
    """

    start: int
    end: int
    place: int
    right: str
    word: str
    phrase: str
    written: str
    count: int


def find_missing(sentence: str, offset: int, lattice: Lattice, words: WordList, own: OwnText) -> Iterator[Missing]:
    """Where a character of a run (at `offset`) stands alone, and makes a common word with one that the text has between
    the same neighbours elsewhere, never having these neighbours without it.
    """
    for start, end in lattice.words:
        if end - start == 1:
            found = (_missing(sentence, offset, lattice, start, gap, words, own) for gap in (end, start))
            yield from (missing for missing in found if missing is not None)


def _missing(
    sentence: str, offset: int, lattice: Lattice, start: int, gap: int, words: WordList, own: OwnText
) -> Missing | None:
    text, place = lattice.text, offset + gap
    before, after = sentence[max(0, place - _BEFORE) : place], sentence[place : place + 1]
    between = own.between(before, after) if len(before) == _BEFORE and after else ""
    # Each character once: a text of one character repeated would be counted through for every one of them.
    char = max(dict.fromkeys(between), key=between.count, default="")
    if between.count(char) < _TIMES or char == text[start] or own.count(before + after) > 1 or _FIGURES.search(before):
        return None
    word = text[start] + char if gap > start else char + text[start]
    gain = words.cut(text[:gap] + char + text[gap:]).score - lattice.score
    if words.count(word) < _COMMON or gain < _LEAST_GAIN:
        return None
    count = between.count(char)
    return Missing(offset + start, offset + start + 1, place, char, word, before + char + after, before + after, count)
