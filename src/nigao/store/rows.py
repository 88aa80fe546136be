"""Rows of the document tables as corpus objects and back, and the selects that decide what is in force."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, or_, select

from nigao.corpus.model import Document, Passage, Role, Status
from nigao.store.database import canonical_json, in_chunks
from nigao.store.tables import documents, passages, supersessions

_PLAIN = ("id", "title", "sha256", "path", "issuer", "number", "approved_by", "approved_on", "valid_from", "valid_to")
_PASSAGE = ("id", "document_id", "position", "text", "locator", "heading", "start", "end")


def document_fingerprint(document: Document) -> str:
    """SHA-256 (hex) of everything the manifest says about a document and of its file's hash; its status is left out."""
    dates = (document.approved_on, document.valid_from, document.valid_to)
    plain = (document.id, document.title, document.role, document.sha256, document.path, document.issuer)
    more = (document.number, document.approved_by, *(date and date.isoformat() for date in dates))
    return hashlib.sha256(canonical_json([*plain, *more, sorted(document.supersedes)]).encode()).hexdigest()


def document_values(document: Document) -> dict[str, object]:
    """The columns that a document fills by itself."""
    return {name: getattr(document, name) for name in _PLAIN} | {
        "role": document.role.value,
        "fingerprint": document_fingerprint(document),
    }


def passage_values(passage: Passage, version: int) -> dict[str, object]:
    """A passage as a current row of the given version."""
    return {name: getattr(passage, name) for name in _PASSAGE} | {"version": version, "current": True}


def select_passages() -> Select[Any]:
    """All columns that `passage_from` needs."""
    return select(*(passages.c[name] for name in _PASSAGE))


def passage_from(row: Row[Any]) -> Passage:
    """The passage in a row of `select_passages`."""
    return Passage(**{name: getattr(row, name) for name in _PASSAGE})


def load_documents(connection: Connection, on: dt.date, ids: Collection[str] | None = None) -> list[Document]:
    """Documents in the order of their ids, `superseded_by` as it stands on that date."""
    rows: list[Row[Any]] = []
    for chunk in [None] if ids is None else in_chunks(ids):
        query = select(documents) if chunk is None else select(documents).where(documents.c.id.in_(chunk))
        rows.extend(connection.execute(query))
    replaced = _superseders(connection, on)
    supersedes: dict[str, list[str]] = {}
    for link in connection.execute(select(supersessions).order_by(supersessions.c.supersedes_id)):
        supersedes.setdefault(link.document_id, []).append(link.supersedes_id)
    found = [_document_from(row, tuple(supersedes.get(row.id, ())), replaced.get(row.id)) for row in rows]
    return sorted(found, key=lambda document: document.id)


def evidence_query(on: dt.date, roles: Iterable[Role]) -> Select[Any]:
    """Ids of the documents that are evidence on that date: approved, in force, not superseded, of one of the roles."""
    newer = documents.alias("newer")
    replaced = exists().where(
        supersessions.c.supersedes_id == documents.c.id,
        supersessions.c.document_id == newer.c.id,
        newer.c.id != documents.c.id,
        *_in_force(newer.c, on),
    )
    names = [role.value for role in roles]
    return select(documents.c.id).where(documents.c.role.in_(names), *_in_force(documents.c, on), ~replaced)


def passage_weight(title: str, passage: Passage) -> int:
    """The passage's share in the corpus digest: 128 bits of everything that an index is built from.

    Shares are added up modulo 2**128, so that the digest does not depend on order and one document costs one document.
    """
    content = canonical_json([passage.id, title, passage.heading, passage.text])
    return int.from_bytes(hashlib.sha256(content.encode()).digest()[:16])


def _superseders(connection: Connection, on: dt.date) -> dict[str, str]:
    query = (
        select(supersessions.c.supersedes_id, func.min(documents.c.id))
        .join(documents, documents.c.id == supersessions.c.document_id)
        .where(supersessions.c.supersedes_id != documents.c.id, *_in_force(documents.c, on))
        .group_by(supersessions.c.supersedes_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _in_force(columns: Any, on: dt.date) -> list[ColumnElement[bool]]:
    return [
        columns.status == Status.APPROVED.value,
        or_(columns.valid_from.is_(None), columns.valid_from <= on),
        or_(columns.valid_to.is_(None), columns.valid_to >= on),
    ]


def _document_from(row: Row[Any], supersedes: tuple[str, ...], superseded_by: str | None) -> Document:
    return Document(
        **{name: getattr(row, name) for name in _PLAIN},
        role=Role(row.role),
        status=Status(row.status),
        status_reason=row.status_reason,
        supersedes=supersedes,
        superseded_by=superseded_by,
    )
