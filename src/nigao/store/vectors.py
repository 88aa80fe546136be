"""Embedding vectors by model and text hash: each text is embedded once ever, whatever happens to the indexes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert

from nigao.store.database import Database, get_property, in_chunks, set_property
from nigao.store.tables import vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FLOAT_BYTES = 4
_VERSION = "vectors:"


class VectorRepository:
    """Vectors of shape (dimensions,), float32, keyed by the model's name and the SHA-256 (hex) of the embedded text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def missing(self, model: str, hashes: Iterable[str]) -> list[str]:
        """Those of the hashes that have no vector yet, in the order given, each once."""
        wanted = list(dict.fromkeys(hashes))
        known: set[str] = set()
        with self._database.read() as connection:
            for chunk in in_chunks(wanted):
                found = select(vectors.c.sha256).where(vectors.c.model == model, vectors.c.sha256.in_(chunk))
                known.update(connection.execute(found).scalars())
        return [digest for digest in wanted if digest not in known]

    def put(self, model: str, items: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep vectors, all or none. A vector that is there already stays as it is."""
        rows = [
            {"model": model, "sha256": digest, "vector": vector.astype("<f4").tobytes()}
            for digest, vector in items.items()
        ]
        if rows:
            with self._database.write() as connection:
                connection.execute(insert(vectors).on_conflict_do_nothing(), rows)
                set_property(connection, _VERSION + model, secrets.token_hex(8))

    def get(self, model: str, hashes: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors that exist for the hashes; the others are left out."""
        import numpy as np

        found: dict[str, NDArray[np.float32]] = {}
        with self._database.read() as connection:
            for chunk in in_chunks(dict.fromkeys(hashes)):
                query = select(vectors.c.sha256, vectors.c.vector)
                rows = connection.execute(query.where(vectors.c.model == model, vectors.c.sha256.in_(chunk)))
                found.update((row.sha256, np.frombuffer(row.vector, dtype="<f4").astype(np.float32)) for row in rows)
        return found

    def dimensions(self, model: str) -> int | None:
        """Length of the model's vectors, None while it has none."""
        with self._database.read() as connection:
            query = select(func.length(vectors.c.vector)).where(vectors.c.model == model).limit(1)
            size = connection.execute(query).scalar()
        return int(size) // _FLOAT_BYTES if size is not None else None

    def version(self, model: str) -> str:
        """Changes whenever vectors of the model are added; one row is read."""
        with self._database.read() as connection:
            return get_property(connection, _VERSION + model)

    def count(self, model: str) -> int:
        """How many texts the model has embedded so far."""
        with self._database.read() as connection:
            query = select(func.count()).select_from(vectors).where(vectors.c.model == model)
            return int(connection.execute(query).scalar_one())
