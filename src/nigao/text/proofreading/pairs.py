"""How likely one character stands behind another in Chinese prose, from a shipped table."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

_TABLE = Path(__file__).resolve().parent / "pairs.txt"
# The table counts in quarters of a decade, written as letters from A (always) on.
_STEPS = 4
# A pair that the table lacks is so many times rarer than chance would have it, and no pair is rarer than this.
_UNSEEN = 1.0
_FLOOR = -6.5
_RAREST = -6.0
# The letter of 10 ** -2.5.
_OFTEN = "K"


def familiarity(first: str, second: str) -> float:
    """log10 of how much more often the pair occurs than the two characters would by chance; below 0 for odd ones."""
    return follows(first, second) - _alone(second)


def follows(first: str, second: str) -> float:
    """log10 of the likelihood (0–1) that `second` follows `first`."""
    row = _rows().get(first, "")
    place = row.find(second, 2) if second else -1
    if place > 0:
        return -(ord(row[place + 1]) - 65) / _STEPS
    return max(_FLOOR, min(_alone(second) - _UNSEEN, _RAREST + _UNSEEN))


def often_follows(firsts: Iterable[str], second: str) -> list[str]:
    """Those of the characters that `second` follows at least once in some 300 times."""
    rows = _rows()
    found = []
    for first in firsts:
        row = rows.get(first, "")
        place = row.find(second, 2) if second else -1
        if place > 0 and row[place + 1] <= _OFTEN:
            found.append(first)
    return found


@lru_cache(maxsize=8192)
def _alone(char: str) -> float:
    row = _rows().get(char)
    return max(_RAREST, -(ord(row[1]) - 65) / _STEPS) if row else _RAREST


@cache
def _rows() -> dict[str, str]:
    lines = _TABLE.read_bytes().decode("utf-8").split("\n")
    return {line[0]: line for line in lines if line}
