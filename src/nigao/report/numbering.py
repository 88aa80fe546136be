"""The ordinals of a report in reading order, and what is wrong with their sequence: no rule, no message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from nigao.report.model import Report
from nigao.report.render import PieceKind, pieces
from nigao.text.ordinals import HEADING_LEVEL, Ordinal, OrdinalForm, format_ordinal, match_ordinal
from nigao.text.runningordinals import Stray, stray_ordinals

_INLINE = (OrdinalForm.ENUMERATION, OrdinalForm.RANK)
_CLOSED = re.compile("[。；！？：:，,;]$")
# 附件1.甲 and 注：1、乙 begin a list whose further lines are numbered 2 and on.
_HIDDEN_FIRST = re.compile(r"[^。；，\d\n]{1,12}?[：:]?\s*1\s*(?:[.．](?!\d)|、)")
# 4.2.1 numbers sections of a plan.
_DECIMAL = re.compile(r"\d{1,2}(?:[.．]\d{1,2})+(?!\d*[%％])")
_INTRODUCES = re.compile("[：:]$|如下|以下|下列|分别|包括")
_HEADING_LONGEST = 40
# 一是 and 第一， stand below every heading. The next sister is looked for so many steps ahead.
_DEEPEST = 6
_AHEAD = 400


class Fault(StrEnum):
    """What an ordinal does wrong where it stands."""

    GAP = "gap"
    REPEATED = "repeated"
    RESTARTED = "restarted"
    NOT_FIRST = "not_first"
    MIXED = "mixed"
    INVERTED = "inverted"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class PlacedOrdinal:
    """An ordinal at `start:end` of the report's text."""

    form: OrdinalForm
    value: int
    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset just behind the ordinal."""
        return self.start + len(self.text)

    @property
    def level(self) -> int:
        """1 to 5 for headings, 6 for 一是 and 第一，."""
        return HEADING_LEVEL[self.form]


@dataclass(frozen=True, slots=True)
class Misnumbered:
    """One faulty ordinal. `wanted` is the value it should have; `sister` is the one it is held against."""

    fault: Fault
    ordinal: PlacedOrdinal
    wanted: int
    sister: PlacedOrdinal | None = None


@dataclass(frozen=True, slots=True)
class _Boundary:
    """A place behind which a list may begin anew: an unnumbered heading, or words that introduce a list."""

    whole: bool


def misnumbered(report: Report, text: str) -> list[Misnumbered]:
    """Every fault in the report's numbering, in reading order. `text` is the report's text."""
    strays = [_mixed(stray) for stray in stray_ordinals(text)]
    steps = list(_steps(report, text, strays))
    sequence = _Sequence(faults=strays.copy())
    for at, step in enumerate(steps):
        if isinstance(step, PlacedOrdinal):
            sequence.take(step, _following(steps, at))
        else:
            sequence.pass_boundary(step)
    sequence.close(_DEEPEST)
    return sorted(sequence.faults, key=lambda fault: fault.ordinal.start)


def _mixed(stray: Stray) -> Misnumbered:
    ordinal, sister = stray.ordinal, stray.sister
    return Misnumbered(
        Fault.MIXED,
        PlacedOrdinal(ordinal.form, ordinal.value, ordinal.text, stray.start),
        ordinal.value,
        PlacedOrdinal(sister.form, sister.value, sister.text, stray.sister_start),
    )


@dataclass(frozen=True, slots=True)
class _Following:
    """What comes behind an ordinal: the next of its own form in its list, the very next one, and that one's next."""

    sister: PlacedOrdinal | None = None
    next: PlacedOrdinal | None = None
    then: PlacedOrdinal | None = None


def _following(steps: list[PlacedOrdinal | _Boundary], at: int) -> _Following:
    ordinal = steps[at]
    behind = [step for step in steps[at + 1 : at + _AHEAD] if isinstance(step, PlacedOrdinal)]
    assert isinstance(ordinal, PlacedOrdinal)
    if not behind:
        return _Following()
    then = next((step for step in behind[1:] if step.form is behind[0].form), None)
    for step in behind:
        if step.form is ordinal.form:
            return _Following(step, behind[0], then)
        if step.level < ordinal.level:
            break
    return _Following(None, behind[0], then)


