"""docs/rules.md says what the rules say."""

from __future__ import annotations

from pathlib import Path

from nigao.checks.registry import Authority, all_rules
from nigao.checks.rulebook import FAMILIES, rules_markdown

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
# Only law and national standards oblige; the others advise.
_OBLIGES = ("应当", "必须", "不得")


def test_the_page_is_the_rules() -> None:
    assert _PAGE.read_text(encoding="utf-8") == rules_markdown(), "docs/rules.md 过时：运行 make docs"


def test_every_rule_is_of_a_named_family() -> None:
    assert {rule.code[0] for rule in all_rules()} == set(FAMILIES)


def test_only_law_and_standard_oblige() -> None:
    binding = (Authority.LAW, Authority.STANDARD)
    for rule in all_rules():
        if rule.authority not in binding:
            said = [word for word in _OBLIGES if word in rule.title + rule.why]
            assert not said, f"{rule.code} 的依据是{rule.authority.value}，却写了{said}"
