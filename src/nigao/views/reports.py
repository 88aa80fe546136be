"""Reports, their revisions, sign-off and what an edited copy brought in, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field

from nigao.checks.result import CheckResult, PartView
from nigao.checks.waiving import Waived
from nigao.draft import Draft
from nigao.drafting.record import DraftRecord
from nigao.report.brief import Fact
from nigao.report.editing.diff import Change, ReportDiff
from nigao.report.model import Part, Remark, Report
from nigao.revising.importing import Imported
from nigao.revising.signing import Status
from nigao.store import ReportSummary, SignoffRecord
from nigao.text.placeholders import find_placeholders
from nigao.views.view import View


class DraftOutput(CheckResult):
    """A draft: the checked view, the report itself, where it was written, what is still to be supplied, and how a model
    made it (null offline).
    """

    report_id: str
    files: list[str]
    placeholders: list[str]
    origins: dict[str, int]
    report: Report
    record: DraftRecord | None = None


class ReportOutput(CheckResult):
    """A stored revision: the checked view, the report itself, what is still to be supplied, where its sentences come
    from, and how a model made it (null offline). `stage` holds for its very content: draft for an earlier one.
    """

    report_id: str = Field(examples=["r0001"])
    revision: int = Field(examples=[3])
    stage: str = Field(examples=["draft"])
    placeholders: list[str] = Field(examples=[["党员人数"]])
    origins: dict[str, int] = Field(examples=[{"source": 31, "fact": 7}])
    report: Report
    record: DraftRecord | None = None


class ReportPartView(PartView):
    """A part of a stored report: what it says, and how much there is to do in it."""

    findings: int
    placeholders: int


class FactsView(View):
    """The fact sheet of a report's brief, and the names of the facts that the report still wants (its blanks)."""

    facts: list[Fact]
    missing: list[str] = Field(examples=[["党员人数"]])


class DiffView(ReportDiff):
    """How two revisions of a report differ."""

    old: int
    new: int


class ReportView(View):
    """A stored report's latest revision. `stage` is draft (讨论稿), submitted (送审稿) or approved (已签发)."""

    id: str
    revision: int
    kind: str
    title: str
    unit: str
    author: str
    created_at: str
    content_hash: str
    stage: str = "draft"


class SignoffView(View):
    """A step of sign-off: `state` is submitted, approved or returned; `waived` what stood by a waiver on submission."""

    revision: int
    state: str
    content_hash: str
    by: str
    at: str
    note: str
    waived: list[Waived] = Field(default_factory=list)


class StatusView(View):
    """Where a report stands. `told` says it in Chinese; `lapsed_by` is the revision that made the last step void."""

    id: str
    revision: int
    content_hash: str
    stage: str
    label: str
    told: str
    lapsed_by: int | None
    steps: list[SignoffView]


class RevisionView(View):
    """One revision: `act` is draft, edit, undo, redo or restore, `restores` whose content it brought back."""

    revision: int
    created_at: str
    author: str
    act: str
    reason: str
    restores: int | None
    command_json: str
    content_hash: str
    title: str
    signoffs: list[SignoffView] = Field(default_factory=list)


class ImportedView(View):
    """What one person changed in an edited Word copy."""

    author: str
    revision: int
    changes: list[Change]
    remarks: list[Remark]


class ImportView(View):
    """What became of an edited copy made from revision `base`: a revision for each person; `not_taken` tells in words
    what is in the file and not in the report. With `dry_run` nothing was written.
    """

    id: str
    base: int
    dry_run: bool
    revisions: list[ImportedView]
    not_taken: list[str]


def draft_output(draft: Draft, files: Sequence[Path] = ()) -> DraftOutput:
    """A draft with what the checks say of it."""
    view = CheckResult.of(draft.report, draft.findings)
    return DraftOutput(
        **{name: getattr(view, name) for name in CheckResult.model_fields},
        report_id=draft.id,
        files=[str(path) for path in files],
        placeholders=draft.placeholders,
        origins=draft.origins(),
        report=draft.report,
        record=draft.record,
    )


def report_output(draft: Draft, now: Status) -> ReportOutput:
    """A stored revision with what the checks said of it; `now` tells where the report stands today."""
    made = draft_output(draft)
    same = {name: getattr(made, name) for name in DraftOutput.model_fields if name != "files"}
    stage = now.stage if draft.report.content_hash() == now.content_hash else "draft"
    return ReportOutput(**same, revision=draft.revision, stage=stage)


def part_view(draft: Draft, part: Part) -> ReportPartView:
    """A part of a draft with how much there is to do in it."""
    view = next(one for one in CheckResult.of(Report(kind=draft.report.kind, parts=[part]), []).parts)
    blanks = [blank for sentence in part.walk() for blank in find_placeholders(sentence.text)]
    return ReportPartView(
        **{name: getattr(view, name) for name in PartView.model_fields},
        findings=sum(finding.part == part.key for finding in draft.findings),
        placeholders=len(blanks),
    )


def facts_view(draft: Draft) -> FactsView:
    """The brief's facts, and those that the report has a blank for."""
    return FactsView(facts=draft.brief.facts, missing=list(dict.fromkeys(draft.placeholders)))


def report_view(latest: ReportSummary, status: Status) -> ReportView:
    """A report by its latest revision, and where it stands."""
    plain = [name for name in ReportView.model_fields if name != "stage"]
    return ReportView(**{name: getattr(latest, name) for name in plain}, stage=status.stage)


def revision_views(history: Sequence[ReportSummary], signoffs: Sequence[SignoffRecord]) -> list[RevisionView]:
    """Revisions, each with the steps of sign-off taken on it."""
    plain = [name for name in RevisionView.model_fields if name != "signoffs"]
    return [
        RevisionView(
            **{name: getattr(entry, name) for name in plain},
            signoffs=[signoff_view(step) for step in signoffs if step.revision == entry.revision],
        )
        for entry in history
    ]


def status_view(now: Status, signoffs: Sequence[SignoffRecord]) -> StatusView:
    """Where a report stands, with every step that was ever taken."""
    return StatusView(
        id=now.report,
        revision=now.revision,
        content_hash=now.content_hash,
        stage=now.stage,
        label=now.label,
        told=now.told,
        lapsed_by=now.lapsed_by.revision if now.lapsed_by is not None else None,
        steps=[signoff_view(step) for step in signoffs],
    )


def signoff_view(step: SignoffRecord) -> SignoffView:
    """One step of sign-off."""
    plain = {name: getattr(step, name) for name in SignoffView.model_fields if name != "waived"}
    return SignoffView(**plain, waived=json.loads(step.waived_json))


def import_view(imported: Imported, *, dry_run: bool) -> ImportView:
    """What an edited copy brought in, or would."""
    revisions = [
        ImportedView(author=one.author, revision=one.revision, changes=one.diff.changes, remarks=list(one.remarks))
        for one in imported.revisions
    ]
    left = list(not_taken(imported))
    return ImportView(id=imported.draft.id, base=imported.base, dry_run=dry_run, revisions=revisions, not_taken=left)


def not_taken(imported: Imported) -> Iterator[str]:
    """What is in the file and did not get into the report, a line each."""
    for clash in imported.clashes:
        yield f"未采用（第{imported.base}稿之后这里已改为“{clash.kept}”）：{clash.left_out or '（删去）'}"
    for edit in imported.locked:
        yield f"未采用（“{edit.sentence}”已锁定）：{edit.typed or '（删去）'}"
    for words in imported.left_out:
        yield f"正文之外，没有导入：{words}"
