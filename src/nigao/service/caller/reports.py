"""The stored reports as one caller may see and change them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from nigao.assistant import Assistant
from nigao.corpus.limits import DEFAULT_LIMITS
from nigao.corpus.readers import check_manuscript
from nigao.draft import Draft
from nigao.errors import (
    AccessError,
    AdmissionError,
    ConflictError,
    KindError,
    NotFoundError,
    ReportFileError,
    UsageError,
)
from nigao.report.brief import Brief
from nigao.revising.importing import Imported
from nigao.revising.keeper import ReportKeeper
from nigao.service.caller.identity import Caller
from nigao.service.preconditions import require_latest
from nigao.store import ReportSummary

# A fact sheet has some dozens.
_MOST_FACTS = 500

MadeT = TypeVar("MadeT")


@dataclass(frozen=True, slots=True)
class CallerReports:
    """Another unit's report is not found, whatever is asked about it."""

    assistant: Assistant
    caller: Caller

    @property
    def keeper(self) -> ReportKeeper:
        """All reports; for use on those that `seen` has let through."""
        return self.assistant.reports

    def list(self) -> list[ReportSummary]:
        """The latest revision of every report that may be seen, oldest report first."""
        return [one for one in self.assistant.store.reports.list() if self.caller.sees_unit(one.unit)]

    def get(self, id: str, revision: int | None = None) -> Draft:
        """A stored report, the latest revision by default. Raises NotFoundError."""
        self.seen(id)
        return self.keeper.get(id, revision)

    def seen(self, id: str) -> ReportSummary:
        """A report's latest revision, if it may be seen. Raises NotFoundError, in the same words for every reason."""
        try:
            latest = self.keeper.history(id)[-1]
        except NotFoundError:
            raise _not_found(id) from None
        if not self.caller.sees_unit(latest.unit):
            raise _not_found(id)
        return latest

    def changed(self, id: str, on: int | None, change: Callable[[int], MadeT]) -> MadeT:
        """Make a change on the revision that the caller has before them (`on`, None for whichever is the latest);
        `change` is told which one that is. Raises NotFoundError, PreconditionFailed where it is not the latest, also
        where it ceases to be meanwhile, and what `change` raises.
        """
        revision = require_latest(self.seen(id), on)
        try:
            return change(revision)
        except ConflictError:
            require_latest(self.seen(id), on)
            raise

    def import_edits(self, id: str, data: bytes, name: str, *, on: int | None, dry_run: bool) -> Imported:
        """Take an edited Word copy of this very report back in (`ReportKeeper.import_edits`); `name` is the file's.

        Raises as `changed`, and ReportFileError for what is no sound Word document.
        """
        self.seen(id)
        if len(data) > DEFAULT_LIMITS.max_bytes:
            raise ReportFileError("文件过大", where=name, fix="去掉图片后再试")
        try:
            check_manuscript(data, name, DEFAULT_LIMITS)
        except AdmissionError as refusal:
            raise ReportFileError(refusal.message, where=name, fix=refusal.fix) from None

        def taken_in(_: int) -> Imported:
            return self.keeper.import_edits(data, report=id, by=self.caller.person, dry_run=dry_run)

        return self.changed(id, on, taken_in)

    def require_draftable(self, brief: Brief, part: str) -> None:
        """Raise KindError for an unknown kind or part, UsageError for an attachment that names a file, AccessError
        where the brief is another unit's.
        """
        kind = self.assistant.kind(brief.kind)
        if part and kind.part(part) is None:
            known = "、".join(spec.key for spec in kind.parts)
            raise KindError(f"文种“{kind.name}”没有 {part} 部分", where="part", fix=f"可用的有：{known}")
        if len(brief.facts) > _MOST_FACTS:
            raise UsageError(f"事实最多 {_MOST_FACTS} 项", where="facts", fix="只写报告要用的")
        if any(one.file for one in brief.attachments):
            raise UsageError("这里的附件不能指向文件", where="attachments", fix="把表格写进 rows，文字写进 text")
        self.require_own(brief)

    def require_own(self, brief: Brief) -> None:
        """Raise AccessError where the brief is another unit's: its names decide which documents may be cited."""
        self.require_own_unit(*brief.unit.named)

    def require_own_unit(self, *names: str) -> None:
        """Raise AccessError for the name of another unit."""
        others = [name for name in names if not self.caller.sees_unit(name)]
        if others:
            raise AccessError(
                f"这把密钥只能为{'、'.join(self.caller.units)}拟稿",
                where="unit",
                fix=f"改用本单位的名称；“{others[0]}”不是本单位登记的名称",
            )


def _not_found(id: str) -> NotFoundError:
    return NotFoundError(f"没有报告 {id}", where="report_id", fix="用 GET /api/v1/reports 查看可用的编号")