def _steps(report: Report, text: str, strays: list[Misnumbered]) -> Iterator[PlacedOrdinal | _Boundary]:
    """The ordinals and boundaries in reading order; what goes on in another form inside a line, as it is meant."""
    meant = [_as_meant(stray, _Following()) for stray in reversed(strays)]
    offset = 0
    for piece in pieces(report):
        offset += len(piece.gap)
        starts_line = "\n" in piece.gap or offset == 0
        found = match_ordinal(text, offset)
        if piece.kind is PieceKind.TITLE:
            found = None
        numbered = piece.kind is PieceKind.ORDINAL or (found is not None and _may_number(found, starts_line))
        if found is not None and numbered and found.form in HEADING_LEVEL:
            yield PlacedOrdinal(found.form, found.value, found.text, offset)
        while meant and meant[-1].start < offset + len(piece.text):
            yield meant.pop()
        if piece.kind is not PieceKind.ORDINAL:
            yield from _words(piece.text, offset, starts_line)
        offset += len(piece.text)


def _may_number(found: Ordinal, starts_line: bool) -> bool:
    return starts_line or found.form in _INLINE


def _words(words: str, offset: int, starts_line: bool) -> Iterator[PlacedOrdinal | _Boundary]:
    """The boundary that a sentence makes, and the first number of a list that begins inside its line."""
    hidden = _HIDDEN_FIRST.match(words) if starts_line else None
    if hidden is not None:
        yield _Boundary(whole=True)
        first = PlacedOrdinal(OrdinalForm.ARABIC, 1, hidden.group(), offset)
        yield first
    elif starts_line and (_is_bare_heading(words) or _DECIMAL.match(words) or _heads_rules(words)):
        yield _Boundary(whole=True)
    elif _INTRODUCES.search(words):
        yield _Boundary(whole=False)


def _is_bare_heading(words: str) -> bool:
    """Whether a line of its own is short and no mark closes it."""
    return len(words) <= _HEADING_LONGEST and not _CLOSED.search(words)


def _heads_rules(words: str) -> bool:
    """Whether 第五条 or 第二章 stands there: it heads what follows."""
    found = match_ordinal(words)
    return found is not None and found.form not in HEADING_LEVEL


