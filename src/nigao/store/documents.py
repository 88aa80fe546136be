"""Documents and passages: what is recorded, what is evidence on a date, and what an old report once cited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from nigao.corpus.model import Document, Passage, Role, Status
from nigao.errors import NotFoundError, UsageError
from nigao.store import currency, rows
from nigao.store.audit import AuditLog
from nigao.store.database import Database, in_chunks
from nigao.store.rows import document_fingerprint
from nigao.store.tables import documents, passages, supersessions, versions

__all__ = ["DocumentRepository", "KnownDocument", "document_fingerprint"]

_EVIDENCE = (Role.BASIS, Role.MATERIAL)
_SELF = "nigao"


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What a sync needs to leave a document alone: nothing changed when hash, fingerprint and recipe are the same."""

    sha256: str
    fingerprint: str
    recipe: str
    status: Status


class DocumentRepository:
    """Every writing method is one transaction and leaves its audit events in it. `on` defaults to today."""

    def __init__(self, database: Database, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit

    def put(
        self,
        document: Document,
        text: str,
        passages: Sequence[Passage],
        origin: str,
        *,
        recipe: str = "",
        by: str = _SELF,
    ) -> None:
        """Admit a document with its whole text and its passages; its earlier passages are kept but no longer current.

        `origin` names the manifest or command it came by, `recipe` the reader and splitter that made the passages. A
        revoked document stays revoked. Raises StoreError when a passage id is taken by another text.
        """
        with self._database.write() as connection:
            old = _row(connection, document.id)
            revoked = old is not None and old.status == Status.REVOKED.value
            currency.retire(connection, document.id)
            values = rows.document_values(document) | {
                "status": Status.REVOKED.value if revoked else Status.APPROVED.value,
                "status_reason": old.status_reason if old and revoked else "",
                "origin": origin,
                "recipe": recipe,
                "version": old.version if old else 0,
            }
            _save(connection, values, document.supersedes)
            version = currency.ensure_version(connection, document, text, self._database.now())
            connection.execute(update(documents).where(documents.c.id == document.id).values(version=version))
            currency.activate(connection, document, version, passages)
            detail = {"sha256": document.sha256, "version": version, "passages": len(passages), "origin": origin}
            approval = {"approved_by": document.approved_by, "approved_on": str(document.approved_on or "")}
            self._audit.record(connection, "document.put", document.id, by, detail | approval)

    def refuse(
        self,
        document_id: str,
        title: str,
        path: str,
        reason: str,
        message: str,
        origin: str,
        *,
        role: Role = Role.MATERIAL,
        sha256: str = "",
        by: str = _SELF,
    ) -> None:
        """Record that a file was turned away, without its text. `reason` is the stable code, `message` is Chinese.

        An earlier version of the document stops being evidence; a revoked document stays revoked.
        """
        document = Document(document_id, title, role, sha256, path)
        with self._database.write() as connection:
            old = _row(connection, document_id)
            if old is None or old.status != Status.REVOKED.value:
                values = {"status": Status.REFUSED.value, "status_reason": message, "origin": origin, "recipe": ""}
                known = {"version": old.version if old else 0}
                currency.retire(connection, document_id)
                _save(connection, rows.document_values(document) | values | known, ())
            detail = {"reason": reason, "message": message, "path": path, "origin": origin}
            self._audit.record(connection, "document.refuse", document_id, by, detail)

    def revoke(self, id: str, reason: str, by: str) -> None:
        """Stop a document from being evidence, for good. Raises NotFoundError for an unknown id, UsageError for a
        document that is revoked already: the first reason stands.
        """
        with self._database.write() as connection:
            known = _known(connection, id)
            if known.status == Status.REVOKED.value:
                reason = f"（{known.status_reason}）" if known.status_reason else ""
                raise UsageError(f"这份文件此前已撤销{reason}", where=id, fix="原撤销理由保留，不必再次撤销")
            change = update(documents).where(documents.c.id == id)
            connection.execute(change.values(status=Status.REVOKED.value, status_reason=reason))
            self._audit.record(connection, "document.revoke", id, by, {"reason": reason})

    def withdraw(self, ids: Iterable[str], reason: str, *, by: str = _SELF) -> None:
        """Mark documents that left the manifest; `put` brings one back. Revoked ones stay revoked.

        Raises NotFoundError for an unknown id, with nothing withdrawn.
        """
        with self._database.write() as connection:
            for id in dict.fromkeys(ids):
                if _known(connection, id).status in (Status.REVOKED.value, Status.WITHDRAWN.value):
                    continue
                currency.retire(connection, id)
                change = update(documents).where(documents.c.id == id)
                connection.execute(change.values(status=Status.WITHDRAWN.value, status_reason=reason))
                self._audit.record(connection, "document.withdraw", id, by, {"reason": reason})

    def get(self, id: str, on: dt.date | None = None) -> Document | None:
        """The document, or None."""
        return next(iter(self.many([id], on)), None)

    def many(self, ids: Collection[str], on: dt.date | None = None) -> list[Document]:
        """Those of the documents that exist, in the order of their ids."""
        with self._database.read() as connection:
            return rows.load_documents(connection, on or dt.date.today(), ids)

    def all(self, on: dt.date | None = None) -> list[Document]:
        """Every document ever recorded, whatever its status, in the order of the ids."""
        with self._database.read() as connection:
            return rows.load_documents(connection, on or dt.date.today())

    def evidence_ids(self, on: dt.date, roles: Collection[Role] | None = None) -> set[str]:
        """Ids of the documents that may be cited on that date: approved, in force and not superseded.

        Exemplars are among them only when `roles` names them.
        """
        with self._database.read() as connection:
            query = rows.evidence_query(on, _EVIDENCE if roles is None else roles)
            return set(connection.execute(query).scalars())

    def origin_ids(self, origin: str) -> dict[str, KnownDocument]:
        """What is recorded of the documents that came by this origin."""
        query = select(documents).where(documents.c.origin == origin).order_by(documents.c.id)
        with self._database.read() as connection:
            found = connection.execute(query).all()
        return {row.id: KnownDocument(row.sha256, row.fingerprint, row.recipe, Status(row.status)) for row in found}

    def text(self, document_id: str) -> str:
        """The extracted text of the latest admitted version. Raises NotFoundError when none was ever admitted."""
        same = (versions.c.document_id == documents.c.id) & (versions.c.number == documents.c.version)
        query = select(versions.c.text).join(documents, same).where(documents.c.id == document_id)
        with self._database.read() as connection:
            text = connection.execute(query).scalar_one_or_none()
        if text is None:
            raise _unknown(document_id)
        return str(text)

    def texts(self, document_ids: Collection[str]) -> dict[str, str]:
        """The extracted texts of the latest admitted versions, by document id; those never admitted are left out."""
        same = (versions.c.document_id == documents.c.id) & (versions.c.number == documents.c.version)
        query = select(documents.c.id, versions.c.text).join(documents, same)
        found: dict[str, str] = {}
        with self._database.read() as connection:
            for chunk in in_chunks(document_ids):
                found.update((row.id, row.text) for row in connection.execute(query.where(documents.c.id.in_(chunk))))
        return found

    def passage(self, id: str) -> Passage | None:
        """The passage, current or as it last stood, or None."""
        order = (passages.c.current.desc(), passages.c.row.desc())
        query = rows.select_passages().where(passages.c.id == id).order_by(*order).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return rows.passage_from(row) if row else None

    def is_current(self, passage_id: str) -> bool:
        """Whether the passage stands in the version that its document has now; says nothing about validity."""
        query = select(passages.c.row).where(passages.c.id == passage_id, passages.c.current)
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def passages(self, document_ids: Collection[str] | None = None) -> list[Passage]:
        """Current passages of all documents, or of these, in the order of document id and position."""
        found: list[Passage] = []
        with self._database.read() as connection:
            for chunk in [None] if document_ids is None else in_chunks(sorted(set(document_ids))):
                query = rows.select_passages().where(passages.c.current)
                query = query if chunk is None else query.where(passages.c.document_id.in_(chunk))
                order = (passages.c.document_id, passages.c.position, passages.c.id)
                found.extend(map(rows.passage_from, connection.execute(query.order_by(*order))))
        return found

    def current_passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Those of the passages that are current, by id."""
        found: dict[str, Passage] = {}
        with self._database.read() as connection:
            for chunk in in_chunks(dict.fromkeys(ids)):
                query = rows.select_passages().where(passages.c.current, passages.c.id.in_(chunk))
                found.update((row.id, rows.passage_from(row)) for row in connection.execute(query))
        return found

    def corpus_version(self) -> str:
        """Changes exactly when the current passages, their headings or their documents' titles do; one row is read."""
        with self._database.read() as connection:
            return currency.digest(connection)


def _row(connection: Connection, id: str) -> Row[Any] | None:
    return connection.execute(select(documents).where(documents.c.id == id)).one_or_none()


def _known(connection: Connection, id: str) -> Row[Any]:
    row = _row(connection, id)
    if row is None:
        raise _unknown(id)
    return row


def _unknown(id: str) -> NotFoundError:
    return NotFoundError("没有这份文件", where=id, fix="用 nigao corpus list 查看已收录的文件")


def _save(connection: Connection, values: dict[str, object], supersedes: Iterable[str]) -> None:
    statement = upsert(documents).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
    connection.execute(delete(supersessions).where(supersessions.c.document_id == values["id"]))
    links = [{"document_id": values["id"], "supersedes_id": old} for old in dict.fromkeys(supersedes)]
    if links:
        connection.execute(insert(supersessions), links)
