"""The audit log: who did what to what, as a hash chain, so that a later change to any entry, or to any row that one
sealed, shows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from nigao.store.database import Database, canonical_json, get_property, set_property
from nigao.store.tables import audit
from nigao.store.verifying import Verified, event_digest, verify_all

_HEAD = "audit_head"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One entry. `at` is ISO 8601 in UTC; `hash` covers the entry and the hash of the one before it; `seals` are the
    digests of the rows that were written (`store.sealing`).
    """

    sequence: int
    at: str
    action: str
    subject: str
    actor: str
    detail: dict[str, object]
    previous: str
    hash: str
    seals: dict[str, str] = field(default_factory=dict)


class AuditLog:
    """Appends to the chain and verifies it. Repositories record their own events in the transaction of the change."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, action: str, subject: str, actor: str, detail: Mapping[str, object] | None = None) -> AuditEvent:
        """Add an entry of its own. `detail` must be JSON. Raises StoreError when it cannot be written."""
        with self._database.write() as connection:
            return self.record(connection, action, subject, actor, detail or {})

    def record(
        self,
        connection: Connection,
        action: str,
        subject: str,
        actor: str,
        detail: Mapping[str, object],
        seals: Mapping[str, str] | None = None,
    ) -> AuditEvent:
        """Add an entry within a transaction that is already open for writing; `seals` are of the rows just written."""
        last, previous = _read_head(get_property(connection, _HEAD))
        at, written, sealed = self._database.now(), canonical_json(detail), canonical_json(seals) if seals else ""
        digest = event_digest(last + 1, at, action, subject, actor, written, previous, sealed)
        kept = dict(seals or {})
        event = AuditEvent(last + 1, at, action, subject, actor, json.loads(written), previous, digest, kept)
        values = {name: getattr(event, name) for name in AuditEvent.__slots__}
        connection.execute(insert(audit).values({**values, "detail": written, "seals": sealed}))
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
        return [AuditEvent(**{**row._mapping, "detail": json.loads(row.detail), "seals": _seals(row)}) for row in rows]

    def verify(self) -> int:
        """The number of entries, all of them sound, as are the rows that they sealed. Raises as `examine`."""
        return self.examine().events

    def examine(self) -> Verified:
        """What was found sound. Raises AuditError naming the first broken entry, else the first row that was changed,
        taken out or put in behind the log's back.
        """
        with self._database.read() as connection:
            return verify_all(connection, _read_head(get_property(connection, _HEAD)))


def _read_head(head: str) -> tuple[int, str]:
    sequence, _, digest = head.partition(":")
    return (int(sequence), digest) if sequence.isdecimal() else (0, "")


def _seals(row: Row[Any]) -> dict[str, str]:
    return dict(json.loads(row.seals)) if row.seals else {}
