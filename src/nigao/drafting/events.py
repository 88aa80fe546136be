"""What a running draft tells: one typed stream, which the command line shows and a service can forward as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from nigao.checks.finding import Finding
from nigao.drafting.record import DraftRecord, Usage
from nigao.report.model import Repair, Sentence


class _Event(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartEvent(_Event):
    """A part has been laid out by the composer (`begun`) or is settled (`finished`)."""

    type: Literal["part"] = "part"
    part: str
    heading: str
    state: Literal["begun", "finished"]


class SentenceEvent(_Event):
    """A sentence that has passed the checks, at its place: the indexes of part item, point, sentence; a sentence of the
    part's lead has one index. A later event for the same place replaces it.
    """

    type: Literal["sentence"] = "sentence"
    part: str
    path: tuple[int, ...]
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
