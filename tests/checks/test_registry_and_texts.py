"""The registry, placeholders, consistency, and the check of a text that is not ours."""

from __future__ import annotations

import pytest
from checking import findings, report_with, whole_report

from nigao.checks.finding import Severity, Summary
from nigao.checks.registry import all_rules, find_rule
from nigao.checks.result import CheckResult
from nigao.errors import NotFoundError
from nigao.report.kinds import Kind
from nigao.report.model import Sentence
from nigao.reportfile import parse_text


def test_codes_are_unique_ordered_and_in_their_family() -> None:
    codes = [rule.code for rule in all_rules()]
    assert codes == sorted(set(codes))
    assert {code[0] for code in codes} == {"S", "G", "P", "C", "T", "L"}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_explains_itself(rule) -> None:
    assert rule.title
    assert rule.why
    assert rule.bad != rule.good


def test_released_codes_stay() -> None:
    released = (
        "C401 G201 G202 G203 G204 G205 G206 G207 G208 G209 G210 G211 G212 G213 G214 G215 G216 G217 "
        "G218 G219 G220 G221 G222 P301 P302 S101 S102 S103 S104 S105 S106 S107 S108 S109 S110 S111 S112"
    )
    assert set(released.split()) <= {rule.code for rule in all_rules()}


def test_unknown_rule_is_told() -> None:
    with pytest.raises(NotFoundError):
        find_rule("Z1")
    with pytest.raises(NotFoundError):
        findings(whole_report(), "Z")
    assert find_rule("g203").code == "G203"


def test_own_blank_warns_and_residue_is_an_error() -> None:
    report = report_with(Sentence(text="核定编制【待补：编制数】，实有XX人。"))
    assert [(f.code, f.severity) for f in findings(report, "P")] == [
        ("P301", Severity.WARNING),
        ("P302", Severity.ERROR),
    ]


def test_blanks_in_title_and_signature_are_found(kind: Kind) -> None:
    text = "某某市XX局工作报告\n现将情况报告如下。\n一、基本情况\n正文。\nXX局\n2025年X月X日\n"
    lines = {finding.line for finding in findings(parse_text(text, kind), "P302")}
    assert {1, 5, 6} <= lines


def test_same_sentence_twice() -> None:
    twice = "全年围绕重点工作召开专题会议四次，研究解决问题九个。"
    report = report_with(Sentence(text=twice), Sentence(text="中间隔一句。"), Sentence(text=twice))
    (finding,) = findings(report, "C401")
    assert finding.evidence == [twice]
    assert findings(report_with(Sentence(text="较好。"), Sentence(text="较好。")), "C401") == []


def test_positions_are_those_of_the_text(kind: Kind) -> None:
    text = "报告\n\n引言如下。\n一、基本情况\n　　核定编制XX名，内设三个科室。\n"
    (finding,) = findings(parse_text(text, kind), "P302")
    assert text.splitlines()[finding.line - 1][finding.column - 1 : finding.end_column - 1] == "XX"


def test_result_has_the_contracts_shape(kind: Kind) -> None:
    report = parse_text("标题\n引言如下。\n三、存在的问题\n一是学习不够深入。有的学习流于形式。\n", kind)
    found = findings(report)
    view = CheckResult.of(report, found)
    assert view.title == "标题"
    assert [(p.key, p.heading) for p in view.parts] == [("problems", "存在的问题")]
    assert view.parts[0].items[0].model_dump() == {
        "ordinal": "一是",
        "heading": "学习不够深入。",
        "text": "有的学习流于形式。",
        "addresses": [],
    }
    assert view.summary == Summary.of(found)


def test_the_users_report_has_its_parts_items_and_blanks(seed_text: str, kind: Kind) -> None:
    report = parse_text(seed_text, kind)
    found = findings(report, brief=None)
    view = CheckResult.of(report, found)
    assert [part.key for part in view.parts] == ["basics", "features", "problems", "measures"]
    assert [len(part.items) for part in view.parts] == [0, 4, 4, 3]
    assert sum(finding.code == "P302" for finding in found) == 7
    assert any("编制数" in finding.suggestion for finding in found if finding.code == "P302")
