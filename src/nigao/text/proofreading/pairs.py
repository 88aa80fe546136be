"""How likely one character stands behind another in Chinese prose, from a shipped table."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_TABLE = Path(__file__).resolve().parent / "pairs.txt"
# The table counts in quarters of a decade, written as letters from A (always) on.
_STEPS = 4
# A pair that the table lacks is so many times rarer than chance would have it, and no pair is rarer than this.
_UNSEEN = 1.0
_FLOOR = -6.5
_RAREST = -6.0


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


def _alone(char: str) -> float:
    row = _rows().get(char)
    return max(_RAREST, -(ord(row[1]) - 65) / _STEPS) if row else _RAREST


@cache
def _rows() -> dict[str, str]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return {line[0]: line for line in lines}
