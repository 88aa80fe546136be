"""Sentences put into runs and taken out of them, the topic sentence of a run-in item included."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nigao.errors import EditError
from nigao.report.editing.gaps import put_in, take_out
from nigao.report.editing.marks import closed
from nigao.report.editing.seats import Seat
from nigao.report.model import Item, Part, Report, Sentence
from nigao.report.places import place_of, told

_TOPIC_LENGTH = range(6, 25)
_NO_TOPIC = re.compile(r"[\d《：；]")


def may_head(text: str) -> bool:
    """Whether a sentence has the form of a run-in topic sentence: short, plain and closed by 。"""
    return (
        text.endswith("。") and len(text) - 1 in _TOPIC_LENGTH and not _NO_TOPIC.search(text) and text.count("，") < 2
    )


def reads_on(report: Report, seat: Seat) -> bool:
    """Whether the sentence stands in running text: no title, and no heading on a line of its own."""
    place = place_of(report, seat.sentence)
    return place is not None and place.sentence != 0 and not (seat.is_heading and isinstance(seat.owner, Report))


def require_running(report: Report, seat: Seat, what: str) -> None:
    """Raises EditError for a title or a heading on a line of its own."""
    if reads_on(report, seat):
        return
    place = place_of(report, seat.sentence)
    where = told(report, place) if place is not None else ""
    raise EditError(f"标题不能{what}", where=where, fix="要改标题，写出新的标题；要动整条，写明第几条")


def run_of(seat: Seat) -> list[Sentence]:
    """The sentences that are read in one run with this one, the topic sentence first."""
    if isinstance(seat.owner, Item):
        head = [seat.owner.heading] if seat.owner.heading is not None else []
        return head + seat.owner.sentences
    return seat.held if seat.held is not None else [seat.sentence]


def remove(seat: Seat, *, parsed: bool) -> None:
    """Take the sentence out of its run; behind a topic sentence, the next may become the topic."""
    owner = seat.owner
    if seat.held is not None:
        take_out(seat.held, _index(seat.held, seat.sentence))
    elif isinstance(owner, Item):
        _set_run(owner, owner.sentences, seat.sentence.gap, parsed=parsed)


def insert(seat: Seat, sentences: Sequence[Sentence], *, behind: bool, parsed: bool) -> None:
    """Put sentences before or behind the seat's one."""
    owner = seat.owner
    if seat.held is not None:
        at = _index(seat.held, seat.sentence) + behind
        own = isinstance(owner, Item) and owner.heading is not None and at == 0 and seat.held[0].gap == ""
        put_in(seat.held, at, sentences, parsed=parsed)
        if own:
            seat.held[0].gap = ""
    elif isinstance(owner, (Part, Item)) and behind:
        put_in(owner.lead if isinstance(owner, Part) else owner.sentences, 0, sentences, parsed=parsed)
    elif isinstance(owner, Item) and owner.heading is not None:
        gap = owner.heading.gap
        _set_run(owner, [*sentences, owner.heading, *owner.sentences], gap, parsed=parsed)


def put_instead(seat: Seat, sentences: Sequence[Sentence], *, parsed: bool) -> None:
    """Put sentences in the place of the seat's one."""
    gap, owner = seat.sentence.gap, seat.owner
    if seat.held is not None:
        at = _index(seat.held, seat.sentence)
        for sentence in sentences:
            sentence.gap = "" if parsed else None
        sentences[0].gap = gap
        seat.held[at : at + 1] = sentences
    elif isinstance(owner, Item):
        _set_run(owner, [*sentences, *owner.sentences], gap, parsed=parsed)


def exchange(one: Seat, other: Seat) -> None:
    """Let two sentences change places; the gaps stay where they are."""
    one.sentence.gap, other.sentence.gap = other.sentence.gap, one.sentence.gap
    for seat, sentence in ((one, other.sentence), (other, one.sentence)):
        if seat.held is not None:
            seat.held[seat.index] = sentence
        elif not isinstance(seat.owner, Report):
            sentence.text = closed(sentence.text)
            seat.owner.heading = sentence


def _set_run(item: Item, run: Sequence[Sentence], gap: str | None, *, parsed: bool) -> None:
    """Make an item's run of these sentences; the first is its topic where it may be one, and stands behind `gap`."""
    first = run[0] if run else None
    was, count = item.heading, len(run)
    heads = first is not None and (first is was or (may_head(first.text) and count > 1))
    for sentence in run:
        if sentence is was or sentence.gap is None:
            sentence.gap = "" if parsed else None
    if first is not None:
        first.gap = gap
    item.heading = first if heads else None
    item.sentences[:] = run[1:] if heads else run


def _index(held: list[Sentence], sentence: Sentence) -> int:
    return next(at for at, other in enumerate(held) if other is sentence)
