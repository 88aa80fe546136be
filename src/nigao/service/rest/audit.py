"""The audit log: who did what to what, and whether it still is as it was recorded."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Depends

from nigao.errors import AuditError
from nigao.service.access import Scope
from nigao.service.paging import Cursor, Limit, Page, page
from nigao.service.serving import Needs, Served, ServedHere
from nigao.store import AuditEvent
from nigao.views.audit import AuditEventView, AuditVerification, audit_event_view, sound
from nigao.views.problem import Problem

router = APIRouter(prefix="/api/v1/audit", tags=["审计"], dependencies=[Depends(Needs(Scope.AUDIT_READ))])
# What of a document's changes may name other units and their documents.
_OF_OTHERS = ("visible_to", "supersedes")


@router.get("", summary="列出审计记录，新的在前")
def list_events(served: ServedHere, limit: Limit = 50, cursor: Cursor = "") -> Page[AuditEventView]:
    """谁在何时对什么做了什么。限定单位的密钥只看到本单位可以看到的文件、报告和会话的记录。"""
    events = served.assistant.store.audit.events()[::-1]
    found = _of_unit(served, events) if served.caller.units else events
    return page(found, lambda event: str(event.sequence), audit_event_view, limit=limit, cursor=cursor)


@router.get("/verification", summary="核验审计记录和它封存的内容")
def verify(served: ServedHere) -> AuditVerification:
    """链条是否完整，文件、报告、会话、签发是否与记录相符；数目是全部记录的。"""
    try:
        return sound(served.assistant.store.audit.examine())
    except AuditError as error:
        problem = Problem(
            type="urn:nigao:problem:tampered",
            title="与审计记录不符",
            status=500,
            detail=error.message,
            # It may be another unit's.
            where="" if served.caller.units else error.where,
            fix=error.fix,
        )
        return AuditVerification(ok=False, problem=problem)


def _of_unit(served: Served, events: list[AuditEvent]) -> list[AuditEvent]:
    documents = {document.id for document in served.corpus.list()}
    reports = {report.id for report in served.reports.list()}

    def told(event: AuditEvent) -> bool:
        family = event.action.partition(".")[0]
        if family == "document":
            return event.subject in documents
        return (event.subject if family == "report" else event.detail.get("report")) in reports

    return [_without_others(event) for event in events if told(event)]


def _without_others(event: AuditEvent) -> AuditEvent:
    changed = event.detail.get("changed")
    if not isinstance(changed, dict):
        return event
    own = {name: values for name, values in changed.items() if name not in _OF_OTHERS}
    return replace(event, detail=event.detail | {"changed": own})
