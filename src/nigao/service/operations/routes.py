"""Whether it lives, whether it can work, its figures, and the page that shows all routes."""

from __future__ import annotations

from typing import Annotated, Literal, cast

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from nigao.service.access import Scope
from nigao.service.operations import apipage
from nigao.service.operations.metrics import CONTENT_TYPE, Metrics
from nigao.service.operations.readiness import OK, readiness
from nigao.service.serving import Needs, service_of
from nigao.views.view import View

router = APIRouter(tags=["运行"])


class HealthView(View):
    """The process answers."""

    status: Literal["ok"] = "ok"


class ReadinessView(View):
    """Whether requests may be sent here; each of `checks` is `ok` or says what is wrong."""

    status: Literal["ok", "failing"]
    checks: dict[str, str] = Field(examples=[{"database": "ok", "index": "ok", "jobs": "ok", "disk": "ok"}])


def _metrics(request: Request) -> Metrics:
    return cast(Metrics, request.app.state.metrics)


@router.get("/healthz", summary="进程是否活着")
async def healthz() -> HealthView:
    """不查数据库，只说明进程能应答。"""
    return HealthView()


@router.get("/readyz", summary="能否办事", responses={503: {"model": ReadinessView, "description": "现在办不了"}})
def readyz(request: Request, response: Response) -> ReadinessView:
    """数据库、索引、任务线程和磁盘空间；有一项不行就是 503。"""
    checks = readiness(service_of(request))
    well = all(found == OK for found in checks.values())
    response.status_code = 200 if well else 503
    return ReadinessView(status="ok" if well else "failing", checks=checks)


@router.get(
    "/metrics",
    dependencies=[Depends(Needs(Scope.OPERATIONS_READ))],
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
    summary="运行指标（Prometheus）",
)
def metrics(known: Annotated[Metrics, Depends(_metrics)]) -> Response:
    """请求数和用时（按接口）、任务、语料；不含任何内容。"""
    return Response(known.written(), media_type=CONTENT_TYPE)


@router.get("/api/docs", response_class=HTMLResponse, include_in_schema=False)
def docs(request: Request) -> str:
    """The page that shows all routes."""
    return apipage.render(request.app.openapi(), str(request.base_url).rstrip("/"))


@router.get("/api/docs.css", include_in_schema=False)
def docs_style() -> Response:
    """Its style."""
    return Response(apipage.STYLE, media_type="text/css")
