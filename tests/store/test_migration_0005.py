"""A database of the schema before keys and jobs, made by that release, opens whole, and the service works on it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from nigao.errors import AuditError
from nigao.store import Store

DUMP = Path(__file__).with_name("schema_0004.sql")
EVENTS = 24


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "nigao.db"
    connection = sqlite3.connect(file)
    connection.executescript(DUMP.read_text(encoding="utf-8"))
    connection.close()
    return file


def test_it_verifies_unsealed_anew_and_everything_is_there(path: Path) -> None:
    with Store.open(path) as store:
        found = store.audit.examine()
        assert (found.events, found.documents, found.revisions, found.turns, found.signoffs) == (EVENTS, 9, 5, 2, 2)
        assert [event.sequence for event in store.audit.events() if event.action == "store.seal"] == [18]
        assert [turn.said for turn in store.chats.turns("s0001")] == ["看看", "改标题"]
        assert [step.state for step in store.signoffs.list("r0001")] == ["submitted", "approved"]
        assert (store.keys.list(), store.jobs.list(), store.conversations.get("d")) == ([], [], None)
        assert store.unsound() == ""
    with Store.open(path) as again:
        assert again.audit.verify() == EVENTS


def test_the_service_works_on_it(path: Path) -> None:
    with Store.open(path) as store:
        kept = store.reports.get("r0001")
        key, secret = store.keys.create(person="李强", roles=["editor"], by="周敏")
        assert store.keys.find(secret) == key
        job, _ = store.jobs.add("draft", "{}", person="李强", units=[kept.report.unit], caller=key.id)
        store.jobs.claim()
        made = store.reports.add(kept.report, kept.brief_json, "[]", "李强", "拟稿", job=job.id)
        assert store.jobs.end(job.id, "done").report == made.id == "r0003"
        assert store.idempotency.begin(key.id, "a", "f", "p") is None
        store.conversations.put("d", "s0001")
        assert store.audit.verify() == EVENTS + 2
        assert store.unsound() == ""


def test_what_it_sealed_still_is(path: Path) -> None:
    Store.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE turns SET reply_json = '{}' WHERE number = 2")
    connection.commit()
    connection.close()
    with Store.open(path) as store, pytest.raises(AuditError) as caught:
        store.audit.verify()
    assert caught.value.where == "会话 s0001 第 2 轮"
