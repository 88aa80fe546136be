"""Who may use what, role by role and route by route: generated from the routes, so that one without a rule fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import FastAPI
from fastapi.testclient import TestClient
from routes_of import Route, allowed, ask, routes

from nigao.service.access import Role, Scope, scopes_of

RULES: dict[str, str] = yaml.safe_load((Path(__file__).parent / "access_rules.yaml").read_text(encoding="utf-8"))
Keyed = Callable[..., TestClient]


@pytest.fixture
def spec(client: TestClient) -> dict[str, Any]:
    """The description, read before there is a key."""
    found: dict[str, Any] = client.get("/api/openapi.json").json()
    return found


def test_every_route_has_the_rule_that_was_agreed_on(app: FastAPI) -> None:
    there = {route.named: route.rule or "public" for route in routes(app)}
    assert there == RULES


def test_a_route_without_a_rule_would_be_seen(app: FastAPI) -> None:
    app.add_api_route("/api/v1/forgotten", lambda: {}, methods=["GET"])
    assert Route("GET", "/api/v1/forgotten", None) in list(routes(app))


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_it_is_for_and_nothing_else(
    role: Role, app: FastAPI, keyed: Keyed, spec: dict[str, Any]
) -> None:
    holder, scopes = keyed(role.value), scopes_of([role])
    for route in routes(app):
        if route.rule is None:
            continue
        answer = ask(holder, route, spec, {})
        assert answer.status_code != 401, route.named
        assert answer.status_code < 500, (route.named, answer.text)
        refused = answer.status_code == 403 and answer.json().get("where") == route.rule
        assert refused != allowed(route.rule, scopes), (route.named, answer.text)


def test_without_a_key_nothing_is_told_but_what_is_public(
    app: FastAPI, client: TestClient, keyed: Keyed, spec: dict[str, Any]
) -> None:
    keyed("auditor")
    for route in routes(app):
        answer = ask(client, route, spec, {})
        assert (answer.status_code == 401) == (route.rule is not None), (route.named, answer.text)


def test_a_key_may_be_narrowed_to_less_than_its_role(app: FastAPI, keyed: Keyed, assistant: Any) -> None:
    keyed("auditor")
    _, secret = assistant.store.keys.create(
        person="程序", roles=["drafter"], by="管理员", scopes=[Scope.SEARCH.value, Scope.AUDIT_READ.value]
    )
    with TestClient(app, base_url="http://127.0.0.1", headers={"Authorization": f"Bearer {secret}"}) as holder:
        assert holder.get("/api/v1/me").json()["scopes"] == ["search"]
        assert holder.get("/api/v1/search", params={"q": "学习"}).status_code == 200
        assert holder.get("/api/v1/reports").status_code == 403
