"""Ordinals after a change: each list goes on counting in the form in which it is written there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from nigao.errors import EditError
from nigao.report.model import Item, Part, Report
from nigao.text.numerals import chinese_integer, fold_digits
from nigao.text.ordinals import OrdinalForm, format_ordinal, match_ordinal

_NUMERAL = re.compile("[〇零一二三四五六七八九十百]+|[0-9]+|[０-９]+|[①-⑳]")
_WIDE = {ord("0") + i: chr(ord("０") + i) for i in range(10)}
_MOST_CIRCLED = 20


class Numbered(Protocol):
    """A part or an item: it stands in a list, and `ordinal` is its number as written."""

    ordinal: str


@dataclass(slots=True)
class Series:
    """Numbered members of one list that count on from each other, `start` being the first one's value.

    `after` is the series of another list that this one counts on from (（三） of the next part behind （二）), if any.
    """

    form: OrdinalForm
    start: int
    members: list[Numbered]
    after: Series | None = None


def form_of(ordinal: str) -> OrdinalForm | None:
    """The form in which an ordinal is written; None for a run-in point's, which is empty."""
    found = match_ordinal(f"{ordinal}　") if ordinal else None
    return found.form if found is not None else None


def renumbered(written: str, value: int) -> str:
    """The ordinal as written, with another value: `(三)` → `(四)`, `3、` → `4、`. Raises EditError."""
    found = _NUMERAL.search(written)
    if found is None:
        raise EditError(f"认不出序号“{written}”", fix="改成“（一）”“一是”一类的序号再试")
    numeral = found.group()
    if "①" <= numeral <= "⑳":
        if value > _MOST_CIRCLED:
            raise EditError("带圈的序号最多到⑳", fix="先把这一处的序号改成“（1）”一类")
        new = format_ordinal(OrdinalForm.CIRCLED, value)
    elif numeral.isascii():
        new = str(value)
    elif fold_digits(numeral).isascii():
        new = str(value).translate(_WIDE)
    else:
        new = chinese_integer(value)
    return written[: found.start()] + new + written[found.end() :]


def renumber(items: Iterable[Numbered], form: OrdinalForm | str, start: int = 1) -> None:
    """Number the items from `start` in a form, or as an ordinal is written (`(一)`, `1、`). Raises EditError."""
    written = format_ordinal(form, 1) if isinstance(form, OrdinalForm) else form
    for value, item in enumerate(items, start=start):
        item.ordinal = renumbered(written, value)


def series_in(members: Sequence[Numbered]) -> list[Series]:
    """The series of one list: another begins with another form, or where the counting begins anew with one."""
    found: list[Series] = []
    for member in members:
        ordinal = match_ordinal(f"{member.ordinal}　") if member.ordinal else None
        if ordinal is None:
            continue
        last = found[-1] if found else None
        if last is None or last.form is not ordinal.form or ordinal.value == 1:
            found.append(Series(ordinal.form, ordinal.value, [member]))
        else:
            last.members.append(member)
    return found


def lists_of(report: Report) -> list[tuple[Part | Item | None, Sequence[Part | Item]]]:
    """Every list of the report that may be numbered, in reading order, with what it stands in: parts, items, points."""
    found: list[tuple[Part | Item | None, Sequence[Part | Item]]] = [(None, report.parts)]
    for part in report.parts:
        found.append((part, part.items))
        waiting = list(part.items)
        while waiting:
            item = waiting.pop(0)
            found.append((item, item.items))
            waiting[:0] = item.items
    return found


