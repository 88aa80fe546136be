"""How the registered files looked when they were last read: what spares an unchanged corpus from being read again."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from nigao.corpus.filestamp import FileStamp
from nigao.store.database import Database, in_chunks
from nigao.store.tables import files

_STAMP = ("path", "sha256", "size", "mtime_ns", "ctime_ns", "seen_ns")


class FileRepository:
    """Stamps by document id. Losing them loses nothing: the files are then read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, document_ids: Collection[str]) -> dict[str, FileStamp]:
        """The stamps there are for these documents."""
        found: dict[str, FileStamp] = {}
        with self._database.read() as connection:
            for chunk in in_chunks(document_ids):
                rows = connection.execute(select(files).where(files.c.document_id.in_(chunk)))
                found.update((row.document_id, FileStamp(*(getattr(row, name) for name in _STAMP))) for row in rows)
        return found

    def put(self, stamps: Mapping[str, FileStamp]) -> None:
        """Remember stamps, all or none; in a database that may only be read they are left out."""
        rows = [{"document_id": id} | {name: getattr(stamp, name) for name in _STAMP} for id, stamp in stamps.items()]
        if not rows or self._database.read_only:
            return
        statement = insert(files)
        known = {name: statement.excluded[name] for name in _STAMP}
        with self._database.write() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["document_id"], set_=known), rows)
