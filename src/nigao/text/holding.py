"""Do sources hold what a sentence says? Each figure and date is held, absent, or contradicted by a named clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from nigao.text.amounts import Amount, Rough, find_amounts, find_codes, same_unit, same_value
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
    if any(_is_worded(amount, ledger) for ledger in ledgers):
        verdict = Verdict.HELD
    return Judged(amount.start, amount.end, amount.text, verdict, amount)


def _is_worded(amount: Amount, ledger: Ledger) -> bool:
    """Whether the source has the number in Chinese digits right before the same word, as prose rather than as a count
    (3强 from 三强, 2地 from 两地).
    """
    if amount.value >= _SMALL or amount.unit == "%" or amount.rough is not Rough.NO or not _plain(amount):
        return False
    behind = amount.text.lstrip("第0123456789０１２３４５６７８９") or amount.noun
    return bool(behind) and (amount.value, behind[0]) in ledger.worded


def _plain(amount: Amount) -> bool:
    return any(c.isdecimal() for c in amount.text) and amount.value == int(amount.value)


def _of_one_thing(amount: Amount, stated: Stated) -> bool:
    """Whether a word near the figure stands in the source's sentence too; a figure among no words is taken as it is."""
    if amount.value >= _SMALL or not amount.near or not stated.amount.near:
        return True
    return not amount.near.isdisjoint(pairs_of(stated.sentence))


def _judge_moment(moment: Moment, ledgers: Sequence[Ledger]) -> Judged:
    given = [other for ledger in ledgers for other in ledger.moments]
    years = {ledger.year for ledger in ledgers} or {None}
    held = hold_moment(moment, given, years)
    if held is Held.NO:
        held = hold_moment(moment, [other for ledger in ledgers for other in ledger.implied], years)
    verdict = Verdict.ABSENT if held is Held.NO else Verdict.HELD
    return Judged(moment.start, moment.end, moment.text, verdict, moment=moment)
