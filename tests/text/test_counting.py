"""Lists with the number of their members."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.counting import miscounted_lists

ROOMS = ["综合科", "保管科", "利用科", "编研科", "信息科", "接收科", "法规科", "财务科"]


@pytest.mark.parametrize(
    ("text", "written", "made"),
    [
        ("中心内设办公室、保管科、利用科4个科室。", "4个", 3),
        ("下属单位3个，分别为查档中心、修复中心。", "3个", 2),
        ("会同市财政局、市审计局、市统计局等2家单位核查。", "2家", 3),
        ("修订《查档规定》《借阅规定》3项制度。", "3项", 2),
        ("落实“首问负责”“一次告知”“限时办结”4项制度。", "4项", 3),
        ("围绕学习、培训、考核4个方面。", "4个", 3),
        ("函告财政局、审计局和统计局4家单位。", "4家", 3),
    ],
)
def test_a_number_that_is_not_that_of_the_list(text: str, written: str, made: int) -> None:
    (wrong,) = miscounted_lists(text)
    assert (wrong.written, text[wrong.start : wrong.end], wrong.made) == (written, written, made)


@pytest.mark.parametrize(
    "text",
    [
        "会同市财政局、市审计局等5家单位核查。",
        "在思想、作风和制度建设3个方面下功夫。",
        "办公室、保管科和利用科3个科室参加。",
        "全年接待查档、咨询和参观群众312人次，涉及5个社区。",
        "清理库房、整理目录、修复残卷，完成3项任务。",
        "综合科、保管科各2名同志参加。",
        "走访市直部门、县区单位，收集意见12条。",
        "综合科、保管科约3个科室。",
    ],
)
def test_what_is_no_plain_list_is_left_alone(text: str) -> None:
    assert list(miscounted_lists(text)) == []


@given(st.integers(2, len(ROOMS)), st.integers(1, 20))
def test_only_another_number_is_wrong(members: int, told: int) -> None:
    text = f"中心内设{'、'.join(ROOMS[:members])}{told}个科室，分工明确。"
    assert [w.made for w in miscounted_lists(text)] == ([] if told == members else [members])
