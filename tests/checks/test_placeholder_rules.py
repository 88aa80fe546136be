"""P: what is left blank is found, and told what would fill it."""

from __future__ import annotations

import pytest
from checking import BRIEF, TODAY, MemoryEvidence, findings, material, report_with

from nigao.checks.finding import Severity
from nigao.corpus.model import Status
from nigao.report.kinds import Kind
from nigao.report.model import Sentence
from nigao.reportfile import parse_text


def found(text: str, *select: str, evidence: MemoryEvidence | None = None) -> list[tuple[str, str, str]]:
    report = report_with(Sentence(text=text))
    return [(f.code, f.text, f.suggestion) for f in findings(report, *(select or ("P",)), evidence=evidence)]


def test_the_fact_sheet_fills_a_blank() -> None:
    assert found("核定编制XX名。") == [("P302", "XX", "填写编制数：12名")]
    assert found("核定编制待定。") == [("P306", "待定", "填写编制数：12名")]
    assert found("核定编制00名。") == [("P307", "00", "填写编制数：12名")]
    assert found("核定编制【待补：编制数】名。") == [("P301", "【待补：编制数】", "填写编制数：12名")]


def test_a_fact_that_nobody_gave_is_named() -> None:
    assert found("共有党员XX名。") == [("P302", "XX", "填写党员人数")]


def test_the_briefs_own_names_fill_a_blank() -> None:
    assert found("云汀市XX服务中心负责此事。") == [("P302", "XX", "拟稿要求中为“档案”")]


def test_the_corpus_fills_a_blank_and_is_named() -> None:
    text = "市委提出“一体两翼、三步走”总体思路，各单位抓好落实。"
    evidence = MemoryEvidence([(material("m", "市委工作要点"), text)])
    assert found("坚决落实“XXX”总体思路和要求。", evidence=evidence) == [
        ("P302", "XXX", "批准的文件中为“一体两翼、三步走”（《市委工作要点》第1段）")
    ]
    assert found("坚决落实“”总体思路和要求。", evidence=evidence)[0][0] == "P303"


def test_a_document_that_stopped_being_evidence_fills_nothing() -> None:
    revoked = material("m", "市委工作要点", status=Status.REVOKED)
    evidence = MemoryEvidence([(revoked, "市委提出“一体两翼、三步走”总体思路。")])
    assert found("坚决落实“XXX”总体思路和要求。", evidence=evidence) == [("P302", "XXX", "填写实际内容")]


def test_labels_are_replaced_by_the_briefs_words() -> None:
    assert found("［单位名称］承担档案工作。") == [("P304", "［单位名称］", "换成“云汀市档案服务中心”")]
    assert found("（单位简称）承担档案工作。") == [("P304", "（单位简称）", "换成“市档案中心”")]
    assert found("由<负责人姓名>负责。") == [("P304", "<负责人姓名>", "换成实际的负责人姓名")]


def test_an_unfinished_date_of_the_report(kind: Kind) -> None:
    text = "报告\n现将情况报告如下。\n一、基本情况\n截至2025年 月 日，编制12名。\n市档案中心\n2025年 月 日\n"
    report = parse_text(text, kind)
    told = findings(report, "P305", brief=BRIEF.model_copy(update={"date": TODAY}))
    assert [(f.line, f.suggestion) for f in told] == [
        (4, "填写实际日期"),
        (6, "拟稿要求中的成文日期为2025年12月26日"),
    ]


def test_severities() -> None:
    text = "［单位名称］印发《》，截至2025年 月 日，编制XX名，人数待核实，党员00名，【待补：职责】。"
    severities = {f.code: f.severity for f in findings(report_with(Sentence(text=text)), "P")}
    assert severities == {
        "P301": Severity.WARNING,
        "P302": Severity.ERROR,
        "P303": Severity.ERROR,
        "P304": Severity.ERROR,
        "P305": Severity.ERROR,
        "P306": Severity.WARNING,
        "P307": Severity.WARNING,
    }


def test_columns_of_coordinates_are_no_blanks(kind: Kind) -> None:
    text = "报告\n现将情况报告如下。\n一、基本情况\n界址点坐标\nX\nY\n15172.5\n103655\n"
    assert findings(parse_text(text, kind), "P302", brief=None) == []


@pytest.mark.parametrize(
    "text", ["用X代表消防救援、S代表森林消防。", "配备Model X一台、X线机一台。", "某些同志、1+X证书。"]
)
def test_a_letter_that_stands_for_something(text: str) -> None:
    assert found(text) == []


def test_official_texts_have_no_blanks(kind: Kind, official_texts: dict[str, str]) -> None:
    told = {
        name: words
        for name, text in official_texts.items()
        if (words := [f.text for f in findings(parse_text(text, kind), "P", brief=None)])
    }
    # One of them was published with its amounts taken out.
    assert {word for words in told.values() for word in words} <= {"XXX"}, told
    assert len(told) <= 1
