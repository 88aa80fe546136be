"""One whole check of a report: the rules of a profile run, their findings graded, the waived ones told apart."""

from __future__ import annotations

from nigao.checks.context import CheckContext
from nigao.checks.profile import CheckProfile
from nigao.checks.result import CheckResult
from nigao.checks.running import run_checks
from nigao.checks.waiving import split_waived
from nigao.report.model import Report


def review(report: Report, context: CheckContext, profile: CheckProfile) -> CheckResult:
    """Check a report by a profile. Raises NotFoundError where the profile names no rule."""
    found = run_checks(report, context, select=profile.select, ignore=profile.ignore)
    kept, waived, idle = split_waived(report, profile.graded(found))
    return CheckResult.of(report, kept, waived, idle)
