"""How a text that a person approved becomes the document's, in a transaction that is already open: one way for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from nigao.corpus.model import Document, Passage, Status
from nigao.store import currency, rows
from nigao.store.audit import AuditLog
from nigao.store.database import Database
from nigao.store.sealing import seal_document
from nigao.store.tables import approvals, documents, submissions


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a text comes from: the manifest or command (`origin`), the reader and splitter (`recipe`), and the
    fingerprint of what was stated about it there, which may say less than the record.
    """

    origin: str
    recipe: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Act:
    """One act in an open transaction: who does it, and what it is recorded with."""

    connection: Connection
    database: Database
    audit: AuditLog
    by: str

    @property
    def today(self) -> dt.date:
        """The day of the act by the database's clock."""
        return self.database.clock().astimezone().date()

    def record(self, action: str, subject: str, detail: dict[str, object]) -> None:
        """Leave an audit event about a document in the transaction, sealing the document as it now stands."""
        seals = seal_document(self.connection, subject)
        self.audit.record(self.connection, action, subject, self.by, detail, seals)


def admit(
    act: Act, document: Document, text: str, passages: Sequence[Passage], source: Provenance, *, action: str
) -> None:
    """Make this the document's text under the approval it states. What waited is dropped; a revoked one stays revoked.

    Where bytes and approval are those in force already, only what is said of the document may have changed, and the
    audit event is `document.amend`, with what that is; else it is `action`.
    """
    connection = act.connection
    row = rows.find(connection, document.id)
    same = row is not None and row.sha256 == document.sha256
    was = rows.load_documents(connection, act.today, [document.id]) if same else []
    revoked = row is not None and row.status == Status.REVOKED.value
    currency.retire(connection, document.id)
    rows.save(
        connection,
        document,
        status=Status.REVOKED.value if revoked else Status.APPROVED.value,
        status_reason=row.status_reason if row is not None and revoked else "",
        origin=source.origin,
        recipe=source.recipe,
        fingerprint=source.fingerprint,
        version=row.version if row is not None else 0,
    )
    version = currency.ensure_version(connection, document, text, act.database.now())
    connection.execute(update(documents).where(documents.c.id == document.id).values(version=version))
    currency.activate(connection, document, version, passages)
    drop_submission(connection, document.id)
    kept = not revoked and _bind(act, document, version)
    detail = {"sha256": document.sha256, "version": version, "passages": len(passages), "origin": source.origin}
    approval = {"approved_by": document.approved_by, "approved_on": str(document.approved_on or "")}
    changed = _changes(was[0], document) if kept and was else {}
    if changed:
        act.record("document.amend", document.id, detail | approval | {"changed": changed})
    else:
        act.record(action, document.id, detail | approval)


def end_approval(act: Act, document_id: str, reason: str, on: dt.date | None = None) -> None:
    """The approval in force, if there is one, holds no longer from today, or from `on`."""
    open_ = _open(act.connection, document_id)
    if open_ is not None:
        # A day before it began would say that it never held.
        values = {"ended_on": max(on or act.today, open_.started_on), "end_reason": reason}
        act.connection.execute(update(approvals).where(approvals.c.row == open_.row).values(values))


def drop_submission(connection: Connection, document_id: str) -> None:
    """What waits for this document is no longer of interest."""
    connection.execute(delete(submissions).where(submissions.c.document_id == document_id))


def _bind(act: Act, document: Document, version: int) -> bool:
    """Put the document's approval into the history; True where it is the one in force already."""
    connection = act.connection
    open_ = _open(connection, document.id)
    stated = (document.sha256, document.approved_by, document.approved_on)
    record = {"version": version, "record_json": rows.record_json(document)}
    if open_ is not None and (open_.sha256, open_.approved_by, open_.approved_on) == stated:
        connection.execute(update(approvals).where(approvals.c.row == open_.row).values(record))
        return True
    earlier = select(approvals.c.row).where(
        approvals.c.document_id == document.id,
        approvals.c.sha256 == document.sha256,
        approvals.c.approved_by == document.approved_by,
        approvals.c.approved_on == document.approved_on,
    )
    back = connection.execute(earlier.limit(1)).first() is not None
    started = document.approved_on or act.today
    if back:
        started = max(started, act.today)
    same = open_ is not None and open_.sha256 == document.sha256
    end_approval(act, document.id, "reapproved" if same else "replaced", started)
    values = record | {
        "document_id": document.id,
        "sha256": document.sha256,
        "approved_by": document.approved_by,
        "approved_on": document.approved_on,
        "recorded_at": act.database.now(),
        "started_on": started,
        "end_reason": "",
    }
    connection.execute(insert(approvals).values(values))
    return False


def _open(connection: Connection, document_id: str) -> Row[Any] | None:
    query = select(approvals).where(approvals.c.document_id == document_id, approvals.c.ended_on.is_(None))
    return connection.execute(query).one_or_none()


def _changes(was: Document, now: Document) -> dict[str, object]:
    """What is said of the document otherwise than before: field, then old and new."""
    plain = ("title", "role", "path", "issuer", "number", "valid_from", "valid_to")
    lists = ("supersedes", "visible_to")
    fields = {name: (str(getattr(was, name) or ""), str(getattr(now, name) or "")) for name in plain}
    fields |= {name: ("、".join(sorted(getattr(was, name))), "、".join(sorted(getattr(now, name)))) for name in lists}
    return {name: list(pair) for name, pair in fields.items() if pair[0] != pair[1]}
