"""Every rule finds fault with its own bad example and with nothing in its good one."""

from __future__ import annotations

import pytest
from rule_examples import BUILT, case_of

from nigao.checks.registry import Rule, all_rules
from nigao.checks.running import run_checks

_LAYOUT = "L"


@pytest.mark.parametrize("rule", [r for r in all_rules() if r.code[0] != _LAYOUT], ids=lambda rule: rule.code)
def test_a_rule_finds_its_bad_example_and_passes_its_good_one(rule: Rule) -> None:
    bad, good = BUILT.get(rule.code, (lambda: case_of(rule.bad), lambda: case_of(rule.good)))
    report, context = bad()
    assert run_checks(report, context, select=[rule.code]), f"{rule.code} 没有发现自己的反例"
    report, context = good()
    found = run_checks(report, context, select=[rule.code])
    assert not found, f"{rule.code} 误报自己的正例：{found}"


def test_only_what_text_cannot_state_is_built() -> None:
    assert set(BUILT) <= {rule.code for rule in all_rules()}
