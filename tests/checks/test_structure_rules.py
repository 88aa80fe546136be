"""S: a sound report is silent; each defect is found, and only it."""

from __future__ import annotations

import pytest
from checking import KIND, findings, whole_report

from nigao.checks.finding import Severity
from nigao.report.kinds import Kind
from nigao.report.model import Report, Sentence
from nigao.reportfile import parse_text


def codes(report: Report) -> list[str]:
    return [finding.code for finding in findings(report, "S")]


def part(report: Report, key: str):
    found = report.part(key)
    assert found is not None
    return found


def test_a_sound_report_is_silent() -> None:
    assert codes(whole_report()) == []


def test_missing_part() -> None:
    report = whole_report()
    report.parts = [p for p in report.parts if p.key != "features"]
    found = findings(report, "S101")
    assert [(f.code, f.part, f.severity) for f in found] == [("S101", "features", Severity.ERROR)]
    assert "政治生态主要特征" in found[0].message


def test_parts_out_of_order_and_twice() -> None:
    report = whole_report()
    report.parts[2], report.parts[3] = report.parts[3], report.parts[2]
    assert "S102" in codes(report)
    report = whole_report()
    report.parts.append(report.parts[0].model_copy(deep=True))
    assert any("重复" in finding.message for finding in findings(report, "S102"))


def test_count_of_subsections_is_an_error_and_a_range_only_a_warning() -> None:
    report = whole_report()
    part(report, "features").items.pop()
    assert [f.severity for f in findings(report, "S103")] == [Severity.ERROR]
    report = whole_report()
    part(report, "problems").items.pop()
    assert [f.severity for f in findings(report, "S103")] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("ordinals", "wrong"),
    [
        (["一是", "二是", "四是"], ["四是"]),
        (["一是", "三是", "四是"], ["三是"]),
        (["一是", "二是", "三是"], []),
        (["一是", "二是", "一是"], []),
    ],
)
def test_broken_enumeration(ordinals: list[str], wrong: list[str]) -> None:
    report = whole_report()
    for item, ordinal in zip(part(report, "problems").items, ordinals, strict=True):
        item.ordinal = ordinal
    found = findings(report, "S104")
    assert [next(o for o in ordinals if f"“{o}”不连续" in f.message) for f in found] == wrong


def test_numbering_that_runs_on_across_parts_is_somebodys_style(kind: Kind) -> None:
    text = (
        "标题\n引言如下。\n一、甲\n（一）其一。\n正文甲。\n（二）其二。\n正文乙。\n"
        "二、乙\n（三）其三。\n正文丙。\n（五）其五。\n正文丁。\n"
    )
    found = findings(parse_text(text, kind), "S104")
    assert len(found) == 1
    assert "（五）" in found[0].message


def test_empty_part_tells_the_facts_that_belong_there() -> None:
    report = whole_report()
    part(report, "basics").lead = []
    (finding,) = findings(report, "S105")
    assert "编制数" in finding.suggestion


def test_subsection_with_a_heading_only() -> None:
    report = whole_report()
    part(report, "features").items[0].items = []
    assert "S105" in codes(report)


def test_problem_without_a_measure_and_measure_without_a_problem() -> None:
    report = whole_report()
    part(report, "measures").items[1].addresses = [2]
    (finding,) = findings(report, "S106")
    assert finding.severity is Severity.ERROR
    assert finding.text == "年轻干部经验不足。"
    part(report, "measures").items[1].addresses = [2, 3, 9]
    assert any("9" in f.message for f in findings(report, "S107"))
    part(report, "measures").items[1].addresses = []
    assert [f.severity for f in findings(report, "S107")] == [Severity.WARNING]


def test_inferred_pairing_only_warns(seed_text: str, kind: Kind) -> None:
    found = findings(parse_text(seed_text, kind), "S106", brief=None)
    assert [f.severity for f in found] == [Severity.WARNING]
    assert "推断" in found[0].message


def test_heading_form_and_length() -> None:
    report = whole_report()
    part(report, "features").items[1].heading = Sentence(text="关于组织建设的几点情况。")
    assert [f.text for f in findings(report, "S108")] == ["关于组织建设的几点情况。"]
    part(report, "problems").items[0].sentences = [Sentence(text="太长了，" * 100 + "确实太长。")]
    assert [f.severity for f in findings(report, "S109")] == [Severity.INFO]


def test_missing_title_and_opening() -> None:
    report = whole_report()
    report.title, report.opening = None, []
    assert codes(report).count("S110") == 2
    report.opening = [Sentence(text="这里没有说明报告什么。")]
    assert {f.severity for f in findings(report, "S110")} == {Severity.WARNING, Severity.INFO}


def test_structure_rules_speak_of_the_kinds_own_words() -> None:
    assert {spec.key for spec in KIND.parts} == {"basics", "features", "problems", "measures"}
