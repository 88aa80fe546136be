"""Clauses of a text, and which clause of its evidence a reworded clause stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_CLAUSE = re.compile(r"[^，；。：！？（）()!?;:\n]+|[，；。：！？（）()!?;:\n]+")
_ENDS = frozenset("。；！？!?;\n")
_HAN = re.compile("[一-鿿]+")
# Two clauses sharing this much of the shorter one's character pairs are the same clause, reworded.
SAME_CLAUSE = 0.5
_FEWEST_PAIRS = 2
# Clauses nearer to each other than this are equally good matches.
_AS_GOOD = 0.15


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause at `start:end` of its text. `before` is what its sentence says ahead of it."""

    start: int
    end: int
    text: str
    before: str


@lru_cache(maxsize=512)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text, between commas, stops and brackets; `before` starts anew behind 。；！？ and line ends."""
    found: list[Clause] = []
    opened = 0
    for match in _CLAUSE.finditer(text):
        if match.group()[0] in "，；。：！？（）()!?;:\n":
            if _ENDS & set(match.group()):
                opened = match.end()
        else:
            found.append(Clause(match.start(), match.end(), match.group(), text[opened : match.start()]))
    return tuple(found)


def counterparts(new: Clause, olds: Sequence[Clause], marks: re.Pattern[str] | None = None) -> list[Clause]:
    """The clauses that `new` rewords, the best and those nearly as good, best first; empty where there is none.

    `marks` are words left out of the comparison: those that the caller is about to compare.
    """
    scored = [(shared(new.text, old.text, marks), old) for old in olds]
    best = max((score for score, _ in scored), default=0.0)
    if best < SAME_CLAUSE:
        return []
    near = [(score, old) for score, old in scored if score >= max(SAME_CLAUSE, best - _AS_GOOD)]
    return [old for _, old in sorted(near, key=lambda pair: -pair[0])]


def shared(one: str, other: str, marks: re.Pattern[str] | None = None) -> float:
    """How much of the shorter text's character pairs the other holds, 0–1; two of one pair are all alike or not."""
    pairs, others = _pairs(one, marks), _pairs(other, marks)
    shorter = min(len(pairs), len(others))
    if shorter >= _FEWEST_PAIRS:
        return len(pairs & others) / shorter
    # 可以回避 and 应当回避: too short for a share, and the same but for the words compared.
    return 1.0 if pairs and pairs == others else 0.0


@lru_cache(maxsize=4096)
def _pairs(text: str, marks: re.Pattern[str] | None) -> frozenset[str]:
    plain = marks.sub("", text) if marks is not None else text
    return frozenset(run[i : i + 2] for run in _HAN.findall(plain) for i in range(len(run) - 1))
