"""Problems in the shape in which OpenAI's clients expect them."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from nigao.service.problems import Problem
from nigao.views.view import View

PREFIX = "/v1/"
_TYPES = {
    401: ("authentication_error", "invalid_api_key"),
    403: ("permission_error", "insufficient_permissions"),
    404: ("not_found_error", "not_found"),
    413: ("invalid_request_error", "request_too_large"),
    429: ("rate_limit_error", "rate_limit_exceeded"),
}


class RefusalView(View):
    """What was wrong. `message` is in Chinese with what to do, `param` the field concerned."""

    message: str = Field(examples=["不支持 n（去掉 n 再试）"])
    type: str = Field(examples=["invalid_request_error"])
    param: str | None = Field(examples=["n"])
    code: str = Field(examples=["unprocessable"])


class ErrorView(View):
    """An error as OpenAI's clients read it; `request_id` is for the administrator."""

    error: RefusalView
    request_id: str | None = None


def status_of(problem: Problem) -> int:
    """The status by which their clients know it: what cannot be done as asked is 400."""
    return 400 if problem.status in (409, 412, 422) else problem.status


def error_body(problem: Problem) -> dict[str, Any]:
    """The problem as an `ErrorView`."""
    kind, code = _TYPES.get(problem.status, ("invalid_request_error", "invalid-request"))
    if problem.status >= 500:
        kind, code = "server_error", "internal"
    if problem.type != "about:blank" and (problem.status >= 500 or problem.status not in _TYPES):
        code = problem.type.rpartition(":")[2]
    if problem.where == "model" and problem.status == 404:
        code = "model_not_found"
    param = problem.errors[0].field.removeprefix("body.") if problem.errors else problem.where
    message = problem.detail or problem.title
    told = f"{message}（{problem.fix}）" if problem.fix else message
    error = RefusalView(message=told, type=kind, param=param or None, code=code)
    view = ErrorView(error=error, request_id=problem.request_id or None)
    return view.model_dump(mode="json")
