"""The store as callers hold it: one database, its repositories, opened and closed together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from nigao.errors import StoreError
from nigao.store.approvals import ApprovalRepository
from nigao.store.audit import AuditLog
from nigao.store.chats import ChatRepository
from nigao.store.conversations import ConversationRepository
from nigao.store.database import Clock, Database, utc_now
from nigao.store.documents import DocumentRepository
from nigao.store.endpoints import EndpointRepository
from nigao.store.files import FileRepository
from nigao.store.idempotency import IdempotencyRepository
from nigao.store.jobs import JobRepository
from nigao.store.keys import KeyRepository
from nigao.store.migrate import migrate
from nigao.store.reports import ReportRepository
from nigao.store.signoffs import SignoffRepository
from nigao.store.turns import turn
from nigao.store.vectors import VectorRepository


class Store:
    """Documents, vectors, reports and the audit log of one workspace. Use `open` or `in_memory`, and close it."""

    def __init__(self, database: Database) -> None:
        """Bring the database to the newest schema. Raises StoreError when that is impossible."""
        self._database = database
        migrate(database)
        self.audit = AuditLog(database)
        self.documents = DocumentRepository(database, self.audit)
        self.approvals = ApprovalRepository(database, self.audit)
        self.files = FileRepository(database)
        self.vectors = VectorRepository(database)
        self.reports = ReportRepository(database, self.audit)
        self.chats = ChatRepository(database, self.audit)
        self.signoffs = SignoffRepository(database, self.audit)
        self.endpoints = EndpointRepository(database)
        self.keys = KeyRepository(database, self.audit)
        self.jobs = JobRepository(database)
        self.idempotency = IdempotencyRepository(database)
        self.conversations = ConversationRepository(database)

    @classmethod
    def open(cls, path: Path, *, clock: Clock = utc_now) -> Store:
        """Open the database file, creating or migrating it. Raises StoreError when it is unreadable or too new."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError("建不了存放数据库的文件夹", where=str(path.parent), fix="检查路径和权限") from error
        return cls._started(Database(path, clock))

    @classmethod
    def in_memory(cls, *, clock: Clock = utc_now) -> Store:
        """A store that is gone once closed."""
        return cls._started(Database(None, clock))

    @classmethod
    def _started(cls, database: Database) -> Store:
        try:
            return cls(database)
        except BaseException:
            database.close()
            raise

    @property
    def path(self) -> Path | None:
        """The database file, or None for memory."""
        return self._database.path

    def now(self) -> dt.datetime:
        """The time that is recorded of what is done now."""
        return self._database.clock()

    def turn(self, work: str, waiting: Callable[[], None] | None = None) -> AbstractContextManager[None]:
        """The turn among processes for this kind of work: who comes second waits, calling `waiting` meanwhile."""
        return turn(self.path, work, waiting)

    def unsound(self) -> str:
        """What SQLite finds wrong with the database, empty when nothing is."""
        with self._database.read() as connection:
            found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(3)")]
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(3)
        return "；".join([line for line in found if line != "ok"] + [f"{row[0]} 中有无主的记录" for row in orphans])

    def close(self) -> None:
        """Give up the database; the store cannot be used afterwards."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
