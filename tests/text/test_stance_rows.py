"""How a sentence stands, and table rows written as lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text import stance
from nigao.text.rows import cell_entries, row_cells


@pytest.mark.parametrize(
    "text", ["此外，还开展了检查。", "其办结率较高。", "对此，专门研究。", "会上传达了文件。", "这一做法得到推广。"]
)
def test_leaning_on_the_sentence_before(text: str) -> None:
    assert stance.leans_on_neighbour(text)


@pytest.mark.parametrize("text", ["其他科室同步推进。", "会议室改造完工。", "并联审批全面推开。", "党组召开专题会议。"])
def test_standing_alone(text: str) -> None:
    assert not stance.leans_on_neighbour(text)


@pytest.mark.parametrize(
    "text",
    [
        "拟于三月开展培训。",
        "计划在年内完成。",
        "下一步加强监督。",
        "将进一步压实责任。",
        "正在建立台账。",
        "力争全面达标。",
    ],
)
def test_plans(text: str) -> None:
    assert stance.announces_plan(text)


@pytest.mark.parametrize(
    "text",
    [
        "拟定了年度方案并印发。",
        "草拟文件12份。",
        "按计划完成。",
        "将责任落实到岗位。",
        "已建立台账。",
        "拟稿人为综合科。",
    ],
)
def test_done_things(text: str) -> None:
    assert not stance.announces_plan(text)


def test_procedure_and_rules() -> None:
    assert stance.records_procedure("应到12人，实到11人。")
    assert stance.records_procedure("现将有关情况报告如下。")
    assert not stance.records_procedure("党组每季度研究一次党建工作。")
    assert stance.prescribes("各科室应当建立台账。")
    assert stance.prescribes("窗口人员不得推诿。")
    assert not stance.prescribes("各科室建立了台账。")


def test_lacks_by_the_kinds_own_words() -> None:
    assert stance.states_lack("学习系统性还不够。", ("不够", "不足"))
    assert not stance.states_lack("学习系统深入。", ("不够", "不足"))


@pytest.mark.parametrize("text", ["上半年开展3次。", "三季度完成。", "5月召开会议。", "截至11月底。"])
def test_part_of_a_period(text: str) -> None:
    assert stance.part_of_period(text)


@pytest.mark.parametrize("text", ["全年开展3次。", "历时3个月。", "每季度一次。"])
def test_whole_period(text: str) -> None:
    assert not stance.part_of_period(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("责任链条层层压实。", True),
        ("坚持问题导向，推进作风转变。", True),
        ("短。", False),
        ("没有句号的一行字", False),
        ("全年开展培训12次。", False),
        ("印发《办法》。", False),
        ("学习抓在经常，研讨抓在深入，落实抓在日常。", False),
        ("这一句话写得实在是太长太长太长以至于不可能是一个提领的主题句了。", False),
    ],
)
def test_topic_sentences(text: str, topic: bool) -> None:
    assert stance.is_topic_sentence(text) is topic


def test_a_row_is_taken_apart() -> None:
    line = "问题：学习不够；整改措施： 1.制定计划。2.按季通报；责任科室：综合科"
    cells = row_cells(line)
    assert [(cell.label, cell.text) for cell in cells] == [
        ("问题", "学习不够"),
        ("整改措施", "1.制定计划。2.按季通报"),
        ("责任科室", "综合科"),
    ]
    assert all(line[cell.start : cell.end] == cell.text for cell in cells)


@pytest.mark.parametrize("line", ["", "学习不够。", "问题：学习不够。", "工作中，问题：学习不够；措施：加强学习"])
def test_prose_is_no_row(line: str) -> None:
    assert row_cells(line) == []


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("1.制定计划。2.按季通报；3.年底考核", ["制定计划", "按季通报", "年底考核"]),
        ("（1）制定计划 （2）按季通报", ["制定计划", "按季通报"]),
        ("1. 制定计划 2. 按季通报", ["制定计划", "按季通报"]),
        ("制定计划；按季通报。", ["制定计划", "按季通报"]),
        ("办结率达到99.5%。", ["办结率达到99.5%"]),
        ("5月底前完成", ["5月底前完成"]),
        ("", []),
    ],
)
def test_entries_of_a_cell(text: str, entries: list[str]) -> None:
    found = cell_entries(text)
    assert [span.text for span in found] == entries
    assert all(text[span.start : span.end] == span.text for span in found)


@given(st.text(alphabet="问题措施：；。 1.2、（）计划x", max_size=40))
def test_cells_and_entries_keep_their_places(line: str) -> None:
    for cell in row_cells(line):
        assert line[cell.start : cell.end] == cell.text
    for span in cell_entries(line):
        assert line[span.start : span.end] == span.text
