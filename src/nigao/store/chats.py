"""Conversations about reports: sessions and their turns, each turn written together with the revision that it made."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from nigao.corpus.approval import require_person
from nigao.errors import NotFoundError
from nigao.store.audit import AuditLog
from nigao.store.database import Database
from nigao.store.revisions import NewRevision, StoredReport, id_of, latest_revision, number_of, write_revision
from nigao.store.sealing import seal_session, seal_turn
from nigao.store.tables import sessions, turns


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A conversation: `id` is like `s0001`, `report` None until there is one. `revision` is what was last seen
    of it, `state_json` what the session remembers, `turns` how many were committed.
    """

    id: str
    report: str | None
    author: str
    created_at: str
    state_json: str
    revision: int | None
    turns: int


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """A turn, numbered from 1; `revision` is what it made, None where it made none. `at` is ISO 8601 in UTC."""

    session: str
    number: int
    said: str
    command_json: str
    reply_json: str
    revision: int | None
    at: str


@dataclass(frozen=True, slots=True)
class NewTurn:
    """A turn to be committed: what was said, the command that it was read as (empty where it was none), the reply, and
    what the session remembers from now on. `report` is what it is about from now on, where the turn found or made that;
    `revision` what the person has seen of it (by default the revision made, else what was seen before).
    """

    said: str
    command_json: str
    reply_json: str
    state_json: str
    report: str | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit left: `stored` is the revision, None where the turn made none."""

    session: SessionRecord
    turn: TurnRecord
    stored: StoredReport | None


class ChatRepository:
    """Opens, reads and continues sessions. Every writing method leaves its audit events in the same transaction."""

    def __init__(self, database: Database, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit

    def open(self, report_id: str | None, author: str, state_json: str = "{}") -> SessionRecord:
        """Begin a session, about a report or (None or empty) about none yet. Raises NotFoundError, UsageError where the
        author is nobody.
        """
        person = require_person(author, "author")
        with self._database.write() as connection:
            report = number_of(report_id) if report_id else None
            revision = latest_revision(connection, report) if report is not None else None
            values = {"report": report, "author": person, "created_at": self._database.now()}
            values |= {"state_json": state_json, "revision": revision}
            number = int(connection.execute(insert(sessions).values(values).returning(sessions.c.number)).scalar_one())
            detail = {"report": id_of(report) if report is not None else ""}
            self._audit.record(connection, "chat.open", _id(number), person, detail, seal_session(connection, number))
            return _session(connection, number)

    def get(self, id: str) -> SessionRecord:
        """A session. Raises NotFoundError."""
        with self._database.read() as connection:
            return _session(connection, _number(id))

    def latest(self, report_id: str | None, author: str) -> SessionRecord | None:
        """The last session that this person opened about a report (or about none yet), or None."""
        about = sessions.c.report == number_of(report_id) if report_id else sessions.c.report.is_(None)
        own = (about, sessions.c.author == author.strip())
        with self._database.read() as connection:
            number = connection.execute(select(func.max(sessions.c.number)).where(*own)).scalar_one_or_none()
            return _session(connection, number) if number is not None else None

    def list(self, report_id: str) -> builtins.list[SessionRecord]:
        """Every session about a report, oldest first."""
        query = select(sessions.c.number).where(sessions.c.report == number_of(report_id)).order_by(sessions.c.number)
        with self._database.read() as connection:
            return [_session(connection, number) for number in connection.execute(query).scalars().all()]

    def turns(self, id: str) -> builtins.list[TurnRecord]:
        """The turns of a session, oldest first. Raises NotFoundError."""
        with self._database.read() as connection:
            number = _number(id)
            _session(connection, number)
            found = connection.execute(select(turns).where(turns.c.session == number).order_by(turns.c.number))
            return [_turn(row) for row in found]

    def commit(self, session: SessionRecord, turn: NewTurn, revision: NewRevision | None = None) -> Committed:
        """Write a turn, what the session now remembers, and the revision that the turn made: all of it or nothing.

        Where the session went on elsewhere meanwhile, the turn follows those. Raises NotFoundError, and ConflictError
        where the report was changed since the turn looked at it.
        """
        with self._database.write() as connection:
            number = _number(session.id)
            now = _session(connection, number)
            stored = write_revision(connection, self._database, self._audit, revision) if revision is not None else None
            made = stored.revision if stored is not None else None
            about = stored.id if stored is not None else turn.report or now.report
            values = {
                "report": number_of(about) if about else None,
                "state_json": turn.state_json,
                "revision": made or turn.revision or now.revision,
            }
            connection.execute(update(sessions).where(sessions.c.number == number).values(values))
            written = self._add_turn(connection, now, turn, about, made)
            return Committed(_session(connection, number), written, stored)

    def _add_turn(
        self, connection: Connection, session: SessionRecord, turn: NewTurn, report: str | None, revision: int | None
    ) -> TurnRecord:
        number = session.turns + 1
        values = {"session": _number(session.id), "number": number, "revision": revision, "at": self._database.now()}
        values |= {"said": turn.said, "command_json": turn.command_json, "reply_json": turn.reply_json}
        row = connection.execute(insert(turns).values(values).returning(*turns.c)).one()
        detail: dict[str, object] = {"turn": number, "report": report or "", "revision": revision}
        seals = seal_session(connection, row.session) | seal_turn(connection, row.session, number)
        self._audit.record(connection, "chat.turn", session.id, session.author, detail, seals)
        return _turn(row)


def _id(number: int) -> str:
    return f"s{number:04d}"


def _number(id: str) -> int:
    digits = id.strip().lower().removeprefix("s")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise _unknown(id)
    return int(digits)


def _unknown(id: str) -> NotFoundError:
    return NotFoundError("没有这次会话", where=id, fix="不写会话编号，新开一次会话")


def _session(connection: Connection, number: int) -> SessionRecord:
    row = connection.execute(select(sessions).where(sessions.c.number == number)).one_or_none()
    if row is None:
        raise _unknown(_id(number))
    counted = connection.execute(select(func.max(turns.c.number)).where(turns.c.session == number)).scalar_one_or_none()
    report = id_of(row.report) if row.report is not None else None
    return SessionRecord(
        _id(number), report, row.author, row.created_at, row.state_json, row.revision, int(counted or 0)
    )


def _turn(row: Row[Any]) -> TurnRecord:
    values = dict(row._mapping)
    return TurnRecord(session=_id(values.pop("session")), **values)
