"""Reports and their revisions: a change appends a revision, and nothing is ever overwritten."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from nigao.errors import NotFoundError
from nigao.report.model import Report
from nigao.store.audit import AuditLog
from nigao.store.citations import CitedSentence, record_citations, resting_on
from nigao.store.database import Database
from nigao.store.tables import reports, revisions

_SUMMARY = ("report", "revision", "kind", "title", "unit", "content_hash", "author", "reason", "created_at")


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """One revision without its content: `id` is like `r0001`, `revision` counts from 1, `created_at` is ISO 8601."""

    id: str
    revision: int
    kind: str
    title: str
    unit: str
    content_hash: str
    author: str
    reason: str
    created_at: str


@dataclass(frozen=True, slots=True)
class StoredReport:
    """One revision in full; brief, findings and record (how a model made it, may be empty) are the JSON handed in."""

    id: str
    revision: int
    report: Report
    brief_json: str
    findings_json: str
    record_json: str
    content_hash: str
    author: str
    reason: str
    created_at: str


class ReportRepository:
    """Adds, revises and reads reports. Every writing method leaves an audit event in the same transaction."""

    def __init__(self, database: Database, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit

    def add(
        self, report: Report, brief_json: str, findings_json: str, author: str, reason: str, record_json: str = ""
    ) -> StoredReport:
        """Keep a new report as revision 1."""
        with self._database.write() as connection:
            created = insert(reports).values(created_at=self._database.now()).returning(reports.c.number)
            number = int(connection.execute(created).scalar_one())
            self._append(connection, number, 1, (report, brief_json, findings_json, record_json, author, reason))
            return _stored(connection, number, 1)

    def revise(
        self,
        id: str,
        report: Report,
        brief_json: str,
        findings_json: str,
        author: str,
        reason: str,
        record_json: str = "",
    ) -> StoredReport:
        """Append a revision. Raises NotFoundError for an unknown report."""
        with self._database.write() as connection:
            number = _number(id)
            revision = _latest(connection, number) + 1
            content = (report, brief_json, findings_json, record_json, author, reason)
            self._append(connection, number, revision, content)
            return _stored(connection, number, revision)

    def get(self, id: str, revision: int | None = None) -> StoredReport:
        """A revision, the latest by default. Raises NotFoundError when there is no such report or revision."""
        with self._database.read() as connection:
            number = _number(id)
            return _stored(connection, number, _latest(connection, number) if revision is None else revision)

    def history(self, id: str) -> builtins.list[ReportSummary]:
        """All revisions of one report, oldest first. Raises NotFoundError for an unknown report."""
        with self._database.read() as connection:
            number = _number(id)
            _latest(connection, number)
            query = _summaries().where(revisions.c.report == number).order_by(revisions.c.revision)
            return [_summary(row) for row in connection.execute(query)]

    def list(self) -> builtins.list[ReportSummary]:
        """The latest revision of every report, oldest report first."""
        newest = select(revisions.c.report, func.max(revisions.c.revision).label("revision"))
        latest = newest.group_by(revisions.c.report).subquery()
        same = (revisions.c.report == latest.c.report) & (revisions.c.revision == latest.c.revision)
        with self._database.read() as connection:
            rows = connection.execute(_summaries().join(latest, same).order_by(revisions.c.report))
            return [_summary(row) for row in rows]

    def resting_on(self, document_id: str, *, every_revision: bool = False) -> builtins.list[CitedSentence]:
        """The sentences that cite a document, in the reports' latest revisions or in every one."""
        with self._database.read() as connection:
            found = resting_on(connection, document_id, every_revision=every_revision)
            return [CitedSentence(**row | {"report": _id(row["report"])}) for row in found]

    def _append(
        self, connection: Connection, number: int, revision: int, content: tuple[Report, str, str, str, str, str]
    ) -> None:
        report, brief_json, findings_json, record_json, author, reason = content
        digest = report.content_hash()
        values = {
            "report": number,
            "revision": revision,
            "kind": report.kind,
            "title": report.title.text if report.title else "",
            "unit": report.unit,
            "report_json": report.model_dump_json(),
            "brief_json": brief_json,
            "findings_json": findings_json,
            "record_json": record_json,
            "content_hash": digest,
            "author": author,
            "reason": reason,
            "created_at": self._database.now(),
        }
        connection.execute(insert(revisions).values(values))
        record_citations(connection, report, number, revision)
        action = "report.add" if revision == 1 else "report.revise"
        detail = {"revision": revision, "content_hash": digest, "reason": reason}
        self._audit.record(connection, action, _id(number), author, detail)


def _id(number: int) -> str:
    return f"r{number:04d}"


def _number(id: str) -> int:
    digits = id.strip().lower().removeprefix("r")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise _unknown(id)
    return int(digits)


def _unknown(id: str) -> NotFoundError:
    return NotFoundError("没有这份报告", where=id, fix="用 nigao report list 查看已有报告")


def _latest(connection: Connection, number: int) -> int:
    query = select(func.max(revisions.c.revision)).where(revisions.c.report == number)
    revision = connection.execute(query).scalar_one_or_none()
    if revision is None:
        raise _unknown(_id(number))
    return int(revision)


def _summaries() -> Select[Any]:
    return select(*(revisions.c[name] for name in _SUMMARY))


def _summary(row: Row[Any]) -> ReportSummary:
    values = dict(row._mapping)
    return ReportSummary(id=_id(values.pop("report")), **values)


def _stored(connection: Connection, number: int, revision: int) -> StoredReport:
    found = select(revisions).where(revisions.c.report == number, revisions.c.revision == revision)
    row = connection.execute(found).one_or_none()
    if row is None:
        _latest(connection, number)
        raise NotFoundError(f"没有第 {revision} 稿", where=_id(number), fix="省略稿次，取最新一稿")
    return StoredReport(
        id=_id(number),
        revision=row.revision,
        report=Report.model_validate_json(row.report_json),
        brief_json=row.brief_json,
        findings_json=row.findings_json,
        record_json=row.record_json,
        content_hash=row.content_hash,
        author=row.author,
        reason=row.reason,
        created_at=row.created_at,
    )
