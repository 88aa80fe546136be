"""A stored report as a draft, and its checks: the same as at drafting, with what an editor waived told apart."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from nigao.checks.context import CheckContext, Evidence
from nigao.checks.finding import Finding
from nigao.checks.running import run_checks
from nigao.checks.waiving import Waived, split_waived
from nigao.draft import Draft
from nigao.drafting.record import DraftRecord
from nigao.report.brief import Brief, Unit
from nigao.report.kinds import Kind
from nigao.report.model import Report
from nigao.store import StoredReport

KindOf = Callable[[str], Kind]
EvidenceOf = Callable[[dt.date, Collection[str]], Evidence | None]


@dataclass(frozen=True, slots=True)
class Reviewer:
    """`evidence_of` gives the corpus of a day as a unit (by its names) may see it."""

    kind_of: KindOf
    evidence_of: EvidenceOf
    ai_label: bool = True

    def review(self, report: Report, brief: Brief | None) -> tuple[list[Finding], list[Waived]]:
        """The findings of today that stand, in reading order, and those that the report waives. Raises KindError."""
        today = dt.date.today()
        units = brief.unit.named if brief is not None else tuple(filter(None, (report.unit,)))
        context = CheckContext(
            kind=self.kind_of(report.kind), on=today, brief=brief, evidence=self.evidence_of(today, units)
        )
        context = replace(context, view=context.seen(report))
        kept, waived, _ = split_waived(report, run_checks(report, context), context.seen(report))
        return kept, waived

    def draft_of(self, kept: StoredReport) -> Draft:
        """A stored revision as a draft, with the findings that were kept with it."""
        findings = [Finding.model_validate(item) for item in json.loads(kept.findings_json or "[]")]
        record = DraftRecord.model_validate_json(kept.record_json) if kept.record_json else None
        brief = shown_brief(kept.report, brief_in(kept.brief_json))
        return Draft(kept.id, kept.report, brief, findings, self.ai_label, record, kept.revision)


def brief_in(written: str) -> Brief | None:
    """The brief that was kept with a report; None for one that came without."""
    try:
        return Brief.model_validate_json(written) if written else None
    except ValidationError:
        # What is no brief of ours is none: the report must open all the same.
        return None


def shown_brief(report: Report, brief: Brief | None) -> Brief:
    """A draft has a brief; for a report that came without, one that says no more than the report itself does."""
    return brief if brief is not None else Brief(unit=Unit(full=report.unit.strip() or "本单位"), kind=report.kind)


def findings_json(findings: Sequence[Finding]) -> str:
    """Findings as they are kept."""
    return json.dumps([finding.model_dump(mode="json") for finding in findings], ensure_ascii=False)
