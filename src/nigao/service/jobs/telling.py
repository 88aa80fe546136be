"""What a running job tells, written down in small lots: a transaction for each event would cost more than the work."""

from __future__ import annotations

import threading

from pydantic import BaseModel

from nigao.store import Store

_LOT_SECONDS = 0.15


class Telling:
    """Collects a job's events and writes them in lots, in order. A context manager: leaving it writes the rest."""

    def __init__(self, store: Store, job: str) -> None:
        self._store = store
        self._job = job
        self._lot: list[str] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._writer = threading.Thread(target=self._write_on, name=f"nigao-{job}-events", daemon=True)

    def tell(self, event: BaseModel) -> None:
        """Take an event in; from any thread."""
        written = event.model_dump_json()
        with self._lock:
            self._lot.append(written)

    def __enter__(self) -> Telling:
        self._writer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._writer.join()
        self._write()

    def _write_on(self) -> None:
        while not self._over.wait(_LOT_SECONDS):
            self._write()

    def _write(self) -> None:
        with self._lock:
            lot, self._lot = self._lot, []
        if lot:
            self._store.jobs.tell(self._job, lot)
