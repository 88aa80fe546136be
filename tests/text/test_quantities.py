"""Two figures for one thing are told from figures for two things."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.quantities import disagree, find_quantities


def conflict(one: str, other: str, *, period: str = "", other_period: str = "") -> bool:
    pairs = itertools.product(find_quantities(one, period), find_quantities(other, other_period))
    return any(disagree(a, b) for a, b in pairs)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全年开展廉政谈话46人次。", "全年开展廉政谈话48人次。"),
        ("全年开展廉政谈话46人次，建立台账。", "建立台账，全年开展廉政谈话四十八人次。"),
        ("今年开展廉政谈话46人次。", "全年开展廉政谈话48人次。"),
        ("2025年办理热线诉求320件。", "2025年度办理热线诉求318件。"),
        ("走访企业共计30家。", "走访企业共计31家。"),
    ],
)
def test_same_thing_other_figure(one: str, other: str) -> None:
    assert conflict(one, other)
    assert conflict(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全年开展廉政谈话46人次。", "全年开展廉政谈话46人次。"),
        ("全年开展廉政谈话46人次。", "全年开展廉政谈话四十六人次。"),
        ("2025年开展廉政谈话46人次。", "2024年开展廉政谈话48人次。"),
        ("上半年开展廉政谈话20人次。", "全年开展廉政谈话46人次。"),
        ("上半年开展廉政谈话20人次。", "下半年开展廉政谈话26人次。"),
        ("一季度开展廉政谈话5人次。", "二季度开展廉政谈话6人次。"),
        ("开展廉政谈话46人次。", "开展廉政谈话46场，另有安排48场。"),
        ("第一党支部开展廉政谈话12人次。", "第二党支部开展廉政谈话13人次。"),
        ("开展廉政谈话46人次，其中科级干部12人次。", "开展廉政谈话46人次，其中科级干部13人次。"),
        ("开展廉政谈话46人次。", "组织主题党日活动并集中观看警示教育片12人次。"),
    ],
)
def test_other_things(one: str, other: str) -> None:
    assert not conflict(one, other)
    assert not conflict(other, one)


def test_the_documents_period_tells_the_year() -> None:
    sentence, other = "开展廉政谈话46人次。", "开展廉政谈话48人次。"
    assert conflict(sentence, other, period="2025年工作总结", other_period="2025年纪检工作报告")
    assert not conflict(sentence, other, period="2025年工作总结", other_period="2024年工作总结")
    assert not conflict(sentence, other, period="2025年上半年工作总结", other_period="2025年工作总结")
    # What the sentence itself says wins over the title.
    assert not conflict("2024年" + sentence, other, period="2025年工作总结", other_period="2025年工作总结")


def test_a_quantity_knows_its_clause_and_place() -> None:
    text = "年初印发计划。全年开展廉政谈话46人次，建立台账。"
    (quantity,) = find_quantities(text)
    assert text[quantity.start : quantity.end] == quantity.written == "46人次"
    assert (quantity.value, quantity.unit) == ("46", "人次")
    assert quantity.clause == "全年开展廉政谈话46人次"


def test_a_short_clause_takes_the_one_before() -> None:
    (quantity,) = find_quantities("办理热线诉求，共320件。")
    assert quantity.clause == "办理热线诉求，共320件"


def test_figures_without_a_unit_are_left_out() -> None:
    assert find_quantities("热线12345全年畅通。") == ()


@given(
    st.lists(
        st.sampled_from(["全年", "2025年", "开展", "廉政谈话", "46人次", "三次", "其中", "，", "。", "\n", "上半年"]),
        max_size=15,
    ).map("".join)
)
def test_nothing_disagrees_with_itself(text: str) -> None:
    quantities = find_quantities(text)
    for one in quantities:
        assert text[one.start : one.end] == one.written
        assert not disagree(one, one)
        assert all(disagree(one, other) == disagree(other, one) for other in quantities)
