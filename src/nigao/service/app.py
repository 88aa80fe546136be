"""The app: one assistant served by REST, the OpenAI protocol, MCP and the web page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from nigao import __version__
from nigao.assistant import Assistant
from nigao.errors import NigaoError
from nigao.service.authenticating import Doorkeeper, Rates
from nigao.service.guards import guard
from nigao.service.jobs.runner import JobRunner
from nigao.service.openai import routes as openai
from nigao.service.openai.refusing import PREFIX as OPENAI_PREFIX
from nigao.service.openai.refusing import error_body, status_of
from nigao.service.operations import routes as operations
from nigao.service.problems import (
    MEDIA_TYPE,
    FieldProblem,
    Problem,
    headers_of,
    invalid_request,
    plain_problem,
    problem_of,
)
from nigao.service.rest import ROUTERS
from nigao.service.serving import Service
from nigao.service.spec import describe
from nigao.service.tidying import tidy_on
from nigao.service.web import routes as web
from nigao.settings import ServiceSettings
from nigao.yamlfile import told_problems


def create_app(assistant: Assistant, settings: ServiceSettings | None = None, *, loopback: bool = True) -> FastAPI:
    """The app over an open assistant, which stays the caller's to close. `loopback` says that the server can be reached
    from this machine alone: as long as no key was ever made, callers then need none.
    """
    from nigao.service.mcp import mount_mcp

    settings = settings or (assistant.settings.service if assistant.settings is not None else ServiceSettings())
    doorkeeper = Doorkeeper(assistant.store, loopback, Rates(settings.requests_per_minute))
    service = Service(assistant, settings, doorkeeper, JobRunner(assistant, settings.drafts))
    app = FastAPI(
        title="拟稿",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        # Sent on by a server that knows nothing of the proxy's https, a client would show its key in the clear.
        redirect_slashes=False,
        lifespan=_living(service),
        # Its own would send query strings and error messages; ours (`operations.tracing`) sends neither.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.service = service
    for router in (*ROUTERS, openai.router, operations.router, web.router):
        app.include_router(router)
    mount_mcp(app, service)
    app.add_exception_handler(NigaoError, _told)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _plain)
    app.add_exception_handler(Exception, _told)
    describe(app)
    guard(app, service)
    return app


def _living(service: Service) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(service.runner.start)
        tidying = asyncio.create_task(tidy_on(service.assistant.store))
        try:
            async with app.state.mcp.running():
                yield
        finally:
            tidying.cancel()
            await run_in_threadpool(service.runner.stop, service.settings.grace)

    return living


async def _told(request: Request, error: Exception) -> JSONResponse:
    return answer(request, problem_of(error), error)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    if any(one["type"] == "json_invalid" for one in error.errors()):
        return answer(request, plain_problem(400, "不是合法的 JSON"), error)
    fields = [FieldProblem(field=field, message=message) for field, message in told_problems(error.errors())]
    return answer(request, invalid_request(fields), error)


async def _plain(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    problem = plain_problem(error.status_code, _DETAILS.get(error.status_code, ""))
    return answer(request, problem, error)


_DETAILS = {
    400: "内容解析不了：不合 Content-Type 所说的格式，或层次过深",
    404: "没有这个地址，全部接口见 /api/docs",
    405: "这个地址不支持这种方法，全部接口见 /api/docs",
}


def answer(request: Request, problem: Problem, error: Exception) -> JSONResponse:
    """A problem as the response to a request."""
    problem.instance = request.url.path
    problem.request_id = getattr(request.state, "request_id", "")
    headers = dict(getattr(error, "headers", None) or {}) | headers_of(problem, error)
    if request.url.path.startswith(OPENAI_PREFIX):
        return JSONResponse(error_body(problem), status_of(problem), headers)
    content = problem.model_dump(mode="json", exclude_none=True)
    return JSONResponse(content, problem.status, headers, media_type=MEDIA_TYPE)
