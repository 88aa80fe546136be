"""The audit log: who did what to what, as a hash chain, so that a later change to any entry shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from nigao.errors import AuditError
from nigao.store.database import Database, canonical_json, get_property, set_property
from nigao.store.tables import audit

_HEAD = "audit_head"
_FIX = "审计记录在拟稿之外被改动过；从备份恢复数据库，并查明是谁改的"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One entry. `at` is ISO 8601 in UTC; `hash` covers the entry and the hash of the one before it."""

    sequence: int
    at: str
    action: str
    subject: str
    actor: str
    detail: dict[str, object]
    previous: str
    hash: str


class AuditLog:
    """Appends to the chain and verifies it. Repositories record their own events in the transaction of the change."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, action: str, subject: str, actor: str, detail: Mapping[str, object] | None = None) -> AuditEvent:
        """Add an entry of its own. `detail` must be JSON. Raises StoreError when it cannot be written."""
        with self._database.write() as connection:
            return self.record(connection, action, subject, actor, detail or {})

    def record(
        self, connection: Connection, action: str, subject: str, actor: str, detail: Mapping[str, object]
    ) -> AuditEvent:
        """Add an entry within a transaction that is already open for writing."""
        last, previous = _read_head(get_property(connection, _HEAD))
        at, written = self._database.now(), canonical_json(detail)
        digest = _digest(last + 1, at, action, subject, actor, written, previous)
        event = AuditEvent(last + 1, at, action, subject, actor, json.loads(written), previous, digest)
        values = {name: getattr(event, name) for name in AuditEvent.__slots__}
        connection.execute(insert(audit).values({**values, "detail": written}))
        set_property(connection, _HEAD, f"{event.sequence}:{event.hash}")
        return event

    def head(self) -> str:
        """What stands for everything recorded so far: it changes whenever anything is. One row is read."""
        with self._database.read() as connection:
            return get_property(connection, _HEAD)

    def events(self) -> list[AuditEvent]:
        """Every entry, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(select(audit).order_by(audit.c.sequence)).all()
        return [AuditEvent(**{**row._mapping, "detail": json.loads(row.detail)}) for row in rows]

    def verify(self) -> int:
        """The number of entries, all of them sound. Raises AuditError naming the first broken one."""
        with self._database.read() as connection:
            rows = connection.execute(select(audit).order_by(audit.c.sequence)).all()
            head = get_property(connection, _HEAD)
        previous = ""
        for expected, row in enumerate(rows, start=1):
            if row.sequence != expected:
                raise AuditError("审计记录缺失", where=f"第 {expected} 条", fix=_FIX)
            digest = _digest(row.sequence, row.at, row.action, row.subject, row.actor, row.detail, previous)
            if row.previous != previous or row.hash != digest:
                raise AuditError("审计记录与其校验值不符", where=f"第 {expected} 条", fix=_FIX)
            previous = row.hash
        # Cutting off the end leaves a sound chain behind; only the recorded head tells.
        if _read_head(head) != (len(rows), previous):
            raise AuditError("末尾的审计记录缺失", where=f"第 {len(rows) + 1} 条", fix=_FIX)
        return len(rows)


def _read_head(head: str) -> tuple[int, str]:
    sequence, _, digest = head.partition(":")
    return (int(sequence), digest) if sequence.isdecimal() else (0, "")


def _digest(*columns: int | str) -> str:
    return hashlib.sha256(canonical_json(columns).encode()).hexdigest()
