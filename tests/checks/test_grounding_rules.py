"""G: invariants 1, 2 and 4 of the design — what a sentence claims stands in that sentence's own evidence."""

from __future__ import annotations

import datetime as dt

import pytest
from checking import BRIEF, MemoryEvidence, cites, findings, material, report_with

from nigao.checks.finding import Severity
from nigao.corpus.model import Role, Status
from nigao.report.model import Origin, Sentence

TEXT = "市档案中心2025年3月召开“档案开放”专题会议12次，印发《档案利用办法》（云档〔2025〕6号），满意率百分之九十六。"
# The rules on checkable terms and origins; those on wording have tests of their own.
TERMS = ("G201", "G202", "G203", "G204", "G205", "G206")
EVIDENCE = MemoryEvidence([(material("a", "2025年工作总结"), TEXT)])


def source(text: str, *citations: object) -> Sentence:
    return Sentence(text=text, origin=Origin.SOURCE, citations=list(citations) or [cites("a", "2025年工作总结")])


def test_supported_terms_are_silent_in_any_spelling() -> None:
    said = "2025年3月，召开“档案开放”会议十二次，印发《档案利用办法》（云档〔2025〕6号），满意率96%。"
    assert findings(report_with(source(said)), *TERMS, evidence=EVIDENCE) == []


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("召开会议13次。", "G201", "13次"),
        ("召开会议12场。", "G201", "12场"),
        ("满意率97%。", "G201", "97%"),
        ("于2025年4月召开会议。", "G202", "2025年4月"),
        ("于2025年3月5日召开会议。", "G202", "2025年3月5日"),
        ("印发《档案利用管理办法》。", "G203", "《档案利用管理办法》"),
        ("召开“档案公开”会议。", "G204", "“档案公开”"),
        ("印发文件（云档〔2025〕9号）。", "G205", "云档〔2025〕9号"),
    ],
)
def test_unsupported_term_is_an_error_at_its_words(said: str, code: str, words: str) -> None:
    (finding,) = findings(report_with(source(said)), *TERMS, evidence=EVIDENCE)
    assert (finding.code, finding.severity) == (code, Severity.ERROR)
    assert words in finding.text
    assert finding.column == said.index(finding.text) + 1


def test_evidence_is_the_sentences_own_and_not_a_neighbours() -> None:
    other = MemoryEvidence([(material("a", "甲"), "召开会议12次。"), (material("b", "乙"), "召开会议15次。")])
    report = report_with(source("召开会议15次。", cites("a", "甲")))
    assert [f.code for f in findings(report, "G201", evidence=other)] == ["G201"]


def test_outside_a_workspace_the_quotation_is_the_evidence() -> None:
    report = report_with(source("召开会议12次。", cites("a", "甲", quote="全年召开会议12次。")))
    assert findings(report, *TERMS) == []
    report = report_with(source("召开会议13次。", cites("a", "甲", quote="全年召开会议12次。")))
    assert [f.code for f in findings(report, *TERMS)] == ["G201"]


def test_connective_may_name_only_the_briefs_own_words() -> None:
    assert findings(report_with(Sentence(text="2025年，市档案中心工作如下。", origin=Origin.CONNECTIVE)), *TERMS) == []
    report = report_with(Sentence(text="2024年完成3项任务。", origin=Origin.CONNECTIVE))
    assert {f.code for f in findings(report, *TERMS)} == {"G201", "G202"}


def test_fact_rests_on_the_fact_it_names() -> None:
    right = Sentence(text="核定编制12名。", origin=Origin.FACT, facts=["编制数"])
    wrong = Sentence(text="核定编制13名。", origin=Origin.FACT, facts=["编制数"])
    unknown = Sentence(text="核定编制12名。", origin=Origin.FACT, facts=["人员数"])
    assert findings(report_with(right), *TERMS) == []
    assert [f.code for f in findings(report_with(wrong), *TERMS)] == ["G201"]
    assert "G206" in [f.code for f in findings(report_with(unknown), *TERMS)]


