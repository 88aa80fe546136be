"""Stored reports, changed: every change is checked and becomes a revision, and can be undone, redone and compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Unpack

from nigao.checks.finding import Finding
from nigao.corpus.approval import require_person
from nigao.draft import Draft
from nigao.exporting import ExportOptions, Made
from nigao.report.brief import Brief
from nigao.report.editing.diff import ReportDiff, diff_reports
from nigao.report.model import Report
from nigao.revising.delivering import Delivery
from nigao.revising.importing import Imported, Importer
from nigao.revising.planning import Change, How, Planner
from nigao.revising.reviewing import EvidenceOf, KindOf, Reviewer
from nigao.revising.signing import SignOff, Status
from nigao.revising.steps import Steps
from nigao.settings import Settings
from nigao.store import ReportSummary, SignoffRecord, Store

__all__ = ["Change", "ReportKeeper"]


class ReportKeeper:
    """The stored reports of one workspace: changed, compared, signed off.

    `plan` tells what each change would write, for a caller that writes it together with something of its own (a turn of
    a conversation) in one transaction.
    """

    def __init__(self, store: Store, settings: Settings | None, kind_of: KindOf, evidence_of: EvidenceOf) -> None:
        self._store = store
        self._reviewer = Reviewer(kind_of, evidence_of, settings.ai_label if settings is not None else True)
        self.plan = Planner(store, self._reviewer)
        self._delivery = Delivery(store, settings)
        self._importer = Importer(store, self.plan, kind_of)
        self._signing = SignOff(store, settings, self._reviewer)

    def get(self, id: str, revision: int | None = None) -> Draft:
        """A stored report, the latest revision by default. Raises NotFoundError."""
        return self._reviewer.draft_of(self._store.reports.get(id, revision))

    def history(self, id: str) -> list[ReportSummary]:
        """All revisions, oldest first. Raises NotFoundError."""
        return self._store.reports.history(id)

    def review(self, report: Report, brief: Brief | None) -> list[Finding]:
        """What the checks of today find in a report, in reading order, but for what it waives. Raises KindError."""
        return self._reviewer.review(report, brief)[0]

    def steps(self, id: str) -> Steps:
        """What can be undone and redone. Raises NotFoundError."""
        return Steps.of(self.history(id))

    def compare(self, id: str, old: int, new: int) -> ReportDiff:
        """How two revisions differ. Raises NotFoundError."""
        return diff_reports(self._store.reports.get(id, old).report, self._store.reports.get(id, new).report)

    def change(self, id: str, report: Report, *, author: str, reason: str, **how: Unpack[How]) -> Draft:
        """Keep `report` as the next revision, checked as at drafting. Where nothing changed nothing is written.

        Raises NotFoundError, ConflictError where `expected_revision` (by default the latest, read first) is not the
        latest any more, EditError where a locked sentence is touched.
        """
        return self.write(self.plan.change(id, report, author=author, reason=reason, **how))

    def undo(
        self, id: str, author: str, steps: int = 1, expected_revision: int | None = None, *, others: bool = False
    ) -> Draft:
        """Take back the last changes, as a new revision. Raises as `change`, and EditError where there is not so much
        to undo, or where somebody else made some of it, unless `others`.
        """
        return self.write(self.plan.undo(id, author, steps, expected_revision, others=others))

    def redo(
        self, id: str, author: str, steps: int = 1, expected_revision: int | None = None, *, others: bool = False
    ) -> Draft:
        """Make again what was taken back, as a new revision. Raises as `undo`."""
        return self.write(self.plan.redo(id, author, steps, expected_revision, others=others))

    def restore(
        self, id: str, revision: int, author: str, expected_revision: int | None = None, *, unlocks: bool = False
    ) -> Draft:
        """Bring an earlier revision back, as a new one, which can be undone. Raises as `change`."""
        return self.write(self.plan.restore(id, revision, author, expected_revision, unlocks=unlocks))

    def import_edits(self, data: bytes, *, report: str = "", by: str, dry_run: bool = False) -> Imported:
        """Take an edited Word copy back in, as one revision for each person who changed it, all or none; `by` is who
        made the changes that the file does not sign. `report` says of which report it is, where the file does not.

        With `dry_run` nothing is written. The caller has guarded the bytes against bombs. Raises ReportFileError where
        they are no Word document, UsageError where no report is named, EditError where it is another text altogether,
        NotFoundError, ConflictError.
        """
        imported, changes = self._importer.plan(data, report, require_person(by))
        if changes and not dry_run:
            self._store.reports.write_all([change.revision for change in changes if change.revision is not None])
        return imported

    def write(self, planned: Change) -> Draft:
        """Write what was planned. Raises ConflictError where the report was changed since."""
        if planned.revision is None:
            return planned.draft
        return replace(planned.draft, revision=self._store.reports.write(planned.revision).revision)

    def export(self, draft: Draft, files: Sequence[Path], options: ExportOptions | None = None) -> list[str]:
        """Write a draft's files by suffix, all or none; what a person should know about them, in Chinese.

        Raises OutputError, UsageError for choices that do not go together, ReportFileError for a template that is none.
        """
        return self._delivery.export(draft, files, options or ExportOptions())

    def exported(self, draft: Draft, suffix: str, options: ExportOptions | None = None, *, by: str) -> Made:
        """The file that `export` would write, as bytes for `by`, whom the audit log names where the label is left off.

        Raises as `export`, but for the path.
        """
        return self._delivery.exported(draft, suffix, options or ExportOptions(), require_person(by))

    def submit(self, id: str, by: str, note: str = "", expected_revision: int | None = None) -> Status:
        """讨论稿 → 送审稿. Raises EditError where an error or a blank stands that no waiver with a reason covers, or
        where it is one already, ConflictError where `expected_revision` is given and not the latest.
        """
        return self._signing.submit(id, by, note, expected_revision)

    def approve(self, id: str, by: str, note: str = "", expected_revision: int | None = None) -> Status:
        """送审稿 → 已签发, of the very content that was submitted. Raises UsageError where `by` may not sign off,
        EditError where there is no 送审稿, ConflictError as `submit`.
        """
        return self._signing.approve(id, by, note, expected_revision)

    def send_back(self, id: str, by: str, note: str, expected_revision: int | None = None) -> Status:
        """送审稿 → 讨论稿, with the reason. Raises UsageError without one, else as `approve`."""
        return self._signing.send_back(id, by, note, expected_revision)

    def status(self, id: str) -> Status:
        """Where the report stands on its way to being signed off. Raises NotFoundError."""
        return self._signing.status(id)

    def statuses(self) -> dict[str, Status]:
        """The same of every report, by id."""
        return self._signing.statuses()

    def signoffs(self, id: str) -> list[SignoffRecord]:
        """Every step of sign-off ever taken, oldest first. Raises NotFoundError."""
        return self._store.signoffs.list(id)
