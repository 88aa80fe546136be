"""Jobs: work that somebody asked for, kept so that it outlives the process which does it, and is done once."""

from __future__ import annotations

import builtins
import datetime as dt
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, func, insert, select, update

from nigao.errors import ConflictError, NotFoundError
from nigao.store.database import Database
from nigao.store.idempotency import reused
from nigao.store.ids import id_in, number_in
from nigao.store.revisions import id_of
from nigao.store.servicetables import job_events, jobs

State = Literal["queued", "running", "done", "failed", "cancelled"]
Ended = Literal["done", "failed", "cancelled"]

_LETTER = "j"
_OPEN: tuple[State, ...] = ("queued", "running")
# A job that waits may be cancelled, or turn out to be done (below); there is nobody with whom it could fail.
_ENDS_FROM: dict[Ended, tuple[State, ...]] = {"done": _OPEN, "failed": ("running",), "cancelled": _OPEN}


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job: `id` is like `j0001`. `units` are the names of the unit that it is done for, `report` is what it made.

    `request_json` says what to do; `result_json` and `problem_json` are empty until it ended, the result also where it
    was found done after its process died. `attempts` counts how often it was begun. Times are ISO 8601 in UTC.
    """

    id: str
    kind: str
    state: State
    person: str
    units: tuple[str, ...]
    request_json: str
    result_json: str
    problem_json: str
    report: str | None
    created_at: str
    started_at: str | None
    ended_at: str | None
    attempts: int
    caller: str
    idempotency_key: str
    fingerprint: str

    @property
    def number(self) -> int:
        """The number in its id."""
        return _number(self.id)

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.state not in _OPEN


class JobRepository:
    """Queues, hands out and ends jobs, and keeps what they told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        kind: str,
        request_json: str,
        *,
        person: str,
        units: Iterable[str],
        caller: str,
        idempotency_key: str = "",
        fingerprint: str = "",
    ) -> tuple[JobRecord, bool]:
        """Queue a job; the same caller's job of that idempotency key where there is one already, and False.

        Raises KeyReusedError where that one has another fingerprint.
        """
        values: dict[str, object] = {"kind": kind, "state": "queued", "person": person, "request_json": request_json}
        values |= {"units_json": json.dumps([*units], ensure_ascii=False), "result_json": "", "problem_json": ""}
        values |= {"created_at": self._database.now(), "attempts": 0, "caller": caller, "fingerprint": fingerprint}
        values |= {"idempotency_key": idempotency_key or None}
        with self._database.write() as connection:
            own = (jobs.c.caller == caller, jobs.c.idempotency_key == idempotency_key)
            known = connection.execute(select(jobs).where(*own)).one_or_none()
            if known is not None:
                if known.fingerprint != fingerprint:
                    raise reused(idempotency_key)
                return _record(known), False
            row = connection.execute(insert(jobs).values(values).returning(*jobs.c)).one()
            return _record(row), True

    def get(self, id: str) -> JobRecord:
        """A job. Raises NotFoundError."""
        with self._database.read() as connection:
            return _record(_row(connection, _number(id)))

    def list(
        self,
        *,
        units: Collection[str] | None = None,
        person: str | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> builtins.list[JobRecord]:
        """The newest jobs first: those done for a unit of one of these names, asked for by that person, and numbered
        below `before`; None leaves out the condition.
        """
        query = select(jobs).order_by(jobs.c.number.desc()).limit(limit)
        if units is not None:
            query = query.where(_for_one_of(units))
        if person is not None:
            query = query.where(jobs.c.person == person)
        if before is not None:
            query = query.where(jobs.c.number < before)
        with self._database.read() as connection:
            return [_record(row) for row in connection.execute(query)]

    def counts(self) -> dict[State, int]:
        """How many jobs are in each state that any is in."""
        query = select(jobs.c.state, func.count()).group_by(jobs.c.state)
        with self._database.read() as connection:
            return {row[0]: int(row[1]) for row in connection.execute(query)}

    def claim(self) -> JobRecord | None:
        """The oldest job that is queued, now running and the caller's to do; None where there is none."""
        waiting = (jobs.c.state == "queued", jobs.c.report.is_(None))
        oldest = select(func.min(jobs.c.number)).where(*waiting).scalar_subquery()
        with self._database.write() as connection:
            values = {"state": "running", "started_at": self._database.now(), "attempts": jobs.c.attempts + 1}
            claimed = update(jobs).where(jobs.c.number == oldest).values(values).returning(*jobs.c)
            row = connection.execute(claimed).one_or_none()
            return _record(row) if row is not None else None

    def end(self, id: str, state: Ended, *, result_json: str = "", problem_json: str = "") -> JobRecord:
        """End a job that is queued or running; one that ended before stays as it is, and so does one that failed for a
        process which had parked it: the next one tries again. Raises NotFoundError.
        """
        number = _number(id)
        own = (jobs.c.number == number, jobs.c.state.in_(_ENDS_FROM[state]))
        values = {"state": state, "ended_at": self._database.now()}
        values |= {"result_json": result_json, "problem_json": problem_json}
        with self._database.write() as connection:
            connection.execute(update(jobs).where(*own).values(values))
            return _record(_row(connection, number))

    def park(self) -> int:
        """Queue again what is running, for the next process; how many jobs that are. What has its report is done.

        To be called by a process that begins or ends, where no other works on jobs. Work that still goes on here may
        finish until another process takes it up.
        """
        made = (jobs.c.state.in_(_OPEN), jobs.c.report.is_not(None))
        done = {"state": "done", "ended_at": self._database.now()}
        left = update(jobs).where(jobs.c.state == "running").values(state="queued", started_at=None)
        with self._database.write() as connection:
            connection.execute(update(jobs).where(*made).values(done))
            return connection.execute(left).rowcount

    def tell(self, id: str, events: Sequence[str]) -> int:
        """Keep what a job told, each event as JSON, all or none. The number of the last event, counted from 1.

        Raises NotFoundError.
        """
        number, at = _number(id), self._database.now()
        with self._database.write() as connection:
            _row(connection, number)
            query = select(func.max(job_events.c.number)).where(job_events.c.job == number)
            last = int(connection.execute(query).scalar_one_or_none() or 0)
            told = [
                {"job": number, "number": place, "event_json": event, "at": at}
                for place, event in enumerate(events, start=last + 1)
            ]
            if told:
                connection.execute(insert(job_events), told)
        return last + len(told)

    def events(self, id: str, after: int = 0) -> builtins.list[tuple[int, str]]:
        """Number and JSON of each event that a job told after the one of that number. Raises NotFoundError."""
        number = _number(id)
        own = (job_events.c.job == number, job_events.c.number > after)
        query = select(job_events.c.number, job_events.c.event_json).where(*own).order_by(job_events.c.number)
        with self._database.read() as connection:
            _row(connection, number)
            return [(row.number, row.event_json) for row in connection.execute(query)]

    def forget(self, before: dt.datetime) -> int:
        """Drop what jobs told that ended before that time; the jobs themselves stay. How many events that were."""
        limit = before.astimezone(dt.UTC).isoformat(timespec="seconds")
        over = select(jobs.c.number).where(jobs.c.state.not_in(_OPEN), jobs.c.ended_at < limit)
        with self._database.write() as connection:
            return connection.execute(delete(job_events).where(job_events.c.job.in_(over))).rowcount


def give_report(connection: Connection, id: str, report: int) -> None:
    """Record what a job made, in the transaction that writes it.

    Raises NotFoundError, and ConflictError where the job is over or has made its report already: then nothing may be
    written.
    """
    number = _number(id)
    own = (jobs.c.number == number, jobs.c.state.in_(_OPEN), jobs.c.report.is_(None))
    if connection.execute(update(jobs).where(*own).values(report=report)).rowcount:
        return
    known = _record(_row(connection, number))
    what = f"已经拟出 {known.report}" if known.report is not None else "已经取消或结束"
    raise ConflictError(f"这项任务{what}，没有写入", where=known.id, fix=f"查看任务 {known.id} 现在的状态")


def _for_one_of(units: Collection[str]) -> ColumnElement[bool]:
    named = func.json_each(jobs.c.units_json).table_valued("value")
    return exists().where(named.c.value.in_(units))


def _number(id: str) -> int:
    number = number_in(id, _LETTER)
    if number is None:
        raise _unknown(id)
    return number


def _unknown(id: str) -> NotFoundError:
    return NotFoundError("没有这项任务", where=id, fix="核对任务编号；可列出任务查看")


def _row(connection: Connection, number: int) -> Row[Any]:
    row = connection.execute(select(jobs).where(jobs.c.number == number)).one_or_none()
    if row is None:
        raise _unknown(id_in(number, _LETTER))
    return row


def _record(row: Row[Any]) -> JobRecord:
    values = dict(row._mapping)
    report, key = values.pop("report"), values.pop("idempotency_key")
    return JobRecord(
        id=id_in(values.pop("number"), _LETTER),
        units=tuple(json.loads(values.pop("units_json"))),
        report=id_of(report) if report is not None else None,
        idempotency_key=key or "",
        **values,
    )
