"""Errors as RFC 9457 problem details: in Chinese, with what to do."""

from __future__ import annotations

from nigao import errors
from nigao.views.problem import FieldProblem, Problem

__all__ = ["FieldProblem", "Problem", "headers_of", "invalid_request", "plain_problem", "problem_of"]

MEDIA_TYPE = "application/problem+json"
_URN = "urn:nigao:problem:"


class PreconditionRequired(errors.UsageError):
    """A change must say which revision it is made on."""


class PreconditionFailed(errors.ConflictError):
    """The revision that a change says it is made on is not the latest."""


class TooLarge(errors.UsageError):
    """A request's body is larger than is allowed."""


class TooManyRequests(errors.NigaoError):
    """A caller asks too often; `wait` is in seconds."""

    def __init__(self, message: str, *, wait: float, fix: str = "") -> None:
        super().__init__(message, fix=fix)
        self.wait = wait


# The first that fits counts: an error's own kind stands before the kinds that it is one of.
_KINDS: tuple[tuple[type[Exception], int, str, str], ...] = (
    (errors.UnknownCallerError, 401, "unauthenticated", "没有可用的密钥"),
    (errors.AccessError, 403, "forbidden", "没有权限"),
    (errors.NotFoundError, 404, "not-found", "没有找到"),
    (PreconditionFailed, 412, "precondition-failed", "已有更新的一稿"),
    (errors.ConflictError, 409, "conflict", "与别人的改动冲突"),
    (TooLarge, 413, "too-large", "内容过大"),
    (PreconditionRequired, 428, "precondition-required", "没有写明改的是哪一稿"),
    (TooManyRequests, 429, "too-many-requests", "请求过于频繁"),
    (errors.EditError, 409, "cannot-edit", "现在不能这样改"),
    (errors.UsageError, 422, "unprocessable", "请求办不了"),
    (errors.AdmissionError, 422, "refused", "文件未予收录"),
    (errors.ModelError, 502, "model", "模型没有正常应答"),
    (errors.StoreError, 503, "store", "数据库暂时不可用"),
    (errors.IndexUnavailableError, 503, "index", "索引暂时不可用"),
    (errors.NigaoError, 500, "internal", "没有办成"),
)
_TITLES = {400: "请求不合规范", 404: "没有找到", 405: "不支持这种方法", 406: "给不出所要的格式", 415: "不支持这种内容"}


def problem_of(error: Exception) -> Problem:
    """What is told of an error. Of one that nigao did not raise on purpose nothing is told but that it is there."""
    found = next(((status, key, title) for kind, status, key, title in _KINDS if isinstance(error, kind)), None)
    if found is None or not isinstance(error, errors.NigaoError):
        return Problem(
            type=f"{_URN}internal",
            title="服务内部出错",
            status=500,
            detail="没有办成，已记入日志",
            fix="稍后再试；仍出错时把 request_id 告诉管理员",
        )
    status, key, title = found
    problem = Problem(
        type=_URN + key, title=title, status=status, detail=error.message, where=error.where, fix=error.fix
    )
    if isinstance(error, errors.ConflictError):
        problem.expected, problem.actual = error.expected, error.actual
    if isinstance(error, errors.AdmissionError):
        problem.reason = str(error.reason)
    return problem


def headers_of(problem: Problem, error: Exception) -> dict[str, str]:
    """The headers that go with a problem."""
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
    if isinstance(error, TooManyRequests):
        headers["Retry-After"] = str(int(error.wait) + 1)
    return headers


def plain_problem(status: int, detail: str = "") -> Problem:
    """A problem that HTTP itself knows by its number."""
    title = _TITLES.get(status, "请求没有办成")
    return Problem(type="about:blank", title=title, status=status, detail=detail)


def invalid_request(problems: list[FieldProblem]) -> Problem:
    """A request whose fields are not as they must be."""
    told = "；".join(f"{one.field}：{one.message}" if one.field else one.message for one in problems)
    return Problem(
        type=f"{_URN}invalid-request",
        title="请求的内容不合要求",
        status=422,
        detail=told,
        fix="对照 /api/docs 改正后再试",
        errors=problems,
    )
