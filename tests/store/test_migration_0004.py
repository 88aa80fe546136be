"""A database of the schema before sessions and sign-off, opens whole and is sealed from then on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from nigao.errors import AuditError
from nigao.store import AuditLog, NewTurn, Store
from nigao.store.database import Database

DUMP = Path(__file__).with_name("schema_0003.sql").read_text(encoding="utf-8")
EVENTS = 17


def _database(folder: Path, *statements: str) -> Path:
    file = folder / "nigao.db"
    connection = sqlite3.connect(file)
    connection.executescript(DUMP)
    _change(connection, *statements)
    return file


def _change(connection: sqlite3.Connection, *statements: str) -> None:
    for statement in statements:
        assert connection.execute(statement).rowcount == 1, statement
    connection.commit()
    connection.close()


def test_it_verifies_and_everything_is_there(tmp_path: Path) -> None:
    with Store.open(_database(tmp_path)) as store:
        found = store.audit.examine()
        assert (found.events, found.documents, found.revisions, found.turns) == (EVENTS + 1, 9, 4, 0)
        event = store.audit.events()[-1]
        assert (event.action, event.detail) == ("store.seal", {"from": "0003"})
        assert [entry.act for entry in store.reports.history("r0002")] == ["draft", "edit"]
        assert store.reports.get("r0002").command_json == ""
        assert store.signoffs.list("r0001") == []
        assert [session.id for session in store.chats.list("r0001")] == []
    with Store.open(tmp_path / "nigao.db") as again:
        assert again.audit.verify() == EVENTS + 1


def test_work_goes_on_from_there(tmp_path: Path) -> None:
    with Store.open(_database(tmp_path)) as store:
        kept = store.reports.get("r0001")
        store.reports.revise("r0001", kept.report, kept.brief_json, "[]", "李强", "改", expected_revision=2)
        session = store.chats.open("r0001", "李强")
        store.chats.commit(session, NewTurn("看看", "", "{}", "{}"))
        store.documents.revoke("study", "有误", "李强")
        assert store.audit.verify() == EVENTS + 5


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE revisions SET brief_json = '{}' WHERE report = 1 AND revision = 2", "报告 r0001 第 2 稿"),
        ("UPDATE versions SET text = text || '。' WHERE document_id = 'study'", "文件 study 的文本和段落"),
        ("UPDATE documents SET status = 'approved' WHERE id = 'summary'", "文件 summary 的登记和批准"),
        ("DELETE FROM submissions WHERE document_id = 'handover'", "文件 handover 的登记和批准"),
    ],
)
def test_what_was_there_before_is_sealed(tmp_path: Path, statement: str, where: str) -> None:
    file = _database(tmp_path)
    Store.open(file).close()
    _change(sqlite3.connect(file), statement)
    with Store.open(file) as store, pytest.raises(AuditError) as caught:
        store.audit.verify()
    assert caught.value.where == where
    assert caught.value.fix


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        (
            "UPDATE revisions SET report_json = replace(report_json, '2024', '2023') WHERE report = 2 AND revision = 2",
            "报告 r0002 第 2 稿",
        ),
        ("UPDATE revisions SET author = '别人' WHERE report = 1 AND revision = 1", "报告 r0001 第 1 稿"),
        ("UPDATE versions SET sha256 = 'x' WHERE document_id = 'study'", "文件 study 的文本和段落"),
    ],
)
def test_what_was_altered_before_is_told_as_far_as_hashes_were_kept(tmp_path: Path, statement: str, where: str) -> None:
    with Store.open(_database(tmp_path, statement)) as store, pytest.raises(AuditError) as caught:
        store.audit.verify()
    assert caught.value.where == where


def test_a_second_sealing_covers_nothing_up(tmp_path: Path) -> None:
    file = _database(tmp_path)
    with Store.open(file) as store:
        seals = store.audit.events()[-1].seals
        database = Database(file)
        with database.write() as connection:
            AuditLog(database).record(connection, "store.seal", "store", "nigao", {}, seals)
        database.close()
        with pytest.raises(AuditError, match="重新封存"):
            store.audit.verify()
