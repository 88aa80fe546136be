"""Whatever is changed behind the audit log's back in a sealed table, `verify` finds it and says where."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from nigao.corpus.model import Document, Passage, Role
from nigao.errors import AuditError
from nigao.report.model import Citation, Part, Report, Sentence
from nigao.store import NewRevision, NewTurn, Store
from nigao.store.tables import metadata

_DOCUMENTS = ["documents", "supersessions", "visibilities", "approvals", "submissions", "versions", "passages"]
SEALED = [*_DOCUMENTS, "reports", "revisions", "citations", "sessions", "turns", "signoffs", "keys"]
# Caches, and small facts that other checks look after; `audit` has tests of its own.
_CACHES = {"files", "vectors", "endpoints", "properties", "audit"}
# What comes and goes as the service works.
UNSEALED = _CACHES | {"key_uses", "jobs", "job_events", "idempotency", "conversations"}
COLUMNS = [(table, column.name) for table in SEALED for column in metadata.tables[table].columns]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with at least one row in every sealed table."""
    file = tmp_path_factory.mktemp("original") / "nigao.db"
    with Store.open(file) as store:
        _put(store, "old", "值班由综合科安排。")
        _put(store, "duty", "值班由办公室安排。", supersedes=("old",), visible_to=("云汀市档案馆",))
        waiting = _document("plan", "值班计划。")
        store.approvals.submit(waiting, "值班计划。", _passages("plan", "值班计划。"), "手工", by="王芳")
        first = store.reports.add(_report("初稿"), "{}", "[]", "周敏", "起草")
        session = store.chats.open(first.id, "李强")
        change = NewRevision(first.id, _report("二稿"), "{}", "[]", "李强", "改", expected_revision=1)
        store.chats.commit(session, NewTurn("改标题", "{}", "{}", "{}"), change)
        latest = store.reports.get(first.id)
        store.signoffs.add(first.id, "submitted", "李强", content_hash=latest.content_hash, after=0)
        end = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
        key, _ = store.keys.create(person="李强", roles=["editor"], by="周敏", units=["云汀市档案馆"], expires_at=end)
        store.keys.revoke(key.id, by="周敏", reason="调离")
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


@pytest.fixture
def database(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(original, tmp_path / "nigao.db"))


def _document(id: str, text: str, **fields: Any) -> Document:
    values = {"approved_by": "程立", "approved_on": dt.date(2025, 1, 10)} | fields
    return Document(id, f"关于{id}", Role.BASIS, f"hash of {text}", f"{id}.txt", **values)


def _passages(id: str, text: str) -> list[Passage]:
    return [Passage(f"{id}-1", id, position=1, text=text, locator="第1段", heading="", start=0, end=len(text))]


def _put(store: Store, id: str, text: str, **fields: Any) -> None:
    store.documents.put(_document(id, text, **fields), text, _passages(id, text), "清单")


def _report(title: str) -> Report:
    cited = Citation(passage_id="duty-1", document_id="duty", title="关于duty", locator="第1段", quote="值班")
    part = Part(key="basics", ordinal="一、", heading=Sentence(text="基本情况"))
    part.lead.append(Sentence(text="值班由办公室安排。", citations=[cited]))
    return Report(kind="political-ecology", title=Sentence(text=title), parts=[part], unit="云汀市档案馆")


def _told(database: Path, statement: str, *values: object) -> AuditError:
    connection = sqlite3.connect(database)
    assert connection.execute(statement, values).rowcount >= 1
    connection.commit()
    connection.close()
    with Store.open(database) as store, pytest.raises(AuditError) as caught:
        store.audit.verify()
    assert caught.value.where
    assert caught.value.fix
    return caught.value


def test_untouched_it_verifies(database: Path) -> None:
    with Store.open(database) as store:
        found = store.audit.examine()
    assert (found.documents, found.revisions, found.turns, found.signoffs) == (3, 2, 1, 1)


def test_every_table_is_sealed_or_known_not_to_be() -> None:
    assert set(SEALED) | UNSEALED == set(metadata.tables)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_column_is_told(database: Path, table: str, column: str) -> None:
    _told(database, f'UPDATE {table} SET "{column}" = ? WHERE rowid = (SELECT max(rowid) FROM {table})', 4711)


@pytest.mark.parametrize(
    ("table", "column"), [(t, c) for t, c in COLUMNS if not metadata.tables[t].columns[c].primary_key]
)
def test_an_emptied_column_is_told(database: Path, table: str, column: str) -> None:
    connection = sqlite3.connect(database)
    last = f'SELECT "{column}" FROM {table} ORDER BY rowid DESC LIMIT 1'
    (was,) = connection.execute(last).fetchone()
    connection.close()
    if was not in (None, ""):
        _told(database, f"UPDATE {table} SET \"{column}\" = '' WHERE rowid = (SELECT max(rowid) FROM {table})")


@pytest.mark.parametrize("table", SEALED)
def test_a_removed_row_is_missed(database: Path, table: str) -> None:
    _told(database, f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")


@pytest.mark.parametrize("table", SEALED)
def test_a_row_put_in_is_told(database: Path, table: str) -> None:
    keys = [column.name for column in metadata.tables[table].primary_key.columns]
    columns = [column.name for column in metadata.tables[table].columns]
    # A copy of the last row under another key; no partial index stands in the way of what holds no longer.
    changed = {keys[-1]: 4711} | ({"ended_on": "2025-01-01"} if table == "approvals" else {})
    changed |= {"current": 0} if table == "passages" else {}
    changed |= {"secret_hash": "another"} if table == "keys" else {}
    values = ", ".join(f"'{changed[name]}'" if name in changed else f'"{name}"' for name in columns)
    _told(database, f"INSERT INTO {table} SELECT {values} FROM {table} ORDER BY rowid DESC LIMIT 1")


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE revisions SET author = '别人' WHERE revision = 2", "报告 r0001 第 2 稿"),
        ("UPDATE turns SET reply_json = '[]'", "会话 s0001 第 1 轮"),
        ("UPDATE sessions SET state_json = '[]'", "会话 s0001"),
        ("UPDATE signoffs SET state = 'approved'", "签发记录第 1 条"),
        ("UPDATE keys SET revoked_at = NULL", "接口密钥 k0001"),
        ("UPDATE documents SET valid_to = '2099-01-01' WHERE id = 'duty'", "文件 duty 的登记和批准"),
        ("UPDATE passages SET text = '别的' WHERE document_id = 'duty'", "文件 duty 的文本和段落"),
    ],
)
def test_it_says_where(database: Path, statement: str, where: str) -> None:
    assert _told(database, statement).where == where


def test_seals_are_part_of_the_chain(database: Path) -> None:
    told = _told(database, "UPDATE audit SET seals = replace(seals, 'turn/1/1', 'turn/1/2') WHERE action = 'chat.turn'")
    assert "校验值" in told.message
    again = _told(database, "UPDATE audit SET seals = '' WHERE action = 'report.submit'")
    assert "校验值" in again.message


def test_a_value_of_another_type_stops_nothing(database: Path) -> None:
    assert "改动" in _told(database, "UPDATE documents SET approved_on = x'ff00' WHERE id = 'duty'").message
