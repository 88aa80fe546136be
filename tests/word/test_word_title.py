"""Title lines: joined they are the title, no word is cut, and they have a shape."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nigao.text.titlelines import MAX_WIDTH, display_width, title_lines
from nigao.text.tokens import words

_PARTS = (
    "云岭市", "发展和改革委员会", "机关事务管理局", "办公室", "关于", "贯彻落实", "全面从严治党", "主体责任",
    "政治生态", "建设", "整改", "情况", "以及", "工作", "打算", "的", "报告", "意识形态", "责任制", "领导班子", "自查",
)  # fmt: skip


def is_shaped(lines: list[str]) -> bool:
    """A trapezoid or a diamond: no two neighbours equal, and never narrower in the middle."""
    steps = [display_width(b) - display_width(a) for a, b in itertools.pairwise(lines)]
    rises = [step > 0 for step in steps]
    return 0 not in steps and rises == sorted(rises, reverse=True)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("政治生态工作情况报告", ["政治生态工作情况报告"]),
        ("关于全面从严治党主体责任落实情况的报告", ["关于全面从严治党主体责任落实情况的报告"]),
        (
            "云岭市行政审批服务管理局政治生态工作情况报告",
            ["云岭市行政审批服务管理局", "政治生态工作情况报告"],
        ),
        (
            "云岭市人民政府办公室关于贯彻落实《云岭市优化营商环境若干规定》情况的报告",
            ["云岭市人民政府办公室", "关于贯彻落实《云岭市优化营商", "环境若干规定》情况的报告"],
        ),
    ],
)
def test_titles_break_where_a_person_would(title: str, lines: list[str]) -> None:
    assert title_lines(title) == lines


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PARTS), min_size=1, max_size=14).map("".join))
def test_no_word_is_cut(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    word_ends = set(itertools.accumulate(len(word) for word in words(title)))
    assert set(itertools.accumulate(len(line) for line in lines)) <= word_ends
    assert all(display_width(line) <= MAX_WIDTH for line in lines)
    assert all(line[0] not in "的、，" for line in lines[1:])


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=90).filter(lambda t: len(t.splitlines()) == 1 and t == t.strip()))
def test_any_text_keeps_every_character(title: str) -> None:
    assert "".join(title_lines(title)) == title


@pytest.mark.parametrize("subject", ["政治生态建设", "党风廉政建设和意识形态工作", "机关作风建设专项整治行动"])
@pytest.mark.parametrize("unit", ["云岭市发展和改革委员会", "中共云岭市委机构编制委员会办公室", "云岭市教育局"])
def test_real_titles_get_a_trapezoid_or_a_diamond(unit: str, subject: str) -> None:
    lines = title_lines(f"{unit}关于2025年度{subject}情况的报告")
    assert len(lines) > 1
    assert is_shaped(lines)
    assert all(not line.startswith("年") for line in lines)


def test_the_author_s_own_lines_are_kept() -> None:
    assert title_lines("云岭市教育局\n政治生态工作情况报告\n") == ["云岭市教育局", "政治生态工作情况报告"]


def test_a_word_longer_than_a_line_stays_whole() -> None:
    name = "A" * 60
    assert title_lines(f"{name}工作情况报告")[0] == name
