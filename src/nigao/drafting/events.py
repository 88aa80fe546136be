"""What a running draft tells: one typed stream, which the command line shows and a service can forward as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from nigao.checks.finding import Finding
from nigao.drafting.record import DraftRecord, Usage
from nigao.report.model import Item, Part, Repair, Sentence


class _Event(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartEvent(_Event):
    """A part has been laid out by the composer (`begun`) or is settled (`finished`)."""

    type: Literal["part"] = "part"
    part: str
    heading: str
    state: Literal["begun", "finished"]


class SentenceEvent(_Event):
    """A sentence as it now stands. `path` leads to its item (indexes of item and point; empty for the part's lead),
    `position` is its index there (-1 for the item's heading) and `count` how many sentences stand there now: what a
    reader holds beyond that is gone.
    """

    type: Literal["sentence"] = "sentence"
    part: str
    path: tuple[int, ...]
    position: int
    count: int
    sentence: Sentence


class FindingEvent(_Event):
    """What the checks say of the finished report."""

    type: Literal["finding"] = "finding"
    finding: Finding


class RepairEvent(_Event):
    """A model's sentence was not let through as it was: why, and what came of it (`now` is empty where it was left
    out).
    """

    type: Literal["repair"] = "repair"
    part: str
    was: str
    reasons: tuple[str, ...]
    now: str = ""
    repair: Repair | None = None


class TroubleEvent(_Event):
    """The model could not be used for something; the composer's text stands there."""

    type: Literal["trouble"] = "trouble"
    part: str
    message: str


class UsageEvent(_Event):
    """What has been used so far."""

    type: Literal["usage"] = "usage"
    usage: Usage


class DoneEvent(_Event):
    """The draft is stored; always the last event. `record` is None for an offline draft."""

    type: Literal["done"] = "done"
    report_id: str
    record: DraftRecord | None = None


DraftEvent = Annotated[
    PartEvent | SentenceEvent | FindingEvent | RepairEvent | TroubleEvent | UsageEvent | DoneEvent,
    Field(discriminator="type"),
]
Emit = Callable[[DraftEvent], None]


def part_events(part: Part) -> Iterator[DraftEvent]:
    """All sentences of a part as events, in reading order."""
    yield from run_events(part.key, (), None, part.lead)
    for i, item in enumerate(part.items):
        yield from _item_events(part.key, (i,), item)


def _item_events(part: str, path: tuple[int, ...], item: Item) -> Iterator[DraftEvent]:
    yield from run_events(part, path, item, item.sentences)
    for i, inner in enumerate(item.items):
        yield from _item_events(part, (*path, i), inner)


def run_events(part: str, path: tuple[int, ...], item: Item | None, sentences: list[Sentence]) -> Iterator[DraftEvent]:
    """The sentences of one run, the item's heading first."""
    count = len(sentences)
    if item is not None and item.heading is not None:
        yield SentenceEvent(part=part, path=path, position=-1, count=count, sentence=_copy(item.heading))
    for position, sentence in enumerate(sentences):
        yield SentenceEvent(part=part, path=path, position=position, count=count, sentence=_copy(sentence))


def _copy(sentence: Sentence) -> Sentence:
    # The report goes on changing; what was told stays as it was told.
    return sentence.model_copy(deep=True)
