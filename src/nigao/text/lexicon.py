"""The general word list: which words there are, how often each was counted, and what part of speech it is.

The list is large and a report uses little of it, so a word is read only when its first character is asked for.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

_LIST = Path(__file__).resolve().parent / "lexicon.txt"
_ALONE = "-"


def count(word: str) -> int:
    """How often the word was counted; 0 for what is none."""
    return row(word[:1]).get(word[1:], 0)


def tag(word: str) -> str:
    """The word's part of speech (`n`, `v`, `nr` …); empty for what is none."""
    return _tags(word[:1]).get(word[1:], "")


def total() -> int:
    """The sum of all counts."""
    return int(_lines()[""])


@functools.cache
def row(first: str) -> Mapping[str, int]:
    """The words that begin with this character: by what follows it (nothing, for the character alone) their counts."""
    tails, counts, _ = _columns(first)
    return dict(zip(tails, map(int, counts), strict=True))


@functools.cache
def _tags(first: str) -> Mapping[str, str]:
    tails, _, tags = _columns(first)
    return dict(zip(tails, tags, strict=True))


def _columns(first: str) -> list[list[str]]:
    line = _lines().get(first) if first else None
    if line is None:
        return [[], [], []]
    columns = [column.split(" ") for column in line.split("\t")[1:]]
    if columns[0][0] == _ALONE:
        columns[0][0] = ""
    return columns


@functools.cache
def _lines() -> dict[str, str]:
    # Decoding whole and splitting at line feeds is twice as fast as reading text by lines.
    total_line, *lines = _LIST.read_bytes().decode().removesuffix("\n").split("\n")
    return {"": total_line} | {line[0]: line for line in lines}
