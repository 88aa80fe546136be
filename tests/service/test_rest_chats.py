"""Conversations over HTTP: told at once or as they go, one turn at a time, and nothing kept of a turn that is left."""

from __future__ import annotations

import http.client
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from served_reports import API, by, keep_report, place, told, write

from chat_server import ChatServer, Status
from live_server import serving
from nigao import Assistant, Brief
from nigao.service.app import create_app

LI, FANG = "李晓明", "方立群"
STREAM = {"Accept": "text/event-stream"}
_PATIENCE_SECONDS = 30.0


@pytest.fixture
def report(assistant: Assistant) -> str:
    return keep_report(assistant)


def opened(client: TestClient, report: str | None, person: str = LI, **more: object) -> dict[str, Any]:
    answer = client.post(f"{API}/sessions", json={"report_id": report} | more, headers=by(person))
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == f"{API}/sessions/{answer.json()['id']}"
    session: dict[str, Any] = answer.json()
    return session


def said(client: TestClient, session: str, body: object, person: str = LI, **headers: str) -> Any:
    return client.post(f"{API}/sessions/{session}/turns", json=body, headers=by(person) | headers)


def test_a_conversation_is_gone_on_with_or_begun_afresh(client: TestClient, report: str) -> None:
    first = opened(client, report)
    assert (first["report_id"], first["revision"], first["turns"], first["waits_for"]) == (report, 1, 0, "")
    said(client, first["id"], {"say": "删除问题二"})
    again = opened(client, report)
    assert (again["id"], again["turns"], again["revision"]) == (first["id"], 1, 2)
    assert opened(client, report, fresh=True)["id"] != first["id"]
    assert opened(client, report, FANG)["id"] != first["id"]
    nothing = opened(client, None)
    assert (nothing["report_id"], nothing["revision"]) == (None, None)
    assert client.post(f"{API}/sessions", json={"report_id": "r0077"}, headers=by(LI)).status_code == 404


def test_a_turn_is_told_whole_or_as_it_goes(client: TestClient, report: str) -> None:
    session = opened(client, report)["id"]
    whole = said(client, session, {"say": "问题一和问题二对调"}).json()
    assert [event["type"] for event in whole["events"]] == ["understood", "change", "reply"]
    assert whole["events"][-1] == whole["reply"]
    assert (whole["reply"]["changed"], whole["reply"]["revision"]) == (True, 2)
    streamed = said(client, session, {"command": {"verb": "undo"}, "expected_revision": 2}, **STREAM)
    assert streamed.headers["content-type"].startswith("text/event-stream")
    events = told(streamed.text)
    assert [kind for _, kind, _ in events] == [data["type"] for _, _, data in events]
    assert [kind for _, kind, _ in events][-2:] == ["change", "reply"]
    assert events[-1][2]["revision"] == 3

    turns = client.get(f"{API}/sessions/{session}/turns", params={"limit": 1}, headers=by(LI)).json()
    assert (turns["items"][0]["said"], turns["items"][0]["revision"], turns["next"]) == ("问题一和问题二对调", 2, "1")
    rest = client.get(f"{API}/sessions/{session}/turns", params={"cursor": "1"}, headers=by(LI)).json()
    assert [(one["number"], one["command"]["verb"]) for one in rest["items"]] == [(2, "undo")]


