"""Rules as JSON."""

from __future__ import annotations

from nigao.checks.registry import Rule
from nigao.views.view import View


class RuleView(View):
    """A rule as documented."""

    code: str
    severity: str
    title: str
    why: str
    authority: str
    basis: str
    bad: str
    good: str


def rule_view(rule: Rule) -> RuleView:
    """A rule as documented."""
    return RuleView(
        code=rule.code,
        severity=rule.severity.value,
        title=rule.title,
        why=rule.why,
        authority=rule.authority.value,
        basis=rule.basis,
        bad=rule.bad.told,
        good=rule.good.told,
    )
