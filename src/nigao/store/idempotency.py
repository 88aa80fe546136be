"""Requests that may come twice: the answer to the first is kept, and given again instead of doing the work again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from nigao.errors import ConflictError, KeyReusedError
from nigao.store.database import Database
from nigao.store.servicetables import idempotency


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer to a request, as it was first given."""

    status: int
    headers: dict[str, str]
    body: bytes


class IdempotencyRepository:
    """Answers by caller and the key that the caller gave the request."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, caller: str, key: str, fingerprint: str, owner: str) -> Kept | None:
        """The answer that was given to this request before; None where there is none: then the request is the caller's
        of this method to work on, and to `finish` or `release`.

        `fingerprint` stands for what is asked, `owner` for this process: what another process, now dead, did not finish
        is begun again. Raises KeyReusedError where the key was given to another request, ConflictError where this
        process is still working on it.
        """
        with self._database.write() as connection:
            known = self._row(connection, caller, key)
            if known is not None:
                if known.fingerprint != fingerprint:
                    raise reused(key)
                if known.status is not None:
                    return Kept(known.status, json.loads(known.headers_json), known.body)
                if known.owner == owner:
                    raise ConflictError("同一请求还在办理", where=key, fix="稍后用同一幂等键再问，会得到同一结果")
            values = {"fingerprint": fingerprint, "owner": owner, "status": None, "headers_json": "{}", "body": b""}
            values |= {"at": self._database.now()}
            statement = insert(idempotency).values(caller=caller, key=key, **values)
            connection.execute(statement.on_conflict_do_update(index_elements=["caller", "key"], set_=values))
        return None

    def finish(self, caller: str, key: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Keep the answer to a request that was begun."""
        values = {"status": status, "headers_json": json.dumps(dict(headers), ensure_ascii=False), "body": body}
        values |= {"at": self._database.now()}
        with self._database.write() as connection:
            connection.execute(update(idempotency).where(*_own(caller, key)).values(values))

    def release(self, caller: str, key: str) -> None:
        """Forget a request that was begun and came to nothing, so that it can be tried again; an answer is kept."""
        with self._database.write() as connection:
            connection.execute(delete(idempotency).where(*_own(caller, key), idempotency.c.status.is_(None)))

    def forget(self, before: dt.datetime) -> int:
        """Drop what was begun or answered before that time. How many requests that were."""
        limit = before.astimezone(dt.UTC).isoformat(timespec="seconds")
        with self._database.write() as connection:
            return connection.execute(delete(idempotency).where(idempotency.c.at < limit)).rowcount

    def _row(self, connection: Connection, caller: str, key: str) -> Row[Any] | None:
        return connection.execute(select(idempotency).where(*_own(caller, key))).one_or_none()


def reused(key: str) -> KeyReusedError:
    """What is told of a key that was given to another request."""
    return KeyReusedError(
        "这个幂等键已用于另一个请求", where=key, fix="每个新请求换一个幂等键；重发同一请求时内容不能变"
    )


def _own(caller: str, key: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return idempotency.c.caller == caller, idempotency.c.key == key
