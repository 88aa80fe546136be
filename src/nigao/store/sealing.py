"""Seals: digests of whole rows, kept in the audit events that wrote them, so that a later change to a row shows.

A seal has a key such as `revision/2/5` or `document/duty` and covers every column of every row under that key; it is
empty where there are none. Where a row may change (a document, a session, a key), each event that changes it seals it
anew, and the last seal counts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Table

from nigao.store.servicetables import keys
from nigao.store.tables import (
    approvals,
    citations,
    documents,
    passages,
    reports,
    revisions,
    sessions,
    signoffs,
    submissions,
    supersessions,
    turns,
    versions,
    visibilities,
)

Seals = dict[str, str]

_Keyed = tuple[Table, tuple[Column[Any], ...]]
# What is sealed under which kind of key. A column that a later schema adds must be left out where it has its default.
_KINDS: dict[str, tuple[_Keyed, ...]] = {
    "document": (
        (documents, (documents.c.id,)),
        *((table, (table.c.document_id,)) for table in (supersessions, visibilities, approvals, submissions)),
    ),
    "text": tuple((table, (table.c.document_id,)) for table in (versions, passages)),
    "report": ((reports, (reports.c.number,)),),
    "revision": tuple((table, (table.c.report, table.c.revision)) for table in (revisions, citations)),
    "session": ((sessions, (sessions.c.number,)),),
    "turn": ((turns, (turns.c.session, turns.c.number)),),
    "signoff": ((signoffs, (signoffs.c.row,)),),
    "key": ((keys, (keys.c.number,)),),
}


def seal_document(connection: Connection, id: str) -> Seals:
    """What is recorded of a document with its approvals, and its versions with their passages."""
    return _seal(connection, "document", id) | _seal(connection, "text", id)


def seal_report(connection: Connection, number: int, revision: int) -> Seals:
    """A revision with what it cites; the first one seals the report too."""
    report = _seal(connection, "report", number) if revision == 1 else {}
    return report | _seal(connection, "revision", number, revision)


def seal_session(connection: Connection, number: int) -> Seals:
    """A session as it stands."""
    return _seal(connection, "session", number)


def seal_turn(connection: Connection, session: int, number: int) -> Seals:
    """A turn of a session."""
    return _seal(connection, "turn", session, number)


def seal_signoff(connection: Connection, row: int) -> Seals:
    """A step of sign-off."""
    return _seal(connection, "signoff", row)


def seal_key(connection: Connection, number: int) -> Seals:
    """An API key as it stands."""
    return _seal(connection, "key", number)


def seal_all(connection: Connection) -> Seals:
    """The seals of everything in the database, as they would be made now. Rows are read one at a time."""
    found: Seals = {}
    for kind, tables in _KINDS.items():
        digests: dict[str, Any] = {}
        for table, key in tables:
            for place, written in _rows(connection, table, key):
                digests.setdefault("/".join((kind, *map(str, place))), hashlib.sha256()).update(written)
        found |= {key: digest.hexdigest() for key, digest in digests.items()}
    return found


def sealed_thing(key: str) -> str:
    """What a key stands for, in Chinese."""
    kind, _, rest = key.partition("/")
    first, _, last = rest.partition("/")
    number = f"{int(first):04d}" if first.isdecimal() else first
    return {
        "document": f"文件 {rest} 的登记和批准",
        "text": f"文件 {rest} 的文本和段落",
        "report": f"报告 r{number}",
        "revision": f"报告 r{number} 第 {last} 稿",
        "session": f"会话 s{number}",
        "turn": f"会话 s{number} 第 {last} 轮",
        "signoff": f"签发记录第 {rest} 条",
        "key": f"接口密钥 k{number}",
    }.get(kind, key)


def _seal(connection: Connection, kind: str, *place: str | int) -> Seals:
    digest, rows = hashlib.sha256(), 0
    for table, key in _KINDS[kind]:
        for _, written in _rows(connection, table, key, place):
            digest.update(written)
            rows += 1
    return {"/".join((kind, *map(str, place))): digest.hexdigest() if rows else ""}


def _rows(
    connection: Connection, table: Table, key: tuple[Column[Any], ...], place: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[Any, ...], bytes]]:
    """The key and the written form of each row, of one key or of all. Values are read as SQLite keeps them: a value
    that was made to be none of its column's type must not stop the reading.
    """
    names = list(table.columns.keys())
    columns = ", ".join(f'"{name}"' for name in names)
    order = ", ".join(f'"{column.name}"' for column in (*key, *table.primary_key.columns))
    where = " WHERE " + " AND ".join(f'"{column.name}" = ?' for column in key) if place else ""
    found = connection.exec_driver_sql(f"SELECT {columns} FROM {table.name}{where} ORDER BY {order}", place)
    at = [names.index(column.name) for column in key]
    for row in found:
        values = json.dumps([table.name, *row], ensure_ascii=False, separators=(",", ":"), default=bytes.hex)
        yield tuple(row[index] for index in at), values.encode("utf-8", "surrogatepass") + b"\n"
