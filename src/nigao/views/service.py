"""The caller and their jobs, as JSON."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import Field

from nigao.store import JobRecord
from nigao.views.problem import Problem
from nigao.views.view import View


class MeView(View):
    """The caller: `units` are empty for who sees every unit's reports, `key` is `local` where no key is needed."""

    person: str = Field(examples=["李晓明"])
    key: str = Field(examples=["k0001"])
    roles: list[str] = Field(examples=[["drafter"]])
    scopes: list[str] = Field(examples=[["search", "reports:read"]])
    units: list[str] = Field(examples=[["清河市水务局"]])


class JobView(View):
    """A job. `result` is there once it is done, `problem` where it failed; `report_id` once the report is kept."""

    id: str = Field(examples=["j0001"])
    kind: Literal["draft", "embed", "sync"]
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    person: str = Field(examples=["李晓明"])
    created_at: str = Field(examples=["2026-01-10T02:00:00+00:00"])
    started_at: str | None
    ended_at: str | None
    attempts: int
    report_id: str | None = Field(examples=["r0001"])
    result: dict[str, Any] | None
    problem: Problem | None


def job_view(job: JobRecord) -> JobView:
    """A job as it stands."""
    plain = ("id", "kind", "state", "person", "created_at", "started_at", "ended_at", "attempts")
    return JobView(
        **{name: getattr(job, name) for name in plain},
        report_id=job.report,
        result=json.loads(job.result_json) if job.result_json else None,
        problem=Problem.model_validate_json(job.problem_json) if job.problem_json else None,
    )
