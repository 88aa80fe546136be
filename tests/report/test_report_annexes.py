"""Annexes: how a report's text shows them, what is told of a change in them, and what stays as it was without any."""

from __future__ import annotations

import pytest
from editing_samples import whole
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from report_samples import KIND, drafted_reports

from nigao.checker import Checker
from nigao.checks.reporttext import ReportText
from nigao.report.editing.diff import diff_reports
from nigao.report.editing.terms import replace_term
from nigao.report.model import Annex, Report, Sentence, Table
from nigao.report.parse import parse_report
from nigao.report.places import Place
from nigao.report.render import render_text

LEDGER = Table(rows=[["序号", "问题", "完成时限"], ["1", "学习转化不够", "2026年3月"], ["2", "台账不细", "2026年6月"]])


def said(text: str) -> Sentence:
    return Sentence(text=text)


def annexed() -> Report:
    report = whole()
    report.trailing = None
    report.annexes = [
        Annex(title=said("问题整改台账。"), table=LEDGER.model_copy(deep=True)),
        Annex(title=said("责任分工方案"), paragraphs=[said("一、总体要求"), said("坚持逐项销号。")]),
    ]
    return report


def test_annexes_stand_behind_the_date_with_a_tab_between_cells() -> None:
    bare = annexed()
    bare.annexes = []
    body, annexes = render_text(annexed()).split("\n\n附件1\n")
    assert annexes == (
        "问题整改台账。\n序号\t问题\t完成时限\n1\t学习转化不够\t2026年3月\n2\t台账不细\t2026年6月\n\n"
        "附件2\n责任分工方案\n一、总体要求\n坚持逐项销号。\n"
    )
    note = "\n\n附件：1. 问题整改台账\n2. 责任分工方案"
    assert note in body
    assert body.replace(note, "") + "\n" == render_text(bare)


def test_one_annex_has_no_number() -> None:
    report = annexed()
    report.annexes = report.annexes[:1]
    text = render_text(report)
    assert "\n\n附件：问题整改台账\n" in text
    assert "\n\n附件\n问题整改台账。\n" in text


def test_the_reports_own_attachment_lines_win() -> None:
    report = annexed()
    report.attachments = [said("附件：台账")]
    text = render_text(report)
    assert "附件：台账" in text
    assert "附件：1." not in text


@given(drafted_reports())
def test_a_report_without_annexes_says_and_hashes_nothing_of_them(report: Report) -> None:
    assert "annexes" not in report.model_dump(mode="json")
    assert "附件" not in render_text(report)


def test_the_text_is_read_back_with_its_parts() -> None:
    text = render_text(annexed())
    read = parse_report(text, KIND)
    assert render_text(read) == text
    assert [line.text for line in read.attachments] == ["附件：1. 问题整改台账", "2. 责任分工方案"]
    assert read.after[0].text == "附件1"
    assert [part.key for part in read.parts] == [part.key for part in annexed().parts]


def test_nothing_behind_the_body_is_in_a_part() -> None:
    report = annexed()
    report.signature = report.date = None
    view = ReportText(report)
    last = report.parts[-1].key
    assert view.part_at(view.text.index("附件：1.") - 3) == last
    for words in ("附件：1.", "附件1\n", "问题整改台账。", "2026年3月", "坚持逐项销号"):
        assert view.part_at(view.text.index(words)) == ""
    assert view.text[view.offset(report.annexes[1].title) :].startswith("责任分工方案")


def test_checks_see_what_is_wrong_in_a_cell_and_take_no_tab_for_a_space() -> None:
    report = annexed()
    assert report.annexes[0].table is not None
    report.annexes[0].table.rows[1][1] = "学习转化不够，【待补：表现】"
    before = annexed()
    before.annexes = []
    checker = Checker()
    was = {(finding.code, finding.message) for finding in checker.check(before)}
    fresh = [finding for finding in checker.check(report) if (finding.code, finding.message) not in was]
    assert [(finding.code, finding.message, finding.part) for finding in fresh] == [("P301", "待补：表现", "")]
    line = render_text(report).splitlines()[fresh[0].line - 1]
    assert line[fresh[0].column - 1 :].startswith("【待补：表现】")


def test_a_changed_title_paragraph_and_cell_are_told() -> None:
    new = annexed()
    assert new.annexes[0].table is not None
    new.annexes[0].table.rows[2][2] = "2026年7月"
    new.annexes[1].title.text = "责任分工和进度安排方案"
    new.annexes[1].paragraphs[1].text = "坚持逐项对账销号。"
    told = [(change.kind, change.label) for change in diff_reports(annexed(), new).changes]
    assert told == [("changed", "附件1表格第3行"), ("changed", "附件2标题"), ("changed", "附件2第2段")]
    row = diff_reports(annexed(), new).changes[0]
    assert "2026年〔删：6〕〔增：7〕月" in row.text()


def test_a_row_that_came_is_told_alone() -> None:
    new = annexed()
    assert new.annexes[0].table is not None
    new.annexes[0].table.rows.insert(1, ["0", "班子研究不经常", "2026年1月"])
    assert [c.text() for c in diff_reports(annexed(), new).changes] == [
        "增加　附件1表格第2行：0\t班子研究不经常\t2026年1月"
    ]


def test_an_annex_that_came_or_went_is_one_change_and_the_others_are_known_again() -> None:
    new = annexed()
    new.annexes.insert(0, Annex(title=said("培训班次安排表"), table=Table(rows=[["班次", "时间"], ["第一期", "五月"]])))
    assert [(c.kind, c.label) for c in diff_reports(annexed(), new).changes] == [("added", "附件1")]
    assert [(c.kind, c.label) for c in diff_reports(new, annexed()).changes] == [("removed", "附件1")]


def test_a_term_is_replaced_in_titles_and_paragraphs_of_annexes() -> None:
    report = annexed()
    replace_term(report, "责任分工", "职责分工", Place())
    assert report.annexes[1].title.text == "职责分工方案"


@pytest.mark.parametrize("rows", [[], [[]], [["甲", "乙"], ["丙"]], [["只有表头"]]])
def test_what_is_no_table_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(ValidationError):
        Table(rows=rows)


@given(st.lists(st.lists(st.text("甲乙 \t\n12"), min_size=2, max_size=2), min_size=2, max_size=5))
def test_a_row_is_one_line_whatever_is_in_its_cells(rows: list[list[str]]) -> None:
    report = annexed()
    bare = render_text(report).count("\n")
    report.annexes[0].table = Table(rows=rows)
    assert render_text(report).count("\n") == bare - len(LEDGER.rows) + len(rows)
