"""Sign-off: the steps that people took on a report, each bound to the content that it was taken on."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, insert, select

from nigao.errors import ConflictError
from nigao.store.audit import AuditLog
from nigao.store.database import Database
from nigao.store.revisions import id_of, latest_revision, number_of, summary_of
from nigao.store.sealing import seal_signoff
from nigao.store.tables import signoffs

State = Literal["submitted", "approved", "returned"]
_ACTIONS: dict[State, str] = {"submitted": "report.submit", "approved": "report.approve", "returned": "report.return"}


@dataclass(frozen=True, slots=True)
class SignoffRecord:
    """One step. `waived_json` is what stood by a waiver when the report was submitted; `row` orders the steps."""

    row: int
    report: str
    revision: int
    state: State
    content_hash: str
    by: str
    at: str
    note: str
    waived_json: str


class SignoffRepository:
    """Adds and reads the steps. Every step leaves an audit event in the same transaction."""

    def __init__(self, database: Database, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit

    def add(
        self, id: str, state: State, by: str, *, content_hash: str, after: int, note: str = "", waived_json: str = "[]"
    ) -> SignoffRecord:
        """Take a step on the latest revision. Raises NotFoundError, and ConflictError where its content is not of that
        hash any more, or where another step was taken after `after` (0 for none).
        """
        with self._database.write() as connection:
            number = number_of(id)
            latest = summary_of(connection, number, latest_revision(connection, number))
            last = self._last(connection, number)
            if latest.content_hash != content_hash or (last.row if last is not None else 0) != after:
                what = "报告刚被改过" if latest.content_hash != content_hash else "刚有别人办理过"
                fix = f"看过现在的状态再办理（nigao report status {latest.id}）"
                raise ConflictError(f"{what}，没有办理", where=latest.id, fix=fix, actual=latest.revision)
            values = {"report": number, "revision": latest.revision, "state": state, "content_hash": content_hash}
            values |= {"by": by, "at": self._database.now(), "note": note, "waived_json": waived_json}
            row = int(connection.execute(insert(signoffs).values(values).returning(signoffs.c.row)).scalar_one())
            detail = {"revision": latest.revision, "content_hash": content_hash, "note": note}
            seals = seal_signoff(connection, row)
            self._audit.record(connection, _ACTIONS[state], latest.id, by, detail, seals)
            return _record(connection.execute(select(signoffs).where(signoffs.c.row == row)).one())

    def list(self, id: str) -> builtins.list[SignoffRecord]:
        """Every step ever taken on a report, oldest first. Raises NotFoundError for an unknown report."""
        with self._database.read() as connection:
            number = number_of(id)
            latest_revision(connection, number)
            found = connection.execute(select(signoffs).where(signoffs.c.report == number).order_by(signoffs.c.row))
            return [_record(row) for row in found]

    def last(self, id: str) -> SignoffRecord | None:
        """The last step taken on a report, or None. Raises NotFoundError where the id is none."""
        with self._database.read() as connection:
            return self._last(connection, number_of(id))

    def last_of_each(self) -> dict[str, SignoffRecord]:
        """The last step of every report that had one, by report id."""
        newest = select(func.max(signoffs.c.row)).group_by(signoffs.c.report)
        with self._database.read() as connection:
            rows = connection.execute(select(signoffs).where(signoffs.c.row.in_(newest)))
            return {record.report: record for record in map(_record, rows)}

    def _last(self, connection: Connection, number: int) -> SignoffRecord | None:
        own = select(signoffs).where(signoffs.c.report == number).order_by(signoffs.c.row.desc()).limit(1)
        row = connection.execute(own).one_or_none()
        return _record(row) if row is not None else None


def _record(row: Row[Any]) -> SignoffRecord:
    values = dict(row._mapping)
    return SignoffRecord(report=id_of(values.pop("report")), **values)
