"""Characters typed twice: 抓实实民主, 进一步加强强党的领导."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.text.proofreading.judging import may_be_name
from nigao.text.proofreading.pairs import familiarity
from nigao.text.proofreading.wordlist import Lattice, WordList

_TWICE = re.compile(r"([一-鿿])\1")
# Counting, and what is doubled to mean each, or for its sound.
_MAY_DOUBLE = frozenset(
    "一二三四五六七八九十百千万零〇两几多某人个天年月日时事处家户村县市省层级条项件次种样件张步行字句声点片座栋间位名哈呵嘿啊哦"
)

# log10 of how much oftener than by chance two characters meet that go together.
_FAMILIAR = 0.3
# A doubling counted no oftener than this is no word, though the list may have it.
_RARE = 20


@dataclass(frozen=True, slots=True)
class Doubled:
    """`text[start:end]` of a run stands right behind the same characters."""

    start: int
    end: int


def find_doubled(lattice: Lattice, words: WordList) -> Iterator[Doubled]:
    """What stands twice in a run, where neither the doubling is a word nor the two halves belong to two words."""
    text = lattice.text
    for match in _TWICE.finditer(text):
        start, middle, end = match.start(), match.start() + 1, match.end()
        if match[1] in _MAY_DOUBLE or words.count(match.group()) > _RARE:
            continue
        if text[start - 1 : start] == match[1] or text[end : end + 1] == match[1]:
            continue
        if _of_two_words(lattice, middle) or _in_one_word(lattice, start, end):
            continue
        if may_be_name(lattice, start) or may_be_name(lattice, middle):
            continue
        if _forms_words(lattice, start, words):
            continue
        yield Doubled(middle, end)


def _in_one_word(lattice: Lattice, start: int, end: int) -> bool:
    return any(s <= start and end <= e and e - s > 2 for s, e in lattice.words)


def _of_two_words(lattice: Lattice, middle: int) -> bool:
    """Whether one word ends and another begins between the two: 落实实施."""
    ends = any(e == middle and e - s > 1 for s, e in lattice.words)
    return ends and any(s == middle and e - s > 1 for s, e in lattice.words)


def _forms_words(lattice: Lattice, start: int, words: WordList) -> bool:
    """Whether the second goes with what follows (镇镇长), or nothing before goes with the first (挪挪位子, 一届届)."""
    text = lattice.text
    before, after = text[max(0, start - 2) : start], text[start + 2 : start + 4]
    if after and words.count(text[start + 1] + after[0]) > _RARE:
        return True
    # 清清楚楚, 高高兴兴.
    if (len(after) == 2 and after[0] == after[1]) or (len(before) == 2 and before[0] == before[1]):
        return True
    if not before or before[-1] == "一":
        return True
    if any(e == start + 1 and e - s > 1 for s, e in lattice.words):
        return False
    return not words.count(before[-1] + text[start]) and familiarity(before[-1], text[start]) < _FAMILIAR
