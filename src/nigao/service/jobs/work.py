"""What the kinds of jobs do: a draft, vectors for what was approved, the corpus brought in step with its manifest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from nigao.assistant import Assistant
from nigao.report.brief import Brief
from nigao.store import JobRecord
from nigao.views.corpus import SyncOutput, sync_output

Tell = Callable[[BaseModel], None]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DraftRequest(_Model):
    """A report to be drafted: `part` limits it to one part and those it answers; `offline` leaves the model out."""

    brief: Brief
    part: str = ""
    offline: bool = False


class DraftResult(_Model):
    """What a draft came to: the stored report, and whether it still has errors or blanks."""

    report_id: str
    revision: int
    errors: int
    placeholders: list[str] = Field(default_factory=list)


class ProgressEvent(_Model):
    """How far counted work is."""

    type: Literal["progress"] = "progress"
    done: int
    total: int


class EmbedResult(_Model):
    """How many texts were given a vector; `note` says how search stands."""

    embedded: int
    note: str


@dataclass(slots=True)
class Stop:
    """Asks running work to end. `asked` is looked at between steps; `hear` is told at once, also when too late."""

    asked: bool = False
    _heard: list[Callable[[], None]] = field(default_factory=list)

    def ask(self) -> None:
        """Ask for an end; from any thread."""
        self.asked = True
        for hear in list(self._heard):
            hear()

    def on(self, hear: Callable[[], None]) -> None:
        """Have somebody told."""
        self._heard.append(hear)
        if self.asked:
            hear()


class StoppedError(Exception):
    """Counted work was asked to end between two steps."""


Work = Callable[[Assistant, JobRecord, Tell, Stop], BaseModel]


def draft(assistant: Assistant, job: JobRecord, tell: Tell, stop: Stop) -> DraftResult:
    """Draft a report and keep it as made for this job: killed right afterwards, it is not made a second time."""
    asked = DraftRequest.model_validate_json(job.request_json)
    run = assistant.start(asked.brief, part=asked.part, offline=asked.offline, author=job.person, job=job.id)
    stop.on(run.cancel)
    made = run.wait(tell)
    return DraftResult(
        report_id=made.id, revision=made.revision, errors=len(made.errors), placeholders=made.placeholders
    )


def embed(assistant: Assistant, job: JobRecord, tell: Tell, stop: Stop) -> EmbedResult:
    """Give what was approved its vectors."""
    embedded = assistant.embed(progress=_progress(tell, stop))
    return EmbedResult(embedded=embedded, note=assistant.hybrid.status().note)


def sync(assistant: Assistant, job: JobRecord, tell: Tell, stop: Stop) -> SyncOutput:
    """Bring the corpus in step with the workspace's manifest, vectors included."""
    result = assistant.corpus.sync(progress=_progress(tell, stop))
    embedded = assistant.embed(progress=_progress(tell, stop))
    return sync_output(result, embedded, assistant.hybrid.status().note)


def _progress(tell: Tell, stop: Stop) -> Callable[[int, int], None]:
    def told(done: int, total: int) -> None:
        tell(ProgressEvent(done=done, total=total))
        if stop.asked:
            raise StoppedError

    return told


KINDS: dict[str, Work] = {"draft": draft, "embed": embed, "sync": sync}
