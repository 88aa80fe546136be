"""One whole check of a report: the rules of a profile run, their findings graded, the waived ones told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from nigao.checks.context import CheckContext
from nigao.checks.profile import CheckProfile
from nigao.checks.registry import Mark, Rule
from nigao.checks.result import CheckResult
from nigao.checks.running import chosen_rules, locate, run_marks
from nigao.checks.waiving import split_waived
from nigao.report.model import Report

# Somebody else's marks for known rules, such as those that a model proposed and a rule's own gate let through.
Opinion = Callable[[Report, CheckContext], Iterable[tuple[Rule, Mark]]]


def review(report: Report, context: CheckContext, profile: CheckProfile, opinion: Opinion | None = None) -> CheckResult:
    """Check a report by a profile, and hear an `opinion`. Raises NotFoundError where the profile names no rule."""
    view = context.seen(report)
    context = replace(context, view=view)
    marks = run_marks(report, context, profile.select, profile.ignore)
    if opinion is not None:
        rules = {rule.code for rule in chosen_rules(profile.select, profile.ignore)}
        marks += [(rule, mark) for rule, mark in opinion(report, context) if rule.code in rules]
    kept, waived, idle = split_waived(report, profile.graded(locate(report, marks, view)), view)
    return CheckResult.of(report, kept, waived, idle)
