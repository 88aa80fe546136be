"""Reports over HTTP: drafted by a job, read in parts, their facts set, exported, and edited copies taken back in."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from fastapi.testclient import TestClient
from served_reports import API, by, keep_report, place, told, write

from chat_server import ChatServer, Status
from duty_report import REPORT
from nigao import Assistant, Brief
from nigao.service.app import create_app
from nigao.settings import ServiceSettings
from word_edits import edited, retype

LI, ZHOU = "李晓明", "周文清"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def report(assistant: Assistant) -> str:
    return keep_report(assistant)


def brief_of(workspace: Path) -> dict[str, Any]:
    brief: dict[str, Any] = json.loads(Brief.load(workspace / "brief.yaml").model_dump_json())
    return brief


def drafted(client: TestClient, brief: dict[str, Any]) -> dict[str, Any]:
    """The ended job of a draft."""
    asked = client.post(f"{API}/reports", json={"brief": brief, "offline": True}, headers=by(LI))
    assert asked.status_code == 202, asked.text
    events = told(client.get(asked.headers["Location"] + "/events", headers=by(LI)).text)
    number, kind, job = events[-1]
    assert (number, kind) == ("", "end")
    return job


def test_a_report_lives_from_its_brief_to_its_return_from_word(
    client: TestClient, workspace: Path, assistant: Assistant
) -> None:
    brief = brief_of(workspace)
    brief["facts"] = [fact for fact in brief["facts"] if fact["name"] != "党员人数"]
    job = drafted(client, brief)
    assert (job["state"], job["report_id"]) == ("done", "r0001")
    url = f"{API}/reports/r0001"

    read = client.get(url, headers=by(LI))
    assert read.headers["ETag"] == '"1"'
    assert (read.json()["revision"], read.json()["stage"]) == (1, "draft")
    wanted = client.get(f"{url}/facts", headers=by(LI)).json()["missing"]
    assert wanted

    refused = client.post(f"{url}/submission", json={}, headers=by(LI, 1))
    assert refused.status_code == 409
    assert "待补" in refused.json()["detail"]
    for on, name in enumerate(wanted, start=1):
        filled = client.put(f"{url}/facts/{name}", json={"value": "19名", "confirm": True}, headers=by(LI, on))
        assert filled.json()["reply"]["changed"], filled.text
    latest = 1 + len(wanted)

    command = {"command": write("学用结合还不够。", place("problems", 1, sentence=1)), "confirm": True}
    assert client.post(f"{url}/commands", json=command, headers=by(LI, 1)).status_code == 412
    changed = client.post(f"{url}/commands", json=command, headers=by(LI, latest))
    assert changed.headers["ETag"] == f'"{latest + 1}"'
    diff = client.get(f"{url}/diff", headers=by(LI)).json()
    assert (diff["old"], diff["new"]) == (latest, latest + 1)
    assert "学用结合还不够。" in [change["new"] for change in diff["changes"]]
    undone = client.post(f"{url}/undo", json={}, headers=by(LI, latest + 1))
    assert undone.json()["report"] == client.get(f"{url}/revisions/{latest}", headers=by(LI)).json()["report"]
    on = latest + 2

    errors = [one for one in client.get(f"{url}/findings", headers=by(LI)).json() if one["severity"] == "error"]
    assert errors == []
    assert client.post(f"{url}/submission", json={}, headers=by(LI, on)).json()["stage"] == "submitted"
    own = client.post(f"{url}/approval", json={}, headers=by(LI, on))
    assert own.status_code == 422
    signed = client.post(f"{url}/approval", json={"note": "同意"}, headers=by(ZHOU, on)).json()
    assert [step["by"] for step in signed["steps"]] == [LI, ZHOU]
    assert client.get(url, headers=by(LI)).json()["stage"] == "approved"

    sent = client.get(f"{url}/export", headers=by(LI))
    copy = edited(sent.content, lambda d: retype(d, "理论学习联系实际还不够", "理论学习联系实际仍不够"))
    tried = {"file": ("改稿.docx", copy, _DOCX)}
    seen = client.post(f"{url}/imports", files=tried, data={"dry_run": "true"}, headers=by("方立群")).json()
    assert (seen["dry_run"], [one["revision"] for one in seen["revisions"]]) == (True, [on + 1])
    taken = client.post(f"{url}/imports", files=tried, headers=by("方立群", on))
    assert taken.headers["ETag"] == f'"{on + 1}"'
    assert [one["author"] for one in taken.json()["revisions"]] == ["方立群"]
    lapsed = client.get(f"{url}/status", headers=by(LI)).json()
    assert (lapsed["stage"], lapsed["lapsed_by"]) == ("draft", on + 1)
    assert client.get(f"{API}/reports", headers=by(LI)).json()["items"][0]["stage"] == "draft"
    assistant.store.audit.verify()


def test_the_same_key_asks_for_one_draft_and_events_go_on_where_they_stopped(
    client: TestClient, workspace: Path
) -> None:
    asked = {"brief": brief_of(workspace), "offline": True, "part": "basics"}
    headers = by(LI, **{"Idempotency-Key": "d3f1"})
    first = client.post(f"{API}/reports", json=asked, headers=headers)
    again = client.post(f"{API}/reports", json=asked, headers=headers)
    assert (again.status_code, again.json(), again.headers["Location"]) == (
        202,
        first.json(),
        first.headers["Location"],
    )
    other = client.post(f"{API}/reports", json=asked | {"part": "problems"}, headers=headers)
    assert other.status_code == 422
    events = told(client.get(first.headers["Location"] + "/events", headers=by(LI)).text)
    numbers = [int(number) for number, kind, _ in events if kind != "end"]
    assert numbers == list(range(1, len(numbers) + 1))
    seen = by(LI, **{"Last-Event-ID": str(numbers[2])})
    assert told(client.get(first.headers["Location"] + "/events", headers=seen).text) == events[3:]
    assert [one["id"] for one in client.get(f"{API}/reports", headers=by(LI)).json()["items"]] == ["r0001"]


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_job_that_waits_is_cancelled_at_once_and_one_under_way_comes_to_its_end(workspace: Path) -> None:
    arrived, answering = threading.Event(), threading.Event()

    def answer(_: object) -> Status:
        arrived.set()
        assert answering.wait(30)
        return Status(500)

    with ChatServer(answer) as server:
        model = f'embeddings = "none"\n[model]\nname = "m"\nbase_url = "{server.base_url}"\n'
        (workspace / "nigao.toml").write_text(model, encoding="utf-8")
        with Assistant.open(workspace) as assistant, served_alone(assistant) as client:
            asked = {"brief": brief_of(workspace), "part": "problems"}
            running, waiting = (
                client.post(f"{API}/reports", json=asked, headers=by(LI)).headers["Location"] for _ in range(2)
            )
            assert arrived.wait(30)
            assert client.get(waiting, headers=by(LI)).json()["state"] == "queued"
            assert client.post(f"{waiting}/cancel", headers=by(ZHOU)).status_code == 403
            assert client.post(f"{waiting}/cancel", headers=by(LI)).json()["state"] == "cancelled"
            client.post(f"{running}/cancel", headers=by(LI))
            ended = told(client.get(f"{running}/events", headers=by(LI)).text)[-1]
            answering.set()
            assert (ended[1], ended[2]["state"]) == ("end", "cancelled")
            assert [one.id for one in assistant.store.reports.list()] == [ended[2]["report_id"]]


def served_alone(assistant: Assistant) -> TestClient:
    """One draft at a time."""
    return TestClient(create_app(assistant, ServiceSettings(drafts=1)), base_url="http://127.0.0.1")


REFUSED_DRAFTS = [
    ({"brief": {"unit": "市局"}, "part": "nowhere"}, 422, "part"),
    ({"brief": {"unit": "市局", "kind": "../brief"}}, 422, "kind"),
    ({"brief": {"unit": "市局", "kind": "长" * 500}}, 422, "kind"),
    ({"brief": {"unit": "市局", "attachments": [{"title": "台账", "file": "/etc/passwd"}]}}, 422, ""),
    (
        {"brief": {"unit": "市局", "attachments": [{"title": "台账", "file": "a.csv", "rows": [["甲"], ["乙"]]}]}},
        422,
        "",
    ),
    ({"brief": {"unit": "市\0局"}}, 422, "body"),
    ({"brief": {}}, 422, ""),
]


@pytest.mark.parametrize(("asked", "status", "where"), REFUSED_DRAFTS)
def test_a_draft_that_cannot_be_made_is_refused_before_there_is_a_job(
    client: TestClient, asked: dict[str, Any], status: int, where: str
) -> None:
    answer = client.post(f"{API}/reports", json=asked, headers=by(LI))
    assert (answer.status_code, answer.json()["where"] if where else "") == (status, where)
    assert client.get(f"{API}/jobs", headers=by(LI)).json()["items"] == []


def test_another_units_report_is_neither_drafted_nor_made(
    keyed: Callable[..., TestClient], assistant: Assistant, report: str
) -> None:
    ours = keyed(["drafter", "editor"], units=["值班中心"])
    refused = ours.post(f"{API}/reports", json={"brief": {"unit": "清河市水务局"}})
    assert (refused.status_code, refused.json()["where"]) == (403, "unit")
    moved = ours.put(
        f"{API}/reports/{report}/facts/单位", json={"value": "清河市水务局", "confirm": True}, headers={"If-Match": "*"}
    )
    assert moved.status_code == 403
    said = ours.post(f"{API}/sessions", json={"report_id": report}).json()["id"]
    reply = ours.post(
        f"{API}/sessions/{said}/turns", json={"command": {"verb": "set_fact", "name": "单位", "value": "清河市水务局"}}
    ).json()["reply"]
    assert reply["failed"]
    assert assistant.store.reports.list()[0].unit == "值班中心"


def test_parts_findings_and_facts_tell_what_is_left_to_do(client: TestClient, assistant: Assistant) -> None:
    report = keep_report(assistant, REPORT.replace("12名", "【待补：工作人员数】"))
    parts = client.get(f"{API}/reports/{report}/parts", headers=by(LI)).json()
    assert [(one["key"], one["placeholders"]) for one in parts] == [
        ("basics", 1),
        ("features", 0),
        ("problems", 0),
        ("measures", 0),
    ]
    part = client.get(f"{API}/reports/{report}/parts/problems", headers=by(LI)).json()
    assert [item["ordinal"] for item in part["items"]] == ["一是", "二是"]
    assert client.get(f"{API}/reports/{report}/parts/nowhere", headers=by(LI)).status_code == 404
    facts = client.get(f"{API}/reports/{report}/facts", headers=by(LI)).json()
    assert [fact["name"] for fact in facts["facts"]] == ["工作人员"]
    assert facts["missing"] == ["工作人员数"]
    assert "P301" in {one["code"] for one in client.get(f"{API}/reports/{report}/findings", headers=by(LI)).json()}


def test_a_fact_is_shown_first_and_changed_when_confirmed(client: TestClient, assistant: Assistant) -> None:
    report = keep_report(assistant, REPORT.replace("12名", "【待补：编制数】"))
    url = f"{API}/reports/{report}/facts/编制数"
    assert client.put(url, json={"value": "30名"}, headers=by(LI)).status_code == 428
    shown = client.put(url, json={"value": "30名"}, headers=by(LI, 1)).json()
    assert (shown["reply"]["waits_for"], shown["reply"]["changed"]) == ("confirm", False)
    affected = next(event for event in shown["events"] if event["type"] == "affected")
    assert [one["after"] for one in affected["sentences"]] == ["中心共有工作人员30名。"]
    done = client.put(url, json={"value": "30名", "source": "编办批复", "confirm": True}, headers=by(LI, 1))
    assert (done.json()["reply"]["revision"], done.headers["ETag"]) == (2, '"2"')
    facts = client.get(f"{API}/reports/{report}/facts", headers=by(LI)).json()
    assert (facts["missing"], facts["facts"][-1]["source"]) == ([], "编办批复")


def test_pages_of_reports_begin_with_the_newest(client: TestClient, assistant: Assistant) -> None:
    ids = [keep_report(assistant) for _ in range(5)]
    seen, cursor = [], ""
    while True:
        page = client.get(f"{API}/reports", params={"limit": 2, "cursor": cursor}, headers=by(LI)).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == ids[::-1]
    assert client.get(f"{API}/reports", params={"cursor": "r0999"}, headers=by(LI)).status_code == 422


READS = {
    "docx": lambda data: "\n".join(line.text for line in docx.Document(io.BytesIO(data)).paragraphs),
    "json": lambda data: json.dumps(json.loads(data), ensure_ascii=False),
    "html": bytes.decode,
    "md": bytes.decode,
    "txt": bytes.decode,
}


@pytest.mark.parametrize("suffix", READS)
def test_an_export_is_the_file_that_the_command_line_writes(
    client: TestClient, assistant: Assistant, report: str, tmp_path: Path, suffix: str
) -> None:
    sent = client.get(f"{API}/reports/{report}/export", params={"format": suffix}, headers=by(LI))
    assert sent.headers["ETag"] == '"1"'
    assert f"filename*=UTF-8''{'值班工作情况的报告'}.{suffix}" in unquote(sent.headers["Content-Disposition"])
    assert "个别设备故障报修偏晚" in READS[suffix](sent.content)
    file = tmp_path / f"a.{suffix}"
    assistant.reports.export(assistant.stored(report), [file])
    assert sent.content == file.read_bytes()


def test_an_export_without_the_label_is_recorded_under_who_asked(
    client: TestClient, assistant: Assistant, report: str
) -> None:
    for label in (True, False):
        asked = {"format": "txt", "ai_label": str(label).lower()}
        text = client.get(f"{API}/reports/{report}/export", params=asked, headers=by(LI)).text
        assert ("人工智能" in text) is label
    events = [one for one in assistant.store.audit.events() if one.action == "report.export_unlabelled"]
    assert [(one.actor, one.subject) for one in events] == [(LI, report)]


@pytest.mark.parametrize(
    "asked",
    [
        {"format": "exe"},
        {"format": "md", "changes_since": "1"},
        {"changes_since": "1"},
        {"citations": "none; rm"},
        {"format": "md", "findings": "true"},
        {"template": "/etc/passwd"},
        {"revision": "0"},
        {"revision": "99999999999999999999"},
    ],
)
def test_an_export_that_cannot_be_is_refused(client: TestClient, report: str, asked: dict[str, str]) -> None:
    assert client.get(f"{API}/reports/{report}/export", params=asked, headers=by(LI)).status_code == 422


def test_changes_since_a_revision_are_tracked_in_the_export(client: TestClient, report: str) -> None:
    command = {"command": write("个别设备报修不及时。", place("problems", 2, sentence=2))}
    assert client.post(f"{API}/reports/{report}/commands", json=command, headers=by("方立群", 1)).status_code == 200
    sent = client.get(f"{API}/reports/{report}/export", params={"changes_since": 1}, headers=by(LI))
    body = docx.Document(io.BytesIO(sent.content)).element.xml
    assert 'w:author="方立群"' in body
    old = client.get(f"{API}/reports/{report}/export", params={"revision": 1, "format": "txt"}, headers=by(LI))
    assert (old.headers["ETag"], "报修偏晚" in old.text) == ('"1"', True)
    assert client.get(f"{API}/reports/{report}", params={"revision": 3}, headers=by(LI)).status_code == 404


def test_what_is_no_word_document_is_not_imported(client: TestClient, assistant: Assistant, report: str) -> None:
    for data in (b"", b"PK\x03\x04", b"%PDF-1.7", b"\0" * 5000):
        tried = {"file": ("a.docx", data, _DOCX)}
        assert client.post(f"{API}/reports/{report}/imports", files=tried, headers=by(LI)).status_code == 422
    other = io.BytesIO()
    strange = docx.Document()
    strange.add_paragraph("与这份报告毫不相干的一份通知。")
    strange.save(other)
    tried = {"file": ("a.docx", other.getvalue(), _DOCX)}
    assert client.post(f"{API}/reports/{report}/imports", files=tried, headers=by(LI)).status_code == 409
    stale = client.post(f"{API}/reports/{report}/imports", files=tried, headers=by(LI, 7))
    assert stale.status_code == 412
    assert len(assistant.reports.history(report)) == 1
