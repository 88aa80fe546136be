"""Do sources hold what a sentence says? Each figure and date is held, absent, or contradicted by a named clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from nigao.text.amounts import Amount, find_amounts, find_codes, same_unit, same_value
from nigao.text.ledger import Ledger, Stated
from nigao.text.moments import Held, Moment, find_moments, hold_moment
from nigao.text.terms import fold
from nigao.text.wordpairs import pairs_of

# A figure this small is found somewhere by chance: there must be a word to show that it is of the same thing.
_SMALL = 100


class Verdict(StrEnum):
    """What sources say to a figure or a date."""

    HELD = "held"
    ABSENT = "absent"
    ANOTHER = "another"  # the figure stands there, for another thing


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure, date or code at `start:end` of the sentence, and what the sources say to it."""

    start: int
    end: int
    text: str
    verdict: Verdict
    amount: Amount | None = None
    moment: Moment | None = None


@lru_cache(maxsize=4096)
def judge_figures(sentence: str, ledgers: tuple[Ledger, ...]) -> tuple[Judged, ...]:
    """Every figure, code and date of the sentence held against the sources, in order of place."""
    found = [_judge_amount(amount, ledgers) for amount in find_amounts(sentence)]
    found += [_judge_moment(moment, ledgers) for moment in find_moments(sentence)]
    taken = [(judged.start, judged.end) for judged in found]
    for code in find_codes(sentence):
        if not any(start < code.end() and code.start() < end for start, end in taken):
            held = any(fold(code.group()) in ledger.folded for ledger in ledgers)
            verdict = Verdict.HELD if held else Verdict.ABSENT
            found.append(Judged(code.start(), code.end(), sentence[code.start() : code.end()], verdict))
    return tuple(sorted(found, key=lambda judged: judged.start))


def _judge_amount(amount: Amount, ledgers: Sequence[Ledger]) -> Judged:
    verdict = Verdict.ABSENT
    for ledger in ledgers:
        for stated in ledger.stated:
            if not same_value(amount, stated.amount):
                continue
            if same_unit(amount, stated.amount) and _of_one_thing(amount, stated):
                return Judged(amount.start, amount.end, amount.text, Verdict.HELD, amount)
            if amount.ordinal == stated.amount.ordinal:
                verdict = Verdict.ANOTHER
    return Judged(amount.start, amount.end, amount.text, verdict, amount)


def _of_one_thing(amount: Amount, stated: Stated) -> bool:
    """Whether a word near the figure stands in the source's sentence too; a figure among no words is taken as it is."""
    if amount.value >= _SMALL or not amount.near or not stated.amount.near:
        return True
    return not amount.near.isdisjoint(pairs_of(stated.sentence))


def _judge_moment(moment: Moment, ledgers: Sequence[Ledger]) -> Judged:
    given = [other for ledger in ledgers for other in ledger.moments]
    held = hold_moment(moment, given, {ledger.year for ledger in ledgers} or {None})
    verdict = Verdict.ABSENT if held is Held.NO else Verdict.HELD
    return Judged(moment.start, moment.end, moment.text, verdict, moment=moment)
