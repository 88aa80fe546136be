"""One word in the place of another: where a clause repeats a source's clause but for a name or a unit of measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nigao.text.amounts import Amount, find_amounts
from nigao.text.clauses import Clause, clauses

# So many characters a clause and its source share around what differs, and what differs is no longer than this.
_LEAST_COMMON, _LONGEST = 4, 10
# More of them where a name stands for another.
_LEAST_AROUND_NAME = 6
# What a body's name may end in, as one or more characters that both names share or each has for itself.
_BODY_END = re.compile(
    "(?:中心|办公室|支部|总队|支队|大队|委员会|集团|公司|学校|医院|[局厅部委办科股处室站所队院馆社校])$"
)
_NO_NAME = re.compile("[的了在和与及或是有为将把被向对各该其本我等，、0-9]|负责|牵头|会同|联合")
_HAN = re.compile("[一-鿿]+")


@dataclass(frozen=True, slots=True)
class Replaced:
    """Characters `start:end` of the sentence, where the source's clause `clause` has `old`."""

    start: int
    end: int
    old: str
    clause: str


def replaced_bodies(sentence: str, sources: Sequence[str]) -> Iterator[Replaced]:
    """Names of organisations (法制科) in the place of which a source's clause, else the same, has another (综合科).

    A name and its short form (发展改革委 and 发改委) are one.
    """
    for clause, old in _near_clauses(sentence, sources):
        head, tail = _common(clause.text, old)
        # 5个支部 and 5家支部 differ in no name.
        if head + tail < _LEAST_AROUND_NAME or clause.text[head - 1 : head].isdecimal():
            continue
        end, old_end = len(clause.text) - tail, len(old) - tail
        for more in range(min(tail, 4) + 1):
            new, was = clause.text[head : end + more], old[head : old_end + more]
            if _BODY_END.search(new) and _BODY_END.search(was):
                if _is_name(new) and _is_name(was) and not _shortens(new, was) and not _shortens(was, new):
                    yield Replaced(clause.start + head, clause.start + end + more, was, old)
                break


def replaced_units(sentence: str, sources: Sequence[str]) -> Iterator[tuple[Amount, Amount, str]]:
    """Figures of the sentence with the same figure of a source's clause, else the same, in another unit (9件 for 9项);
    the clause is the third.
    """
    for clause, old in _near_clauses(sentence, sources):
        head, tail = _common(clause.text, old)
        given = {amount.start: amount for amount in find_amounts(old)}
        for amount in find_amounts(clause.text):
            other = given.get(amount.start)
            if other is None or not amount.start < head <= amount.end or len(old) - tail > other.end + 1:
                continue
            if other.value == amount.value and amount.unit and other.unit and amount.unit != other.unit:
                # Offsets are wanted in the sentence.
                moved = next((a for a in find_amounts(sentence) if a.start == clause.start + amount.start), None)
                if moved is not None:
                    yield moved, other, old


@lru_cache(maxsize=2048)
def _near(sentence: str, sources: tuple[str, ...]) -> tuple[tuple[Clause, str], ...]:
    given = [clause.text for source in sources for clause in clauses(source)]
    found = []
    for clause in clauses(sentence):
        if clause.text in given:
            continue
        best = max(given, key=lambda old: sum(_common(clause.text, old)), default="")
        head, tail = _common(clause.text, best)
        middle = max(len(clause.text), len(best)) - head - tail
        if head + tail >= max(_LEAST_COMMON, middle) and middle <= _LONGEST:
            found.append((clause, best))
    return tuple(found)


def _near_clauses(sentence: str, sources: Sequence[str]) -> tuple[tuple[Clause, str], ...]:
    """The sentence's clauses that no source has, each with the source's clause that differs in one place only."""
    return _near(sentence, tuple(sources))


def _common(one: str, other: str) -> tuple[int, int]:
    """How many characters two clauses share at their heads, and at their ends behind that."""
    shortest = min(len(one), len(other))
    head = next((i for i in range(shortest) if one[i] != other[i]), shortest)
    rest = shortest - head
    tail = next((i for i in range(rest) if one[-1 - i] != other[-1 - i]), rest)
    return head, tail


def _is_name(text: str) -> bool:
    return len(text) > 1 and _HAN.fullmatch(text) is not None and _NO_NAME.search(text) is None


def _shortens(short: str, full: str) -> bool:
    rest = iter(full)
    return all(c in rest for c in short)
