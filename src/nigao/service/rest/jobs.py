"""Jobs: what they are at, their events as they come, and a way to stop them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import count
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from nigao.errors import AccessError, NotFoundError
from nigao.service.access import Scope
from nigao.service.paging import Cursor, Limit, Page, no_page
from nigao.service.serving import NeedsNobody, Served, ServedHere
from nigao.store import JobRecord
from nigao.views.service import JobView, job_view

__all__ = ["job_view", "router"]

router = APIRouter(prefix="/api/v1/jobs", tags=["任务"])
JobId = Annotated[str, Path(max_length=20, description="任务编号，如 j0001")]
_LOOK_SECONDS = 0.15
_LOOKS_BETWEEN_KEYS = 20
_OVER = ("done", "failed", "cancelled")


def _seen(job_id: JobId, served: ServedHere) -> JobRecord:
    """A job that the caller asked for, or of a report of their unit. Raises NotFoundError, in the same words for every
    reason.
    """
    gone = NotFoundError(f"没有任务 {job_id}", where="job_id", fix="用 GET /api/v1/jobs 查看可用的编号")
    try:
        job = served.assistant.store.jobs.get(job_id)
    except NotFoundError:
        raise gone from None
    if not _visible(served, job):
        raise gone
    return job


def _visible(served: Served, job: JobRecord) -> bool:
    caller = served.caller
    if caller.units and not set(job.units) & set(caller.units):
        return False
    return job.person == caller.person or Scope.REPORTS_READ in caller.scopes


Seen = Annotated[JobRecord, Depends(_seen)]


@router.get("", dependencies=[Depends(NeedsNobody())], summary="列出任务，新的在前")
def list_jobs(served: ServedHere, limit: Limit = 50, cursor: Cursor = "") -> Page[JobView]:
    """本单位的任务；不能查阅报告的，只列自己的。"""
    caller, before = served.caller, _before(cursor)
    person = None if Scope.REPORTS_READ in caller.scopes else caller.person
    found = served.assistant.store.jobs.list(units=caller.units or None, person=person, before=before, limit=limit + 1)
    shown = found[:limit]
    return Page[JobView](items=[job_view(job) for job in shown], next=shown[-1].id if len(found) > limit else None)


@router.get("/{job_id}", dependencies=[Depends(NeedsNobody())], summary="查看一项任务")
def get_job(job: Seen) -> JobView:
    """任务办到哪里、结果或出错的原因。"""
    return job_view(job)


@router.post("/{job_id}/cancel", dependencies=[Depends(NeedsNobody())], summary="取消一项任务")
def cancel_job(job: Seen, served: ServedHere) -> JobView:
    """还没开始的不再开始；正在办的就此收尾，已写成的保留。只能取消自己的。"""
    if job.person != served.caller.person:
        raise AccessError("只能取消自己的任务", where=job.id, fix=f"请{job.person}取消")
    return job_view(served.service.runner.cancel(job.id))


@router.get(
    "/{job_id}/events",
    dependencies=[Depends(NeedsNobody())],
    response_class=EventSourceResponse,
    summary="任务的进展（SSE），断开后凭 Last-Event-ID 续接",
)
async def follow_job(
    job: Seen,
    served: ServedHere,
    last_event_id: Annotated[str | None, Header(description="最后收到的事件编号")] = None,
) -> AsyncIterator[ServerSentEvent]:
    """每个事件的 data 是 JSON，event 是它的种类；最后一个是 end，data 为任务本身。"""
    heard = _counted(last_event_id or "") or 0
    jobs, doorkeeper = served.assistant.store.jobs, served.service.doorkeeper
    for look in count(1):
        # Looked at before its events: what an ended job told is all there.
        job = await run_in_threadpool(jobs.get, job.id)
        for number, written in await run_in_threadpool(jobs.events, job.id, heard):
            yield ServerSentEvent(raw_data=written, event=json.loads(written)["type"], id=str(number))
            heard = number
        if job.state in _OVER:
            yield ServerSentEvent(raw_data=job_view(job).model_dump_json(), event="end")
            return
        if look % _LOOKS_BETWEEN_KEYS == 0 and not await run_in_threadpool(doorkeeper.still, served.caller):
            return
        await asyncio.sleep(_LOOK_SECONDS)


def _before(cursor: str) -> int | None:
    """The number that a page's cursor names, None for the first page. Raises UsageError for a cursor of nothing."""
    number = _counted(cursor.removeprefix("j"))
    if cursor and number is None:
        raise no_page()
    return number


def _counted(digits: str) -> int | None:
    """A number that the database could have counted to, None for anything else."""
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None
