"""Applies the safe fixes of findings to a manuscript, giving a new file's contents and leaving the old file alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nigao.checks.finding import Finding
from nigao.errors import about_file
from nigao.manuscript.edits import Edit, Mended, safe_edits
from nigao.manuscript.manuscript import MARKDOWN, Manuscript
from nigao.manuscript.places import UNKNOWN, positions
from nigao.report.markdown import without_footnotes
from nigao.report.model import Report
from nigao.report.render import pieces, render_text
from nigao.reportfile import json_bytes, label_in_json
from nigao.text.spans import rewritten

if TYPE_CHECKING:
    from nigao.word.changes import Signature


def mend(manuscript: Manuscript, findings: Sequence[Finding], *, by: Signature | None = None) -> Mended:
    """Apply every safe fix that does not overlap an earlier one; `by`: in a docx as tracked changes of this author."""
    edits = safe_edits(manuscript.report, findings)
    if manuscript.suffix == ".json":
        return _mend_json(manuscript, edits)
    if manuscript.suffix == ".docx":
        from nigao.manuscript.wordfile import mend_docx

        with about_file(manuscript.path):
            return mend_docx(manuscript, edits, findings, by)
    return _mend_text(manuscript, edits)


def _mend_text(manuscript: Manuscript, edits: list[Edit]) -> Mended:
    """Edits at their places in the file itself; one whose characters are not found there is left alone."""
    raw = manuscript.text
    if manuscript.suffix in MARKDOWN:
        places = positions(render_text(manuscript.report), without_footnotes(raw, blank="\0"))
    else:
        places = list(range(len(raw) + 1))
    done: list[tuple[int, int, str]] = []
    applied: list[Finding] = []
    for edit in edits:
        spots = places[edit.start : edit.end + (edit.start == edit.end)]
        start, end = spots[0], spots[-1] + (edit.start < edit.end)
        if UNKNOWN in spots or end - start != edit.end - edit.start:
            continue
        done.append((start, end, edit.text))
        applied.append(edit.finding)
    after = rewritten(raw, done)
    return Mended(after.encode(manuscript.encoding), applied, raw, after, [])


def _mend_json(manuscript: Manuscript, edits: list[Edit]) -> Mended:
    report = manuscript.report.model_copy(deep=True)
    before = render_text(report)
    applied = [edit.finding for edit in mend_report(report, edits)]
    data = json_bytes(report, label_in_json(manuscript.data))
    return Mended(data, applied, before, render_text(report), [])


def mend_report(report: Report, edits: Sequence[Edit]) -> list[Edit]:
    """Make the edits that lie inside sentences, in place; returns them. What stands between sentences (line breaks,
    ordinals) is not of the report's own text, and a locked sentence stays as it is.
    """
    made: list[Edit] = []
    offset = 0
    for piece in list(pieces(report)):
        offset += len(piece.gap)
        end = offset + len(piece.text)
        if piece.sentence is not None and not piece.sentence.locked:
            inside = [edit for edit in edits if offset <= edit.start and edit.end <= end]
            local = [(edit.start - offset, edit.end - offset, edit.text) for edit in inside]
            piece.sentence.text = rewritten(piece.sentence.text, local)
            made += inside
        offset = end
    return made
