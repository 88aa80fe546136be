"""The audit log as JSON."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from nigao.store import AuditEvent, Verified
from nigao.views.problem import Problem
from nigao.views.view import View


class AuditEventView(View):
    """One entry. `at` is ISO 8601 in UTC; `hash` covers the entry and the hash of the one before it."""

    sequence: int = Field(examples=[42])
    at: str = Field(examples=["2026-01-10T02:00:00+00:00"])
    action: str = Field(examples=["document.approve"])
    subject: str = Field(examples=["basis-work-rules"])
    actor: str = Field(examples=["周文清"])
    detail: dict[str, Any]
    hash: str


class AuditVerification(View):
    """Whether the log and all that it seals is as it was recorded; how much of each was found sound, or what is not."""

    ok: bool
    events: int = 0
    documents: int = 0
    revisions: int = 0
    turns: int = 0
    signoffs: int = 0
    problem: Problem | None = None


def audit_event_view(event: AuditEvent) -> AuditEventView:
    """An entry as it was written."""
    return AuditEventView(**{name: getattr(event, name) for name in AuditEventView.model_fields})


def sound(found: Verified) -> AuditVerification:
    """Nothing was tampered with."""
    counts = ("events", "documents", "revisions", "turns", "signoffs")
    return AuditVerification(ok=True, **{name: getattr(found, name) for name in counts})
