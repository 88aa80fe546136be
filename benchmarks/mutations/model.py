"""What a mutation is: a clean text, one defect put into it at a known place, and the rule families that may find it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from random import Random
from typing import TypeVar

from nigao.checks.finding import Finding
from nigao.report.brief import Brief
from nigao.report.model import Report
from nigao.report.render import PieceKind, pieces
from nigao.text.spans import Span

Place = tuple[int, int]
T = TypeVar("T")


class Group(StrEnum):
    """Whether a defect shows in the form of the text, or only to who knows the facts."""

    MECHANICAL = "mechanical"
    SEMANTIC = "semantic"


@dataclass(frozen=True, slots=True)
class Body(Span):
    """A body sentence: its place in the whole text and the key of its part (empty in the opening)."""

    part: str
    heading: bool = False


@dataclass(frozen=True)
class Beyond:
    """What operators may borrow from outside the text: sentences of 范文 and of other units, and replaced titles."""

    exemplars: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    superseded: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Clean:
    """A clean report. `typed`: read from plain text, else drafted with its citations. Offsets index `text`."""

    name: str
    text: str
    report: Report
    typed: bool
    parse: Callable[[str], Report]
    check: Callable[[Report], list[Finding]]
    check_alone: Callable[[Report], list[Finding]]
    brief: Brief | None = None
    beyond: Beyond = field(default_factory=Beyond)

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """The sentences of opening and parts with their places, part headings and closing lines left out."""
        found: list[Body] = []
        keys = {id(part.heading): part.key for part in self.report.parts}
        offset, part = 0, ""
        for piece in pieces(self.report):
            offset += len(piece.gap)
            if piece.sentence is not None:
                part = keys.get(id(piece.sentence), part)
                if piece.kind in (PieceKind.BODY, PieceKind.ITEM_HEADING):
                    heading = piece.kind is PieceKind.ITEM_HEADING
                    found.append(Body(offset, offset + len(piece.text), piece.text, part, heading))
            offset += len(piece.text)
        return tuple(found)

    @cached_property
    def shielded(self) -> tuple[Place, ...]:
        """Places of 《titles》 and “quoted words”, whose inside is exact."""
        return tuple(
            (m.start(), m.end()) for m in re.finditer("《[^《》\n]*》|“[^“”\n]*”|[〔\\[][^〔〕\n]{0,9}〕", self.text)
        )

    @cached_property
    def baseline(self) -> list[Finding]:
        """What the checker says about the clean text."""
        return self.check(self.report)

    @cached_property
    def alone(self) -> Clean:
        """The same text with no corpus and no brief to hold it against."""
        return replace(self, check=self.check_alone, brief=None)

    def matches(self, pattern: str, *, shielded: bool = False) -> list[re.Match[str]]:
        """Matches inside one body sentence; with `shielded` also those inside titles and quotations."""
        compiled = re.compile(pattern)
        found = [m for b in self.bodies for m in compiled.finditer(self.text, b.start, b.end)]
        return found if shielded else [m for m in found if not self.is_shielded(m.start(), m.end())]

    def is_shielded(self, start: int, end: int) -> bool:
        """Whether the place touches the inside of a title, a quotation or a document number's year."""
        return any(a < end and start < b for a, b in self.shielded)

    def body_at(self, offset: int) -> Body | None:
        """The body sentence that holds the offset."""
        return next((b for b in self.bodies if b.start <= offset < b.end), None)


@dataclass(frozen=True, slots=True)
class Edit:
    """Write `new` instead of the characters `start:end` of the clean text."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """A defect: its edits in order, other places of the clean text that it concerns, and parts that it concerns."""

    edits: tuple[Edit, ...]
    also: tuple[Place, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mutated:
    """A text with one defect. `start:end` is the changed place; `accepts` are prefixes of codes that may tell of it."""

    text: str
    start: int
    end: int
    kind: str
    accepts: tuple[str, ...]
    change: Change

    @property
    def places(self) -> Iterator[Place]:
        """The edited places in this text, then the other places that the defect concerns."""
        shift = 0
        for edit in self.change.edits:
            yield edit.start + shift, edit.start + shift + len(edit.new)
            shift += len(edit.new) - (edit.end - edit.start)
        for start, end in self.change.also:
            yield self.moved(start), self.moved(end)

    def moved(self, offset: int) -> int:
        """Where an offset of the clean text is now."""
        return offset + sum(len(e.new) - (e.end - e.start) for e in self.change.edits if e.end <= offset)

    def origin(self, offset: int) -> int | None:
        """Where an offset of this text was in the clean one; None inside what was written anew."""
        shift = 0
        for edit in self.change.edits:
            start = edit.start + shift
            if offset < start:
                break
            if offset < start + len(edit.new):
                return None
            shift += len(edit.new) - (edit.end - edit.start)
        return offset - shift


OperatorFunction = Callable[[Clean, Random], Change | None]


@dataclass(frozen=True, slots=True)
class Operator:
    """One kind of defect. The function returns None where a text gives no occasion for it. `alone`: the defect is to be
    found with no corpus to hold the text against.
    """

    kind: str
    group: Group
    accepts: tuple[str, ...]
    function: OperatorFunction
    alone: bool = False

    def apply(self, clean: Clean, rng: Random) -> Mutated | None:
        """Put the defect into the text at a random place."""
        change = self.function(clean, rng)
        if change is None:
            return None
        text = edited(clean.text, change.edits)
        if text == clean.text:
            return None
        first, last = change.edits[0], change.edits[-1]
        end = len(text) - (len(clean.text) - last.end)
        return Mutated(text, first.start, end, self.kind, self.accepts, change)


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with the edits made; they are in order and do not overlap."""
    out, done = "", 0
    for edit in edits:
        out += text[done : edit.start] + edit.new
        done = edit.end
    return out + text[done:]


OPERATORS: dict[str, Operator] = {}


def operator(
    kind: str, group: Group, *accepts: str, alone: bool = False
) -> Callable[[OperatorFunction], OperatorFunction]:
    """Register an operator under the name of its defect. `accepts` are prefixes of rule codes."""

    def register(function: OperatorFunction) -> OperatorFunction:
        if kind in OPERATORS:
            raise ValueError(f"{kind} is registered twice")
        OPERATORS[kind] = Operator(kind, group, accepts, function, alone)
        return function

    return register


def one(rng: Random, choices: Sequence[T]) -> T | None:
    """One of them at random, or None of none."""
    return rng.choice(choices) if choices else None


def replaced(found: re.Match[str], new: str, group: int | str = 0) -> Change:
    """The change that writes `new` for a group of the match."""
    return Change((Edit(found.start(group), found.end(group), new),))


def all_operators() -> list[Operator]:
    """Every operator, mechanical ones first."""
    from benchmarks.mutations import carried, figures, forms, marks, phrases, residue, stances, typos  # noqa: F401

    return sorted(OPERATORS.values(), key=lambda o: (o.group, o.kind))
