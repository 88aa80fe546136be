"""An edited Word copy of a stored report taken back in: one revision for each person who changed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from nigao.draft import Draft
from nigao.errors import EditError, UsageError
from nigao.report.editing.diff import ReportDiff, diff_reports
from nigao.report.model import Remark, Report
from nigao.report.waivers import waiver_in_note
from nigao.revising.origins import Origins
from nigao.revising.planning import Change, Planner, as_stored
from nigao.revising.reviewing import KindOf
from nigao.store import Store, StoredReport
from nigao.word.changes import written_time
from nigao.word.cleaning import OUR_AUTHORS
from nigao.word.comments import Comment
from nigao.word.options import Stamp
from nigao.word.returning.annexes import with_tables
from nigao.word.returning.editedfile import EditedFile, Signature
from nigao.word.returning.merging import Clash, merge
from nigao.word.returning.rejoining import LockedEdit, lines_of, rejoin


@dataclass(frozen=True, slots=True)
class ImportedRevision:
    """What one person changed. `revision` is the number that it has, or would have."""

    author: str
    revision: int
    diff: ReportDiff
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an edited copy. `base` is the revision that it was made from.

    What is in the file and not in the report is all told: `clashes` (changed in the report meanwhile), `locked`
    (typed in the place of a locked sentence), `left_out` (boxes, notes, pictures, tables with no place in a report).
    """

    draft: Draft
    base: int
    revisions: tuple[ImportedRevision, ...]
    clashes: tuple[Clash, ...] = ()
    locked: tuple[LockedEdit, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """The file as it stands once one person's changes are taken, and that person's comments."""

    author: str
    lines: list[str]
    tables: list[list[list[str]]]
    comments: list[Comment]


class Importer:
    """Takes edited copies in. Use `ReportKeeper.import_edits`."""

    def __init__(self, store: Store, planner: Planner, kind_of: KindOf) -> None:
        self._store = store
        self._planner = planner
        self._kind_of = kind_of

    def plan(self, data: bytes, report: str, by: str) -> tuple[Imported, list[Change]]:
        """What the file would make of the report, and the changes to write, in order (`ReportKeeper.import_edits`)."""
        file = EditedFile(data)
        base = self._exported(file, report)
        steps = _steps(file, self._known(file.stamp), by)
        return self._planned(file, steps, base, self._store.reports.get(base.id))

    def _exported(self, file: EditedFile, report: str) -> StoredReport:
        """The revision that the file was made from: by its stamp, else the one that it shares most lines with."""
        stamp = file.stamp
        if stamp is not None and report in ("", stamp.report):
            kept = self._store.reports.get(stamp.report, stamp.revision)
            if kept.content_hash.startswith(stamp.content):
                return kept
            if not report:
                raise UsageError(
                    f"文件的记号是 {stamp.report} 第{stamp.revision}稿，而这里的这一稿是另一份内容，可能出自别的工作区",
                    where="import-edits",
                    fix="到那个工作区导入；确是这里的报告，用 --report 写明编号",
                )
        origins = Origins(self._store, file.lines(lambda _: False))
        return origins.revision(report or origins.report())

    def _known(self, stamp: Stamp | None) -> set[Signature]:
        """The tracked changes that the export itself wrote: they are in the report already."""
        if stamp is None or not stamp.since:
            return set()
        history = self._store.reports.history(stamp.report)
        inside = [entry for entry in history if stamp.since < entry.revision <= stamp.revision]
        return {Signature(entry.author, written_time(dt.datetime.fromisoformat(entry.created_at))) for entry in inside}

    def _planned(
        self, file: EditedFile, steps: Sequence[_Step], base: StoredReport, latest: StoredReport
    ) -> tuple[Imported, list[Change]]:
        kind = self._kind_of(latest.report.kind)
        old, changes, revisions = latest, list[Change](), list[ImportedRevision]()
        clashes: dict[Clash, None] = {}
        locked: dict[LockedEdit, None] = {}
        left_out: dict[str, None] = dict.fromkeys(file.left_out)
        before, since = lines_of(base.report), lines_of(latest.report)
        for step in steps:
            lines = step.lines
            if base.revision != latest.revision:
                lines, found = merge(before, step.lines, since)
                clashes |= dict.fromkeys(found)
            rejoined = rejoin(old.report, kind, lines)
            if rejoined.strange:
                raise EditError(
                    "文件里没有一句话与这份报告相同或相近，没有导入",
                    where=old.id,
                    fix="核对是不是拿错了文件；要整篇换掉，另起一份报告",
                )
            now, unplaced = with_tables(rejoined.report, base.report, step.tables)
            left_out |= dict.fromkeys(unplaced)
            locked |= dict.fromkeys(rejoined.locked)
            now, remarks = _with_comments(now, step.comments)
            change = self._planner.change_from(old, now, step.author, _reason(step))
            if change.revision is None:
                continue
            changes.append(change)
            revision = old.revision + 1
            revisions.append(ImportedRevision(step.author, revision, diff_reports(old.report, now), tuple(remarks)))
            old = as_stored(change.revision, revision)
        draft = changes[-1].draft if changes else self._planner.draft_of(latest)
        told = Imported(draft, base.revision, tuple(revisions), tuple(clashes), tuple(locked), tuple(left_out))
        return told, changes


def _reason(step: _Step) -> str:
    comments = f"，批注{len(step.comments)}条" if step.comments else ""
    return f"导入 Word 修改{comments}"


def _steps(file: EditedFile, known: set[Signature], by: str) -> list[_Step]:
    """The people who changed the file, whoever did so untracked first, each with what it says after their changes."""
    comments = [comment for comment in file.comments if comment.author not in OUR_AUTHORS]
    signed = [sign for sign in file.signatures if sign not in known]
    editor = by.strip()
    others = dict.fromkeys([*(sign.author for sign in signed), *(comment.author for comment in comments)])
    taken = {editor}
    steps: list[_Step] = []
    for author in [editor, *(name for name in others if name != editor)]:
        taken.add(author)

        def accepts(sign: Signature, taken: frozenset[str] = frozenset(taken)) -> bool:
            return sign in known or sign.author in taken

        own = [comment for comment in comments if comment.author == author]
        steps.append(_Step(author or editor, file.lines(accepts), file.tables(accepts), own))
    return steps


def _with_comments(report: Report, comments: Sequence[Comment]) -> tuple[Report, list[Remark]]:
    """The report with these comments: those that waive as waivers, others as remarks; what is done leaves no trace."""
    waivers, remarks = list(report.waivers), list(report.remarks)
    added: list[Remark] = []
    for comment in comments:
        remark = Remark(
            text=comment.text, by=comment.author, on=comment.date, words=comment.words, line=comment.paragraph_text
        )
        same = [one for one in remarks if (one.text, one.by, one.on) == (remark.text, remark.by, remark.on)]
        waiver = waiver_in_note(comment.text, comment.paragraph_text, comment.author, comment.date)
        if comment.done:
            remarks = [one for one in remarks if one not in same]
        elif waiver is not None:
            waivers += [waiver] if waiver not in waivers else []
        elif comment.text and not same:
            remarks.append(remark)
            added.append(remark)
    if (waivers, remarks) == (report.waivers, report.remarks):
        return report, added
    return report.model_copy(update={"waivers": waivers, "remarks": remarks}), added
