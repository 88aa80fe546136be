"""What the tools answer with: structured output, which a client reads as JSON against its schema."""

from __future__ import annotations

from pydantic import Field

from nigao.chat.events import ReplyEvent
from nigao.checks.finding import Finding, Summary
from nigao.service.citedtext import CitationView
from nigao.views.corpus import SearchHit
from nigao.views.view import View


class FoundView(View):
    """Passages that may be cited, best first; `note` says what limits the search just now."""

    hits: list[SearchHit]
    note: str = ""


class DraftedView(View):
    """A drafted report: `text` with marks [1] behind what cites, `sources` what the marks stand for, `placeholders`
    what is still to be supplied, `findings` how many the checks have left, `errors` the ones that block release.
    """

    report_id: str = Field(examples=["r0001"])
    revision: int
    title: str
    text: str
    sources: list[CitationView]
    placeholders: list[str]
    findings: Summary
    errors: list[Finding]


class RevisedView(View):
    """What came of a turn. `notices` and `changes` are lines to read; where `waits_for` is not empty, the next turn
    answers: 确认 or 取消 for `confirm`, which sentences to take for `proposal`.
    """

    session_id: str
    report_id: str
    revision: int
    said: str
    understood: str
    reply: str
    changed: bool
    failed: bool
    waits_for: str
    notices: list[str] = Field(default_factory=list)
    changes: list[str] = Field(default_factory=list)
    proposals: list[str] = Field(default_factory=list)

    @classmethod
    def of(cls, session_id: str, said: str, understood: str, reply: ReplyEvent, **told: list[str]) -> RevisedView:
        """The view of a turn that has come to its reply."""
        return cls(
            session_id=session_id,
            report_id=reply.report_id,
            revision=reply.revision,
            said=said,
            understood=understood,
            reply=reply.text,
            changed=reply.changed,
            failed=reply.failed,
            waits_for=reply.waits_for,
            notices=told["notices"],
            changes=told["changes"],
            proposals=told["proposals"],
        )


class EvidencePassage(View):
    """A cited passage: `quote` as recorded with the sentence; `text` with its neighbours `before` and `after` as the
    document stands (empty where it cannot be seen any more); `in_force` whether it may still be cited.
    """

    passage_id: str
    document_id: str
    title: str
    locator: str
    quote: str
    in_force: bool
    text: str = ""
    before: str = ""
    after: str = ""


class SentenceEvidence(View):
    """What one sentence rests on. `origin` is source, fact, connective or human; `where` its place in words."""

    where: str = Field(examples=["二（一）第1句"])
    text: str
    origin: str
    worded_by: str
    facts: list[str]
    passages: list[EvidencePassage]


class EvidenceView(View):
    """What the sentences of a place rest on, in reading order; `left_off` counts those beyond the most told at once."""

    report_id: str
    revision: int
    sentences: list[SentenceEvidence]
    left_off: int = 0


class ExportedView(View):
    """A file made: its name and what a person should know about it; its bytes are the embedded resource beside this."""

    report_id: str
    revision: int
    name: str
    media_type: str
    size: int
    sha256: str
    told: list[str]
