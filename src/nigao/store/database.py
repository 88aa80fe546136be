"""One SQLite database: how connections are set up, and what a read and a write transaction are."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from nigao.errors import StoreError
from nigao.store import tables

Clock = Callable[[], dt.datetime]
ItemT = TypeVar("ItemT")

_WAIT_FOR_LOCK_MS = 15_000
_WRITE = "nigao_write"
# Well below SQLite's limit of bound variables in one statement.
_CHUNK = 5_000


def utc_now() -> dt.datetime:
    """The time of recording; the stores take a clock so that a test can fix it."""
    return dt.datetime.now(dt.UTC)


class Database:
    """Transactions on one SQLite file, or on memory when `path` is None. A file that may not be written is read."""

    def __init__(self, path: Path | None, clock: Clock = utc_now) -> None:
        self.path = path
        self.clock = clock
        self.read_only = path is not None and _write_protected(path)
        self.engine = _engine(path, read_only=self.read_only)
        # Memory is one shared connection, so that two threads must take turns; a file gives each its own.
        self._turn: AbstractContextManager[Any] = threading.RLock() if path is None else nullcontext()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the database. Raises StoreError when it cannot be read."""
        with self._turn, self._translated(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that commits as a whole or not at all. Raises StoreError when it cannot be written."""
        if self.read_only:
            raise StoreError(
                "数据库或所在文件夹只读，没有写入", where=str(self.path), fix="检查文件夹的权限；只读时仍可检索和核对"
            )
        with self._turn, self._translated(), self.engine.connect() as plain:
            connection = plain.execution_options(**{_WRITE: True})
            with connection.begin():
                yield connection

    def now(self) -> str:
        """The clock's time as ISO 8601 in UTC, to the second."""
        return self.clock().astimezone(dt.UTC).isoformat(timespec="seconds")

    def close(self) -> None:
        """Give up all connections."""
        self.engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            raise store_error(error, self.path) from error


def store_error(error: Exception, path: Path | None) -> StoreError:
    """What the driver reported, as something a person can act on."""
    cause = str(getattr(error, "orig", None) or error)
    where = str(path) if path else "内存数据库"
    if "not a database" in cause or "malformed" in cause:
        fix = "从备份恢复该文件；没有备份时移走它，再重新收录语料"
        return StoreError("不是可用的拟稿数据库，或文件已损坏", where=where, fix=fix)
    if "locked" in cause or "busy" in cause:
        return StoreError("数据库正被另一个进程占用", where=where, fix="等另一个进程结束后再试")
    if "readonly" in cause or "unable to open" in cause:
        return StoreError("数据库打不开或不可写", where=where, fix="检查文件和所在文件夹的权限")
    if "full" in cause or "disk I/O" in cause:
        # On a full disk SQLite says either.
        return StoreError("磁盘已满或读写出错，未能写入", where=where, fix="清理磁盘后再试；仍失败时检查磁盘")
    return StoreError(f"数据库操作失败：{cause}", where=where, fix="重试；仍失败时附上这条信息反馈")


def in_chunks(items: Iterable[ItemT]) -> Iterator[list[ItemT]]:
    """The items in lists short enough for one IN clause."""
    rest = list(items)
    for start in range(0, len(rest), _CHUNK):
        yield rest[start : start + _CHUNK]


def canonical_json(value: object) -> str:
    """JSON that is the same text for the same value, Chinese kept readable."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def get_property(connection: Connection, name: str) -> str:
    """A small fact about the whole database, empty when never set."""
    query = select(tables.properties.c.value).where(tables.properties.c.name == name)
    return connection.execute(query).scalar_one_or_none() or ""


def set_property(connection: Connection, name: str, value: str) -> None:
    """Record a small fact about the whole database."""
    statement = insert(tables.properties).values(name=name, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def _engine(path: Path | None, *, read_only: bool) -> Engine:
    url = URL.create("sqlite", database=None if path is None else str(path))
    pool = StaticPool if path is None else QueuePool
    if path is not None and read_only:
        engine = create_engine(url, poolclass=pool, creator=lambda: _reading(path))
    else:
        engine = create_engine(url, poolclass=pool, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare_to_read if read_only else _prepare)
    event.listen(engine, "begin", _on_begin)
    return engine


def _write_protected(path: Path) -> bool:
    """Whether a database that is there may be read only: SQLite also needs to write files beside it."""
    return path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _reading(path: Path) -> sqlite3.Connection:
    # With a log beside it somebody may be writing; without one nobody can be, and SQLite need not look out for them.
    how = "mode=ro" if path.with_name(path.name + "-wal").exists() else "immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, check_same_thread=False)


def _prepare(connection: Any, record: object) -> None:
    _prepare_to_read(connection, record)
    for pragma in ("journal_mode = WAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _prepare_to_read(connection: Any, record: object) -> None:
    # The driver must not open transactions by itself: it would do so late, and never for DDL.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_WAIT_FOR_LOCK_MS}").close()


def _on_begin(connection: Connection) -> None:
    # A writer takes its lock first: two writers would otherwise both read, and one fail in the middle.
    write = connection.get_execution_options().get(_WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