class Numbering:
    """How every list of a report was numbered, to go on in the same way once the lists have changed."""

    def __init__(self, report: Report) -> None:
        self._lists: dict[int, tuple[list[Numbered], list[Series]]] = {}
        self._written: dict[int, list[str]] = {}
        last: dict[OrdinalForm, tuple[Series, int]] = {}
        for owner, members in lists_of(report):
            series = series_in(members)
            self._lists[_key(owner)] = (list(members), series)
            self._written[_key(owner)] = [member.ordinal for member in members]
            for one in series:
                before = last.get(one.form)
                if before is not None and one.start == before[1] + 1 and one.start > 1:
                    one.after = before[0]
                last[one.form] = (one, _value(one.members[-1]))

    def written_at(self, owner: Part | Item | None, index: int) -> str | None:
        """The ordinal (any value) to be followed at a place of a list: empty where points stand without; None where
        the list was empty.
        """
        written = self._written.get(_key(owner), [])
        if not written:
            return None
        before = [ordinal for ordinal in written[: index + 1] if ordinal]
        return before[-1] if before else next(filter(None, written), "")

    def was_in(self, owner: Part | Item | None, member: Numbered) -> bool:
        """Whether the member stood in that list before."""
        return any(member is one for one in self._lists.get(_key(owner), ([], []))[0])

    def settle(self, report: Report, *, by_slot: bool = False) -> None:
        """Number anew every list that has changed, and those that count on from one. Raises EditError.

        Newcomers must bear an ordinal of the form wanted already, of any value. `by_slot`: members changed places, so
        that each place keeps its series.
        """
        ends: dict[int, int] = {}
        for owner, members in lists_of(report):
            were, series = self._lists.get(_key(owner), ([], []))
            changed = len(were) != len(members) or any(a is not b for a, b in zip(were, members, strict=True))
            label = _labels(were, series, members, by_slot=by_slot) if changed else _own(series, members)
            for one in _distinct(label):
                mine = [m for m, its in zip(members, label, strict=True) if its is one]
                start = ends.get(id(one.after), one.start - 1) + 1 if one.after is not None else one.start
                if changed or start != one.start:
                    for value, member in enumerate(mine, start=start):
                        member.ordinal = renumbered(member.ordinal, value)
                ends[id(one)] = _value(mine[-1])


def _key(owner: Part | Item | None) -> int:
    return id(owner) if owner is not None else 0


def _value(member: Numbered) -> int:
    found = match_ordinal(f"{member.ordinal}　")
    return found.value if found is not None else 0


def _distinct(label: Sequence[Series | None]) -> list[Series]:
    found: list[Series] = []
    for one in label:
        if one is not None and not any(one is other for other in found):
            found.append(one)
    return found


def _own(series: list[Series], members: Sequence[Numbered]) -> list[Series | None]:
    """The series that each member is of."""
    return [next((one for one in series if any(m is member for m in one.members)), None) for member in members]


def _labels(
    were: list[Numbered], series: list[Series], members: Sequence[Numbered], *, by_slot: bool
) -> list[Series | None]:
    """The series that each numbered member counts in now: its own where that is in order, else its neighbour's."""
    if by_slot and len(were) == len(members):
        return _own(series, were)
    own = _own(series, members)
    kept = _in_order([(at, _index(series, one)) for at, one in enumerate(own) if one is not None])
    label = [one if at in kept else None for at, one in enumerate(own)]
    new: Series | None = None
    for at, member in enumerate(members):
        if label[at] is None and member.ordinal:
            form = form_of(member.ordinal)
            near = [one for one in (*label[:at][::-1], *label[at:]) if one is not None and one.form is form]
            if not near and form is not None:
                new = new or Series(form, 1, [])
            label[at] = near[0] if near else new
    return label


def _index(series: list[Series], one: Series) -> int:
    return next(at for at, other in enumerate(series) if other is one)


def _in_order(ranked: list[tuple[int, int]]) -> set[int]:
    """The places of the longest run of members whose series do not go back."""
    best: list[list[int]] = []
    for at, (_, rank) in enumerate(ranked):
        before = [run for run, (_, other) in zip(best, ranked[:at], strict=True) if other <= rank]
        best.append([*max(before, key=len, default=[]), at])
    return {ranked[at][0] for at in max(best, key=len, default=[])}
