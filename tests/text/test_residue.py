"""What is left behind besides plain blanks, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.residue import Residue, find_residue


def left(text: str) -> list[tuple[Residue, str]]:
    return [(found.kind, found.text) for found in find_residue(text)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("印发《》", Residue.EMPTY, "《》"),
        ("落实“ ”要求", Residue.EMPTY, "“ ”"),
        ("（　）", Residue.EMPTY, "（　）"),
        ("青政〔〕3号", Residue.EMPTY, "〔〕"),
        ("［单位名称］核定编制28名", Residue.LABEL, "［单位名称］"),
        ("由<填写负责人>负责", Residue.LABEL, "<填写负责人>"),
        ("{姓名}任组长", Residue.LABEL, "{姓名}"),
        ("（单位名称）关于情况的报告", Residue.LABEL, "（单位名称）"),
        ("主要负责人（姓名），女", Residue.LABEL, "（姓名）"),
        ("截至2025年 月 日", Residue.DATE, "2025年 月 日"),
        ("2025年　月　日", Residue.DATE, "2025年　月　日"),
        ("2025年12月 日", Residue.DATE, "12月 日"),
        ("年月日", Residue.DATE, "年月日"),
        ("人数待定。", Residue.PENDING, "人数待定"),
        ("共开展谈话待核实次", Residue.PENDING, "待核实"),
        ("投入？？万元", Residue.PENDING, "？？"),
        ("（请人事科补充）", Residue.NOTE, "（请人事科补充）"),
        ("（需进一步核实）", Residue.NOTE, "（需进一步核实）"),
        ("（注意：数据是去年的）", Residue.NOTE, "（注意：数据是去年的）"),
        ("党员00名", Residue.DUMMY, "00"),
        ("受理11111件", Residue.DUMMY, "11111"),
        ("截至2025年00月", Residue.DUMMY, "2025年00月"),
        ("测试测试", Residue.DUMMY, "测试测试"),
    ],
)
def test_left_behind(text: str, kind: Residue, words: str) -> None:
    assert left(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "有关部门（单位）和各区县",
        "待遇、等待、接待、期待完善",
        "尚待完善、有待加强",
        "有线索2件待核实线索",
        "（须经双方确认）",
        "（试行）、（一）、[1]",
        "每年每月每日",
        "2025年12月26日",
        "二〇二五年十二月",
        "总数100件、2000人、10000户",
        "12345热线办理诉求",
        "通过12345平台受理",
        "是否属实？",
        "<附件1>",
        "",
    ],
)
def test_look_alikes(text: str) -> None:
    assert left(text) == []


def test_a_label_says_what_it_wants() -> None:
    (found,) = find_residue("<请填写联系电话>")
    assert found.wanted == "联系电话"


@given(st.text(alphabet="“”《》（）() 年月日待定核实？[单位名称]0123填写请补充", max_size=30))
def test_offsets_hold_and_nothing_is_told_twice(text: str) -> None:
    end = 0
    for found in find_residue(text):
        assert text[found.start : found.end] == found.text
        assert found.start >= end
        end = found.end
