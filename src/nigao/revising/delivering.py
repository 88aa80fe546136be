"""A stored report written out to files: under its number and revision, with its history where that is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nigao.draft import Draft
from nigao.errors import UsageError
from nigao.exporting import Exported, ExportOptions, Made, check_export, export_files, is_word, report_bytes
from nigao.settings import Settings
from nigao.store import Store
from nigao.word.options import CONTENT_CHARS, Stamp

if TYPE_CHECKING:
    from nigao.word.tracked import RevisionState


@dataclass(frozen=True, slots=True)
class Delivery:
    """Writes the reports of one workspace."""

    store: Store
    settings: Settings | None

    def export(self, draft: Draft, files: Sequence[Path], options: ExportOptions) -> list[str]:
        """Write a draft's files by suffix, all or none. What a person should know about them, in Chinese.

        The AI label is left off where the options or the workspace say so; the audit log records it for every file.
        Raises as `export_files`, and UsageError where `changes_since` is no earlier revision.
        """
        subject, options = self._prepared(draft, files, options)
        told = export_files(subject, files, options)
        self._record(draft, [str(file) for file in files], options, "nigao")
        return told

    def exported(self, draft: Draft, suffix: str, options: ExportOptions, by: str) -> Made:
        """The same as a file's bytes, for `by`. Raises as `report_bytes`, and UsageError as `export`."""
        name = f"{draft.id}{suffix}"
        subject, options = self._prepared(draft, [Path(name)], options)
        made = report_bytes(subject, suffix, options)
        self._record(draft, [name], options, by)
        return made

    def _prepared(self, draft: Draft, files: Sequence[Path], options: ExportOptions) -> tuple[Exported, ExportOptions]:
        """What is written, with the workspace's rule for the label and its template."""
        check_export(files, options)
        options = replace(options, ai_label=options.ai_label and draft.ai_label)
        if options.template is None and self.settings is not None and any(map(is_word, files)):
            options = replace(options, template=self.settings.word.template)
        return self._exported(draft, options.changes_since) if options.stamped else draft.exported, options

    def _record(self, draft: Draft, files: Sequence[str], options: ExportOptions, by: str) -> None:
        for file in () if options.ai_label else files:
            self.store.audit.append("report.export_unlabelled", draft.id, by, {"file": file})

    def _exported(self, draft: Draft, since: int | None) -> Exported:
        stamp = Stamp(draft.id, draft.revision, content=draft.report.content_hash()[:CONTENT_CHARS])
        if since is None:
            return replace(draft.exported, stamp=stamp)
        if not 1 <= since < draft.revision:
            raise UsageError(
                f"第{since}稿不早于第{draft.revision}稿",
                where="changes_since",
                fix="写比所导出的这一稿更早的稿次（nigao report history）",
            )
        return replace(draft.exported, stamp=replace(stamp, since=since), states=self._states(draft, since))

    def _states(self, draft: Draft, since: int) -> list[RevisionState]:
        from nigao.word.tracked import RevisionState

        kept = (self.store.reports.get(draft.id, number) for number in range(since, draft.revision + 1))
        return [RevisionState(one.report, one.author, dt.datetime.fromisoformat(one.created_at)) for one in kept]
