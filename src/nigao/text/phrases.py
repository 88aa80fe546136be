"""《Titles》 and “quoted terms” as fixed wording, and which of the approved ones a misspelt one was meant to be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from nigao.text.terms import fold

_PHRASE = re.compile(r"《(?P<title>[^《》\n]{2,60})》|“(?P<quoted>[^“”\n]{2,40})”|「(?P<other>[^「」\n]{2,40})」")
# A short term with one character changed is as likely another word.
_SHORTEST = 4
_SHORT = 6
_LARGEST_SHARE = 0.2
# Two wordings that differ in one of these speak of two things: 上半年 and 下半年, 市 and 县, 第一批 and 第二批.
_CONTRASTS = ("上下", "前后初末", "内外", "大小", "东西南北中", "省市县区镇乡州村", "正副", "春夏秋冬")
_NUMERALS = "〇零一二两三四五六七八九十百"
_FIGURES = re.compile(rf"\d+|第[{_NUMERALS}]+|[{_NUMERALS}]{{2,}}|[{_NUMERALS}]+(?=季度|月|期|届|批|号)")
# What many titles share says nothing of whether two are one.
_STATE = re.compile("^(?:中华人民共和国|中国共产党)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A term with its marks (`text`) and the form in which it is compared (`key`, without them)."""

    is_title: bool
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class ApprovedWording:
    """A 《title》 or “quoted term” as a document in force writes it (with its marks), and that document's title."""

    text: str
    title: str


def find_phrases(text: str) -> Iterator[Phrase]:
    """Every 《title》 and “quoted term” of the text in order; those inside another's marks are part of it."""
    for match in _PHRASE.finditer(text):
        inner = match["title"] or match["quoted"] or match["other"]
        yield Phrase(match["title"] is not None, match.group(), fold(inner))


def as_title(name: str) -> Phrase:
    """A document's name as the 《title》 that would cite it."""
    return Phrase(True, f"《{name}》", fold(name))


def nearest(phrase: Phrase, approved: Iterable[Phrase]) -> Phrase | None:
    """The approved phrase that this one nearly is, the closest and then the first; None where none is close or where
    one is just this."""
    best: tuple[int, Phrase] | None = None
    for other in approved:
        if other.is_title is not phrase.is_title:
            continue
        if other.key == phrase.key:
            return None
        apart = slips(phrase.key, other.key)
        if apart and (best is None or apart < best[0]):
            best = (apart, other)
    return best[1] if best is not None else None


class PhraseBook:
    """Fixed wordings of documents, each with the title of the first that has it, quick to look a near one up in."""

    def __init__(self) -> None:
        self._owners: dict[Phrase, str] = {}
        self._by_pair: dict[str, list[Phrase]] = {}

    def add(self, phrase: Phrase, title: str) -> None:
        """Enter a wording; one that is known keeps its first document."""
        if phrase in self._owners or not phrase.key:
            return
        self._owners[phrase] = title
        for pair in {a + b for a, b in pairwise(phrase.key)}:
            self._by_pair.setdefault(pair, []).append(phrase)

    def near(self, is_title: bool, text: str, key: str) -> ApprovedWording | None:
        """The wording that this one nearly is, as `nearest` finds it."""
        pairs = {a + b for a, b in pairwise(key)}
        shared = Counter(phrase for pair in pairs for phrase in self._by_pair.get(pair, ()))
        # Two slips spoil four pairs at most.
        close = {phrase for phrase, count in shared.items() if count >= max(1, len(pairs) - 4)}
        found = nearest(
            Phrase(is_title, text, key), [phrase for phrase in self._owners if phrase in close] if close else []
        )
        return ApprovedWording(found.text, self._owners[found]) if found is not None else None


def slips(written: str, approved: str) -> int:
    """How many single-character slips lead from one wording to the other, or 0 where they are too far apart to be one
    wording or differ in a way that makes two: figures, 上半年 and 下半年, one whole word for another, one with a
    word more at its head or end.
    """
    written, approved = _STATE.sub("", written), _STATE.sub("", approved)
    longest, shortest = max(len(written), len(approved)), min(len(written), len(approved))
    allowed = 1 if longest <= _SHORT else min(2, int(longest * _LARGEST_SHARE))
    if shortest < _SHORTEST or longest - shortest > allowed or len(set(written) ^ set(approved)) > 2 * allowed:
        return 0
    if _FIGURES.findall(written) != _FIGURES.findall(approved) or written in approved or approved in written:
        return 0
    steps = _edits(written, approved)
    if len(steps) > allowed or any(_contrast(a, b) for a, b in steps) or _another_word(written, approved, steps):
        return 0
    return len(steps)


def _edits(one: str, other: str) -> list[tuple[str, str]]:
    """The characters replaced, dropped (`x`, ``) and added (``, `x`) on a shortest way from one to the other."""
    costs = [list(range(len(other) + 1))]
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            row.append(min(costs[i - 1][j] + 1, row[j - 1] + 1, costs[i - 1][j - 1] + (a != b)))
        costs.append(row)
    steps: list[tuple[str, str]] = []
    i, j = len(one), len(other)
    while i or j:
        if i and j and costs[i][j] == costs[i - 1][j - 1] + (one[i - 1] != other[j - 1]):
            i, j = i - 1, j - 1
            if one[i] != other[j]:
                steps.append((one[i], other[j]))
        elif i and costs[i][j] == costs[i - 1][j] + 1:
            i -= 1
            steps.append((one[i], ""))
        else:
            j -= 1
            steps.append(("", other[j]))
    return steps


def _contrast(a: str, b: str) -> bool:
    return any(a and b and a in group and b in group for group in _CONTRASTS)


def _another_word(one: str, other: str, steps: list[tuple[str, str]]) -> bool:
    """Whether two neighbouring characters are both replaced: 学习计划 and 培训计划 are two plans, not a slip."""
    if len(one) != len(other) or len(steps) < 2:
        return False
    changed = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    swapped = len(changed) == 2 and one[changed[0]] == other[changed[1]] and one[changed[1]] == other[changed[0]]
    return not swapped and any(b - a == 1 for a, b in pairwise(changed))
