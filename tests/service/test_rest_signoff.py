"""Sign-off over HTTP: who may take which step, and what ends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from served_reports import API, by, keep_report, place, write

from duty_report import REPORT
from nigao import Assistant

LI, ZHOU = "李晓明", "周文清"


@pytest.fixture
def report(assistant: Assistant) -> str:
    """One that may be submitted: what stands is waived."""
    id = keep_report(assistant)
    draft = assistant.stored(id)
    codes = {one.code for one in assistant.reports.review(draft.report, draft.brief) if one.severity == "error"}
    session = assistant.chat(id, author=LI, offline=True)
    for code in sorted(codes):
        list(session.send(f"忽略 {code}：样稿从简"))
    return id


def latest(client: TestClient, report: str) -> int:
    return int(client.get(f"{API}/reports/{report}", headers=by(LI)).headers["ETag"].strip('"'))


def step(client: TestClient, report: str, what: str, person: str, on: int | str = "*", **body: str) -> Any:
    return client.post(f"{API}/reports/{report}/{what}", json=body, headers=by(person, on))


def test_what_has_blanks_is_not_submitted(client: TestClient, assistant: Assistant) -> None:
    id = keep_report(assistant, REPORT.replace("12名", "【待补：工作人员数】"))
    refused = step(client, id, "submission", LI, 1)
    assert (refused.status_code, "P301" in refused.json()["detail"]) == (409, True)
    assert client.get(f"{API}/reports/{id}/status", headers=by(LI)).json()["stage"] == "draft"


def test_a_submitted_report_is_signed_by_another_and_a_change_ends_that(client: TestClient, report: str) -> None:
    on = latest(client, report)
    submitted = step(client, report, "submission", LI, on, note="请审")
    assert (submitted.json()["stage"], submitted.headers["ETag"]) == ("submitted", f'"{on}"')
    assert step(client, report, "submission", LI, on).status_code == 409
    assert [step(client, report, "approval", who, on).status_code for who in (LI, "方立群", ZHOU)] == [422, 422, 200]
    status = client.get(f"{API}/reports/{report}/status", headers=by(LI)).json()
    assert [(one["state"], one["by"], one["note"]) for one in status["steps"]] == [
        ("submitted", LI, "请审"),
        ("approved", ZHOU, ""),
    ]
    assert (status["stage"], status["label"]) == ("approved", "已签发")

    command = write("个别设备报修不及时。", place("problems", 2, sentence=2))
    url = f"{API}/reports/{report}/commands"
    asked = client.post(url, json={"command": command}, headers=by(LI, on)).json()["reply"]
    assert (asked["waits_for"], "签发" in asked["text"], asked["changed"]) == ("confirm", True, False)
    assert client.post(url, json={"command": command, "confirm": True}, headers=by(LI, on)).json()["reply"]["changed"]
    lapsed = client.get(f"{API}/reports/{report}/status", headers=by(LI)).json()
    assert (lapsed["stage"], lapsed["lapsed_by"]) == ("draft", on + 1)
    earlier = client.get(f"{API}/reports/{report}/revisions/{on}", headers=by(LI)).json()
    assert earlier["stage"] == "draft"


def test_what_is_sent_back_says_why_and_is_a_draft_again(client: TestClient, report: str) -> None:
    step(client, report, "submission", LI)
    assert step(client, report, "return", ZHOU).status_code == 422
    assert step(client, report, "return", ZHOU, note="　").status_code == 422
    back = step(client, report, "return", ZHOU, note="第三部分再具体些").json()
    assert (back["stage"], back["steps"][-1]["note"]) == ("draft", "第三部分再具体些")
    assert step(client, report, "approval", ZHOU).status_code == 409


@pytest.mark.parametrize("what", ["submission", "approval", "return"])
def test_a_step_is_taken_on_the_revision_that_was_seen(client: TestClient, report: str, what: str) -> None:
    body = {"note": "再改"}
    silent = client.post(f"{API}/reports/{report}/{what}", json=body, headers=by(ZHOU))
    assert silent.status_code == 428
    ahead = latest(client, report) + 1
    stale = step(client, report, what, ZHOU, ahead, **body)
    assert (stale.status_code, stale.json()["expected"]) == (412, ahead)
    assert client.get(f"{API}/reports/{report}/status", headers=by(LI)).json()["steps"] == []


def test_each_step_needs_a_key_that_allows_it(keyed: Callable[..., TestClient], report: str) -> None:
    unit = ["值班中心"]
    drafter, signer = keyed("drafter", unit), keyed("approver", unit, person=ZHOU)
    outsider = keyed("approver", ["清河市水务局"], person="周敏")
    assert step(signer, report, "submission", ZHOU).status_code == 403
    assert step(drafter, report, "submission", LI).status_code == 200
    assert step(drafter, report, "approval", LI).status_code == 403
    assert step(outsider, report, "approval", ZHOU).status_code == 404
    # The header names somebody; with a key it is the key that counts.
    assert step(signer, report, "approval", LI).json()["steps"][-1]["by"] == ZHOU
    command = {"command": {"verb": "approve"}}
    refused = drafter.post(f"{API}/reports/{report}/commands", json=command, headers={"If-Match": "*"})
    assert (refused.status_code, refused.json()["where"]) == (403, "reports:approve")
