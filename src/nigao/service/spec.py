"""The OpenAPI document: what FastAPI reads off the routes, and besides what follows from each route's rule."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import RouteContext, iter_route_contexts

from nigao.service.access import Scope
from nigao.service.examples import example_of
from nigao.service.openai.refusing import PREFIX as OPENAI_PREFIX
from nigao.service.problems import MEDIA_TYPE, Problem, problem_of
from nigao.service.repeating import HEADER as REPEATING
from nigao.service.repeating import RepeatableRoute
from nigao.service.serving import Needs, NeedsNobody

Spec = dict[str, Any]
# Routes that ask nobody who they are.
PUBLIC = frozenset({"/healthz", "/readyz", "/api/docs", "/api/docs.css", "/api/openapi.json"})
DESCRIPTION = """\
拟稿的 HTTP 接口：检索语料、起草报告、改稿、核对、签发、导出和审计。

- 出示密钥：`Authorization: Bearer ng_…`，由管理员用 `nigao keys create` 发放。只在本机监听、又从没有发过密钥时不用，
  可在 `X-Nigao-Person` 里写姓名（百分号编码）。
- 出错时一律是 `application/problem+json`（RFC 9457）：`title` 是哪一类，`detail` 说哪里不对，`fix` 说怎么办。
- 看不到的和没有的，都是 404。
- 改报告要在 `If-Match` 里写明改的是哪一稿，即读取时的 `ETag`；已有新的一稿时是 412，什么都没有写入。
- 新建时带上 `Idempotency-Key`，重试不会做两次。
- 列表按页给出：`items` 和 `next`；把 `next` 作为 `cursor` 取下一页，为 null 时是最后一页。
- 起草等费时的事立即返回任务，用 `GET /api/v1/jobs/{job_id}/events` 看进展。
"""
_TAGS = {
    "调用方": "我是谁，能做什么。",
    "语料": "检索和查阅经批准的文件。",
    "文件": "提交、批准、退回、撤销文件。",
    "报告": "起草、查阅、导出报告。",
    "稿次": "每一稿、两稿的差别，撤销、重做和恢复。",
    "签发": "送审、签发和退回。",
    "会话": "用平常的话或明确的命令改稿。",
    "核对": "核对文稿，查看规则。",
    "任务": "费时的事办到哪里。",
    "审计": "谁在什么时候做了什么。",
    "兼容 OpenAI": "给会用 OpenAI 接口的程序：聊天里查、拟、改；出错时也是那里的样子。",
    "运行": "健康、就绪和指标。",
}
_PROBLEMS = {
    400: "请求不合规范，如不是合法的 JSON",
    401: "没有出示密钥，或密钥不能用",
    403: "密钥没有这项权限，或不属于本单位",
    404: "没有，或看不到",
    408: "等不到请求的内容",
    409: "现在不能这样改，或与别人的改动冲突",
    412: "已有更新的一稿，没有写入",
    413: "内容过大",
    422: "请求的内容不合要求，或办不了",
    428: "没有写明改的是哪一稿（If-Match）",
    429: "请求过于频繁，按 Retry-After 再试",
    500: "服务内部出错",
    503: "数据库或索引暂时不可用",
}


def describe(app: FastAPI) -> None:
    """Have the app describe itself so. What it says is found out once, when somebody first asks."""

    @cache
    def made() -> Spec:
        return openapi(app)

    # FastAPI's own way to have another description.
    app.__dict__["openapi"] = made


def openapi(app: FastAPI) -> Spec:
    """The OpenAPI document of the app."""
    spec = get_openapi(
        title="拟稿接口", version=app.version, description=DESCRIPTION, routes=app.routes, tags=_tags(app)
    )
    for path, operation, route in _operations(app, spec):
        _complete(path, operation, route)
    schemas = spec.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    spec["components"]["schemas"] = dict(sorted(schemas.items()))
    spec["components"]["responses"] = {f"Problem{status}": _response(status) for status in _PROBLEMS}
    scheme = spec["components"].setdefault("securitySchemes", {}).get("HTTPBearer")
    if scheme is not None:
        scheme["bearerFormat"] = "ng_…"
    for _, operation, _ in _operations(app, spec):
        _give_examples(operation, schemas)
    return spec


def rule_of(route: RouteContext) -> Needs | NeedsNobody | None:
    """Who may call a route; None where it has no rule."""
    dependant = getattr(route, "dependant", None)
    rules = [one.call for one in dependant.dependencies] if dependant is not None else []
    return next((rule for rule in rules if isinstance(rule, Needs | NeedsNobody)), None)


def _operations(app: FastAPI, spec: Spec) -> Iterator[tuple[str, Spec, RouteContext]]:
    for route in iter_route_contexts(app.routes):
        path = spec["paths"].get(route.path_format or "", {})
        for method in sorted(route.methods or ()):
            if method.lower() in path:
                yield route.path_format or "", path[method.lower()], route


def _complete(path: str, operation: Spec, route: RouteContext) -> None:
    operation["operationId"] = route.name
    rule = rule_of(route)
    if isinstance(rule, Needs):
        operation["x-nigao-scope"] = rule.scope.value
        told = operation.get("description", "").rstrip()
        operation["description"] = f"{told}\n\n所需权限：{_named(rule.scope)}。".strip()
    if isinstance(route.original_route, RepeatableRoute) and route.methods == {"POST"}:
        operation.setdefault("parameters", []).append(_repeating())
    responses = operation["responses"]
    if "$ref" in str(responses.get("422", "")) and "HTTPValidationError" in str(responses["422"]):
        del responses["422"]
    if path.startswith(OPENAI_PREFIX):
        # Problems in its clients' own words: the routes describe them, but for what the guards refuse.
        for status in (408, 413) if "requestBody" in operation else ():
            responses[str(status)] = {**responses["400"], "description": _PROBLEMS[status]}
    else:
        for status in _problems(path, operation, rule, changes=route.methods != {"GET"}):
            responses.setdefault(str(status), {"$ref": f"#/components/responses/Problem{status}"})
    operation["responses"] = dict(sorted(responses.items()))


def _problems(path: str, operation: Spec, rule: Needs | NeedsNobody | None, *, changes: bool) -> list[int]:
    """The problems that a route may answer with, by what it asks for."""
    if rule is None:
        return [500]
    headers = {one["name"].lower() for one in operation.get("parameters", ()) if one["in"] == "header"}
    found = {401, 403, 422, 429, 500, 503}
    if "{" in path:
        found.add(404)
    if "requestBody" in operation:
        found |= {400, 404, 408, 413}
    if changes:
        found.add(409)
    if "if-match" in headers:
        found |= {412, 428}
    return sorted(found)


def _response(status: int) -> Spec:
    example = {"type": "about:blank", "title": _PROBLEMS[status].split("，")[0], "status": status}
    if status == 500:
        example = problem_of(Exception()).model_dump(include={"type", "title", "status", "detail", "fix"})
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    return {"description": _PROBLEMS[status], "content": {MEDIA_TYPE: content}}


def _repeating() -> Spec:
    return {
        "name": REPEATING,
        "in": "header",
        "required": False,
        "description": "每次新建用一个新的 UUID，重试时不变：同样的请求只做一次，重试得到第一次的应答",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    }


def _give_examples(operation: Spec, schemas: Spec) -> None:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        if "example" not in content and "examples" not in content:
            content["example"] = example_of(content["schema"], schemas)


def _tags(app: FastAPI) -> list[Spec]:
    used = {tag for route in iter_route_contexts(app.routes) for tag in getattr(route, "tags", None) or ()}
    order = [*_TAGS, *sorted(used - set(_TAGS))]
    return [{"name": tag, "description": _TAGS.get(tag, tag)} for tag in order if tag in used]


def _named(scope: Scope) -> str:
    return f"{scope.label}（`{scope.value}`）"
