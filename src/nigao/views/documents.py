"""One document's life and its passages, as the HTTP API serves them."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from nigao.corpus.admission import Suspicion
from nigao.corpus.model import Passage
from nigao.retrieval.search import SearchStatus
from nigao.views.corpus import DocumentView, ImpactOutput, SuspiciousText
from nigao.views.view import View


class CorpusStatusView(View):
    """How search stands for the whole corpus. `dense` is `chroma`, `exact` or `off`; `note` says what is lacking."""

    passages: int = Field(examples=[201])
    embedded: int = Field(examples=[201])
    model: str
    dense: str = Field(examples=["chroma"])
    note: str


class PassageSummary(View):
    """A passage of a document; `heading` is the path of headings above it, `locator` what a person is told."""

    passage_id: str
    locator: str = Field(examples=["二（三）第2段"])
    heading: str
    text: str


class PassageView(PassageSummary):
    """A passage with its document. `current`: it stands in the document's present version; only then `before` and
    `after` hold the texts of its neighbours ("" at the document's ends).
    """

    document_id: str = Field(examples=["basis-work-rules"])
    title: str
    current: bool
    before: str
    after: str
    document: DocumentView


class WaitingView(View):
    """What waits for a document's approval: `sha256` is of the file's bytes, `told` says where it stands, `suspicious`
    which words look written for a language model.
    """

    text: str
    sha256: str
    submitted_by: str = Field(examples=["李晓明"])
    told: str = Field(examples=["待批准"])
    suspicious: list[SuspiciousText]


class SubmittedView(View):
    """A file that was handed in."""

    document: DocumentView
    pending: bool
    suspicious: list[SuspiciousText]


class RevokedView(View):
    """A document that is no evidence any more, and the reports that rest on it."""

    document: DocumentView
    impact: ImpactOutput


def status_view(status: SearchStatus) -> CorpusStatusView:
    """How search stands."""
    return CorpusStatusView(**{name: getattr(status, name) for name in CorpusStatusView.model_fields})


def passage_summary(passage: Passage) -> PassageSummary:
    """A passage by itself."""
    return PassageSummary(passage_id=passage.id, locator=passage.locator, heading=passage.heading, text=passage.text)


def passage_view(passage: Passage, around: tuple[str, str] | None, document: DocumentView) -> PassageView:
    """A passage between the texts `around` it; None for one of an earlier version."""
    before, after = around or ("", "")
    return PassageView(
        **passage_summary(passage).model_dump(),
        document_id=document.id,
        title=document.title,
        current=around is not None,
        before=before,
        after=after,
        document=document,
    )


def suspicious_texts(found: Iterable[Suspicion]) -> list[SuspiciousText]:
    """Words that look written for a language model."""
    names = tuple(SuspiciousText.model_fields)
    return [SuspiciousText(**{name: getattr(one, name) for name in names}) for one in found]