def test_what_others_changed_meanwhile_is_told_and_asked_about(client: TestClient, report: str) -> None:
    session = opened(client, report)["id"]
    at = place("problems", 2, sentence=2)
    other = {"command": write("个别设备报修不及时。", at)}
    assert client.post(f"{API}/reports/{report}/commands", json=other, headers=by(FANG, 1)).status_code == 200
    mine = said(client, session, {"command": write("设备报修偏晚。", at), "expected_revision": 1}).json()
    assert [event["type"] for event in mine["events"]] == ["notice", "understood", "conflict", "reply"]
    assert mine["reply"]["waits_for"] == "confirm"
    assert said(client, session, {"say": "确认"}).json()["reply"]["revision"] == 3


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("GET", "/turns"), ("POST", "/turns")], ids=["read", "turns", "say"]
)
def test_somebody_elses_conversation_is_not_there(client: TestClient, report: str, method: str, path: str) -> None:
    session = opened(client, report)["id"]
    body = {"json": {"say": "撤销"}} if method == "POST" else {}
    found = client.request(method, f"{API}/sessions/{session}{path}", headers=by(FANG), **body)
    missing = client.request(method, f"{API}/sessions/s0099{path}", headers=by(FANG), **body)
    assert (found.status_code, missing.status_code) == (404, 404)
    assert found.json()["detail"].replace(session, "") == missing.json()["detail"].replace("s0099", "")


UNUSABLE = [
    '{"say": "撤销", "command": {"verb": "undo"}}',
    "{}",
    '{"say": ""}',
    '{"say": "\\u0000"}',
    '{"say": "\\ud800"}',
    '{"\\ud800": 1, "say": "撤销"}',
    '{"say": "撤销", "expected_revision": 0}',
    '{"command": {"verb": "fly"}}',
    '{"command": {"verb": "restore", "revision": 99999999999999999999}}',
    '{"command": {"verb": "write", "place": {"part": "problems", "item": [1e300]}, "text": "改"}}',
    '{"command": {"verb": "replace", "old": "甲\\u0000", "new": "乙"}}',
]


