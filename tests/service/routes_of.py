"""The routes of an app with their rules, and requests made for them from the OpenAPI description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from httpx2 import Response

from nigao.service.access import Scope
from nigao.service.serving import Needs, NeedsNobody

# Parameters that name no thing of anybody's.
_PLAIN = {"revision": "1", "part": "basics", "name": "编制数"}


@dataclass(frozen=True)
class Route:
    """One method on one path. `rule` is the scope asked for, `anybody` (with a key), or None where there is no rule."""

    method: str
    path: str
    rule: str | None

    @property
    def named(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+)(?::\w+)?}", self.path)

    def at(self, values: Mapping[str, str]) -> str:
        """The path with its parameters filled in; those without a value get one that names nothing."""
        known = _PLAIN | dict(values)
        return re.sub(r"{(\w+)(?::\w+)?}", lambda found: known.get(found[1], "nothing"), self.path)


def routes(app: FastAPI) -> Iterator[Route]:
    """Every route that the app answers, but for what is mounted."""
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        if dependant is not None:
            for method in sorted(route.methods or ()):
                yield Route(method, route.path or "", _rule(dependant))


def _rule(dependant: Dependant) -> str | None:
    rules = [one.call for one in dependant.dependencies if isinstance(one.call, (Needs, NeedsNobody))]
    scopes = [rule.scope.value for rule in rules if isinstance(rule, Needs)]
    assert len(scopes) <= 1, dependant.path
    return scopes[0] if scopes else "anybody" if rules else None


def ask(client: TestClient, route: Route, spec: Mapping[str, Any], values: Mapping[str, str]) -> Response:
    """A request that is as it should be, as far as the description tells: a body by its example, what must be there."""
    operation = spec["paths"].get(route.path, {}).get(route.method.lower(), {})
    asked: dict[str, Any] = {"headers": {"If-Match": "*"}, "params": {}}
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query" and parameter.get("required"):
            asked["params"][parameter["name"]] = example(parameter.get("schema", {}), spec)
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        asked["json"] = _body(content["application/json"], spec)
    if "multipart/form-data" in content:
        schema = resolved(content["multipart/form-data"]["schema"], spec)
        asked["files"] = {"file": ("材料.txt", "全年开展检查12次。\n".encode())}
        asked["data"] = {
            name: example(schema["properties"][name], spec) for name in schema.get("required", ()) if name != "file"
        }
    return client.request(route.method, route.at(values), **asked)


def _body(content: Mapping[str, Any], spec: Mapping[str, Any]) -> Any:
    if "example" in content:
        return content["example"]
    if content.get("examples"):
        return next(iter(content["examples"].values()))["value"]
    return example(content["schema"], spec)


def example(schema: Mapping[str, Any], spec: Mapping[str, Any]) -> Any:
    """A value that a schema allows: its example, its default, or one put together of what is required."""
    schema = resolved(schema, spec)
    if schema.get("examples"):
        return schema["examples"][0]
    for key in ("example", "default", "const"):
        if key in schema:
            return schema[key]
    if "enum" in schema:
        return schema["enum"][0]
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return example(schema[key][0], spec)
    if schema.get("type") == "object":
        return {name: example(schema["properties"][name], spec) for name in schema.get("required", ())}
    return {"array": [], "integer": 1, "number": 1, "boolean": False, "null": None}.get(schema.get("type", ""), "示例")


def resolved(schema: Mapping[str, Any], spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that a `$ref` stands for."""
    while "$ref" in schema:
        schema = spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def allowed(rule: str, scopes: frozenset[Scope]) -> bool:
    """Whether a key with these scopes may use a route of this rule."""
    return rule == "anybody" or Scope(rule) in scopes
