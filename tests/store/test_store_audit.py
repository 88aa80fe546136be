"""The audit chain: every change is in it, and no entry can be altered, removed or cut off unseen."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nigao.errors import AuditError
from nigao.store import Store

_SECOND = "第 2 条"


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "nigao.db"
    with Store.open(file) as store:
        for number in range(1, 5):
            store.audit.append("note", f"第{number}件", "周敏", {"条": number, "说明": ["甲", None]})
    return file


def _tamper(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_events_come_back_and_the_chain_verifies(path: Path) -> None:
    with Store.open(path) as store:
        events = store.audit.events()
        assert [event.sequence for event in events] == [1, 2, 3, 4]
        assert events[1].detail == {"条": 2, "说明": ["甲", None]}
        assert (events[0].previous, events[1].previous) == ("", events[0].hash)
        assert store.audit.verify() == 4


@pytest.mark.parametrize("column", ["at", "action", "subject", "actor", "detail", "previous", "hash"])
def test_an_altered_entry_is_named(path: Path, column: str) -> None:
    _tamper(path, f"UPDATE audit SET {column} = '{{}}' WHERE sequence = 2")
    with Store.open(path) as store, pytest.raises(AuditError) as caught:
        store.audit.verify()
    assert caught.value.where == "第 2 条"
    assert caught.value.fix


@pytest.mark.parametrize(
    ("statements", "where"),
    [
        (["DELETE FROM audit WHERE sequence = 1"], "第 1 条"),
        (["DELETE FROM audit WHERE sequence = 3"], "第 3 条"),
        (["DELETE FROM audit WHERE sequence = 4"], "第 4 条"),
        (["DELETE FROM audit"], "第 1 条"),
        (
            ["DELETE FROM audit WHERE sequence = 2", "UPDATE audit SET sequence = sequence - 1 WHERE sequence > 2"],
            "第 2 条",
        ),
    ],
)
def test_a_removed_entry_is_missed(path: Path, statements: list[str], where: str) -> None:
    _tamper(path, *statements)
    with Store.open(path) as store, pytest.raises(AuditError) as caught:
        store.audit.verify()
    assert caught.value.where == where


def test_every_change_of_a_document_is_recorded(store: Store, put: Any) -> None:
    put("规")
    store.documents.revoke("规", "有误", "李强")
    put("令")
    store.documents.withdraw(["令"], "移出")
    store.documents.refuse("密", "题", "p", "classified", "密级", "清单")
    events = store.audit.events()
    assert [event.action.split(".")[1] for event in events] == ["put", "revoke", "put", "withdraw", "refuse"]
    assert (events[1].actor, events[1].detail) == ("李强", {"reason": "有误"})
    assert events[0].at == "2026-03-01T12:00:00+00:00"
    assert store.audit.verify() == 5