def test_every_sentence_shows_where_it_comes_from() -> None:
    bare = Sentence(text="开展了有关工作。", origin=Origin.SOURCE)
    nameless = Sentence(text="有关情况已经说明。", origin=Origin.FACT)
    assert [f.code for f in findings(report_with(bare, nameless), "G206")] == ["G206", "G206"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"status": Status.REVOKED, "status_reason": "有误"}, "已撤销：有误"),
        ({"status": Status.WITHDRAWN}, "已移出清单"),
        ({"valid_to": dt.date(2025, 1, 1)}, "已失效"),
        ({"valid_from": dt.date(2026, 1, 1)}, "尚未生效"),
        ({"superseded_by": "b"}, "取代"),
        ({"role": Role.EXEMPLAR}, "范文"),
    ],
)
def test_only_documents_in_force_may_be_cited(change: dict[str, object], why: str) -> None:
    evidence = MemoryEvidence([(material("a", "甲", **change), "召开会议12次。")])
    (finding,) = findings(report_with(source("召开会议12次。")), "G207", evidence=evidence)
    assert why in finding.message
    assert finding.severity is Severity.ERROR


def test_citation_of_an_unknown_document_or_passage() -> None:
    report = report_with(source("召开了会议。", cites("zzz", "不存在")))
    assert {f.code for f in findings(report, "G207", "G208", evidence=EVIDENCE)} == {"G207", "G208"}


def test_quotation_must_stand_in_its_passage() -> None:
    report = report_with(source("召开会议12次。", cites("a", "甲", quote="召开会议十五次")))
    (finding,) = findings(report, "G208", evidence=EVIDENCE)
    assert "摘录与原文不一致" in finding.message


def test_citation_of_an_older_version_warns() -> None:
    evidence = MemoryEvidence([(material("a", "甲"), "召开会议12次。")])
    evidence.outdated.add("a-1")
    (finding,) = findings(report_with(source("召开会议12次。")), "G208", evidence=evidence)
    assert finding.severity is Severity.WARNING


def test_human_words_are_noted_never_blamed() -> None:
    typed = Sentence(text="全年接待查档85人次，制定《开放目录》。")
    found = findings(report_with(typed), "G", evidence=EVIDENCE)
    assert {f.severity for f in found} == {Severity.INFO}
    assert len(found) == 2
    assert findings(report_with(typed), "G") == []


def test_disputed_figure_names_both_documents() -> None:
    evidence = MemoryEvidence(
        [
            (material("a", "2025年工作总结"), "全年接待查档群众312人次。"),
            (material("b", "2025年服务工作情况"), "全年接待查档群众321人次。"),
            (material("c", "2024年工作总结"), "全年接待查档群众280人次。"),
            (material("d", "利用办法", role=Role.BASIS), "全年接待查档群众300人次。"),
        ]
    )
    said = source("全年接待查档群众312人次。", cites("a", "2025年工作总结"))
    (finding,) = findings(report_with(said), "G209", evidence=evidence)
    assert (finding.severity, finding.text) == (Severity.WARNING, "312人次")
    assert "321人次" in finding.message


def test_dispute_between_cited_sources_is_noted_even_if_unused() -> None:
    evidence = MemoryEvidence(
        [
            (material("a", "2025年工作总结"), "改善了服务。全年接待查档群众312人次。"),
            (material("b", "2025年服务工作情况"), "增设了窗口。全年接待查档群众321人次。"),
        ]
    )
    report = report_with(source("改善了服务。", cites("a", "甲")), source("增设了窗口。", cites("b", "乙")))
    (finding,) = findings(report, "G210", evidence=evidence)
    assert "312人次" in finding.message
    assert "321人次" in finding.message
    assert BRIEF.period == "2025年"


def test_frame_and_facts_are_the_briefs_own() -> None:
    def frame(text: str) -> Sentence:
        return Sentence(text=text, origin=Origin.CONNECTIVE)

    report = report_with(Sentence(text="核定编制12名。", origin=Origin.FACT, facts=["编制数"]))
    report.title = frame("云汀市档案服务中心关于2025年政治生态情况的报告")
    report.signature = frame("云汀市档案服务中心")
    assert findings(report, "G215") == []
    report.title = frame("云汀市档案服务中心关于2024年政治生态情况的报告")
    report.signature = frame("云江市档案服务中心")
    report.parts[0].lead[0].text = "核定编制一些。"
    assert [f.text for f in findings(report, "G215")] == ["2024年", "核定编制一些。", "云江市档案服务中心"]
