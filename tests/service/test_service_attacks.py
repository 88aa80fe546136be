"""What a hostile or careless caller sends: answered at once, in its own shape, and never with what is another's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from served_reports import API, keep_report, told

from nigao import Assistant, Brief
from nigao.chat.events import ReplyEvent
from nigao.service.authenticating import own_machine
from nigao.service.serving import Served

OURS, THEIRS = "清河市水务局", "清河市林业局"


def test_a_conversation_about_no_report_is_not_there_for_a_namesake_of_another_unit(
    client: TestClient, keyed: Callable[..., TestClient]
) -> None:
    ours = keyed(["drafter"], units=[OURS], person="李明")
    theirs = keyed(["drafter"], units=[THEIRS], person="李明")
    office = keyed(["drafter"], person="李明")
    session = ours.post(f"{API}/sessions", json={}).json()["id"]
    assert ours.post(f"{API}/sessions/{session}/turns", json={"say": "巡察的事先不说"}).status_code == 200
    for answer in (
        theirs.get(f"{API}/sessions/{session}"),
        theirs.get(f"{API}/sessions/{session}/turns"),
        theirs.post(f"{API}/sessions/{session}/turns", json={"say": "帮助"}),
    ):
        assert answer.status_code == 404
        assert "巡察" not in answer.text
    assert "巡察" in ours.get(f"{API}/sessions/{session}/turns").text
    assert office.get(f"{API}/sessions/{session}").status_code == 200
    offices = office.post(f"{API}/sessions", json={}).json()["id"]
    assert ours.get(f"{API}/sessions/{offices}").status_code == 404


@pytest.mark.parametrize("heard", ["9" * 30, "9" * 5000, "9223372036854775808", "-1", "1e5", "²", "x"])
def test_nonsense_as_the_last_event_heard_begins_from_the_first(
    client: TestClient, assistant: Assistant, heard: str
) -> None:
    job, _ = assistant.store.jobs.add("embed", "{}", person="li", units=(), caller="local")
    assistant.store.jobs.tell(job.id, ['{"type": "progress", "done": 1, "total": 1}'])
    assistant.store.jobs.end(job.id, "cancelled")
    answer = client.get(f"{API}/jobs/{job.id}/events", headers={"Last-Event-ID": heard.encode()})
    assert answer.status_code == 200
    assert [kind for _, kind, _ in told(answer.text)][-1] == "end"
    assert any(kind == "progress" for _, kind, _ in told(answer.text))


def test_a_page_of_jobs_that_there_never_was_is_refused(client: TestClient) -> None:
    for cursor in ("zzz", "j", "j99999999999", "-1"):
        answer = client.get(f"{API}/jobs", params={"cursor": cursor})
        assert (answer.status_code, answer.json()["where"]) == (422, "cursor"), cursor


def test_events_end_soon_after_the_key_is_revoked(
    client: TestClient, keyed: Callable[..., TestClient], assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A job that nobody works on: its events would never end.
    monkeypatch.setattr(assistant.store.jobs, "claim", lambda: None)
    keyed_client = keyed(["drafter"], person="何静")
    job, _ = assistant.store.jobs.add("draft", "{}", person="何静", units=(), caller="k0001")
    doorkeeper = client.app.state.service.doorkeeper  # type: ignore[attr-defined]
    asked: list[bool] = []
    still = type(doorkeeper).still

    def revoked_while_listening(self: object, caller: object) -> bool:
        if not asked:
            assert still(self, caller)
            assistant.store.keys.revoke("k0001", by="管理员", reason="离岗")
        asked.append(still(self, caller))
        return asked[-1]

    monkeypatch.setattr(type(doorkeeper), "still", revoked_while_listening)
    answer = keyed_client.get(f"{API}/jobs/{job.id}/events")
    assert (answer.status_code, asked) == (200, [False])
    assert "event: end" not in answer.text
    assert keyed_client.get(f"{API}/jobs/{job.id}/events").status_code == 401


@pytest.mark.parametrize(
    "text", ["unit: " + "[" * 90_000, "unit: " + "{" * 90_000, "unit: x\nfacts:\n" + "- " * 45_000]
)
def test_a_brief_nested_without_end_is_refused_before_it_is_read(client: TestClient, text: str) -> None:
    asked = {"model": "nigao-draft", "messages": [{"role": "user", "content": text}]}
    answer = client.post("/v1/chat/completions", json=asked)
    assert answer.status_code == 400
    assert "层次过深" in answer.json()["error"]["message"]


def test_people_without_keys_are_told_apart_and_named_in_plain_letters(
    client: TestClient, assistant: Assistant
) -> None:
    def me(header: bytes | str) -> tuple[int, str]:
        answer = client.get(f"{API}/me", headers={"X-Nigao-Person": header})
        return answer.status_code, answer.json().get("person", "")

    assert me(quote("李晓明")) == (200, "李晓明")
    # As curl sends it: not percent-encoded, and no jumble for a name in the audit log.
    assert me("李晓明".encode()) == (200, "李晓明")
    for odd in (b"%00", b"a%0Ab", b"%C0%EE", b"%ff", b"x" * 101, "\u202e李".encode()):
        assert me(odd)[0] == 422, odd
    # The same idempotency key of another person is another person's.
    key = {"Idempotency-Key": "one"}
    first = client.post(f"{API}/sessions", json={}, headers=key | {"X-Nigao-Person": "he"})
    second = client.post(f"{API}/sessions", json={}, headers=key | {"X-Nigao-Person": "li"})
    assert first.json()["author"] == "he"
    assert second.status_code == 422


def test_what_cannot_be_read_is_a_bad_request_that_says_so(client: TestClient) -> None:
    json = {"content-type": "application/json"}
    for body in (b"{", b"\xff\xfe", b"[" * 100_000):
        answer = client.post(f"{API}/checks", content=body, headers=json)
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
        assert answer.json()["detail"]
        theirs = client.post("/v1/chat/completions", content=body, headers=json)
        assert (theirs.status_code, theirs.json()["error"]["code"]) == (400, "invalid-request")
    form = client.post(f"{API}/checks/file", content=b"zz", headers={"content-type": "multipart/form-data"})
    assert form.status_code == 400
    assert form.json()["detail"]


def test_nobody_is_sent_to_another_address_with_their_key(app: FastAPI, client: TestClient) -> None:
    for path in (f"{API}/reports/", f"{API}/jobs/", "/v1/models/", "/healthz/", "/api/docs/"):
        answer = client.get(path, follow_redirects=False)
        assert answer.status_code == 404, path


def test_the_unit_written_with_spaces_is_the_unit_all_the_same(
    client: TestClient, keyed: Callable[..., TestClient], assistant: Assistant
) -> None:
    ours = keyed(["drafter"], units=[OURS])
    report = assistant.draft(Brief.model_validate({"unit": OURS}), offline=True, author="李晓明").id
    command = {"verb": "set_fact", "name": " 单位 ", "value": THEIRS}
    answer = ours.post(f"{API}/reports/{report}/commands", json={"command": command}, headers={"If-Match": "*"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "command",
    [
        {"verb": "replace", "old": "的", "new": "的" * 100_000},
        {"verb": "replace", "old": "的", "new": "的" * 1_001},
        {"verb": "add", "what": "sentence", "place": {"part": "problems", "item": [1]}, "text": "哈" * 9_000},
        {"verb": "pair", "measure": 1, "problems": [1] * 100_000},
    ],
)
def test_a_command_of_endless_words_is_refused_before_any_work(
    client: TestClient, assistant: Assistant, command: dict[str, object]
) -> None:
    report = keep_report(assistant)
    answer = client.post(f"{API}/reports/{report}/commands", json={"command": command}, headers={"If-Match": "*"})
    assert (answer.status_code, "最多" in answer.json()["detail"]) == (422, True)
    session = client.post(f"{API}/sessions", json={"report_id": report}).json()["id"]
    assert client.post(f"{API}/sessions/{session}/turns", json={"command": command}).status_code == 422
    assert client.get(f"{API}/sessions/{session}").json()["turns"] == 0


@pytest.mark.parametrize("flood", ["12.5%" * 4000, "张三李四" * 5000, "《》" * 10_000, "的" * 20_000])
def test_what_is_no_prose_is_refused_before_the_rules_look_at_it(client: TestClient, flood: str) -> None:
    for path, body in (("checks", {"text": f"一、基本情况\n{flood}"}), ("checks/fixes", {"text": flood})):
        answer = client.post(f"{API}/{path}", json=body)
        assert answer.status_code == 422, path
        assert "不像文稿" in answer.json()["detail"]
    answer = client.post("/v1/chat/completions", json={"model": "nigao-check", "messages": [_said(flood)]})
    assert answer.status_code == 400
    assert "不像文稿" in answer.json()["error"]["message"]


def _said(words: str) -> dict[str, str]:
    return {"role": "user", "content": words}


def test_a_brief_with_more_facts_than_any_office_has_is_refused(client: TestClient) -> None:
    facts = [{"name": f"事实{number}", "value": "1"} for number in range(501)]
    answer = client.post(f"{API}/reports", json={"brief": {"unit": OURS, "facts": facts}})
    assert (answer.status_code, answer.json()["where"]) == (422, "facts")


def test_a_yes_on_the_page_does_not_confirm_what_a_program_asked_for(
    app: FastAPI, client: TestClient, assistant: Assistant, workspace: Path
) -> None:
    draft = assistant.draft(Brief.load(workspace / "brief.yaml"), offline=True, author="li")
    program = Served(app.state.service, own_machine("li"), signs=False).chats.open(draft.id)
    asked = list(program.send("编制数改为30名"))[-1]
    assert isinstance(asked, ReplyEvent)
    assert asked.waits_for == "confirm"
    opened = client.post(f"{API}/sessions", json={"report_id": draft.id}).json()
    assert opened["id"] != program.id
    answer = client.post(f"{API}/sessions/{opened['id']}/turns", json={"command": {"verb": "confirm"}}).json()
    assert not answer["reply"]["changed"]
    assert assistant.stored(draft.id).revision == 1
    # And the program goes on with its own.
    assert Served(app.state.service, own_machine("li"), signs=False).chats.open(draft.id).id == program.id
