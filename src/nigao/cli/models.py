"""The shapes of `--json` output that no other layer needs; the HTTP API will serve the same."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field

from nigao.checks.result import CheckResult
from nigao.drafting.record import DraftRecord
from nigao.report.model import Report


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
    suspicious: list[SuspiciousText] = Field(default_factory=list)
    embedded: int
    note: str


class DocumentView(_Output):
    """A document as recorded; `evidence` says whether it may be cited today, `why_not` the reason if not."""

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
    """A stored report's latest revision."""

    id: str
    revision: int
    kind: str
    title: str
    unit: str
    author: str
    created_at: str
    content_hash: str


class Health(_Output):
    """One thing that `doctor` looked at. `ok` is None for a note."""

    name: str
    ok: bool | None
    detail: str


class DoctorOutput(_Output):
    """All that `doctor` looked at."""

    version: str
    items: list[Health] = Field(default_factory=list)
