"""One unit's documents, reports, conversations and jobs are not there for another: on every route that takes an id."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from routes_of import ask, routes

from nigao import Assistant, Brief
from nigao.service.access import Role

OURS, THEIRS = "清河市水务局", "清河市林业局"
SECRET_WORDS = "西岭水库除险加固"
_TEXT = f"# 一、工作情况\n\n2025年，我局组织实施{SECRET_WORDS}工程7处，完成投资3120万元，验收合格。\n"
# Ids of what is everybody's: the rules of the tool itself.
_COMMON = {"code", "key"}


@pytest.fixture
def theirs(assistant: Assistant, workspace: Path) -> dict[str, str]:
    """What the other unit has, by the parameter that takes its id."""
    file = workspace / "theirs.md"
    file.write_text(_TEXT, encoding="utf-8")
    assistant.add([file], role="material", approved_by="周文清", approved_on=dt.date(2026, 1, 5), visible_to=[THEIRS])
    passage = assistant.store.documents.passages(["theirs"])[0]
    draft = assistant.draft(Brief.model_validate({"unit": THEIRS}), offline=True, author="何静")
    session = assistant.store.chats.open(draft.id, "何静")
    job, _ = assistant.store.jobs.add(
        "draft", json.dumps({"brief": {"unit": THEIRS}}), person="何静", units=[THEIRS], caller="k0099"
    )
    assistant.store.jobs.end(job.id, "cancelled")
    return {
        "report_id": draft.id,
        "document_id": "theirs",
        "passage_id": passage.id,
        "session_id": session.id,
        "job_id": job.id,
    }


def test_what_another_unit_has_is_not_found_on_any_route_that_takes_an_id(
    app: FastAPI, client: TestClient, keyed: Callable[..., TestClient], theirs: dict[str, str]
) -> None:
    spec: dict[str, Any] = client.get("/api/openapi.json").json()
    everybody = [role.value for role in Role]
    insider = keyed(everybody, units=[THEIRS], person="何静")
    outsider = keyed(everybody, units=[OURS], person="何静")
    tried = 0
    for route in routes(app):
        if not route.parameters or set(route.parameters) <= _COMMON or route.rule is None:
            continue
        there = ask(outsider, route, spec, theirs)
        nothing = ask(outsider, route, spec, {})
        assert there.status_code == 404, (route.named, there.text)
        assert nothing.status_code == 404, (route.named, nothing.text)
        # The same words, so that nobody learns what there is.
        same = there.text
        for value in sorted(theirs.values(), key=len, reverse=True):
            same = same.replace(value, "nothing")
        expected = nothing.text
        for answer in (there, nothing):
            request_id = answer.json().get("request_id", "")
            same, expected = same.replace(request_id or "-", ""), expected.replace(request_id or "-", "")
        assert same == expected, route.named
        tried += 1
    assert tried > 20
    # And they are there for whom they are.
    for path in ("reports/{report_id}", "documents/{document_id}", "passages/{passage_id}", "jobs/{job_id}"):
        assert insider.get("/api/v1/" + path.format(**theirs)).status_code == 200, path


def test_no_list_search_or_check_tells_of_another_unit(
    client: TestClient, keyed: Callable[..., TestClient], theirs: dict[str, str]
) -> None:
    everybody = [role.value for role in Role]
    outsider = keyed(everybody, units=[OURS])
    answers = [
        outsider.get("/api/v1/search", params={"q": SECRET_WORDS, "k": 50}),
        outsider.get("/api/v1/documents", params={"limit": 200}),
        outsider.get("/api/v1/reports"),
        outsider.get("/api/v1/jobs"),
        outsider.get("/api/v1/audit", params={"limit": 200}),
        outsider.post("/api/v1/checks", json={"text": f"一、基本情况\n{THEIRS}实施除险加固工程9处。\n"}),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.text
        assert SECRET_WORDS not in answer.text
        assert "3120" not in answer.text
        for value in (theirs["report_id"], theirs["passage_id"], theirs["job_id"]):
            assert f'"{value}"' not in answer.text
    mine = outsider.post("/api/v1/reports", json={"brief": {"unit": {"full": OURS, "short": THEIRS}}})
    assert mine.status_code == 403
    assert mine.json()["where"] == "unit"
