"""A whole check: severities by profile, waived findings told apart, SARIF for other tools."""

from __future__ import annotations

import pytest
from checking import KIND, TODAY

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.profile import CheckProfile
from nigao.checks.result import CheckResult
from nigao.checks.review import review
from nigao.checks.sarif import to_sarif
from nigao.errors import NotFoundError
from nigao.reportfile import parse_text
from nigao.settings import CheckSettings

BLANK = "核定编制XX名，内设三个科室。"


def checked(line: str, profile: CheckProfile | None = None) -> CheckResult:
    report = parse_text(f"一、基本情况\n{line}\n", KIND)
    return review(report, CheckContext(KIND, TODAY), profile or CheckProfile(select=("P",)))


def test_a_waived_finding_is_told_with_its_reason_and_not_counted() -> None:
    result = checked(f"{BLANK}<!-- nigao 忽略 P302：编制数待编办批复 -->")
    assert result.findings == []
    assert result.summary.error == 0
    assert [(w.finding.code, w.reason) for w in result.waived] == [("P302", "编制数待编办批复")]


def test_a_waiver_without_effect_is_told() -> None:
    result = checked("核定编制12名。<!-- nigao 忽略 P302：编制数待编办批复 -->")
    assert [waiver.codes for waiver in result.idle_waivers] == [["P302"]]


def test_a_waiver_for_another_rule_or_without_reason_waives_nothing() -> None:
    for comment in ("<!-- nigao 忽略 S1：理由 -->", "<!-- nigao 忽略 P302 -->"):
        assert [finding.code for finding in checked(BLANK + comment).findings] == ["P302"]


def test_severities_can_be_changed_and_the_lesser_left_out() -> None:
    lowered = CheckProfile(select=("P",), levels={"P": Severity.INFO, "P302": Severity.WARNING})
    assert [finding.severity for finding in checked(BLANK, lowered).findings] == [Severity.WARNING]
    assert checked(BLANK, lowered.narrowed((), (), Severity.ERROR)).findings == []


def test_a_kinds_own_settings_come_on_top_of_the_general_ones() -> None:
    settings = CheckSettings.model_validate(
        {
            "ignore": ["S109"],
            "severity": "warning",
            "levels": {"P301": "error"},
            "kinds": {"plan": {"ignore": ["G"], "select": ["P", "T"]}},
        }
    )
    own = settings.profile("plan")
    assert (own.ignore, own.select, own.severity) == (("S109", "G"), ("P", "T"), Severity.WARNING)
    assert own.levels == {"P301": Severity.ERROR}
    assert settings.profile("other").select == ()


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(NotFoundError):
        checked(BLANK, CheckProfile(select=("X9",)))


def test_sarif_names_rule_place_and_suppression() -> None:
    result = checked(f"{BLANK}<!-- nigao 忽略 P302：待批复 -->\n实有XX人。")
    log = to_sarif(result, "报告 1.txt", "0.1")
    (run,) = log["runs"]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == ["P302", "P302"]
    shown, waived = run["results"]
    place = shown["locations"][0]["physicalLocation"]
    assert place["region"]["startLine"] == 3
    assert place["region"]["snippet"] == {"text": "XX"}
    assert " " not in place["artifactLocation"]["uri"]
    assert "suppressions" not in shown
    assert waived["suppressions"] == [{"kind": "inSource", "justification": "待批复"}]
    prints = [r["partialFingerprints"]["nigaoFinding/v1"] for r in run["results"]]
    assert len(set(prints)) == 2
