"""What is written beside the words of an exported report: what people remarked, and what the checks found."""

from __future__ import annotations

from collections.abc import Sequence

from nigao.checks.finding import Finding
from nigao.checks.reporttext import ReportText
from nigao.manuscript.wordfile import finding_words
from nigao.report.model import Report
from nigao.word.annotating import Note
from nigao.word.placing import ReportPlaces


def review_notes(report: Report, findings: Sequence[Finding], data: bytes) -> list[Note]:
    """The report's remarks, each by its author, then the findings, as notes for its Word file `data`, at their words.

    What has no place in the file stands at its head.
    """
    if not report.remarks and not findings:
        return []
    places, view = ReportPlaces(report, data), ReportText(report)
    notes = []
    for remark in report.remarks:
        at = places.remark(remark)
        notes.append(Note(at.paragraph, at.start, at.end, remark.text, remark.by, on=remark.on))
    for found in findings:
        at = places.place(*view.span(found))
        notes.append(Note(at.paragraph, at.start, at.end, finding_words(found), severity=found.severity.value))
    return notes
