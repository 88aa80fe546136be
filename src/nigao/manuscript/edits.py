"""What a safe fix is in a report's text, and what mending a manuscript gives."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from nigao.checks.finding import Finding
from nigao.checks.reporttext import ReportText
from nigao.report.model import Report


@dataclass(frozen=True, slots=True)
class Edit:
    """Write `text` instead of characters `start:end` of the report's text."""

    start: int
    end: int
    text: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Mended:
    """The new file's contents, which findings were mended, the words before and after, and what the layout got."""

    data: bytes
    applied: list[Finding]
    before: str
    after: str
    layout: list[str]

    def diff(self, name: str) -> str:
        """A unified diff of the words."""
        old, new = self.before.splitlines(keepends=True), self.after.splitlines(keepends=True)
        lines = difflib.unified_diff(old, new, name, f"{name}（修正后）")
        return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


def safe_edits(report: Report, findings: Sequence[Finding]) -> list[Edit]:
    """The safe fixes in reading order; of two that overlap the first."""
    view = ReportText(report)
    edits: list[Edit] = []
    for finding in findings:
        if finding.fix is not None and finding.fix.safe:
            start = view.at(finding.line, finding.column)
            edits.append(Edit(start, start + len(finding.text), finding.fix.text, finding))
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not kept or (edit.start >= kept[-1].end and edit.start > kept[-1].start):
            kept.append(edit)
    return kept
