"""One word in two spellings within a text: 巡查 and 巡察, words that differ in one of two characters used alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.text.content import placed_words
from nigao.text.vocabulary import CARRYING, CONNECTING

# Characters of one sound that form the same words: of the two-character words of the rarer one in jieba's dictionary,
# 0.4 or more exist with the other too (制定/制订, 缴纳/交纳, 检查/检察); numerals and measure words are left out.
_ALIKE = (
    "帐账 作做 定订 份分 词辞 像象 察查 交缴 漂飘 辨辩 泄泻 唯惟 叠迭 园苑 忿愤 熏薰 宏弘 戒诫 妆装 脱褪 岐歧 炭碳"
    " 召招 芯心 夙宿 宴筵 燥躁 粘黏 复覆 州洲 杆竿 径迳 殒陨 折摺"
)
# A word of its own wherever it stands.
_DISTINCT = frozenset({"检察"})
_HAN = re.compile("[一-鿿]")
_RUN = re.compile("[一-鿿]+")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word at `start:end` that the text spells `other` at `other_start`. `shared` is a neighbour that both have."""

    start: int
    end: int
    text: str
    other: str
    other_start: int
    shared: str


def spellings(text: str) -> Iterator[Spelling]:
    """Words of two to four characters that the text also spells with a like character; the rarer, else the later.

    Without a shared neighbour only words that the text uses once are told: 督查 and 督察 may both be meant.
    """
    for pair in _ALIKE.split():
        if pair[0] not in text or pair[1] not in text:
            continue
        # Only the words of the rarer character are looked for; their other spelling then is found by its letters.
        rare, usual = sorted(pair, key=text.count)
        words = _words_with(text, rare)
        for word, places in words.items():
            other = word.replace(rare, usual)
            found = _words_with(text, other).get(other)
            if found:
                yield from _told(word, places, other, found)


def _told(one: str, first: list[_Place], two: str, second: list[_Place]) -> Iterator[Spelling]:
    """The rarer of two spellings, else the later, at each of its places."""
    if (len(first), -first[0].start) > (len(second), -second[0].start):
        one, first, two, second = two, second, one, first
    shared = {n for place in first for n in place.near} & {n for place in second for n in place.near}
    if not shared and len(second) > 1:
        return
    for place in first:
        if not shared or shared & set(place.near):
            told = min(shared) if shared else ""
            yield Spelling(place.start, place.start + len(one), one, two, second[0].start, told)


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    near: tuple[str, ...]


def _words_with(text: str, chars: str) -> dict[str, list[_Place]]:
    """The words of two to four characters that hold these, with what stands beside them."""
    found: dict[str, list[_Place]] = defaultdict(list)
    at = text.find(chars)
    while at >= 0:
        run = _run_around(text, at)
        words = placed_words(text[run[0] : run[1]])
        for i, word in enumerate(words):
            if 2 <= len(word.text) <= 4 and chars in word.text and word.text not in _DISTINCT:
                near = [f"{beside.text}~" for beside in words[max(0, i - 1) : i] if _tells(beside.text)]
                near += [f"~{beside.text}" for beside in words[i + 1 : i + 2] if _tells(beside.text)]
                found[word.text].append(_Place(run[0] + word.start, tuple(near)))
        at = text.find(chars, run[1])
    return found


def _run_around(text: str, at: int) -> tuple[int, int]:
    """The Chinese characters around a place, up to the marks on both sides."""
    start = at
    while start and _HAN.match(text[start - 1]):
        start -= 1
    run = _RUN.match(text, start)
    return start, run.end() if run else at + 1


def _tells(neighbour: str) -> bool:
    """Whether a neighbour says what the word is about: 检查工作 and 检察工作 share none."""
    return len(neighbour) > 1 and neighbour not in CARRYING and neighbour not in CONNECTING
