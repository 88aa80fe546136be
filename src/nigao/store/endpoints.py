"""What was learned about model endpoints: the way of asking for structured output that worked, by address and model."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from nigao.store.database import Database
from nigao.store.tables import endpoints


@dataclass(frozen=True, slots=True)
class KnownEndpoint:
    """One endpoint and model; `learned_at` is ISO 8601."""

    address: str
    model: str
    method: str
    learned_at: str


class EndpointRepository:
    """Remembers and recalls; what is remembered saves calls and is never needed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def method(self, address: str, model: str) -> str:
        """The method that last worked, empty where none is known."""
        query = select(endpoints.c.method).where(endpoints.c.address == address, endpoints.c.model == model)
        with self._database.read() as connection:
            return connection.execute(query).scalar_one_or_none() or ""

    def remember(self, address: str, model: str, method: str) -> None:
        """Record that this method worked."""
        values = {"method": method, "learned_at": self._database.now()}
        statement = insert(endpoints).values(address=address, model=model, **values)
        with self._database.write() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["address", "model"], set_=values))

    def known(self) -> list[KnownEndpoint]:
        """All that is remembered, by address and model."""
        query = select(endpoints).order_by(endpoints.c.address, endpoints.c.model)
        with self._database.read() as connection:
            return [KnownEndpoint(*row) for row in connection.execute(query)]
