"""Rows of the document tables as corpus objects and back, and the selects that decide what is in force."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, delete, exists, func, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from nigao.corpus.model import Document, Passage, Role, Status
from nigao.errors import NotFoundError
from nigao.store.database import canonical_json, in_chunks
from nigao.store.tables import documents, passages, supersessions, visibilities

_PLAIN = ("id", "title", "sha256", "path", "issuer", "number", "approved_by", "approved_on", "valid_from", "valid_to")
_DATES = ("approved_on", "valid_from", "valid_to")
_PASSAGE = ("id", "document_id", "position", "text", "locator", "heading", "start", "end")


def document_fingerprint(document: Document) -> str:
    """SHA-256 (hex) of everything the manifest says about a document and of its file's hash; its status is left out."""
    dates = (document.approved_on, document.valid_from, document.valid_to)
    plain = (document.id, document.title, document.role, document.sha256, document.path, document.issuer)
    more = (document.number, document.approved_by, *(date and date.isoformat() for date in dates))
    # Documents recorded before units could be named keep their fingerprint.
    units = [sorted(document.visible_to)] if document.visible_to else []
    return hashlib.sha256(canonical_json([*plain, *more, sorted(document.supersedes), *units]).encode()).hexdigest()


def record_json(document: Document) -> str:
    """What is recorded of a document, its status left out, as JSON."""
    dates = {name: str(getattr(document, name) or "") or None for name in _DATES}
    plain = {name: getattr(document, name) for name in _PLAIN if name not in _DATES}
    more = {"role": document.role.value, "supersedes": document.supersedes, "visible_to": document.visible_to}
    return canonical_json(plain | dates | more)


def document_from_json(record: str, **status: Any) -> Document:
    """The document of a `record_json`; `status` gives fields that are not in it."""
    values = json.loads(record)
    dates = {name: values[name] and dt.date.fromisoformat(values[name]) for name in _DATES}
    lists = {name: tuple(values[name]) for name in ("supersedes", "visible_to")}
    return Document(**values | dates | lists | {"role": Role(values["role"])} | status)


def find(connection: Connection, id: str) -> Row[Any] | None:
    """The document's row, or None."""
    return connection.execute(select(documents).where(documents.c.id == id)).one_or_none()


def known(connection: Connection, id: str) -> Row[Any]:
    """The document's row. Raises NotFoundError."""
    row = find(connection, id)
    if row is None:
        raise unknown(id)
    return row


def unknown(id: str) -> NotFoundError:
    """What is told of an id that was never recorded."""
    return NotFoundError("没有这份文件", where=id, fix="从已收录的文件里选（nigao corpus list）")


def save(connection: Connection, document: Document, **columns: Any) -> None:
    """Write the document's row, whom it supersedes and who may see it; `columns` are those it does not fill itself."""
    values = {name: getattr(document, name) for name in _PLAIN} | {"role": document.role.value} | columns
    statement = upsert(documents).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
    _link(connection, supersessions, document.id, "supersedes_id", document.supersedes)
    save_visibility(connection, document)


def save_visibility(connection: Connection, document: Document) -> None:
    """Write who may see the document."""
    _link(connection, visibilities, document.id, "unit", document.visible_to)


def _link(connection: Connection, table: Table, id: str, column: str, others: Iterable[str]) -> None:
    connection.execute(delete(table).where(table.c.document_id == id))
    links = [{"document_id": id, column: other} for other in dict.fromkeys(others)]
    if links:
        connection.execute(insert(table), links)


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
    supersedes = _linked(connection, supersessions, "supersedes_id")
    units = _linked(connection, visibilities, "unit")
    found = [
        _document_from(row, supersedes.get(row.id, ()), replaced.get(row.id), units.get(row.id, ())) for row in rows
    ]
    return sorted(found, key=lambda document: document.id)


def evidence_query(on: dt.date, roles: Iterable[Role], units: Collection[str] = ()) -> Select[Any]:
    """Ids of the documents that are evidence on that date for somebody of one of the units (full and short name of the
    same unit, say; none means anybody): approved, in force, not superseded, of one of the roles, and to be seen.
    """
    newer = documents.alias("newer")
    replaced = exists().where(
        supersessions.c.supersedes_id == documents.c.id,
        supersessions.c.document_id == newer.c.id,
        newer.c.id != documents.c.id,
        *_in_force(newer.c, on),
    )
    names = [role.value for role in roles]
    return select(documents.c.id).where(
        documents.c.role.in_(names), *_in_force(documents.c, on), ~replaced, visible(documents.c.id, units)
    )


def visible(document_id: ColumnElement[str], units: Collection[str]) -> ColumnElement[bool]:
    """Whether one of the units may see the document: it is for everybody, or for one of them by name."""
    mine = visibilities.c.document_id == document_id
    restricted = exists().where(mine)
    return ~restricted | exists().where(mine, visibilities.c.unit.in_(units)) if units else ~restricted


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
        or_(columns.approved_on.is_(None), columns.approved_on <= on),
        or_(columns.valid_from.is_(None), columns.valid_from <= on),
        or_(columns.valid_to.is_(None), columns.valid_to >= on),
    ]


def _linked(connection: Connection, table: Table, column: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for id, other in connection.execute(select(table.c.document_id, table.c[column]).order_by(table.c[column])):
        found[id] = (*found.get(id, ()), other)
    return found


def _document_from(
    row: Row[Any], supersedes: tuple[str, ...], superseded_by: str | None, units: tuple[str, ...]
) -> Document:
    return Document(
        **{name: getattr(row, name) for name in _PLAIN},
        role=Role(row.role),
        status=Status(row.status),
        status_reason=row.status_reason,
        supersedes=supersedes,
        superseded_by=superseded_by,
        visible_to=units,
    )
