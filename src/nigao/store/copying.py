"""Whole copies of a database file, made and put back while other processes work with it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from nigao.errors import StoreError
from nigao.store.database import store_error

_WAIT_SECONDS, _PAUSE = 30.0, 0.2
_DAMAGED = ("not a database", "malformed", "encrypted")


def copy_out(database: Path, target: Path) -> None:
    """Write a copy of the database as it stands at one moment to `target`, a new file. Raises StoreError.

    Others may go on writing: what they commit while the copy is made is in it as a whole or not at all.
    """
    with _opened(database) as source, _opened(target) as copy, _told(database):
        # All pages in one step: one read transaction, which a writer beside it neither spoils nor waits for.
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def copy_in(source: Path, database: Path) -> Path | None:
    """Put the content of `source` in place of the database's, in one transaction: others see the old state or the new.

    A database that is too damaged to be written is moved aside first; the result says where to. Raises StoreError.
    """
    aside = None if _usable(database) else _moved_aside(database)
    with _opened(source) as copy, _opened(database) as target, _told(database):
        target.execute("PRAGMA journal_mode = WAL")
        copy.backup(target, pages=-1, progress=_patience(), sleep=_PAUSE)
    return aside


def _patience() -> Callable[[int, int, int], None]:
    """Called after each try: a database that stays locked is told rather than waited for without end."""
    tries = 0

    def progress(status: int, remaining: int, total: int) -> None:
        nonlocal tries
        tries += 1
        if tries * _PAUSE > _WAIT_SECONDS:
            raise sqlite3.OperationalError("database is locked")

    return progress


def _usable(database: Path) -> bool:
    """Whether the file can be written over as a database; a file that is not there can."""
    try:
        with _opened(database) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        return not any(word in str(error) for word in _DAMAGED)
    return True


def _moved_aside(database: Path) -> Path:
    number = 1
    while (aside := database.with_name(f"{database.name}.damaged-{number}")).exists():
        number += 1
    try:
        os.replace(database, aside)
        for ending in ("-wal", "-shm"):
            beside = database.with_name(database.name + ending)
            if beside.exists():
                os.replace(beside, aside.with_name(aside.name + ending))
    except OSError as error:
        raise StoreError("损坏的数据库移不开", where=str(database), fix="检查文件夹的权限") from error
    return aside


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path, timeout=15, isolation_level=None)) as connection:
        yield connection


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise store_error(error, path) from error
