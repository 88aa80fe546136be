"""Pairs of neighbouring Chinese characters: the cheapest sign of what two texts share."""

from __future__ import annotations

import re
from functools import lru_cache

_RUN = re.compile("[一-鿿]+|[A-Za-z]+")


@lru_cache(maxsize=16384)
def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters within runs of Chinese characters or of Latin letters."""
    return frozenset(run[i : i + 2] for run in _RUN.findall(text) for i in range(len(run) - 1))
