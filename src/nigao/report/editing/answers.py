"""The pairing after a change: measures go on answering the problems they meant, under the numbers these have now."""

from __future__ import annotations

from nigao.report.kinds import Kind
from nigao.report.model import Item, Part, Report
from nigao.report.pairing import answering_parts


class Answers:
    """Which problem each measure answered, as the very items, to be told in numbers again once these have moved."""

    def __init__(self, report: Report, kind: Kind) -> None:
        self._parts = [(part, answered, list(answered.items)) for part, answered in answering_parts(report, kind)]
        self._measures = [
            (item, [problems[number - 1] for number in item.addresses if 1 <= number <= len(problems)])
            for part, _, problems in self._parts
            for item in _all(part)
        ]
        self._instead: list[tuple[Item, list[Item]]] = []

    def replace(self, old: Item, new: list[Item]) -> None:
        """From now on these items are what the old one was: halves of it, or the one that it became part of."""
        self._instead.append((old, new))

    def meant_by(self, measure: Item) -> list[Item]:
        """The problems that a measure answered."""
        return next((problems for item, problems in self._measures if item is measure), [])

    def means(self, measure: Item, problems: list[Item]) -> None:
        """Record what a measure that is new, or has grown, answers."""
        self._measures = [known for known in self._measures if known[0] is not measure]
        self._measures.append((measure, problems))

    def settle(self, report: Report) -> None:
        """Write the numbers anew; what has left the answering part answers nothing."""
        parts = [known for known in self._parts if any(known[0] is part for part in report.parts)]
        inside = [(item, answered) for part, answered, _ in parts for item in _all(part)]
        for measure, problems in self._measures:
            answered = next((answered for item, answered in inside if item is measure), None)
            places = [] if answered is None else [_number(item, answered) for item in self._now(problems)]
            measure.addresses = sorted({place for place in places if place})

    def _now(self, problems: list[Item]) -> list[Item]:
        for old, new in self._instead:
            problems = [item for problem in problems for item in (new if problem is old else [problem])]
        return problems


def _all(part: Part) -> list[Item]:
    found: list[Item] = []
    waiting = list(part.items)
    while waiting:
        found.append(waiting.pop(0))
        waiting[:0] = found[-1].items
    return found


def _number(item: Item, answered: Part) -> int:
    return next((at for at, other in enumerate(answered.items, start=1) if other is item), 0)
