"""How a guard answers in a route's place: with a problem of the shape that the routes give it there."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import Message, Scope, Send

from nigao.service.openai.refusing import PREFIX as OPENAI_PREFIX
from nigao.service.openai.refusing import error_body, status_of
from nigao.service.problems import MEDIA_TYPE, Problem


async def refuse(scope: Scope, send: Send, problem: Problem, headers: dict[str, str] | None = None) -> None:
    """Send the problem as the whole response."""
    problem.instance = scope["path"]
    problem.request_id = scope.get("state", {}).get("request_id", "")
    if scope["path"].startswith(OPENAI_PREFIX):
        response = JSONResponse(error_body(problem), status_of(problem), headers)
    else:
        content = problem.model_dump(mode="json", exclude_none=True)
        response = JSONResponse(content, problem.status, headers, media_type=MEDIA_TYPE)
    await response(scope, _nothing, send)


def header(scope: Scope, name: str) -> str:
    """A request's header, empty where there is none."""
    return Headers(scope=scope).get(name, "")


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
