"""One at a time among processes: who is second waits, and finds the work done."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import filelock

_PATIENCE_SECONDS = 0.5


@contextlib.contextmanager
def turn(database: Path | None, work: str, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the turn for this kind of work on this database; `waiting` is called again and again until it is ours.

    The system takes a turn back when its holder dies, however it dies. A database in memory has one user, and a folder
    that cannot be written has no work to take turns at.
    """
    if database is None:
        yield
        return
    import filelock

    lock = filelock.FileLock(database.with_name(f"{work}.lock"), thread_local=False)
    with contextlib.suppress(OSError):
        _acquire(lock, waiting)
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: filelock.FileLock, waiting: Callable[[], None] | None) -> None:
    import filelock

    while not lock.is_locked:
        # Timeout is an OSError: it must not be mistaken for a folder that cannot be written.
        with contextlib.suppress(filelock.Timeout):
            lock.acquire(timeout=_PATIENCE_SECONDS)
        if not lock.is_locked and waiting:
            waiting()
