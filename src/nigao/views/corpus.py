"""Documents, passages found, what a sync did and what rests on a document, as JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from pydantic import Field

from nigao.corpus.model import Document
from nigao.retrieval.search import Hit
from nigao.retrieval.sync import SyncResult
from nigao.store import ApprovalRecord, CitedSentence, Submission
from nigao.views.view import View

_RECORDED = ("id", "title", "issuer", "number", "approved_by", "approved_on", "valid_from", "valid_to", "sha256")


class SearchHit(View):
    """One passage found. `lexical` and `dense` are None where that side did not rank it."""

    passage_id: str = Field(examples=["basis-work-rules-003-81c1b670"])
    document_id: str = Field(examples=["basis-work-rules"])
    title: str
    locator: str = Field(examples=["二（三）第2段"])
    text: str
    score: float = Field(examples=[0.83])
    lexical: float | None
    dense: float | None


class RefusedDocument(View):
    """A document turned away at the door."""

    document_id: str
    title: str
    path: str
    reason: str
    message: str


class PendingDocument(View):
    """Bytes that wait for a person's approval, or were sent back."""

    document_id: str
    title: str
    path: str
    message: str


class SuspiciousText(View):
    """Words in an admitted document that look written for a language model; drafting does not use them."""

    document_id: str
    title: str
    locator: str
    excerpt: str
    why: str


class SyncOutput(View):
    """What a sync did; ids by outcome, what looks written for a model, and how many texts were embedded."""

    admitted: list[str]
    unchanged: list[str]
    withdrawn: list[str]
    refused: list[RefusedDocument]
    pending: list[PendingDocument] = Field(default_factory=list)
    suspicious: list[SuspiciousText] = Field(default_factory=list)
    embedded: int
    note: str


class DocumentView(View):
    """A document as recorded; `evidence` says whether it may be cited today, `why_not` the reason if not, `waiting`
    what else waits for approval or was sent back. `visible_to` is empty where everybody may see it.
    """

    id: str = Field(examples=["basis-work-rules"])
    title: str
    role: str = Field(examples=["basis"])
    issuer: str
    number: str
    approved_by: str = Field(examples=["周文清"])
    approved_on: dt.date | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    status: str = Field(examples=["approved"])
    evidence: bool
    why_not: str
    sha256: str
    passages: int
    visible_to: list[str] = Field(default_factory=list)
    waiting: str = ""


class VersionInForce(View):
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


class AffectedSentence(View):
    """A sentence that rests on a document: where it stands, what it says, and where in the document it rests."""

    part: str
    heading: str
    ordinal: str
    text: str
    passage_id: str
    locator: str


class AffectedReport(View):
    """A stored report with the sentences that rest on a document."""

    id: str
    revision: int
    title: str
    unit: str
    sentences: list[AffectedSentence]


class ImpactOutput(View):
    """What rests on a document; `why_not` is empty while the document is evidence."""

    document_id: str
    title: str
    why_not: str
    reports: list[AffectedReport]


def search_hits(hits: Sequence[Hit]) -> list[SearchHit]:
    """Hits of a search, best first."""
    return [
        SearchHit(
            passage_id=hit.passage.id,
            document_id=hit.document.id,
            title=hit.document.title,
            locator=hit.passage.locator,
            text=hit.passage.text,
            score=round(hit.score, 6),
            lexical=hit.lexical,
            dense=hit.dense,
        )
        for hit in hits
    ]


def sync_output(result: SyncResult, embedded: int, note: str) -> SyncOutput:
    """What became of each file; `note` says how search stands after it."""
    return SyncOutput(
        admitted=result.admitted,
        unchanged=result.unchanged,
        withdrawn=result.withdrawn,
        refused=[RefusedDocument(**dataclasses.asdict(refusal)) for refusal in result.refused],
        pending=[PendingDocument(**dataclasses.asdict(pending)) for pending in result.pending],
        suspicious=[SuspiciousText(**dataclasses.asdict(found)) for found in result.suspicious],
        embedded=embedded,
        note=note,
    )


def document_view(document: Document, passages: int, waiting: Submission | None) -> DocumentView:
    """A document with how many passages it has and what waits beside it."""
    why_not = document.why_not_evidence(dt.date.today())
    return DocumentView(
        **{name: getattr(document, name) for name in _RECORDED},
        role=document.role.value,
        status=document.status.value,
        evidence=not why_not,
        why_not=why_not,
        passages=passages,
        visible_to=list(document.visible_to),
        waiting=waiting.told if waiting is not None else "",
    )


def version_in_force(record: ApprovalRecord) -> VersionInForce:
    """A version that was in force, without its text."""
    return VersionInForce(
        **{name: getattr(record.document, name) for name in _RECORDED},
        role=record.document.role.value,
        version=record.version,
        started_on=record.started_on,
        ended_on=record.ended_on,
        end_reason=record.end_reason,
    )


def impact_output(document: Document, resting: Sequence[CitedSentence]) -> ImpactOutput:
    """What rests on a document, report by report; `resting` is in the order of the reports."""

    def sentence(cited: CitedSentence) -> AffectedSentence:
        return AffectedSentence(**{name: getattr(cited, name) for name in AffectedSentence.model_fields})

    grouped = groupby(resting, key=lambda cited: (cited.report, cited.revision, cited.title, cited.unit))
    return ImpactOutput(
        document_id=document.id,
        title=document.title,
        why_not=document.why_not_evidence(dt.date.today()),
        reports=[
            AffectedReport(id=id, revision=revision, title=title, unit=unit, sentences=[sentence(c) for c in cited])
            for (id, revision, title, unit), cited in grouped
        ],
    )
