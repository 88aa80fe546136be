"""A clause that stands twice in one sentence, a word typed twice in a row: what a change of mind left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nigao.text import lexicon

_SHORTEST = 10
_CLAUSE = re.compile("[^，。；：！？\n]+")
_LISTED = re.compile("[、“”（）]")
_SENTENCE_END = re.compile("[。；！？]")
_TWICE = re.compile(r"((?![一二三四五六七八九十百千万]{2})[一-鿿]{2,4}?)\1")
_HAN = re.compile("[一-鿿]")
_QUOTED = re.compile("“[^“”\n]*”")
# A word counted at least so often is no accident of two neighbours.
_COMMON = 5
# What speech doubles for stress, and 如何如何.
_SPOKEN = frozenset("非常 特别 永远 真的 十分 太多 如何 怎样 什么 多少 好多 许多 很多 慢慢 好好 点点 多多 哪里 这样 那样".split())
_NO_SLIP = ("r", "o", "e", "y", "z", "nr", "ns")


@dataclass(frozen=True, slots=True)
class RepeatedClause:
    """The clause at `start:end`, which stood at `first` before."""

    start: int
    end: int
    text: str
    first: int


def repeated_clauses(text: str) -> Iterator[RepeatedClause]:
    """Clauses of ten characters or more that their sentence has had before; sentences may repeat one another's."""
    seen: dict[str, int] = {}
    line = 0
    for match in _CLAUSE.finditer(text):
        if "\n" in text[line : match.start()]:
            seen.clear()
        line = match.start()
        words = match.group().strip()
        if len(words) < _SHORTEST or _LISTED.search(words) or not re.search("[一-鿿]{6}", words):
            continue
        if words in seen:
            # 甲……，由本部门审核；乙……，由本部门审核: parallel members end alike.
            if not _SENTENCE_END.search(text, seen[words], match.start()):
                yield RepeatedClause(match.start(), match.end(), words, seen[words])
        else:
            seen[words] = match.start()


@dataclass(frozen=True, slots=True)
class RepeatedWord:
    """`text` and at once `text` again, at `start:end`. `sure` where the two cannot belong to two words or phrases."""

    start: int
    end: int
    text: str
    sure: bool


def repeated_words(text: str) -> Iterator[RepeatedWord]:
    """Words of two to four characters typed twice in a row: 现场现场. 党组织组织 and 研究研究 may be meant."""
    for match in _TWICE.finditer(text):
        word = match.group(1)
        kind = lexicon.tag(word)
        if len(set(word)) == 1 or word[0] == "一" or word in _SPOKEN or kind.startswith(_NO_SLIP):
            continue
        if lexicon.count(word) < _COMMON or lexicon.count(match.group()) or _belongs_elsewhere(text, match):
            continue
        if any(quoted.start() < match.start() < quoted.end() for quoted in _quotations(text)):
            continue
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        # 组织组织: the object of one verb, or the tail of a name, before the next verb; 大家研究研究。
        apart = kind.startswith("v") and (_HAN.match(before) is not None or after in tuple("，。；、：！？\n") or not after)
        yield RepeatedWord(match.start(), match.end(), word, sure=not apart and not kind.startswith("a"))


@lru_cache(maxsize=4)
def _quotations(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_QUOTED.finditer(text))


def _belongs_elsewhere(text: str, match: re.Match[str]) -> bool:
    """Whether the second begins a longer word (发展发展中国家), or the first ends one (党组织组织)."""
    word, middle = match.group(1), match.start() + len(match.group(1))
    longer = (text[middle : match.end() + more] for more in (1, 2, 3))
    ending = (text[max(0, match.start() - more) : middle] for more in (1, 2, 3))
    return any(len(found) > len(word) and lexicon.count(found) > _COMMON for found in (*longer, *ending))
