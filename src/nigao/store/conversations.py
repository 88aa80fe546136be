"""Conversations that a client sends whole each time, with no session named: which session goes on with which."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from nigao.store.database import Database
from nigao.store.servicetables import conversations


class ConversationRepository:
    """Session ids by the digest of the messages so far. Losing them loses nothing: a new session is then opened."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, digest: str, session_id: str) -> None:
        """Remember the session in which these messages were said; the last one counts."""
        values = {"session": session_id, "at": self._database.now()}
        statement = insert(conversations).values(digest=digest, **values)
        with self._database.write() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["digest"], set_=values))

    def forget(self, before: dt.datetime) -> int:
        """Drop what was last said before that time. How many that were."""
        limit = before.astimezone(dt.UTC).isoformat(timespec="seconds")
        with self._database.write() as connection:
            return connection.execute(delete(conversations).where(conversations.c.at < limit)).rowcount

    def get(self, digest: str) -> str | None:
        """The session in which these messages were said, None where it is not known."""
        query = select(conversations.c.session).where(conversations.c.digest == digest)
        with self._database.read() as connection:
            return connection.execute(query).scalar_one_or_none()