@dataclass(slots=True)
class _Sequence:
    """Takes ordinals in reading order. `open` holds the last ordinal of each list still open, by form."""

    faults: list[Misnumbered] = field(default_factory=list)
    open: dict[OrdinalForm, PlacedOrdinal] = field(default_factory=dict)
    runs: dict[OrdinalForm, int] = field(default_factory=dict)
    fresh: set[OrdinalForm] = field(default_factory=set)
    before: PlacedOrdinal | None = None
    unbounded: bool = True

    def take(self, ordinal: PlacedOrdinal, following: _Following) -> None:
        """The next ordinal. A single wrong one is read as what belongs there, so that those behind it stay right."""
        sister = self.open.get(ordinal.form)
        fault = self._fault(ordinal, sister, following)
        if fault is not None:
            self.faults.append(fault)
            ordinal = _as_meant(fault, following)
            sister = self.open.get(ordinal.form)
        if ordinal.value == 1 and sister is not None and fault is None:
            self._lone(sister)
        self.close(ordinal.level + 1)
        for form in [f for f in self.open if HEADING_LEVEL[f] == ordinal.level and f is not ordinal.form]:
            del self.open[form]
        self.open[ordinal.form] = ordinal
        self.runs[ordinal.form] = ordinal.value
        self.fresh.discard(ordinal.form)
        self.before, self.unbounded = ordinal, True

    def pass_boundary(self, boundary: _Boundary) -> None:
        self.fresh.update(self.open)
        if boundary.whole:
            self.unbounded = False

    def close(self, level: int) -> None:
        """The lists of this level and below are over."""
        for form in [f for f in self.open if HEADING_LEVEL[f] >= level]:
            self._lone(self.open.pop(form))

    def _lone(self, last: PlacedOrdinal) -> None:
        if last.value == 1 and last.form in _INLINE:
            self.faults.append(Misnumbered(Fault.ALONE, last, 2))

    def _fault(self, ordinal: PlacedOrdinal, sister: PlacedOrdinal | None, following: _Following) -> Misnumbered | None:
        if sister is not None:
            return self._against_sister(ordinal, sister, following)
        if ordinal.value == 1:
            deeper = [o for f, o in self.open.items() if ordinal.level < HEADING_LEVEL[f] < _DEEPEST]
            if deeper and self.unbounded and ordinal.level < _DEEPEST:
                return Misnumbered(Fault.INVERTED, ordinal, 1, deeper[0])
            return self._odd_first(ordinal, following)
        if ordinal.value == self.runs.get(ordinal.form, 0) + 1:
            return None
        before = self.before
        if before is not None and self.unbounded and before.value == ordinal.value - 1 and _alike(before, ordinal):
            return Misnumbered(Fault.MIXED, ordinal, ordinal.value, before)
        return Misnumbered(Fault.NOT_FIRST, ordinal, 1)

    def _against_sister(
        self, ordinal: PlacedOrdinal, sister: PlacedOrdinal, following: _Following
    ) -> Misnumbered | None:
        wanted = sister.value + 1
        if ordinal.value == wanted:
            mixed = ordinal.form is OrdinalForm.ENUMERATION and ordinal.text[-1] != sister.text[-1]
            return Misnumbered(Fault.MIXED, ordinal, wanted, sister) if mixed else None
        if ordinal.value == 1:
            resumed = following.sister is not None and following.sister.value == wanted + 1
            # A list may begin anew behind a heading or an introduction, an enumeration behind any words.
            inline = ordinal.form in _INLINE and sister.value > 1
            anew = (inline or ordinal.form in self.fresh) and not resumed
            odd = self._odd_first(ordinal, following)
            return odd if odd or anew else Misnumbered(Fault.RESTARTED, ordinal, wanted, sister)
        fault = Fault.REPEATED if ordinal.value <= sister.value else Fault.GAP
        return Misnumbered(fault, ordinal, wanted, sister)

    def _odd_first(self, ordinal: PlacedOrdinal, following: _Following) -> Misnumbered | None:
        """A first ordinal whose list goes on in another form (1. before （二） and （三）): it is the odd one."""
        after = following.next
        if after is None or after.form is ordinal.form or after.value != 2 or not _alike(ordinal, after):
            return None
        above = self.open.get(after.form)
        # 一、 （一） 二、: a list of one point, and the list above it goes on.
        goes_on = above is not None and above.form is not ordinal.form and above.value == 1
        alone = following.then is not None and following.then.value == 3
        return Misnumbered(Fault.MIXED, ordinal, 1, after) if alone and not goes_on else None


def _as_meant(fault: Misnumbered, following: _Following) -> PlacedOrdinal:
    """The ordinal as its list reads on: in the form of the others, and with the value that the next one continues."""
    ordinal, sister, after = fault.ordinal, fault.sister, following.sister
    if fault.fault is Fault.MIXED and sister is not None:
        circled = sister.form is OrdinalForm.CIRCLED
        text = ordinal.text if circled else format_ordinal(sister.form, ordinal.value)[:-1] + sister.text[-1]
        return PlacedOrdinal(sister.form, ordinal.value, text, ordinal.start)
    wrong_value = fault.fault in (Fault.GAP, Fault.REPEATED, Fault.RESTARTED)
    if wrong_value and after is not None and after.value == fault.wanted + 1:
        return PlacedOrdinal(ordinal.form, fault.wanted, ordinal.text, ordinal.start)
    return ordinal


def _alike(one: PlacedOrdinal, other: PlacedOrdinal) -> bool:
    """Whether two forms could number one list: both headings, or both enumerations."""
    return (one.level < _DEEPEST) == (other.level < _DEEPEST)
