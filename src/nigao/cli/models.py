"""The shapes of `--json` output that no other layer needs; the HTTP API will serve the same."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field

from nigao.checks.result import CheckResult
from nigao.checks.waiving import Waived
from nigao.drafting.record import DraftRecord
from nigao.report.editing.diff import Change
from nigao.report.model import Remark, Report


class _Output(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SearchHit(_Output):
    """One passage found. `lexical` and `dense` are None where that side did not rank it."""

    passage_id: str
    document_id: str
    title: str
    locator: str
    text: str
    score: float
    lexical: float | None
    dense: float | None


class RefusedDocument(_Output):
    """A document turned away at the door."""

    document_id: str
    title: str
    path: str
    reason: str
    message: str


class PendingDocument(_Output):
    """Bytes that wait for a person's approval, or were sent back."""

    document_id: str
    title: str
    path: str
    message: str


class SuspiciousText(_Output):
    """Words in an admitted document that look written for a language model; drafting does not use them."""

    document_id: str
    title: str
    locator: str
    excerpt: str
    why: str


class SyncOutput(_Output):
    """What a sync did; ids by outcome, what looks written for a model, and how many texts were embedded."""

    admitted: list[str]
    unchanged: list[str]
    withdrawn: list[str]
    refused: list[RefusedDocument]
    pending: list[PendingDocument] = Field(default_factory=list)
    suspicious: list[SuspiciousText] = Field(default_factory=list)
    embedded: int
    note: str


class DocumentView(_Output):
    """A document as recorded; `evidence` says whether it may be cited today, `why_not` the reason if not, `waiting`
    what else waits for approval or was sent back. `visible_to` is empty where everybody may see it.
    """

    id: str
    title: str
    role: str
    issuer: str
    number: str
    approved_by: str
    approved_on: dt.date | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    status: str
    evidence: bool
    why_not: str
    sha256: str
    passages: int
    visible_to: list[str] = Field(default_factory=list)
    waiting: str = ""


class VersionInForce(_Output):
    """A document's version that was in force on a date: from `started_on` until before `ended_on`. `end_reason` is
    empty, `replaced`, `reapproved`, `revoked`, `withdrawn` or `refused`; `text` is given for a single document only.
    """

    id: str
    title: str
    role: str
    issuer: str
    number: str
    approved_by: str
    approved_on: dt.date | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    version: int
    sha256: str
    started_on: dt.date
    ended_on: dt.date | None
    end_reason: str
    text: str | None = None


class AffectedSentence(_Output):
    """A sentence that rests on a document: where it stands, what it says, and where in the document it rests."""

    part: str
    heading: str
    ordinal: str
    text: str
    passage_id: str
    locator: str


class AffectedReport(_Output):
    """A stored report with the sentences that rest on a document."""

    id: str
    revision: int
    title: str
    unit: str
    sentences: list[AffectedSentence]


class ImpactOutput(_Output):
    """What rests on a document; `why_not` is empty while the document is evidence."""

    document_id: str
    title: str
    why_not: str
    reports: list[AffectedReport]


class DraftOutput(CheckResult):
    """A draft: the checked view, the report itself, where it was written, what is still to be supplied, and how a model
    made it (null offline).
    """

    report_id: str
    files: list[str]
    placeholders: list[str]
    origins: dict[str, int]
    report: Report
    record: DraftRecord | None = None


class RuleView(_Output):
    """A rule as documented."""

    code: str
    severity: str
    title: str
    why: str
    authority: str
    basis: str
    bad: str
    good: str


class ReportView(_Output):
    """A stored report's latest revision. `stage` is draft (讨论稿), submitted (送审稿) or approved (已签发)."""

    id: str
    revision: int
    kind: str
    title: str
    unit: str
    author: str
    created_at: str
    content_hash: str
    stage: str = "draft"


class SignoffView(_Output):
    """A step of sign-off: `state` is submitted, approved or returned; `waived` what stood by a waiver on submission."""

    revision: int
    state: str
    content_hash: str
    by: str
    at: str
    note: str
    waived: list[Waived] = Field(default_factory=list)


class StatusView(_Output):
    """Where a report stands. `told` says it in Chinese; `lapsed_by` is the revision that made the last step void."""

    id: str
    revision: int
    content_hash: str
    stage: str
    label: str
    told: str
    lapsed_by: int | None
    steps: list[SignoffView]


class RevisionView(_Output):
    """One revision: `act` is draft, edit, undo, redo or restore, `restores` whose content it brought back."""

    revision: int
    created_at: str
    author: str
    act: str
    reason: str
    restores: int | None
    command_json: str
    content_hash: str
    title: str
    signoffs: list[SignoffView] = Field(default_factory=list)


class ImportedView(_Output):
    """What one person changed in an edited Word copy."""

    author: str
    revision: int
    changes: list[Change]
    remarks: list[Remark]


class ImportView(_Output):
    """What became of an edited copy made from revision `base`: a revision for each person; `not_taken` tells in words
    what is in the file and not in the report. With `dry_run` nothing was written.
    """

    id: str
    base: int
    dry_run: bool
    revisions: list[ImportedView]
    not_taken: list[str]


class Health(_Output):
    """One thing that `doctor` looked at. `ok` is None for a note."""

    name: str
    ok: bool | None
    detail: str


class DoctorOutput(_Output):
    """All that `doctor` looked at."""

    version: str
    items: list[Health] = Field(default_factory=list)
