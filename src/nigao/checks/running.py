"""Runs the rules over a report and places what they report in its text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from nigao.checks.context import CheckContext
from nigao.checks.finding import Finding
from nigao.checks.registry import Mark, Rule, all_rules
from nigao.checks.reporttext import ReportText
from nigao.errors import NotFoundError
from nigao.report.model import Report


def run_checks(
    report: Report, context: CheckContext, *, select: Collection[str] = (), ignore: Collection[str] = ()
) -> list[Finding]:
    """Findings in reading order. `select` and `ignore` hold codes or prefixes (`G`, `G2`, `G201`).

    Raises NotFoundError when a prefix names no rule.
    """
    view = context.seen(report)
    return locate(report, run_marks(report, replace(context, view=view), select, ignore), view)


def locate(report: Report, marks: list[tuple[Rule, Mark]], view: ReportText | None = None) -> list[Finding]:
    """Marks as findings in reading order, with line and column; `view` is the report's text where it is at hand."""
    view = view or ReportText(report)
    found = [(_place(mark, view), _finding(r, mark, view)) for r, mark in marks]
    return [finding for _, finding in sorted(found, key=lambda pair: (pair[0], pair[1].code, pair[1].message))]


def run_marks(
    report: Report, context: CheckContext, select: Collection[str] = (), ignore: Collection[str] = ()
) -> list[tuple[Rule, Mark]]:
    """What the rules report, with the sentences themselves: for callers that act on them. Raises as `run_checks`."""
    chosen = chosen_rules(select, ignore)
    view = context.seen(report)
    context = replace(context, view=view)
    return [(r, _settled(mark, view)) for r in chosen for mark in r.function(report, context)]


def _settled(mark: Mark, view: ReportText) -> Mark:
    """The mark; one on a row of cells by its place in the text, since the row is no sentence of the report."""
    if mark.sentence is None or not view.is_row(mark.sentence):
        return mark
    return replace(mark, at=_place(mark, view), sentence=None, start=0, end=None)


def chosen_rules(select: Collection[str], ignore: Collection[str]) -> list[Rule]:
    """The rules that a selection leaves. Raises NotFoundError when a prefix names none."""
    rules = all_rules()
    for prefix in (*select, *ignore):
        if not any(r.code.startswith(prefix.upper()) for r in rules):
            raise NotFoundError(f"没有以 {prefix} 开头的规则", where="规则编号", fix="用 nigao rules 查看全部规则")
    return [r for r in rules if _chosen(r.code, select, ignore)]


def _chosen(code: str, select: Collection[str], ignore: Collection[str]) -> bool:
    selected = not select or any(code.startswith(prefix.upper()) for prefix in select)
    return selected and not any(code.startswith(prefix.upper()) for prefix in ignore)


def _place(mark: Mark, view: ReportText) -> tuple[int, int]:
    if mark.at is not None:
        return mark.at
    if mark.sentence is None:
        start = view.part_start(mark.part)
        return start, start
    start = view.offset(mark.sentence)
    end = len(mark.sentence.text) if mark.end is None else mark.end
    return start + mark.start, start + end


def _finding(r: Rule, mark: Mark, view: ReportText) -> Finding:
    start, end = _place(mark, view)
    line, column = view.position(start)
    end_line, end_column = view.position(end)
    part = view.part_of(mark.sentence) if mark.sentence is not None else view.part_at(start) if mark.at else ""
    return Finding(
        code=r.code,
        severity=mark.severity or r.severity,
        message=mark.message,
        part=mark.part or part,
        text=view.text[start:end],
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        suggestion=mark.suggestion,
        evidence=list(mark.evidence),
        fix=mark.fix,
    )
