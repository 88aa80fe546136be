"""What a turn tells while it runs: one typed stream, the same for the terminal, the API and the page.

Every turn ends with a `reply`. What drafting tells (`drafting.events`) passes through as it is.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from nigao.chat.commands import Command
from nigao.drafting.events import FindingEvent, PartEvent, RepairEvent, SentenceEvent, TroubleEvent, UsageEvent
from nigao.report.editing.diff import Change
from nigao.report.places import Place


class _Event(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class UnderstoodEvent(_Event):
    """How the turn was read: the command, in words, and by whom."""

    type: Literal["understood"] = "understood"
    command: Command
    label: str
    by: Literal["rules", "model"] = "rules"


class Option(_Event):
    """One way to go on: in words, and the command that it stands for."""

    label: str
    command: Command


class QuestionEvent(_Event):
    """The turn was not understood, or could be understood in more than one way: nothing was done."""

    type: Literal["question"] = "question"
    question: str
    options: tuple[Option, ...] = ()


class NoticeEvent(_Event):
    """Something to know beside the reply: that somebody else has changed the report, that an approval lapses."""

    type: Literal["notice"] = "notice"
    text: str


class TextEvent(_Event):
    """A piece of the report, or of what is told about it, as lines to read; `place` where it is one piece."""

    type: Literal["text"] = "text"
    text: str
    place: Place | None = None


class EvidenceEvent(_Event):
    """An approved passage that a sentence rests on, or that answers a question: `quote` are its own words."""

    type: Literal["evidence"] = "evidence"
    title: str
    locator: str
    quote: str
    document_id: str
    passage_id: str
    sentence: str = ""
    in_force: bool = True


class Affected(_Event):
    """A sentence that would change. `where` is its place in words; `along` tells what is reckoned anew with it."""

    place: Place
    where: str
    before: str
    after: str
    along: tuple[str, ...] = ()


class AffectedEvent(_Event):
    """What a change would touch, shown before it is made; `untouched` tells what looks alike and stays, and why."""

    type: Literal["affected"] = "affected"
    sentences: tuple[Affected, ...] = ()
    untouched: tuple[str, ...] = ()


class Verdict(StrEnum):
    """What the checks say of a sentence that a model proposes."""

    PASSED = "passed"
    PERSON = "person"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """The Chinese words a user reads."""
        return {"passed": "通过核对", "person": "需人工判断", "rejected": "未通过核对，不能采用"}[self.value]


class ProposalEvent(_Event):
    """A sentence that a model proposes in the place of `was` (empty: beside it; `now` empty: leave it out)."""

    type: Literal["proposal"] = "proposal"
    number: int
    place: Place
    was: str
    now: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()


class ChangeEvent(_Event):
    """What the new revision changed."""

    type: Literal["change"] = "change"
    revision: int
    changes: tuple[Change, ...]
    summary: str


class ConflictEvent(_Event):
    """Somebody else changed what the command is about: both sides, and nothing done. `theirs` leads from the revision
    that the command was meant for to the latest.
    """

    type: Literal["conflict"] = "conflict"
    expected: int
    actual: int
    author: str
    mine: str
    theirs: tuple[Change, ...]


class ReplyEvent(_Event):
    """The end of the turn: what to say to the person, the report and its revision now, whether this turn changed it,
    and what is waited for.
    """

    type: Literal["reply"] = "reply"
    text: str
    report_id: str = ""
    revision: int = 0
    changed: bool = False
    failed: bool = False
    waits_for: Literal["", "confirm", "proposal", "question"] = ""


# What drafting tells on the way; its end is not the turn's.
Progress = PartEvent | SentenceEvent | FindingEvent | RepairEvent | TroubleEvent | UsageEvent

ChatEvent = Annotated[
    UnderstoodEvent
    | QuestionEvent
    | NoticeEvent
    | TextEvent
    | EvidenceEvent
    | AffectedEvent
    | ProposalEvent
    | ChangeEvent
    | ConflictEvent
    | ReplyEvent
    | Progress,
    Field(discriminator="type"),
]
