"""Files that are turned away: each with a reason that a person understands, and with nothing left behind."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from nigao import Assistant

URL = "/api/v1/documents"
TEXT = "夜间窗口工作情况\n\n全年开通夜间窗口四十八次，受理事项一百二十六件，群众反映较好。\n"


def post(client: TestClient, name: str, data: bytes | str = TEXT, **stated: object) -> Any:
    sent = data.encode() if isinstance(data, str) else data
    return client.post(URL, files={"file": (name, sent)}, data={"role": "material", **stated})


def kept(workspace: Path) -> list[Path]:
    return [path for path in (workspace / "uploads").rglob("*") if path.is_file()]


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 20_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("方案.txt", "秘密★1年\n\n某某方案\n\n一、情况\n", "classified"),
        ("秘密★方案.txt", TEXT, "classified"),
        ("空.txt", "", "empty"),
        ("空.docx", b"", "unreadable"),
        ("坏.pdf", b"%PDF-1.4 nothing", "unreadable"),
        ("程序.exe", b"MZ", "unsupported"),
        ("无后缀", TEXT, "unsupported"),
        ("后缀.说明书说明书说明书", TEXT, "unsupported"),
        ("炸弹.docx", bomb, "archive"),
    ],
)
def test_a_refused_file_leaves_nothing_but_an_audit_event(
    client: TestClient, workspace: Path, assistant: Assistant, name: str, data: Any, reason: str
) -> None:
    known = [one.id for one in assistant.store.documents.all()]
    answer = post(client, name, data() if callable(data) else data)
    problem = answer.json()
    assert answer.status_code == 422, answer.text
    assert (problem["type"], problem["reason"]) == ("urn:nigao:problem:refused", reason)
    assert problem["where"] == name
    assert problem["detail"]
    assert problem["fix"]
    assert str(workspace) not in answer.text
    assert kept(workspace) == []
    assert [one.id for one in assistant.store.documents.all()] == known
    event = assistant.store.audit.events()[-1]
    assert (event.action, event.actor, event.detail["reason"]) == ("upload.refuse", "li", reason)


@pytest.mark.parametrize(
    "name", ["../../x.txt", "/etc/x.txt", "a\\..\\b.txt", ".txt", "..", "n" * 300 + ".txt", "名\u202ea.txt", "a\0b.txt"]
)
def test_a_name_that_is_no_plain_name_is_refused(client: TestClient, workspace: Path, name: str) -> None:
    # By hand: a client's library would not send all of these.
    parts = [("file", f'; filename="{name}"', TEXT), ("role", "", "material")]
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{part}"{more}\r\n\r\n{text}\r\n' for part, more, text in parts
    )
    answer = client.post(
        URL, content=f"{body}--x--\r\n".encode(), headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code == 422
    assert (answer.json()["where"], bool(answer.json()["fix"])) == ("file", True)
    assert kept(workspace) == []
    assert not (workspace.parent / "x.txt").exists()


def test_a_long_chinese_name_is_no_trouble(client: TestClient, workspace: Path) -> None:
    posted = post(client, "关" * 110 + ".txt")
    assert posted.status_code == 201, posted.text
    assert posted.json()["document"]["title"] == "关" * 110
    assert len(kept(workspace)) == 1


def test_fields_that_are_wrong_are_told_and_nothing_is_kept(client: TestClient, workspace: Path) -> None:
    for stated in (
        {"role": "all"},
        {"title": "标\0题"},
        {"title": "长" * 201},
        {"valid_from": "2025-3-1"},
        {"valid_from": "2026-02-01", "valid_to": "2026-01-01"},
        {"visible_to": ["甲\n局"]},
    ):
        answer = post(client, "a.txt", **stated)
        assert answer.status_code == 422, stated
        assert answer.json()["detail"], stated
    assert post(client, "a.txt", supersedes=["nothing"]).status_code == 404
    assert client.post(URL, data={"role": "material"}).status_code == 422
    assert client.post(URL, json={"file": "x"}).status_code == 422
    assert kept(workspace) == []
