"""The general word list: which words there are, how often each was counted, and what part of speech it is.

The list is large and a report uses little of it, so a word is read only when its first character is asked for.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_LIST = Path(__file__).resolve().parent / "lexicon.txt"
_ALONE = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """The words of one first character, by what follows it: counts, parts of speech, and with what words go on."""

    counts: Mapping[str, int] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)


def count(word: str) -> int:
    """How often the word was counted; 0 for what is none."""
    return row(word[:1]).counts.get(word[1:], 0)


def tag(word: str) -> str:
    """The word's part of speech (`n`, `v`, `nr` …); empty for what is none."""
    return row(word[:1]).tags.get(word[1:], "")


def total() -> int:
    """The sum of all counts."""
    return int(_lines()[""])


@functools.cache
def row(first: str) -> Row:
    """The words that begin with this character; the character itself is under the empty string."""
    line = _lines().get(first) if first else None
    if line is None:
        return Row()
    tails, counts, tags = (column.split(" ") for column in line.split("\t")[1:])
    if tails[0] == _ALONE:
        tails[0] = ""
    return Row(dict(zip(tails, map(int, counts), strict=True)), dict(zip(tails, tags, strict=True)))


@functools.cache
def _lines() -> dict[str, str]:
    total_line, *lines = _LIST.read_text(encoding="utf-8").splitlines()
    return {"": total_line} | {line[0]: line for line in lines}
