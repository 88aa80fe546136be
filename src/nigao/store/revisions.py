"""One revision of a report as it is written and read, within a transaction that is already open."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, func, insert, select

from nigao.errors import ConflictError, NotFoundError
from nigao.report.model import Report
from nigao.store.audit import AuditLog
from nigao.store.citations import record_citations
from nigao.store.database import Database
from nigao.store.ids import id_in, number_in
from nigao.store.sealing import seal_report
from nigao.store.tables import reports, revisions

Act = Literal["draft", "edit", "undo", "redo", "restore"]


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """One revision without its content: `id` is like `r0001`, `revision` counts from 1, `created_at` is ISO 8601.

    `command_json` is the command that made it, empty for others; `restores` the revision whose content an undo, redo or
    restore brought back.
    """

    id: str
    revision: int
    kind: str
    title: str
    unit: str
    content_hash: str
    author: str
    reason: str
    created_at: str
    act: Act = "edit"
    restores: int | None = None
    command_json: str = ""


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
    act: Act = "edit"
    restores: int | None = None
    command_json: str = ""


@dataclass(frozen=True, slots=True)
class NewRevision:
    """What is to become a revision of the report `id`, or with an empty `id` the first of a new one. Where
    `expected_revision` is given, that must be the latest.
    """

    id: str
    report: Report
    brief_json: str
    findings_json: str
    author: str
    reason: str
    record_json: str = ""
    expected_revision: int | None = None
    command_json: str = ""
    restores: int | None = None
    act: Act = "edit"


def write_revision(connection: Connection, database: Database, audit: AuditLog, new: NewRevision) -> StoredReport:
    """Append the revision with its audit event. Raises NotFoundError for an unknown report, ConflictError where the
    expected revision is not the latest.
    """
    if new.id:
        number = number_of(new.id)
        latest = latest_revision(connection, number)
        if new.expected_revision not in (None, latest):
            raise conflict(summary_of(connection, number, latest), new.expected_revision or 0)
        revision = latest + 1
    else:
        created = insert(reports).values(created_at=database.now()).returning(reports.c.number)
        number, revision = int(connection.execute(created).scalar_one()), 1
    values = _values(new) | {"report": number, "revision": revision, "created_at": database.now()}
    connection.execute(insert(revisions).values(values))
    record_citations(connection, new.report, number, revision)
    detail: dict[str, object] = {name: values[name] for name in ("revision", "content_hash", "reason")}
    if new.act not in ("draft", "edit"):
        detail |= {"act": new.act, "restores": new.restores}
    seals = seal_report(connection, number, revision)
    action = "report.revise" if new.id else "report.add"
    audit.record(connection, action, id_of(number), new.author, detail, seals)
    return stored(connection, number, revision)


def _values(new: NewRevision) -> dict[str, Any]:
    report = new.report
    plain = ("brief_json", "findings_json", "record_json", "author", "reason", "command_json", "restores", "act")
    return {name: getattr(new, name) for name in plain} | {
        "kind": report.kind,
        "title": report.title.text if report.title else "",
        "unit": report.unit,
        "report_json": report.model_dump_json(),
        "content_hash": report.content_hash(),
    }


def conflict(latest: ReportSummary | StoredReport, expected: int) -> ConflictError:
    """What is told of a change that was made on an earlier revision than the latest."""
    why = f"（{latest.reason}）" if latest.reason else ""
    return ConflictError(
        f"改的是第 {expected} 稿，而{latest.author}已改出第 {latest.revision} 稿{why}，没有写入",
        where=latest.id,
        fix=f"比较两稿、看过第 {latest.revision} 稿再改（nigao report diff {latest.id} {expected} {latest.revision}）",
        expected=expected,
        actual=latest.revision,
    )


def id_of(number: int) -> str:
    """How a report is called."""
    return id_in(number, "r")


def number_of(id: str) -> int:
    """The number in a report's id. Raises NotFoundError where it is none."""
    number = number_in(id, "r")
    if number is None:
        raise _unknown(id)
    return number


def _unknown(id: str) -> NotFoundError:
    return NotFoundError("没有这份报告", where=id, fix="从已有的报告里选（nigao report list）")


def latest_revision(connection: Connection, number: int) -> int:
    """The number of the latest revision. Raises NotFoundError for an unknown report."""
    query = select(func.max(revisions.c.revision)).where(revisions.c.report == number)
    revision = connection.execute(query).scalar_one_or_none()
    if revision is None:
        raise _unknown(id_of(number))
    return int(revision)


def summaries() -> Select[Any]:
    """All columns that `summary` needs."""
    names = (field.name for field in fields(ReportSummary) if field.name != "id")
    return select(revisions.c.report, *(revisions.c[name] for name in names))


def summary(row: Row[Any]) -> ReportSummary:
    """The revision in a row of `summaries`."""
    values = dict(row._mapping)
    return ReportSummary(id=id_of(values.pop("report")), **values)


def summary_of(connection: Connection, number: int, revision: int) -> ReportSummary:
    """A revision that is known to be there, without its content."""
    own = (revisions.c.report == number, revisions.c.revision == revision)
    return summary(connection.execute(summaries().where(*own)).one())


def stored(connection: Connection, number: int, revision: int) -> StoredReport:
    """A revision in full. Raises NotFoundError."""
    found = select(revisions).where(revisions.c.report == number, revisions.c.revision == revision)
    row = connection.execute(found).one_or_none()
    if row is None:
        latest = latest_revision(connection, number)
        fix = f"共 {latest} 稿；省略稿次，取最新一稿"
        raise NotFoundError(f"没有第 {revision} 稿", where=id_of(number), fix=fix)
    plain = {
        field.name: getattr(row, field.name) for field in fields(StoredReport) if field.name not in ("id", "report")
    }
    return StoredReport(id=id_of(number), report=Report.model_validate_json(row.report_json), **plain)
