"""Checks over HTTP: texts, reports and files held against what the caller may see; rules told."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from nigao import Assistant, Brief
from nigao.checks.result import CheckResult
from nigao.report.model import Citation, Origin, Report

Keyed = Callable[..., TestClient]
HIDDEN = "夜间窗口共受理事项一百二十六件，其中异地办理七十七件。"
TEXT = "关于2025年政治生态情况的报告\n\n一、基本情况\n全年召开会议12次，制定《窗口首问负责办法》。。\n"
URL = "/api/v1/checks"


@pytest.fixture
def draft_report(assistant: Assistant, workspace: Path) -> Report:
    return assistant.draft(Brief.load(workspace / "brief.yaml"), offline=True).report


@pytest.fixture
def hidden(assistant: Assistant, tmp_path: Path) -> tuple[str, str]:
    """Document and passage id of what only 乙局 may see."""
    file = tmp_path / "hidden-doc.txt"
    file.write_text(f"《窗口首问负责制办法》执行情况\n\n{HIDDEN}\n", encoding="utf-8")
    approval = {"approved_by": "周文清", "approved_on": dt.date(2025, 12, 1)}
    assistant.corpus.add(
        [file], role="material", title="窗口首问负责制办法", number="乙发〔2025〕77号", visible_to=["乙局"], **approval
    )
    (passage,) = assistant.store.documents.passages(["hidden-doc"])
    return "hidden-doc", passage.id


def codes(answer: Any) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {finding["code"] for finding in CheckResult.model_validate(answer.json()).model_dump()["findings"]}


def test_a_text_is_checked_as_the_command_line_does(client: TestClient, assistant: Assistant) -> None:
    answer = client.post(URL, json={"text": TEXT})
    expected = assistant.checker.review(assistant.parse(TEXT))
    assert answer.json() == expected.model_dump(mode="json")
    assert expected.findings
    assert codes(client.post(URL, json={"text": TEXT, "select": ["T"]})) < codes(answer)
    assert not codes(client.post(URL, json={"text": TEXT, "select": ["T"], "ignore": ["T"]}))
    graver = client.post(URL, json={"text": TEXT, "severity": "error"}).json()["findings"]
    assert {finding["severity"] for finding in graver} == {"error"}


def test_a_report_is_checked_with_its_sources_and_its_brief(
    client: TestClient, assistant: Assistant, draft_report: Report, workspace: Path
) -> None:
    sent = {"report": draft_report.model_dump(mode="json")}
    alone = codes(client.post(URL, json=sent))
    asked = Brief.load(workspace / "brief.yaml")
    brief = asked.model_dump(mode="json")
    assert "G208" not in alone
    expected = {finding.code for finding in assistant.checker.check(draft_report, brief=asked)}
    assert codes(client.post(URL, json=sent | {"brief": brief})) == expected
    sent["report"]["parts"][1]["items"][0]["items"][0]["sentences"][0]["text"] = "全年办结事项九千九百九十九件。"
    assert codes(client.post(URL, json=sent | {"brief": brief})) > expected


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": TEXT, "report": {"kind": "political-ecology"}},
        {"text": "长" * 300_001},
        {"text": TEXT, "kind": "nothing"},
        {"text": TEXT, "kind": "../x"},
        {"text": TEXT, "select": ["T999"]},
        {"text": TEXT, "select": ["不"]},
        {"text": TEXT, "severity": "grave"},
        {"report": {"kind": "𠀀" * 2000}},
        {"report": {"kind": "political-ecology"}, "kind": "work-summary"},
        {"text": TEXT, "brief": {"unit": "甲局", "kind": "x" * 5000}},
        {"text": TEXT, "brief": {"unit": "甲局", "attachments": [{"title": "表", "file": "/etc/passwd"}]}},
        {"text": TEXT, "more": 1},
    ],
)
def test_what_cannot_be_checked_is_told(client: TestClient, body: dict[str, Any]) -> None:
    answer = client.post(URL, json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert answer.json()["fix"]


def test_characters_that_are_no_text_do_no_harm(client: TestClient) -> None:
    surrogate = client.post(URL, content=b'{"text": "\\ud800"}', headers={"Content-Type": "application/json"})
    assert surrogate.status_code == 422
    assert client.post(URL, json={"text": "一、基本情况\0\n\x1b[31m"}).status_code == 200
    deep = b'{"text":' + b"[" * 100_000
    assert client.post(URL, content=deep, headers={"Content-Type": "application/json"}).status_code in (400, 422)


def citing(report: Report, document: str, passage: str) -> dict[str, Any]:
    """The report with a sentence that says it rests on that passage, and quotes it wrongly."""
    sentence = next(one for one in report.sentences() if one.origin is Origin.SOURCE)
    sentence.text = "夜间窗口共受理事项一百二十九件。"
    sentence.citations = [
        Citation(passage_id=passage, document_id=document, title="某文", locator="第1段", quote="夜间窗口共受理三件")
    ]
    return report.model_dump(mode="json")


def test_nothing_of_another_units_documents_shows_in_a_check(
    keyed: Keyed, draft_report: Report, hidden: tuple[str, str]
) -> None:
    document, passage = hidden
    other, own = keyed("editor", units=["甲局", "甲"]), keyed("editor", units=["乙局"])
    for unit in ("乙局", "甲局", ""):
        draft_report.unit = unit
        real, made_up = citing(draft_report, document, passage), citing(draft_report, document, "hidden-doc-none")
        for more in ({}, {"brief": {"unit": {"full": "乙局", "short": "甲局"}, "period": "2025年"}}):
            told = other.post(URL, json={"report": real} | more)
            assert told.status_code == 200
            for words in ("一百二十六件", "异地办理", "首问负责制", "乙发"):
                assert words not in told.text, (unit, words)
            # One that is there is told of as one that is not.
            absent = other.post(URL, json={"report": made_up} | more)
            assert told.text.replace(passage, "X") == absent.text.replace("hidden-doc-none", "X")
        # Its own unit is told what stands there: the test can see a leak.
        assert "一百二十六件" in own.post(URL, json={"report": real}).text


def test_nothing_of_them_shows_in_the_check_of_a_text_or_a_file(keyed: Keyed, hidden: tuple[str, str]) -> None:
    text = (
        "关于政治生态情况的报告\n\n一、基本情况\n落实《窗口首问负责办法》（乙发〔2025〕77号），受理事项一百二十九件。\n"
    )
    other, own = keyed("editor", units=["甲局"]), keyed("editor", units=["乙局"])
    for brief in (None, {"unit": "乙局"}):
        answer = other.post(URL, json={"text": text, "brief": brief})
        assert answer.status_code == 200
        assert "首问负责制" not in answer.text
    assert "首问负责制" in own.post(URL, json={"text": text}).text
    file = {"file": ("稿.txt", text.encode())}
    assert "首问负责制" not in other.post(f"{URL}/file", files=file).text
    assert "首问负责制" in own.post(f"{URL}/file", files=file).text


@pytest.mark.parametrize("suffix", ["docx", "md", "txt", "json"])
def test_files_of_every_kind_are_read(
    client: TestClient, assistant: Assistant, workspace: Path, tmp_path: Path, suffix: str
) -> None:
    draft = assistant.draft(Brief.load(workspace / "brief.yaml"), offline=True)
    file = tmp_path / f"报告.{suffix}"
    assistant.export(draft, [file])
    answer = client.post(f"{URL}/file", files={"file": (file.name, file.read_bytes())}, data={"select": ["S", "T"]})
    expected = assistant.checker.review(assistant.checker.open_file(file), select=["S", "T"])
    assert answer.json() == expected.model_dump(mode="json")
    assert [part["key"] for part in answer.json()["parts"]] == ["basics", "features", "problems", "measures"]


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 20_000_000)
    return packed.getvalue()


def test_files_that_are_no_reports_are_told_by_their_own_names(client: TestClient, workspace: Path) -> None:
    for name, data in (
        ("稿.pdf", b"%PDF-1.4"),
        ("稿", b"x"),
        ("坏.docx", b"PK"),
        ("炸弹.docx", bomb()),
        ("坏.json", b"{"),
        ("别的.json", b'{"kind": "nothing"}'),
        ("乱.txt", b"\0\1\2\3"),
        ("../x.txt", b"x"),
    ):
        answer = client.post(f"{URL}/file", files={"file": (name, data)})
        assert answer.status_code == 422, (name, answer.text)
        assert answer.json()["where"] in (name, "kind", "file"), answer.text
        assert str(workspace) not in answer.text


def test_safe_fixes_are_made_and_the_rest_is_left(client: TestClient) -> None:
    answer = client.post(f"{URL}/fixes", json={"text": TEXT, "select": ["T"]})
    mended = answer.json()
    assert "办法》。\n" in mended["text"]
    assert mended["fixes"]
    assert all(finding["fix"]["safe"] for finding in mended["fixes"])
    assert mended["summary"] == client.post(URL, json={"text": mended["text"], "select": ["T"]}).json()["summary"]
    again = client.post(f"{URL}/fixes", json={"text": mended["text"], "select": ["T"]}).json()
    assert (again["text"], again["fixes"]) == (mended["text"], [])


def test_rules_are_told_without_any_scope(keyed: Keyed) -> None:
    anybody = keyed("corpus-admin")
    rules = anybody.get("/api/v1/rules").json()
    assert len(rules) > 50
    assert anybody.get("/api/v1/rules/g208").json() == next(rule for rule in rules if rule["code"] == "G208")
    assert anybody.get("/api/v1/rules/nothing").status_code == 404
    assert anybody.post(URL, json={"text": TEXT}).status_code == 403
