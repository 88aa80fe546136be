"""Reports and their revisions: a change appends a revision, and nothing is ever overwritten."""

from __future__ import annotations

import builtins
from collections.abc import Sequence

from sqlalchemy import func, select

from nigao.report.model import Report
from nigao.store.audit import AuditLog
from nigao.store.citations import CitedSentence, resting_on
from nigao.store.database import Database
from nigao.store.jobs import give_report
from nigao.store.revisions import (
    Act,
    NewRevision,
    ReportSummary,
    StoredReport,
    id_of,
    latest_revision,
    number_of,
    stored,
    summaries,
    summary,
    write_revision,
)
from nigao.store.tables import revisions


class ReportRepository:
    """Adds, revises and reads reports. Every writing method leaves an audit event in the same transaction."""

    def __init__(self, database: Database, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit

    def add(
        self,
        report: Report,
        brief_json: str,
        findings_json: str,
        author: str,
        reason: str,
        record_json: str = "",
        *,
        job: str = "",
    ) -> StoredReport:
        """Keep a new report as revision 1, made by that `job` where one is named. Raises as `write_all`."""
        new = NewRevision("", report, brief_json, findings_json, author, reason, record_json, act="draft")
        return self.write_all([new], job=job)[-1]

    def revise(
        self,
        id: str,
        report: Report,
        brief_json: str,
        findings_json: str,
        author: str,
        reason: str,
        record_json: str = "",
        *,
        expected_revision: int | None = None,
        command_json: str = "",
        restores: int | None = None,
        act: Act = "edit",
    ) -> StoredReport:
        """Append a revision. Raises NotFoundError for an unknown report, ConflictError where `expected_revision` is
        given and not the latest.
        """
        new = NewRevision(
            # An empty id would begin a new report.
            id_of(number_of(id)),
            report,
            brief_json,
            findings_json,
            author,
            reason,
            record_json,
            expected_revision,
            command_json,
            restores,
            act,
        )
        return self.write(new)

    def write(self, new: NewRevision) -> StoredReport:
        """Append a revision to its report, or begin a report with it. Raises as `revise`."""
        return self.write_all([new])[-1]

    def write_all(self, several: Sequence[NewRevision], *, job: str = "") -> builtins.list[StoredReport]:
        """Append revisions one behind the other, all or none; the last one's report is what the stored `job` made.

        Raises as `revise`, and for the job NotFoundError, or ConflictError where it is over or has made its report
        already: a job that was begun twice makes one report.
        """
        with self._database.write() as connection:
            written = [write_revision(connection, self._database, self._audit, new) for new in several]
            if job:
                give_report(connection, job, number_of(written[-1].id))
            return written

    def get(self, id: str, revision: int | None = None) -> StoredReport:
        """A revision, the latest by default. Raises NotFoundError when there is no such report or revision."""
        with self._database.read() as connection:
            number = number_of(id)
            return stored(connection, number, latest_revision(connection, number) if revision is None else revision)

    def history(self, id: str) -> builtins.list[ReportSummary]:
        """All revisions of one report, oldest first. Raises NotFoundError for an unknown report."""
        with self._database.read() as connection:
            number = number_of(id)
            latest_revision(connection, number)
            query = summaries().where(revisions.c.report == number).order_by(revisions.c.revision)
            return [summary(row) for row in connection.execute(query)]

    def list(self) -> builtins.list[ReportSummary]:
        """The latest revision of every report, oldest report first."""
        newest = select(revisions.c.report, func.max(revisions.c.revision).label("revision"))
        latest = newest.group_by(revisions.c.report).subquery()
        same = (revisions.c.report == latest.c.report) & (revisions.c.revision == latest.c.revision)
        with self._database.read() as connection:
            rows = connection.execute(summaries().join(latest, same).order_by(revisions.c.report))
            return [summary(row) for row in rows]

    def resting_on(self, document_id: str, *, every_revision: bool = False) -> builtins.list[CitedSentence]:
        """The sentences that cite a document, in the reports' latest revisions or in every one."""
        with self._database.read() as connection:
            found = resting_on(connection, document_id, every_revision=every_revision)
            return [CitedSentence(**row | {"report": id_of(row["report"])}) for row in found]
