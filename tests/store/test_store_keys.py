"""API keys: told once, found by their secret, refused once revoked or expired, and every change in the audit log."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nigao.errors import NotFoundError, UsageError
from nigao.store import KeyRecord, Store

NOON = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)


class _Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def office(tmp_path: Path, clock: _Clock) -> Iterator[Store]:
    with Store.open(tmp_path / "nigao.db", clock=clock) as opened:
        yield opened


def _key(store: Store, **fields: Any) -> tuple[KeyRecord, str]:
    return store.keys.create(**{"person": "李强", "roles": ["editor"], "by": "周敏"} | fields)


def test_a_key_is_created_and_found_by_its_secret(office: Store) -> None:
    units = ["云汀市档案馆", " 市档案馆 ", "云汀市档案馆"]
    made, secret = _key(office, roles=["editor", "drafter"], scopes=["search"], units=units, person=" 李强 ")
    assert (made.id, made.person, made.created_by) == ("k0001", "李强", "周敏")
    assert (made.roles, made.scopes, made.units) == (("editor", "drafter"), ("search",), ("云汀市档案馆", "市档案馆"))
    assert (made.created_at, made.expires_at, made.revoked_at) == (NOON.isoformat(), None, None)
    assert secret.startswith("ng_")
    assert len(secret) > 43
    assert secret.startswith(made.prefix)
    assert len(made.prefix) == 11
    other, another = _key(office)
    assert (other.id, another == secret) == ("k0002", False)
    assert office.keys.find(secret) == made == office.keys.get("K1")
    assert office.keys.list() == [made, other]
    for wrong in ("", "ng_", secret[:-1], secret + "x", made.prefix, "\udcff"):
        assert office.keys.find(wrong) is None


def test_the_secret_is_kept_nowhere_and_told_in_no_event(office: Store, tmp_path: Path) -> None:
    made, secret = _key(office)
    office.keys.revoke(made.id, by="周敏", reason="调离")
    with sqlite3.connect(tmp_path / "nigao.db") as connection:
        (digest,) = connection.execute("SELECT secret_hash FROM keys").fetchone()
    connection.close()
    assert len(digest) == 64
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert secret.encode() not in stored
    assert secret[len(made.prefix) :].encode() not in stored
    assert digest not in str(office.audit.events())
    assert digest not in str(dataclasses.asdict(made))


def test_each_change_leaves_an_event(office: Store) -> None:
    end = NOON + dt.timedelta(days=30)
    made, _ = _key(office, expires_at=end)
    office.keys.revoke(made.id, by="王芳", reason="调离")
    created, revoked = office.audit.events()
    assert (created.action, created.subject, created.actor) == ("key.create", "k0001", "周敏")
    assert created.detail["person"] == "李强"
    assert created.detail["roles"] == ["editor"]
    assert created.detail["expires_at"] == end.isoformat()
    assert (revoked.action, revoked.subject, revoked.actor) == ("key.revoke", "k0001", "王芳")
    assert revoked.detail == {"reason": "调离"}
    assert office.audit.verify() == 2


def test_a_revoked_key_is_found_and_refused(office: Store, clock: _Clock) -> None:
    made, secret = _key(office)
    assert office.keys.any_usable()
    gone = office.keys.revoke("k0001", by="周敏", reason=" 调离 ")
    assert (gone.revoked_at, gone.revoked_by, gone.reason) == (NOON.isoformat(), "周敏", "调离")
    assert (made.refusal(clock.now), gone.refusal(clock.now)) == ("", "已撤销")
    assert office.keys.find(secret) == gone
    assert not office.keys.any_usable()
    with pytest.raises(UsageError, match="此前已撤销（调离）"):
        office.keys.revoke("k0001", by="王芳", reason="再来")
    assert office.keys.get("k0001") == gone


def test_a_key_expires(office: Store, clock: _Clock) -> None:
    end = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    made, secret = _key(office, expires_at=end)
    assert made.expires_at == "2026-03-02T00:00:00+00:00"
    assert made.refusal(end - dt.timedelta(seconds=1)) == ""
    assert office.keys.any_usable()
    clock.now = end
    found = office.keys.find(secret)
    assert found is not None
    told = found.refusal(clock.now)
    assert told.startswith("已于 2026-03-0")
    assert told.endswith("过期")
    assert not office.keys.any_usable()


def test_last_use_is_written_once_an_hour(office: Store, clock: _Clock) -> None:
    made, _ = _key(office)
    events = office.audit.verify()

    def used_after(minutes: int) -> str | None:
        clock.now = NOON + dt.timedelta(minutes=minutes)
        office.keys.used(made.id)
        return office.keys.get(made.id).last_used_at

    assert made.last_used_at is None
    assert used_after(0) == "2026-03-01T12:00:00+00:00"
    assert used_after(59) == "2026-03-01T12:00:00+00:00"
    assert used_after(61) == "2026-03-01T13:01:00+00:00"
    # Use is no change of a key: nothing is recorded of it, and the seals still fit.
    assert office.audit.verify() == events


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"person": " "}, "没有写明是谁"),
        ({"by": ""}, "没有写明是谁"),
        ({"roles": []}, "没有写明密钥的角色"),
        ({"roles": [" "]}, "没有写明密钥的角色"),
        ({"expires_at": NOON}, "到期时间已经过了"),
    ],
)
def test_what_is_missing_is_told(office: Store, fields: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        _key(office, **fields)
    assert office.keys.list() == []
    assert office.audit.events() == []


def test_a_reason_is_needed_and_unknown_keys_are_told(office: Store) -> None:
    _key(office)
    with pytest.raises(UsageError, match="理由"):
        office.keys.revoke("k0001", by="周敏", reason=" ")
    for id in ("k0009", "r0001", "", "k一"):
        with pytest.raises(NotFoundError, match="没有这把密钥"):
            office.keys.get(id)
        with pytest.raises(NotFoundError):
            office.keys.used(id)
        with pytest.raises(NotFoundError):
            office.keys.revoke(id, by="周敏", reason="调离")
