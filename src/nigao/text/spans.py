"""A piece of text that remembers where it stood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """`text` stood at characters `start:end` of the text it was taken from."""

    start: int
    end: int
    text: str
