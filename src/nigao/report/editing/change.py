"""One change to a report from beginning to end: what must hold afterwards is made to hold, or nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nigao.report.editing.answers import Answers
from nigao.report.editing.gaps import Gaps, is_parsed
from nigao.report.editing.marks import Marks
from nigao.report.editing.numbering import Numbering, lists_of
from nigao.report.editing.reforming import first_ordinal, reform
from nigao.report.editing.seats import unchanged_on_failure
from nigao.report.kinds import Kind
from nigao.report.model import Item, Part, Report, Sentence
from nigao.report.render import pieces


class Change:
    """What was there before the change. `by_slot` is for members that only change places."""

    def __init__(self, report: Report, kind: Kind | None) -> None:
        self.parsed = is_parsed(report)
        self.answers = Answers(report, kind) if kind is not None else None
        self.by_slot = False
        self._report = report
        self._kind = kind
        self._numbering = Numbering(report)
        self._gaps = Gaps(report)
        self._marks = Marks(report)

    def settle(self) -> None:
        """Numbers, line breaks, closing marks and pairing as they belong. Raises EditError."""
        _prune(self._report)
        self._reform_newcomers()
        self._numbering.settle(self._report, by_slot=self.by_slot)
        self._gaps.settle(self._report)
        self._marks.settle(self._report)
        if self.answers is not None:
            self.answers.settle(self._report)
        _forget_offsets(self._report)

    def _reform_newcomers(self) -> None:
        for owner, members in lists_of(self._report):
            items = [item for item in members if isinstance(item, Item)]
            sisters = [item for item in items if self._numbering.was_in(owner, item)]
            for at, item in enumerate(items if owner is not None else ()):
                if self._numbering.was_in(owner, item) or owner is None:
                    continue
                ordinal = self._numbering.written_at(owner, at)
                if ordinal is None:
                    ordinal = first_ordinal(owner, item, self._kind) if self._kind is not None else item.ordinal
                reform(item, ordinal, sisters, parsed=self.parsed)


@contextmanager
def changing(report: Report, kind: Kind | None = None) -> Iterator[Change]:
    """A change to the report; where it or its settling is refused, the report is as it was."""
    with unchanged_on_failure(report):
        change = Change(report, kind)
        yield change
        change.settle()


def _prune(report: Report) -> None:
    """Take out items in which nothing is left."""
    for owner, _ in reversed(lists_of(report)):
        if isinstance(owner, (Part, Item)):
            owner.items[:] = [item for item in owner.items if _says_something(item)]


def _says_something(item: Item) -> bool:
    return item.heading is not None or bool(item.sentences) or bool(item.items)


def _forget_offsets(report: Report) -> None:
    """Places in a text that is no longer this one would mislead."""
    for sentence in _all_sentences(report):
        sentence.start = sentence.end = None


def _all_sentences(report: Report) -> Iterator[Sentence]:
    return (piece.sentence for piece in pieces(report) if piece.sentence is not None)
