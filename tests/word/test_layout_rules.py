"""Family L: each rule finds its own fault in a Word file, nothing else does, and equivalents pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from layout_docx import Change, bodies, by_the_standard, find, indent, look, messy
from layout_faults import BAD, KIND, codes, each_body, findings, on, set_runs, without_blank
from word_samples import long_report, short_report

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, all_rules
from nigao.checks.running import run_checks
from nigao.report.model import Report
from nigao.word import CitationStyle, WordOptions, docx_bytes


def test_every_rule_of_the_family_has_a_bad_file() -> None:
    assert {rule.code for rule in all_rules() if rule.code.startswith("L")} == set(BAD)


@pytest.mark.parametrize("code", BAD)
def test_a_rule_finds_its_fault_and_no_other_does(code: str) -> None:
    for change in BAD[code]:
        assert codes(change) == [code]


def test_the_rules_rest_on_clauses_of_the_standard() -> None:
    for rule in all_rules():
        if rule.code.startswith("L"):
            assert rule.basis.startswith("GB/T 9704—2012 第")
            assert rule.authority is Authority.STANDARD
            assert rule.severity in (Severity.WARNING, Severity.INFO)


@pytest.mark.parametrize("report", [short_report, long_report])
@pytest.mark.parametrize("style", list(CitationStyle))
def test_our_own_export_has_nothing_to_find(report: Callable[[], Report], style: CitationStyle) -> None:
    assert findings(docx_bytes(report(), WordOptions(citations=style))) == []
    assert codes() == []


def typed_blanks(paragraph: object) -> None:
    indent(paragraph, firstLineChars=0, firstLine=0)  # type: ignore[arg-type]
    first = paragraph.runs[0]  # type: ignore[attr-defined]
    first.text = "　　" + first.text


def sealed(document: Document) -> None:
    # The date four characters from the right, 署名 (two characters wider) in the middle above it.
    indent(find(document, "云岭市政务服务局", last=True), right=948, rightChars=300)
    indent(find(document, "2026年", last=True), right=1264, rightChars=400)


def grid_spacing(document: Document) -> None:
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:linePitch")) == "579"
    for paragraph in bodies(document):
        paragraph.paragraph_format.line_spacing = 1.0


def space_for_blank(document: Document) -> None:
    without_blank("市委第二")(document)
    find(document, "市委第二").paragraph_format.space_before = Pt(28)


def run_in_topic(paragraph: object) -> None:
    look(paragraph.runs[0], "黑体")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "change",
    [
        each_body(set_runs("方正仿宋_GBK")),
        each_body(set_runs("仿宋")),
        each_body(set_runs("FangSong")),
        on("（一）", set_runs("楷体")),
        on("（一）", set_runs("华文楷体")),
        on("云岭市政务服务局", set_runs("方正小标宋_GBK")),
        each_body(typed_blanks),
        each_body(lambda p: setattr(p.paragraph_format, "line_spacing", Pt(28))),
        grid_spacing,
        sealed,
        space_for_blank,
        on("坚持集体学习", run_in_topic),
        lambda d: setattr(d.sections[0], "top_margin", Mm(36.2)),
    ],
)
def test_equivalents_pass_in_silence(change: Change) -> None:
    assert codes(change) == []


def test_forty_paragraphs_are_one_finding_at_the_first() -> None:
    found = findings(docx_bytes(long_report(), WordOptions(citations=CitationStyle.NONE)))
    assert found == []

    def small(document: Document) -> None:
        each_body(set_runs("宋体", 12))(document)

    [finding] = findings(by_the_standard(small))
    assert finding.code == "L608"
    assert "段为宋体小四" in finding.message
    assert finding.text.startswith("按照市委第二巡察组")
    assert finding.line > 2


def test_a_report_that_was_not_read_from_word_is_not_judged() -> None:
    assert run_checks(short_report(), CheckContext(KIND, dt.date(2026, 1, 8)), select=["L"]) == []


def test_a_page_on_its_side_keeps_its_margins() -> None:
    def landscape(document: Document) -> None:
        section = document.add_section()
        section.page_width, section.page_height = Mm(297), Mm(210)
        default = section
        default.left_margin = default.right_margin = Mm(20)

    assert "L602" not in codes(landscape)
    assert "L601" not in codes(landscape)


def test_a_typed_up_report_gets_each_thing_told_once() -> None:
    found = [finding.code for finding in findings(messy())]
    assert len(found) == len(set(found))
    assert {"L601", "L602", "L603", "L605", "L608", "L609", "L610", "L614", "L616", "L617", "L618", "L619"} <= set(
        found
    )
