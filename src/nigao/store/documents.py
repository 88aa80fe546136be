"""Documents and passages: what is recorded, what is evidence on a date, and what an old report once cited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, update

from nigao.corpus.model import Document, Passage, Role, Status
from nigao.errors import UsageError
from nigao.store import currency, rows
from nigao.store.admitting import Act, Provenance, admit, drop_submission, end_approval
from nigao.store.audit import AuditLog
from nigao.store.database import Database, in_chunks
from nigao.store.rows import document_fingerprint
from nigao.store.tables import documents, passages, versions

__all__ = ["DocumentRepository", "KnownDocument", "document_fingerprint"]

_EVIDENCE = (Role.BASIS, Role.MATERIAL)
_SELF = "nigao"


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What a sync needs to leave a document alone: nothing changed when hash, fingerprint and recipe are the same.

    `fingerprint` is of what was stated about the document where it came from (`origin`).
    """

    sha256: str
    fingerprint: str
    recipe: str
    status: Status
    origin: str


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
        fingerprint: str = "",
        by: str = _SELF,
    ) -> None:
        """Admit a document with its whole text and its passages; its earlier passages are kept but no longer current.

        The document states its approval, which goes into the history. `origin` names the manifest or command it came
        by, `recipe` the reader and splitter that made the passages, `fingerprint` (by default the document's) what was
        stated there. A revoked document stays revoked. Raises StoreError when a passage id is taken by another text.
        """
        source = Provenance(origin, recipe, fingerprint or document_fingerprint(document))
        with self._database.write() as connection:
            act = Act(connection, self._database, self._audit, by)
            admit(act, document, text, passages, source, action="document.put")

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
            act = Act(connection, self._database, self._audit, by)
            old = rows.find(connection, document_id)
            if old is None or old.status != Status.REVOKED.value:
                currency.retire(connection, document_id)
                rows.save(
                    connection,
                    document,
                    status=Status.REFUSED.value,
                    status_reason=message,
                    origin=origin,
                    recipe="",
                    fingerprint=document_fingerprint(document),
                    version=old.version if old else 0,
                )
                end_approval(act, document_id, "refused")
                drop_submission(connection, document_id)
            act.record(
                "document.refuse", document_id, {"reason": reason, "message": message, "path": path, "origin": origin}
            )

    def revoke(self, id: str, reason: str, by: str) -> None:
        """Stop a document from being evidence, for good. Raises NotFoundError for an unknown id, UsageError for a
        document that is revoked already: the first reason stands.
        """
        with self._database.write() as connection:
            known = rows.known(connection, id)
            if known.status == Status.REVOKED.value:
                reason = f"（{known.status_reason}）" if known.status_reason else ""
                raise UsageError(f"这份文件此前已撤销{reason}", where=id, fix="原撤销理由保留，不必再次撤销")
            self._end(Act(connection, self._database, self._audit, by), id, Status.REVOKED, reason)

    def withdraw(self, ids: Iterable[str], reason: str, *, by: str = _SELF) -> None:
        """Mark documents that left the manifest; `put` brings one back. Revoked ones stay revoked.

        Raises NotFoundError for an unknown id, with nothing withdrawn.
        """
        with self._database.write() as connection:
            for id in dict.fromkeys(ids):
                if rows.known(connection, id).status in (Status.REVOKED.value, Status.WITHDRAWN.value):
                    continue
                currency.retire(connection, id)
                self._end(Act(connection, self._database, self._audit, by), id, Status.WITHDRAWN, reason)

    def _end(self, act: Act, id: str, status: Status, reason: str) -> None:
        change = update(documents).where(documents.c.id == id)
        act.connection.execute(change.values(status=status.value, status_reason=reason))
        end_approval(act, id, status.value)
        drop_submission(act.connection, id)
        act.record("document.revoke" if status is Status.REVOKED else "document.withdraw", id, {"reason": reason})

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

    def evidence_ids(
        self, on: dt.date, roles: Collection[Role] | None = None, unit: str | Collection[str] | None = None
    ) -> set[str]:
        """Ids of the documents that may be cited on that date: approved, in force and not superseded.

        Exemplars are among them only when `roles` names them. `unit` is who asks, by name or by several names of the
        same; None finds only what everybody may see.
        """
        query = rows.evidence_query(on, _EVIDENCE if roles is None else roles, names_of(unit))
        with self._database.read() as connection:
            return set(connection.execute(query).scalars().all())

    def visible_ids(self, unit: str | Collection[str] | None = None) -> set[str]:
        """Ids of all documents ever recorded that the unit may see, whatever their status."""
        query = select(documents.c.id).where(rows.visible(documents.c.id, names_of(unit)))
        with self._database.read() as connection:
            return set(connection.execute(query).scalars().all())

    def origin_ids(self, origin: str) -> dict[str, KnownDocument]:
        """What is recorded of the documents that came by this origin."""
        return self._known(select(documents).where(documents.c.origin == origin).order_by(documents.c.id))

    def known(self, ids: Collection[str]) -> dict[str, KnownDocument]:
        """What is recorded of these documents, wherever they came from."""
        found: dict[str, KnownDocument] = {}
        for chunk in in_chunks(ids):
            found |= self._known(select(documents).where(documents.c.id.in_(chunk)))
        return found

    def _known(self, query: Select[Any]) -> dict[str, KnownDocument]:
        with self._database.read() as connection:
            found = connection.execute(query).all()
        return {r.id: KnownDocument(r.sha256, r.fingerprint, r.recipe, Status(r.status), r.origin) for r in found}

    def text(self, document_id: str) -> str:
        """The extracted text of the latest admitted version. Raises NotFoundError when none was ever admitted."""
        same = (versions.c.document_id == documents.c.id) & (versions.c.number == documents.c.version)
        query = select(versions.c.text).join(documents, same).where(documents.c.id == document_id)
        with self._database.read() as connection:
            text = connection.execute(query).scalar_one_or_none()
        if text is None:
            raise rows.unknown(document_id)
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

    def each_passage(self) -> Iterator[Passage]:
        """Every current passage in the order of the ids, from one state of the database, some at a time in memory."""
        query = rows.select_passages().where(passages.c.current).order_by(passages.c.id)
        with self._database.read() as connection:
            for row in connection.execute(query.execution_options(yield_per=1_000)):
                yield rows.passage_from(row)

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


def names_of(unit: str | Collection[str] | None) -> tuple[str, ...]:
    """The names that a unit goes by, without blank ones."""
    names = [unit] if isinstance(unit, str) else list(unit or ())
    return tuple(name.strip() for name in names if name.strip())
