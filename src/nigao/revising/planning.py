"""What a change, an undo, a redo or a return to an earlier revision would write, checked, and not written yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from nigao.checks.waiving import Waived
from nigao.corpus.approval import require_person
from nigao.draft import Draft
from nigao.drafting.record import DraftRecord
from nigao.report.brief import Brief
from nigao.report.model import Report
from nigao.revising.locks import refuse_touched_locks
from nigao.revising.reviewing import Reviewer, brief_in, findings_json
from nigao.revising.steps import Step, Steps
from nigao.store import NewRevision, Store, StoredReport
from nigao.store.revisions import Act, conflict


@dataclass(frozen=True, slots=True)
class Change:
    """What a change would make: the draft as it would be, and the revision to write, None where nothing changes.

    `waived` are the findings that a waiver lets stand; the draft's are the others.
    """

    draft: Draft
    revision: NewRevision | None
    waived: tuple[Waived, ...] = ()


class How(TypedDict, total=False):
    """How a report is changed. `brief` where that changes too; `expected_revision` is the one that was changed (by
    default the latest); `record` how a model made it; `unlocks` where locks may go, though not their words.
    """

    brief: Brief | None
    expected_revision: int | None
    command_json: str
    record: DraftRecord | None
    unlocks: bool


class Planner:
    """Plans changes; a caller may write them together with something of its own, such as a turn of a conversation.

    Every method raises NotFoundError, and ConflictError where `expected_revision` is not the latest any more.
    """

    def __init__(self, store: Store, reviewer: Reviewer) -> None:
        self._store = store
        self._reviewer = reviewer

    def change(self, id: str, report: Report, *, author: str, reason: str, **how: Unpack[How]) -> Change:
        """`report` as the next revision. Raises EditError where a locked sentence is touched."""
        return self.change_from(self._latest(id, how.get("expected_revision")), report, author, reason, **how)

    def change_from(self, old: StoredReport, report: Report, author: str, reason: str, **how: Unpack[How]) -> Change:
        """The same on a revision that may itself be only planned. Raises EditError."""
        person = require_person(author)
        refuse_touched_locks(old.report, report, unlocks=how.get("unlocks", False))
        brief, record = how.get("brief"), how.get("record")
        if report == old.report and brief in (None, brief_in(old.brief_json)):
            return self._nothing(old)
        new = NewRevision(
            id=old.id,
            report=report,
            brief_json=brief.model_dump_json() if brief is not None else old.brief_json,
            findings_json="",
            author=person,
            reason=reason.strip(),
            record_json=record.model_dump_json() if record is not None else old.record_json,
            expected_revision=old.revision,
            command_json=how.get("command_json", ""),
        )
        return self._checked(new)

    def undo(
        self, id: str, author: str, steps: int = 1, expected_revision: int | None = None, *, others: bool = False
    ) -> Change:
        """The content before the last changes. Raises EditError where there is not so much to undo, or where somebody
        else made some of it, unless `others`.
        """
        old = self._latest(id, expected_revision)
        to, taken = self._steps_of(old).undo(old.id, steps, require_person(author), others=others)
        return self._brought_back(old, to.revision, author, _told("撤销", taken), "undo")

    def redo(
        self, id: str, author: str, steps: int = 1, expected_revision: int | None = None, *, others: bool = False
    ) -> Change:
        """The content before it was taken back. Raises as `undo`."""
        old = self._latest(id, expected_revision)
        to, taken = self._steps_of(old).redo(old.id, steps, require_person(author), others=others)
        return self._brought_back(old, to.revision, author, _told("重做", taken), "redo")

    def restore(
        self, id: str, revision: int, author: str, expected_revision: int | None = None, *, unlocks: bool = False
    ) -> Change:
        """The content of an earlier revision. Raises EditError where a locked sentence is touched."""
        old = self._latest(id, expected_revision)
        back = self._store.reports.get(id, revision)
        refuse_touched_locks(old.report, back.report, unlocks=unlocks)
        if (back.report, back.brief_json) == (old.report, old.brief_json):
            return self._nothing(old)
        return self._brought_back(old, revision, require_person(author), f"恢复第 {revision} 稿", "restore")

    def _brought_back(self, old: StoredReport, revision: int, author: str, reason: str, act: Act) -> Change:
        back = self._store.reports.get(old.id, revision)
        new = NewRevision(
            id=old.id,
            report=back.report,
            brief_json=back.brief_json,
            findings_json="",
            author=author.strip(),
            reason=reason,
            record_json=back.record_json,
            expected_revision=old.revision,
            restores=revision,
            act=act,
        )
        return self._checked(new)

    def _checked(self, new: NewRevision) -> Change:
        """With its findings. An earlier revision is checked anew too: the corpus may have changed since."""
        findings, waived = self._reviewer.review(new.report, brief_in(new.brief_json))
        new = replace(new, findings_json=findings_json(findings))
        revision = (new.expected_revision or 0) + 1
        draft = self._reviewer.draft_of(as_stored(new, revision))
        return Change(draft, new, tuple(waived))

    def draft_of(self, kept: StoredReport) -> Draft:
        """A stored revision as a draft."""
        return self._reviewer.draft_of(kept)

    def _nothing(self, old: StoredReport) -> Change:
        return Change(self._reviewer.draft_of(old), None)

    def _latest(self, id: str, expected: int | None) -> StoredReport:
        latest = self._store.reports.get(id)
        if expected not in (None, latest.revision):
            raise conflict(latest, expected or 0)
        return latest

    def _steps_of(self, latest: StoredReport) -> Steps:
        # Somebody may have written since; then the write will say so.
        return Steps.of(
            [entry for entry in self._store.reports.history(latest.id) if entry.revision <= latest.revision]
        )


def as_stored(new: NewRevision, revision: int) -> StoredReport:
    """The revision as it will be read once it is written."""
    return StoredReport(
        new.id,
        revision,
        new.report,
        new.brief_json,
        new.findings_json,
        new.record_json,
        new.report.content_hash(),
        new.author,
        new.reason,
        created_at="",
        act=new.act,
        restores=new.restores,
        command_json=new.command_json,
    )


def _told(verb: str, taken: Sequence[Step]) -> str:
    """An undo or redo as a reason: what was taken back or made again."""
    named = "；".join(step.reason or f"第 {step.revision} 稿" for step in taken)
    return f"{verb}：{named}" if len(taken) == 1 else f"{verb} {len(taken)} 步：{named}"
