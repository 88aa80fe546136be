"""A report's revisions over HTTP: who changed what on which, and the ways back."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from fastapi.testclient import TestClient
from served_reports import API, by, keep_report, place, write

from nigao import Assistant

LI, FANG = "李晓明", "方立群"
NEW = "个别设备报修不及时。"


@pytest.fixture
def report(assistant: Assistant) -> str:
    return keep_report(assistant)


def changed(client: TestClient, report: str, text: str, person: str = LI, on: int | str = "*") -> Any:
    command = {"command": write(text, place("problems", 2, sentence=2))}
    return client.post(f"{API}/reports/{report}/commands", json=command, headers=by(person, on))


def sentence(client: TestClient, report: str) -> str:
    part = client.get(f"{API}/reports/{report}/parts/problems", headers=by(LI)).json()
    return str(part["items"][1]["sentences"][-1]["text"])


def post(client: TestClient, report: str, act: str, on: int | str, person: str = LI, **body: object) -> Any:
    return client.post(f"{API}/reports/{report}/{act}", json=body, headers=by(person, on))


def test_revisions_tell_who_made_them_the_newest_first_a_page_at_a_time(client: TestClient, report: str) -> None:
    changed(client, report, NEW)
    changed(client, report, "设备报修偏晚。", FANG)
    first = client.get(f"{API}/reports/{report}/revisions", params={"limit": 2}, headers=by(LI)).json()
    assert [(one["revision"], one["author"], one["act"]) for one in first["items"]] == [
        (3, FANG, "edit"),
        (2, LI, "edit"),
    ]
    asked = {"limit": 2, "cursor": first["next"]}
    rest = client.get(f"{API}/reports/{report}/revisions", params=asked, headers=by(LI)).json()
    assert ([one["revision"] for one in rest["items"]], rest["next"]) == ([1], None)
    earlier = client.get(f"{API}/reports/{report}/revisions/2", headers=by(LI))
    assert (earlier.headers["ETag"], earlier.json()["revision"]) == ('"2"', 2)
    assert client.get(f"{API}/reports/{report}/revisions/4", headers=by(LI)).status_code == 404


def test_a_comparison_is_of_the_last_two_unless_they_are_named(client: TestClient, report: str) -> None:
    changed(client, report, NEW)
    changed(client, report, "设备报修偏晚。", FANG)
    last = client.get(f"{API}/reports/{report}/diff", headers=by(LI)).json()
    assert [(last["old"], last["new"])] + [(one["old"], one["new"]) for one in last["changes"]] == [
        (2, 3),
        (NEW, "设备报修偏晚。"),
    ]
    whole = client.get(f"{API}/reports/{report}/diff", params={"old": 1}, headers=by(LI)).json()
    assert (whole["old"], whole["new"], whole["changes"][0]["old"]) == (1, 3, "个别设备故障报修偏晚。")
    assert client.get(f"{API}/reports/{report}/diff", params={"old": 9}, headers=by(LI)).status_code == 404
    assert client.get(f"{API}/reports/{report}/diff", params={"old": 0}, headers=by(LI)).status_code == 422


def test_what_is_taken_back_can_be_made_again_and_an_earlier_revision_restored(client: TestClient, report: str) -> None:
    before = sentence(client, report)
    changed(client, report, NEW, on=1)
    undone = post(client, report, "undo", 2)
    assert (undone.status_code, undone.headers["ETag"], sentence(client, report)) == (200, '"3"', before)
    redone = post(client, report, "redo", 3, steps=1)
    assert (redone.json()["revision"], sentence(client, report)) == (4, NEW)
    restored = post(client, report, "restore", 4, revision=1)
    assert (restored.json()["revision"], sentence(client, report)) == (5, before)
    acts = client.get(f"{API}/reports/{report}/revisions", headers=by(LI)).json()["items"]
    assert [(one["act"], one["restores"]) for one in acts[:3]] == [("restore", 1), ("redo", 2), ("undo", 1)]


def test_ones_own_changes_are_taken_back_unless_others_are_asked_for(client: TestClient, report: str) -> None:
    changed(client, report, NEW, FANG)
    refused = post(client, report, "undo", 2, LI)
    assert (refused.status_code, FANG in refused.json()["detail"]) == (409, True)
    assert post(client, report, "undo", 2, LI, others=True).status_code == 200
    assert post(client, report, "undo", 3, LI, steps=50).status_code == 409
    assert post(client, report, "undo", 3, LI, steps=0).status_code == 422
    assert post(client, report, "restore", 3, LI, revision=77).status_code == 404


@pytest.mark.parametrize("act", ["undo", "redo", "restore"])
def test_a_change_says_which_revision_it_is_made_on(client: TestClient, report: str, act: str) -> None:
    changed(client, report, NEW)
    body = {"revision": 1} if act == "restore" else {}
    silent = client.post(f"{API}/reports/{report}/{act}", json=body, headers=by(LI))
    assert (silent.status_code, silent.json()["where"]) == (428, "If-Match")
    stale = post(client, report, act, 1, **body)
    assert (stale.status_code, stale.json()["expected"], stale.json()["actual"]) == (412, 1, 2)
    strange = client.post(f"{API}/reports/{report}/{act}", json=body, headers=by(LI) | {"If-Match": "abc"})
    assert strange.status_code == 422
    assert post(client, "r0099", act, 1, **body).status_code == 404


def test_of_many_who_change_the_same_revision_one_does(client: TestClient, assistant: Assistant, report: str) -> None:
    people = [f"编辑{number}" for number in range(6)]
    answers: dict[str, int] = {}
    together = threading.Barrier(len(people))

    def change(person: str) -> None:
        together.wait(30)
        answers[person] = changed(client, report, f"{person}写的一句。", person, on=1).status_code

    threads = [threading.Thread(target=change, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers.values()) == [200, 412, 412, 412, 412, 412]
    [first, second] = assistant.reports.history(report)
    assert (first.revision, answers[second.author]) == (1, 200)
