"""A finished draft as the library's user holds it: the report with its findings, ready to read and to save."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from nigao.checks.finding import Finding, Severity
from nigao.drafting.record import DraftRecord
from nigao.exporting import Exported, ExportOptions, export_files
from nigao.report.brief import Brief
from nigao.report.markdown import render_markdown
from nigao.report.model import Report
from nigao.report.render import pieces, render_text
from nigao.text.placeholders import find_placeholders, wanted


@dataclass(frozen=True, slots=True)
class Draft:
    """`id` names the stored report; findings are in reading order; `record` tells how a model made it, None offline;
    `revision` is the stored one, 0 where that is not known.
    """

    id: str
    report: Report
    brief: Brief
    findings: list[Finding]
    ai_label: bool = True
    record: DraftRecord | None = None
    revision: int = 0

    def text(self) -> str:
        """The report as plain text."""
        return render_text(self.report)

    def markdown(self) -> str:
        """The report as Markdown with its sources as footnotes."""
        return render_markdown(self.report)

    @property
    def placeholders(self) -> list[str]:
        """What is still to be supplied, in reading order."""
        found = [blank.text for piece in pieces(self.report) for blank in find_placeholders(piece.text)]
        return [wanted(text) or text for text in found]

    @property
    def errors(self) -> list[Finding]:
        """The findings that block release."""
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @property
    def is_complete(self) -> bool:
        """Whether there is neither an error nor a placeholder."""
        return not self.errors and not self.placeholders

    def origins(self) -> dict[str, int]:
        """How many sentences come from where."""
        return dict(sorted(Counter(sentence.origin.value for sentence in self.report.sentences()).items()))

    @property
    def exported(self) -> Exported:
        """The draft as it is written to files."""
        return Exported(self.report, self.findings)

    def save(self, path: str | Path, *, citations: str = "comments", ai_label: bool | None = None) -> Path:
        """Write .docx, .pdf, .html, .md, .txt or .json by suffix; `citations` is comments, endnotes, appendix or none.

        Raises OutputError, UsageError for unknown citations; an existing file is replaced only by a whole new one.
        """
        target = Path(path)
        label = self.ai_label if ai_label is None else ai_label
        export_files(self.exported, [target], ExportOptions(citations=citations, ai_label=label))
        return target
