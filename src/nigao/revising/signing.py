"""Sign-off: 讨论稿 → 送审稿 → 已签发. Each step holds for the content that it was taken on; any change lapses it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nigao.checks.finding import Finding, Severity
from nigao.checks.waiving import Waived
from nigao.corpus.approval import require_person
from nigao.errors import EditError, UsageError
from nigao.revising.reviewing import Reviewer, brief_in
from nigao.settings import Settings, SignoffSettings
from nigao.store import ReportSummary, SignoffRecord, Store
from nigao.store.revisions import conflict

Stage = Literal["draft", "submitted", "approved"]
_LABELS: dict[Stage, str] = {"draft": "讨论稿", "submitted": "送审稿", "approved": "已签发"}
# A blank of our own is a warning while a report is written; it may not be sent up.
_BLANK = "P301"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Status:
    """Where a report stands. `step` is the last step that was taken, None where none was; `lapsed_by` is the revision
    that made it void, None while it holds.
    """

    report: str
    revision: int
    content_hash: str
    stage: Stage
    step: SignoffRecord | None = None
    lapsed_by: ReportSummary | None = None

    @property
    def label(self) -> str:
        """The stage in Chinese."""
        return _LABELS[self.stage]

    @property
    def told(self) -> str:
        """The stage with who took the last step and what became of it."""
        step, by = self.step, self.lapsed_by
        if step is None:
            return f"{self.label}（第 {self.revision} 稿，没有送审过）"
        did = {"submitted": "送审", "approved": "签发", "returned": "退回"}[step.state]
        note = f"：{step.note}" if step.note else ""
        what = f"第 {step.revision} 稿由{step.by}{did}{note}"
        if by is not None:
            what += f"；{by.author}改出第 {by.revision} 稿后失效" + (f"（{by.reason}）" if by.reason else "")
        return f"{self.label}（{what}）"


class SignOff:
    """Takes the steps and tells where a report stands."""

    def __init__(self, store: Store, settings: Settings | None, reviewer: Reviewer) -> None:
        self._store = store
        self._rules = settings.signoff if settings is not None else SignoffSettings()
        self._reviewer = reviewer

    def submit(self, id: str, by: str, note: str = "", expected_revision: int | None = None) -> Status:
        """讨论稿 → 送审稿. Raises NotFoundError, EditError (see `ReportKeeper.submit`), UsageError for nobody."""
        person, now = require_person(by), self._standing(id, expected_revision)
        if now.stage != "draft":
            waits = now.stage == "submitted"
            fix = "等待签发；要收回，请签发人退回（nigao report return）" if waits else "改动后才能重新送审"
            raise EditError(f"现在已是{now.told}", where=now.report, fix=fix)
        kept = self._store.reports.get(now.report, now.revision)
        standing, waived = self._reviewer.review(kept.report, brief_in(kept.brief_json))
        _refuse_unfinished(now.report, standing)
        return self._taken(now, "submitted", person, note, waived)

    def approve(self, id: str, by: str, note: str = "", expected_revision: int | None = None) -> Status:
        """送审稿 → 已签发. Raises NotFoundError, UsageError for who may not, EditError where there is no 送审稿."""
        person, now = require_person(by), self._standing(id, expected_revision)
        if person not in self._rules.approvers:
            known = "、".join(self._rules.approvers)
            fix = f"可以签发的有：{known}" if known else '在 nigao.toml 写 [signoff] 和 approvers = ["姓名"]'
            raise UsageError(f"{person}不是签发人", where=now.report, fix=fix)
        step = _submitted(now)
        drafter = self._store.reports.history(now.report)[0].author
        if not self._rules.drafter_may_approve and person in (drafter.strip(), step.by):
            what = "拟稿人" if person == drafter.strip() else "送审人"
            fix = "请另一位签发人签发；确要自己签发，在 nigao.toml 的 [signoff] 写 drafter_may_approve = true"
            raise UsageError(f"{person}是这份报告的{what}，不能自己签发", where=now.report, fix=fix)
        return self._taken(now, "approved", person, note)

    def send_back(self, id: str, by: str, note: str, expected_revision: int | None = None) -> Status:
        """送审稿 → 讨论稿. Raises NotFoundError, UsageError without a reason, EditError where there is no 送审稿."""
        person, now = require_person(by), self._standing(id, expected_revision)
        if not note.strip():
            raise UsageError("没有写明退回的理由", where="--note", fix="写明要改什么")
        _submitted(now)
        return self._taken(now, "returned", person, note)

    def _standing(self, id: str, expected: int | None) -> Status:
        """Where the report stands, for a step on the expected revision. Raises NotFoundError, ConflictError."""
        now = self.status(id)
        if expected not in (None, now.revision):
            raise conflict(self._store.reports.get(now.report, now.revision), expected or 0)
        return now

    def status(self, id: str) -> Status:
        """Where the report stands. Raises NotFoundError."""
        history = self._store.reports.history(id)
        return _status(history, self._store.signoffs.last(id))

    def statuses(self) -> dict[str, Status]:
        """Where every report stands, by id."""
        steps = self._store.signoffs.last_of_each()
        found = {}
        for latest in self._store.reports.list():
            step = steps.get(latest.id)
            lapsed = step is not None and step.content_hash != latest.content_hash
            history = self._store.reports.history(latest.id) if lapsed else [latest]
            found[latest.id] = _status(history, step)
        return found

    def _taken(
        self,
        now: Status,
        state: Literal["submitted", "approved", "returned"],
        by: str,
        note: str,
        waived: Sequence[Waived] = (),
    ) -> Status:
        after = now.step.row if now.step is not None else 0
        stands = json.dumps([one.model_dump(mode="json") for one in waived], ensure_ascii=False)
        self._store.signoffs.add(
            now.report,
            state,
            by,
            content_hash=now.content_hash,
            after=after,
            note=note.strip(),
            waived_json=stands,
        )
        return self.status(now.report)


def _status(history: Sequence[ReportSummary], step: SignoffRecord | None) -> Status:
    latest = history[-1]
    if step is None:
        return Status(latest.id, latest.revision, latest.content_hash, "draft")
    if step.content_hash != latest.content_hash:
        later = (entry for entry in history if entry.revision > step.revision)
        lapsed_by = next((entry for entry in later if entry.content_hash != step.content_hash), None)
        # What was sent back is a draft whatever is done with it.
        void = lapsed_by if step.state != "returned" else None
        return Status(latest.id, latest.revision, latest.content_hash, "draft", step, void)
    stage: Stage = "draft" if step.state == "returned" else step.state
    return Status(latest.id, latest.revision, latest.content_hash, stage, step)


def _submitted(now: Status) -> SignoffRecord:
    if now.stage != "submitted" or now.step is None:
        fix = "先送审（nigao report submit）" if now.stage == "draft" else "要改动内容，改后重新送审"
        raise EditError(f"没有送审稿，现在是{now.told}", where=now.report, fix=fix)
    return now.step


def _refuse_unfinished(report: str, standing: Sequence[Finding]) -> None:
    errors = [finding for finding in standing if finding.severity is Severity.ERROR]
    blanks = [finding for finding in standing if finding.code == _BLANK and finding not in errors]
    if not errors and not blanks:
        return
    counts = [f"{len(errors)} 处错误" if errors else "", f"{len(blanks)} 处待补内容" if blanks else ""]
    named = [f"{finding.code} 第 {finding.line} 行 {finding.message}" for finding in (errors + blanks)[:_SHOWN]]
    more = "；……" if len(errors) + len(blanks) > _SHOWN else ""
    raise EditError(
        f"还有{'、'.join(filter(None, counts))}，不能送审：{'；'.join(named)}{more}",
        where=report,
        fix="逐处改正或补齐；确要保留的，写明理由予以忽略（如“忽略 G221：与党章表述一致”）",
    )