@pytest.mark.parametrize("body", UNUSABLE)
def test_what_cannot_be_said_is_refused_before_anything_is_begun(client: TestClient, report: str, body: str) -> None:
    session = opened(client, report)["id"]
    headers = by(LI) | STREAM | {"Content-Type": "application/json"}
    answer = client.post(f"{API}/sessions/{session}/turns", content=body, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert client.get(f"{API}/sessions/{session}", headers=by(LI)).json()["turns"] == 0
    assert said(client, session, {"say": "比较第0稿和第1稿"}).json()["reply"]["failed"]


def test_files_of_the_server_are_out_of_reach(client: TestClient, report: str, workspace: Path) -> None:
    session = opened(client, report)["id"]
    for command in ({"verb": "export", "files": ["逃出.docx"]}, {"verb": "draft", "brief": "brief.yaml"}):
        assert said(client, session, {"command": command}).json()["reply"]["failed"]
    assert list(workspace.rglob("逃出.docx")) == []


def test_a_command_without_the_right_key_is_refused_and_in_conversation_told(
    keyed: Callable[..., TestClient], assistant: Assistant, report: str
) -> None:
    auditor = keyed("auditor", units=["值班中心"], person=FANG)
    assert auditor.post(f"{API}/reports/{report}/commands", json={"command": {"verb": "undo"}}).status_code == 403
    session = auditor.post(f"{API}/sessions", json={"report_id": report}).json()["id"]
    url = f"{API}/sessions/{session}/turns"
    reply = auditor.post(url, json={"say": "删除问题二"}).json()["reply"]
    assert (reply["failed"], reply["changed"], "修改报告" in reply["text"]) == (True, False, True)
    assert auditor.post(url, json={"say": "看看提纲"}).json()["reply"]["failed"] is False
    assert len(assistant.reports.history(report)) == 1


def test_a_command_that_cannot_be_carried_out_is_a_conflict_and_changes_nothing(
    client: TestClient, assistant: Assistant, report: str
) -> None:
    url = f"{API}/reports/{report}/commands"
    for command in (
        write("没有这一条。", place("problems", 9)),
        {"verb": "undo"},
        {"verb": "restore", "revision": 40},
        {"verb": "confirm"},
        {"verb": "add", "what": "item", "place": place("problems"), "text": "　"},
        {"verb": "set_fact", "name": "单位", "value": "。"},
        {"verb": "waive", "codes": ["S103"], "place": place("opening"), "reason": "从简"},
        {"verb": "swap", "one": place("problems", 1), "other": place("problems", 2**53)},
    ):
        answer = client.post(url, json={"command": command, "confirm": True}, headers=by(LI, 1))
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:nigao:problem:cannot-edit")
    assert client.post(url, json={"command": {"verb": "undo"}}, headers=by(LI)).status_code == 428
    assert len(assistant.reports.history(report)) == 1


@pytest.mark.parametrize("headers", [{}, STREAM], ids=["whole", "stream"])
def test_an_error_on_the_way_is_told_and_the_session_is_free_again(
    client: TestClient, assistant: Assistant, report: str, headers: dict[str, str]
) -> None:
    session = opened(client, report)["id"]
    assert assistant.settings is not None
    with closing(sqlite3.connect(assistant.settings.database)) as database:
        full = "CREATE TRIGGER full BEFORE INSERT ON turns BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        database.execute(full)
        answer = said(client, session, {"say": "删除问题二"}, **headers)
        database.execute("DROP TRIGGER full")
    problem = told(answer.text)[-1] if headers else ("", "problem", answer.json())
    assert problem[1] == "problem"
    assert (problem[2]["status"], problem[2]["instance"]) == (503, f"{API}/sessions/{session}/turns")
    assert answer.status_code == (200 if headers else 503)
    assert len(assistant.reports.history(report)) == 1
    assert said(client, session, {"say": "删除问题二"}).json()["reply"]["revision"] == 2


@pytest.fixture
def stuck(workspace: Path) -> Iterator[tuple[str, Assistant, threading.Event]]:
    """A served workspace whose model does not answer: its address, its assistant, and what tells that it was asked."""
    asked, over = threading.Event(), threading.Event()

    def answer(_: object) -> Status:
        asked.set()
        over.wait(_PATIENCE_SECONDS)
        return Status(500)

    with ChatServer(answer) as server:
        model = f'embeddings = "none"\n[model]\nname = "m"\nbase_url = "{server.base_url}"\ntimeout = 60\n'
        (workspace / "nigao.toml").write_text(model, encoding="utf-8")
        with Assistant.open(workspace) as assistant, serving(create_app(assistant)) as address:
            yield address, assistant, asked
        over.set()


def post(address: str, path: str, body: object, **headers: str) -> http.client.HTTPConnection:
    """A request that is sent; whoever asked may close the connection before the answer."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=_PATIENCE_SECONDS)
    sent = by(LI) | {"Content-Type": "application/json"} | headers
    connection.request("POST", f"{API}{path}", json.dumps(body), sent)
    return connection


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_whoever_goes_away_in_the_middle_of_a_turn_leaves_all_as_it_was(
    stuck: tuple[str, Assistant, threading.Event], workspace: Path
) -> None:
    address, assistant, asked = stuck
    # A model words only what rests on the corpus.
    report = assistant.draft(Brief.load(workspace / "brief.yaml"), part="problems", offline=True, author=LI).id
    session = assistant.store.chats.open(report, LI, json.dumps({"report_id": report, "seen": 1})).id
    path = f"/sessions/{session}/turns"
    revise = {"verb": "revise", "place": place("problems", 1), "how": "rewrite", "instruction": "改得更有力一些"}
    leaving = post(address, path, {"command": revise}, **STREAM)
    first = leaving.getresponse()
    assert first.readline() == b"event: understood\n"
    assert asked.wait(_PATIENCE_SECONDS)

    with closing(post(address, path, {"say": "看看提纲"})) as second:
        refused = second.getresponse()
        assert (refused.status, json.loads(refused.read())["where"]) == (409, session)
    first.close()
    leaving.close()

    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        with closing(post(address, path, {"command": {"verb": "show", "what": "outline"}})) as later:
            answer = later.getresponse()
            told_now = json.loads(answer.read())
        if answer.status != 409 or time.monotonic() > until:
            break
    assert answer.status == 200, told_now
    assert [turn.said for turn in assistant.store.chats.turns(session)] == ["显示提纲"]
    assert len(assistant.reports.history(report)) == 1
