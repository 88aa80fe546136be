"""`nigao rules`: what the rules are, why, and on whose authority."""

from __future__ import annotations

import sys

from nigao.checks.registry import Rule, all_rules, find_rule
from nigao.cli.console import print_json, print_table, say
from nigao.views.rules import rule_view


def run_rules(code: str, *, as_json: bool, as_markdown: bool = False) -> None:
    """All rules as a table, or one explained. Raises NotFoundError."""
    if code:
        one = find_rule(code)
        print_json(rule_view(one)) if as_json else _explain(one)
    elif as_markdown:
        from nigao.checks.rulebook import rules_markdown

        sys.stdout.write(rules_markdown())
    elif as_json:
        print_json([rule_view(rule) for rule in all_rules()])
    else:
        rows = [[r.code, r.severity.label, r.title, r.authority.value] for r in all_rules()]
        print_table(["编号", "级别", "规则", "依据"], rows)


def _explain(rule: Rule) -> None:
    say(f"{rule.code} {rule.title}（{rule.severity.label}）", "bold")
    say(f"为什么：{rule.why}")
    say(f"依据：{rule.ground}")
    for name, example in (("不妥", rule.bad), ("妥当", rule.good)):
        say(f"{name}：")
        for line in example.told.splitlines():
            say(f"    {line}")
