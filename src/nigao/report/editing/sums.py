"""What a sentence reckons with a figure that changes: its total, its share, the length of its list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from nigao.text.amounts import Amount, find_amounts
from nigao.text.counting import miscounted_lists
from nigao.text.numerals import find_numbers
from nigao.text.totals import wrong_shares, wrong_totals

_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A sentence after its figure was changed: `made` says what changed along, `open` what does not add up."""

    text: str
    made: tuple[str, ...]
    open: tuple[str, ...]


def reckon(old: str, start: int, end: int, written: str, keeps: Callable[[str, Amount], bool]) -> Reckoned:
    """Change `old[start:end]`, a figure, to `written`, and what was reckoned from it too.

    `keeps` tells of another figure of `old` whether it is given (another fact's) and must not be reckoned anew.
    """
    text = old[:start] + written + old[end:]
    made: list[str] = []
    left: list[str] = []
    grown = _grown(old, start, end, written)
    edits: list[tuple[int, int, str]] = [(start, end, written)]
    if grown is not None:
        for total, is_part in _exact_totals(old, start, end):
            if not is_part:
                left.append(f"“{written}”的分项合计仍是{_bare(total.value)}")
            elif keeps(old, total):
                left.append(f"分项之和变了，总数“{total.text}”另有依据，没有改")
            else:
                new = _with_value(total.text, total.value + grown)
                edits.append((total.start, total.end, new))
                made.append(f"总数“{total.text}”随之改为“{new}”")
    text = _applied(old, edits)
    rates: list[tuple[int, int, str]] = []
    for first, share, new in _shares(old, text):
        if any(amount.text == share and keeps(old, amount) for amount in find_amounts(old)):
            left.append(f"比例“{share}”另有依据，没有改，按新数应为{new}")
        else:
            rates.append((first, first + len(share), new))
            made.append(f"比例“{share}”随之改为“{new}”")
    text = _applied(text, rates)
    known = {(wrong.listed, wrong.made) for wrong in miscounted_lists(old)}
    left += [
        f"“{wrong.written}”与列举的{wrong.made}个不符"
        for wrong in miscounted_lists(text)
        if (wrong.listed, wrong.made) not in known
    ]
    return Reckoned(text, tuple(made), tuple(left))


def _grown(old: str, start: int, end: int, written: str) -> Decimal | None:
    """By how much the figure grows."""
    was, now = find_numbers(old[start:end]), find_numbers(written)
    return now[0].value - was[0].value if len(was) == len(now) == 1 else None


def _exact_totals(old: str, start: int, end: int) -> Iterator[tuple[Amount, bool]]:
    """Totals that the parts make exactly, the changed figure being one of the parts (True) or the total itself.

    Told by trying: with one part a little larger, or the total a little smaller, the sentence no longer adds up.
    """
    amounts = find_amounts(old)
    mine = next((amount for amount in amounts if amount.start <= start < amount.end), None)
    if mine is None:
        return
    for step, is_part in ((1, True), (-1, False)):
        tried = old[: mine.start] + _with_value(mine.text, mine.value + step) + old[mine.end :]
        before = {wrong.written for wrong in wrong_totals(old)}
        for wrong in wrong_totals(tried):
            total = mine if not is_part else next((a for a in amounts if a.start == wrong.start), None)
            if total is None or (is_part and (total is mine or total.text in before)):
                continue
            made = find_numbers(wrong.made)
            expected = total.value + (1 if is_part else 0)
            at_total = wrong.start == mine.start
            if made and made[0].value == expected and at_total is not is_part:
                yield total, is_part


def _shares(old: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Rates that were right and are no longer, with their places and what they are now."""
    wrong_before = {share.written for share in wrong_shares(old)}
    for share in wrong_shares(text):
        if share.written in wrong_before:
            continue
        whole, part = (find_numbers(count)[0].value for count in share.counts)
        found = _DIGITS.search(share.written)
        if found is None or not whole:
            continue
        places = len(found.group().partition(".")[2])
        value = (part * 100 / whole).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        yield share.start, share.written, share.written[: found.start()] + str(value) + share.written[found.end() :]


def _with_value(written: str, value: Decimal) -> str:
    """A figure with another value: `18个` with 19 is `19个`."""
    number = find_numbers(written)
    if not number:
        return written
    return written[: number[0].start] + _bare(value) + written[number[0].end :]


def _bare(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _applied(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
