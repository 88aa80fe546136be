"""Word manuscripts: findings mended and noted at their place in the docx, in a new file."""

from __future__ import annotations

from collections.abc import Sequence

from nigao.checks.finding import Finding
from nigao.checks.registry import find_rule
from nigao.corpus.readers import parse_manuscript
from nigao.errors import about_file
from nigao.manuscript.edits import Edit, Mended
from nigao.manuscript.manuscript import Manuscript
from nigao.report.render import render_text
from nigao.word.annotating import Note, annotate
from nigao.word.changes import Signature
from nigao.word.editing import TextEdit, replace_text
from nigao.word.mending import MENDERS, UNTRACKED, mend_layout
from nigao.word.textmap import TextMap

_PLAINLY = "（页脚不能作为修订，已直接改好）"


def mend_docx(
    manuscript: Manuscript, edits: Sequence[Edit], findings: Sequence[Finding], by: Signature | None
) -> Mended:
    """The safe fixes at their words, then the layout by the L findings that can be mended; `by`: as tracked changes."""
    before = render_text(manuscript.report)
    places = TextMap(before, manuscript.data)
    placed: list[tuple[TextEdit, Finding]] = []
    for edit in edits:
        found = edit.finding
        place = places.place(found.line, found.column, found.end_line, found.end_column)
        if place is not None and place.end - place.start == len(found.text):
            placed.append((TextEdit(place.paragraph, place.start, place.end, edit.text), found))
    data, refused = replace_text(manuscript.data, [edit for edit, _ in placed], by=by)
    not_made = set(refused)
    applied = [found for edit, found in placed if edit not in not_made]
    codes = {finding.code for finding in findings} & set(MENDERS)
    data, mended = mend_layout(data, codes, by=by) if codes else (data, [])
    after = parse_manuscript(data, manuscript.path.name).text
    plainly = UNTRACKED if by is not None else ()
    layout = [f"{code} {find_rule(code).title}{_PLAINLY if code in plainly else ''}" for code in mended]
    return Mended(data, applied, before, after, layout)


def annotate_docx(manuscript: Manuscript, findings: Sequence[Finding]) -> tuple[bytes, int]:
    """A copy with the findings as comments, and how many there are. What has no place in the text hangs on its head."""
    with about_file(manuscript.path):
        return _annotated(manuscript, findings)


def _annotated(manuscript: Manuscript, findings: Sequence[Finding]) -> tuple[bytes, int]:
    places = TextMap(render_text(manuscript.report), manuscript.data)
    notes = []
    for found in findings:
        place = places.place(found.line, found.column, found.end_line, found.end_column)
        paragraph, start, end = (place.paragraph, place.start, place.end) if place is not None else (0, 0, 0)
        notes.append(Note(paragraph, start, end, finding_words(found), severity=found.severity.value))
    return annotate(manuscript.data, notes), len(notes)


def finding_words(finding: Finding) -> str:
    """What a comment says: the rule and the message, what it rests on, what to do, how to waive it."""
    lines = [f"{finding.code} {finding.message}"]
    lines += [f"依据：{evidence}" for evidence in finding.evidence[:2]]
    if finding.suggestion:
        lines.append(f"建议：{finding.suggestion}")
    if finding.fix is not None and finding.fix.text:
        lines.append(f"建议改为：{finding.fix.text}")
    return "\n".join(lines)
