"""Search, passages, sync and kinds over HTTP, and what of them a caller of one unit may know."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from nigao import Assistant

Keyed = Callable[..., TestClient]
SECRET_WORDS = "甲局在全市率先开通夜间预约窗口，受理企业开办事项一百二十六件。"


@pytest.fixture
def restricted(assistant: Assistant, tmp_path: Path) -> str:
    """The id of a document that only 甲局 may see."""
    file = tmp_path / "night-window.txt"
    file.write_text(f"夜间预约窗口工作情况\n\n{SECRET_WORDS}\n", encoding="utf-8")
    assistant.corpus.add(
        [file],
        role="material",
        approved_by="周文清",
        approved_on=dt.date(2025, 12, 1),
        title="夜间预约窗口工作情况",
        visible_to=["甲局", "丁局"],
    )
    return file.stem


def wait_for(client: TestClient, job_id: str) -> dict[str, Any]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        job: dict[str, Any] = client.get(f"/api/v1/jobs/{job_id}").json()
        if job["state"] in ("done", "failed", "cancelled"):
            return job
        time.sleep(0.02)
    raise AssertionError(f"{job_id} does not end")


def test_search_finds_what_may_be_cited_best_first(client: TestClient) -> None:
    hits = client.get("/api/v1/search", params={"q": "巡察反馈问题整改", "k": 5}).json()
    assert len(hits) == 5
    assert hits == sorted(hits, key=lambda hit: -hit["score"])
    assert not any(hit["document_id"].startswith("exemplar") for hit in hits)
    exemplars = client.get("/api/v1/search", params={"q": "政治生态", "role": "exemplar"}).json()
    assert {hit["document_id"] for hit in exemplars} == {"exemplar-political-ecology-2024"}


def test_what_is_asked_wrongly_is_told_in_chinese(client: TestClient) -> None:
    for params in ({"q": ""}, {"q": "x", "k": 0}, {"q": "x", "k": 101}, {"q": "x" * 1001}, {"q": "x", "role": "all"}):
        answer = client.get("/api/v1/search", params=params)
        assert answer.status_code == 422, params
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["title"] == "请求的内容不合要求"
    assert client.get("/api/v1/search", params={"q": "整改\0\x1b"}).status_code == 200


def test_a_document_of_another_unit_is_not_found_by_any_way(keyed: Keyed, restricted: str) -> None:
    own, other = keyed("drafter", units=["甲局"]), keyed("drafter", units=["乙局", "乙"])
    asked = {"q": "夜间预约窗口受理企业开办事项"}
    (hit,) = (hit for hit in own.get("/api/v1/search", params=asked).json() if hit["document_id"] == restricted)
    passage = hit["passage_id"]
    assert SECRET_WORDS in own.get(f"/api/v1/passages/{passage}").json()["text"]
    assert not any(hit["document_id"] == restricted for hit in other.get("/api/v1/search", params=asked).json())
    hidden, absent = other.get(f"/api/v1/passages/{passage}"), other.get("/api/v1/passages/nothing-0001")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.json()["detail"].replace(passage, "X") == absent.json()["detail"].replace("nothing-0001", "X")
    # A drafter of the whole office sees it.
    assert keyed("drafter").get(f"/api/v1/passages/{passage}").status_code == 200


def test_no_other_unit_is_named_to_one_that_shares_a_document(keyed: Keyed, restricted: str) -> None:
    own = keyed("drafter", units=["甲局"]).get(f"/api/v1/documents/{restricted}")
    assert own.json()["visible_to"] == ["甲局"]
    assert "丁局" not in own.text


def test_a_passage_comes_with_its_neighbours(client: TestClient) -> None:
    listed = client.get("/api/v1/documents/basis-work-rules/passages", params={"limit": 200}).json()["items"]
    assert len(listed) > 2
    first, second, last = (
        client.get(f"/api/v1/passages/{listed[at]['passage_id']}").json() for at in (0, 1, len(listed) - 1)
    )
    assert (first["before"], first["after"]) == ("", listed[1]["text"])
    assert (second["before"], second["after"]) == (listed[0]["text"], listed[2]["text"])
    assert last["after"] == ""
    assert second["current"] is True
    assert second["document"]["id"] == second["document_id"] == "basis-work-rules"


def test_a_passage_of_an_earlier_version_is_shown_as_such(client: TestClient, workspace: Path) -> None:
    before = client.get("/api/v1/documents/material-plan-2026/passages").json()["items"][0]
    file = workspace / "plan.txt"
    file.write_text("2026年工作计划\n\n全年只抓一件事：把窗口服务做好。\n", encoding="utf-8")
    posted = client.post(
        "/api/v1/documents",
        files={"file": ("material-plan-2026.txt", file.read_bytes())},
        data={"role": "material", "title": "2026年工作计划"},
    )
    assert posted.status_code == 201, posted.text
    assert client.post("/api/v1/documents/material-plan-2026/approval", json={}).status_code == 200
    old = client.get(f"/api/v1/passages/{before['passage_id']}").json()
    assert (old["current"], old["text"], old["before"], old["after"]) == (False, before["text"], "", "")


def test_the_manifest_is_synced_as_a_job_and_once_for_a_key(
    client: TestClient, workspace: Path, assistant: Assistant
) -> None:
    file = workspace / "corpus/documents/material/plan-2026.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n增加一项工作。\n", encoding="utf-8")
    key = {"Idempotency-Key": "sync-1"}
    started = client.post("/api/v1/corpus/sync", headers=key)
    assert started.status_code == 202
    assert started.headers["location"] == f"/api/v1/jobs/{started.json()['id']}"
    again = client.post("/api/v1/corpus/sync", headers=key)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == started.json()
    job = wait_for(client, started.json()["id"])
    assert job["state"] == "done", job
    assert [one["document_id"] for one in job["result"]["pending"]] == ["material-plan-2026"]
    assert len(assistant.store.jobs.list()) == 1


def test_who_may_sync(keyed: Keyed) -> None:
    assert keyed("drafter").post("/api/v1/corpus/sync").status_code == 403
    refused = keyed("corpus-admin", units=["甲局"]).post("/api/v1/corpus/sync")
    assert refused.status_code == 403
    assert "各单位" in refused.json()["detail"]


def test_the_status_says_what_is_lacking(client: TestClient) -> None:
    status = client.get("/api/v1/corpus/status").json()
    assert status["passages"] > 100
    assert (status["embedded"], status["dense"]) == (0, "off")
    assert "只按字词检索" in status["note"]


def test_kinds_are_told_the_workspaces_own_among_them(client: TestClient, workspace: Path) -> None:
    (workspace / "kinds").mkdir()
    source = (resources.files("nigao.report") / "kinds" / "political-ecology.yaml").read_text(encoding="utf-8")
    own = source.replace("key: political-ecology", "key: own", 1)
    (workspace / "kinds" / "own.yaml").write_text(own, encoding="utf-8")
    kinds = {kind["key"]: kind for kind in client.get("/api/v1/kinds").json()}
    assert "own" in kinds
    parts = [part["key"] for part in kinds["political-ecology"]["parts"]]
    assert parts == ["basics", "features", "problems", "measures"]
    assert client.get("/api/v1/kinds/own").json() == kinds["own"]
    for unknown in ("nothing", "%2e%2e", "𠀀" * 100, "a%00"):
        answer = client.get(f"/api/v1/kinds/{unknown}")
        assert answer.status_code == 404, unknown
    (workspace / "kinds" / "own.yaml").write_text("parts: [", encoding="utf-8")
    broken = client.get("/api/v1/kinds/own")
    assert broken.status_code == 422
    assert str(workspace) not in broken.text


def test_what_the_keys_allow(keyed: Keyed) -> None:
    narrow = keyed("auditor")
    assert narrow.get("/api/v1/search", params={"q": "整改"}).status_code == 200
    assert narrow.post("/api/v1/corpus/sync").status_code == 403
    nobody = TestClient(narrow.app, base_url="http://127.0.0.1")
    for path in ("/search?q=整改", "/corpus/status", "/passages/x", "/kinds", "/documents", "/rules", "/audit"):
        assert nobody.get(f"/api/v1{path}").status_code == 401, path
