"""The audit log over HTTP: newest first, a unit's own part of it, and whether it is sound."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from fastapi.testclient import TestClient

from nigao import Assistant, Brief

Keyed = Callable[..., TestClient]
URL = "/api/v1/audit"


def submit(client: TestClient, name: str, **stated: object) -> str:
    files = {"file": (name, "夜间窗口工作情况\n\n全年开通夜间窗口四十八次。\n".encode())}
    answer = client.post("/api/v1/documents", files=files, data={"role": "material", **stated})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["document"]["id"])


def test_events_come_newest_first_page_by_page(client: TestClient, assistant: Assistant) -> None:
    expected = assistant.store.audit.events()[::-1]
    first = client.get(URL, params={"limit": 3}).json()
    # What is added meanwhile moves nothing.
    assistant.store.audit.append("document.note", "x", "li")
    second = client.get(URL, params={"limit": 3, "cursor": first["next"]}).json()
    told = [(event["sequence"], event["hash"]) for event in first["items"] + second["items"]]
    assert told == [(event.sequence, event.hash) for event in expected[:6]]
    assert client.get(URL, params={"cursor": "0"}).status_code == 422
    assert client.get(URL, params={"limit": 0}).status_code == 422


def test_a_unit_sees_what_was_done_to_its_own_alone(keyed: Keyed, assistant: Assistant, workspace: Path) -> None:
    office = keyed("corpus-admin", person="周文清")
    ours, theirs = submit(office, "ours.txt", visible_to=["甲局", "丁局"]), submit(office, "x.txt", visible_to=["乙局"])
    report = assistant.draft(Brief.load(workspace / "brief.yaml"), offline=True, author="李晓明")
    list(assistant.chat(report.id, author="李晓明").send("帮助"))
    # Who may see a document is changed: the log says from whom to whom.
    assert submit(office, "ours.txt") == ours
    assert office.post(f"/api/v1/documents/{ours}/approval", json={}).status_code == 200
    submit(office, "ours.txt", visible_to=["甲局", "乙局"])

    seen = keyed("auditor", units=["甲局"]).get(URL, params={"limit": 200})
    subjects = {event["subject"] for event in seen.json()["items"]}
    assert ours in subjects
    assert not subjects & {theirs, report.id, "s0001", "k0001"}
    assert "乙局" not in seen.text
    assert "丁局" not in seen.text
    all_of_it = {event["subject"] for event in keyed("auditor").get(URL, params={"limit": 200}).json()["items"]}
    assert {ours, theirs, report.id, "s0001", "k0001"} <= all_of_it
    own = keyed("auditor", units=[report.report.unit]).get(URL, params={"limit": 200}).json()["items"]
    assert {report.id, "s0001"} <= {event["subject"] for event in own}


def test_tampering_shows(keyed: Keyed, assistant: Assistant, workspace: Path) -> None:
    auditor, of_unit = keyed("auditor"), keyed("auditor", units=["甲局"])
    sound = auditor.get(f"{URL}/verification").json()
    assert (sound["ok"], sound["problem"]) == (True, None)
    assert sound["events"] == len(assistant.store.audit.events())
    assert sound["documents"] == len(assistant.store.documents.all())
    with sqlite3.connect(workspace / ".nigao" / "nigao.db") as database:
        database.execute("UPDATE documents SET title = '改过' WHERE id = 'basis-work-rules'")
    database.close()
    broken = auditor.get(f"{URL}/verification")
    assert broken.status_code == 200
    assert broken.json()["ok"] is False
    assert "basis-work-rules" in broken.json()["problem"]["where"]
    hidden = of_unit.get(f"{URL}/verification").json()
    assert (hidden["ok"], hidden["problem"]["where"]) == (False, "")


def test_only_auditors_read_it(keyed: Keyed) -> None:
    for role, status in (("auditor", 200), ("drafter", 403), ("corpus-admin", 403), ("approver", 403)):
        assert keyed(role).get(URL).status_code == status
        assert keyed(role).get(f"{URL}/verification").status_code == status
