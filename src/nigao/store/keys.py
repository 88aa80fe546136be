"""API keys: who may use the HTTP API, as what, for which unit and until when. A secret is told once and never kept."""

from __future__ import annotations

import builtins
import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from nigao.corpus.approval import require_person
from nigao.errors import NotFoundError, UsageError
from nigao.store.audit import AuditLog
from nigao.store.database import Database
from nigao.store.ids import id_in, number_in
from nigao.store.sealing import seal_key
from nigao.store.servicetables import key_uses, keys
from nigao.text.dates import local_time

_LETTER, _MARK = "k", "ng_"
_SECRET_BYTES, _SHOWN = 32, 8
_USE_KNOWN_TO = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A key without its secret: `id` is like `k0001`, `prefix` the part of the secret that people may see.

    `scopes` narrow what the roles allow (none: all of it); `units` are the names of one unit, the full one first (none:
    every unit). Times are ISO 8601 in UTC; `expires_at` is None for a key that does not expire, `last_used_at` is true
    to the hour.
    """

    id: str
    prefix: str
    person: str
    roles: tuple[str, ...]
    scopes: tuple[str, ...]
    units: tuple[str, ...]
    created_at: str
    created_by: str
    expires_at: str | None
    revoked_at: str | None
    revoked_by: str
    reason: str
    last_used_at: str | None

    def refusal(self, now: dt.datetime) -> str:
        """Why the key cannot be used at that time, in Chinese; empty where it can."""
        if self.revoked_at is not None:
            return "已撤销"
        if self.expires_at is not None and dt.datetime.fromisoformat(self.expires_at) <= now:
            return f"已于 {local_time(self.expires_at)} 过期"
        return ""


class KeyRepository:
    """Creates, finds and revokes keys. What roles and scopes there are is for the callers to know."""

    def __init__(self, database: Database, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit

    def create(
        self,
        *,
        person: str,
        roles: Iterable[str],
        by: str,
        scopes: Iterable[str] = (),
        units: Iterable[str] = (),
        expires_at: dt.datetime | None = None,
    ) -> tuple[KeyRecord, str]:
        """A new key and its secret, which cannot be had again. Raises UsageError where person, maker or role is
        missing, or the time of expiry has passed.
        """
        holder, maker = require_person(person, "--person"), require_person(by)
        lists = {"roles": _bare(roles), "scopes": _bare(scopes), "units": _bare(units)}
        if not lists["roles"]:
            raise UsageError("没有写明密钥的角色", where="--role", fix="至少给出一个角色")
        if expires_at is not None and expires_at <= self._database.clock():
            raise UsageError("到期时间已经过了", where=_utc(expires_at), fix="写一个将来的日期")
        secret = _MARK + secrets.token_urlsafe(_SECRET_BYTES)
        values: dict[str, object] = {f"{name}_json": _json(given) for name, given in lists.items()}
        values |= {"secret_hash": _hash(secret), "prefix": secret[: len(_MARK) + _SHOWN], "person": holder}
        values |= {"created_at": self._database.now(), "created_by": maker, "revoked_by": "", "reason": ""}
        values |= {"expires_at": _utc(expires_at) if expires_at is not None else None}
        with self._database.write() as connection:
            number = int(connection.execute(insert(keys).values(values).returning(keys.c.number)).scalar_one())
            detail = {"person": holder, "prefix": values["prefix"], "expires_at": values["expires_at"], **lists}
            seals = seal_key(connection, number)
            self._audit.record(connection, "key.create", id_in(number, _LETTER), maker, detail, seals)
            return _record(_one(connection, number)), secret

    def list(self) -> builtins.list[KeyRecord]:
        """Every key that there ever was, oldest first."""
        with self._database.read() as connection:
            return [_record(row) for row in connection.execute(_select().order_by(keys.c.number))]

    def get(self, id: str) -> KeyRecord:
        """A key. Raises NotFoundError."""
        with self._database.read() as connection:
            return _record(_one(connection, _number(id)))

    def revoke(self, id: str, *, by: str, reason: str) -> KeyRecord:
        """Stop a key from being used, for good. Raises NotFoundError, and UsageError where it is revoked already or no
        reason is given.
        """
        person, why = require_person(by), reason.strip()
        if not why:
            raise UsageError("没有写明撤销的理由", where="--reason", fix="写明理由")
        with self._database.write() as connection:
            known = _one(connection, _number(id))
            name = id_in(known.number, _LETTER)
            if known.revoked_at is not None:
                raise UsageError(
                    f"这把密钥此前已撤销（{known.reason}）", where=name, fix="原撤销理由保留，不必再次撤销"
                )
            values = {"revoked_at": self._database.now(), "revoked_by": person, "reason": why}
            connection.execute(update(keys).where(keys.c.number == known.number).values(values))
            seals = seal_key(connection, known.number)
            self._audit.record(connection, "key.revoke", name, person, {"reason": why}, seals)
            return _record(_one(connection, known.number))

    def find(self, secret: str) -> KeyRecord | None:
        """The key of that secret, whether it may be used (`refusal`) or not; None where there is none."""
        # What is compared is a digest: how long that takes tells nothing about the secret.
        with self._database.read() as connection:
            row = connection.execute(_select().where(keys.c.secret_hash == _hash(secret))).one_or_none()
        return _record(row) if row is not None else None

    def used(self, id: str) -> None:
        """Remember that a key was used just now; at most one write an hour, none where the database is only read.

        Raises NotFoundError.
        """
        key = self.get(id)
        now = self._database.clock()
        last = dt.datetime.fromisoformat(key.last_used_at) if key.last_used_at is not None else None
        if self._database.read_only or (last is not None and now - last < _USE_KNOWN_TO):
            return
        statement = upsert(key_uses).values(key=_number(id), at=_utc(now))
        with self._database.write() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"at": _utc(now)}))

    def any_usable(self) -> bool:
        """Whether there is a key that may be used now."""
        now = self._database.clock()
        return any(not key.refusal(now) for key in self.list())


def _hash(secret: str) -> str:
    # A secret is 256 random bits: nobody can go through them all, so that no slow hash and no salt is needed.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _utc(time: dt.datetime) -> str:
    return time.astimezone(dt.UTC).isoformat(timespec="seconds")


def _bare(names: Iterable[str]) -> list[str]:
    """The names without white space around them, none twice."""
    return list(dict.fromkeys(bare for name in names if (bare := name.strip())))


def _json(names: list[str]) -> str:
    return json.dumps(names, ensure_ascii=False)


def _number(id: str) -> int:
    number = number_in(id, _LETTER)
    if number is None:
        raise _unknown(id)
    return number


def _unknown(id: str) -> NotFoundError:
    return NotFoundError("没有这把密钥", where=id, fix="用 nigao keys list 查看已有密钥")


def _select() -> Select[Any]:
    columns = (column for column in keys.columns if column is not keys.c.secret_hash)
    return select(*columns, key_uses.c.at.label("last_used_at")).outerjoin_from(keys, key_uses)


def _one(connection: Connection, number: int) -> Row[Any]:
    row = connection.execute(_select().where(keys.c.number == number)).one_or_none()
    if row is None:
        raise _unknown(id_in(number, _LETTER))
    return row


def _record(row: Row[Any]) -> KeyRecord:
    values = dict(row._mapping)
    for name in ("roles", "scopes", "units"):
        values[name] = tuple(json.loads(values.pop(f"{name}_json")))
    return KeyRecord(id=id_in(values.pop("number"), _LETTER), **values)
