"""Ids that people read, such as `r0001`: a letter for what it is, and its number."""

from __future__ import annotations


def id_in(number: int, letter: str) -> str:
    """How the thing of that number is called."""
    return f"{letter}{number:04d}"


def number_in(id: str, letter: str) -> int | None:
    """The number in an id, None where it is no such id. The letter may be left out or large, zeros too."""
    digits = id.strip().lower().removeprefix(letter)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None
