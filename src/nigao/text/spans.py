"""A piece of text that remembers where it stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """`text` stood at characters `start:end` of the text it was taken from."""

    start: int
    end: int
    text: str


def rewritten(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """The text with non-overlapping edits applied, in reading order."""
    out: list[str] = []
    done = 0
    for start, end, new in edits:
        out += (text[done:start], new)
        done = end
    return "".join(out) + text[done:]
