"""Ordinals: every form and value, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.ordinals import HEADING_LEVEL, OrdinalForm, format_ordinal, match_ordinal


@pytest.mark.parametrize(
    ("text", "form", "value", "written"),
    [
        ("一、基本情况", OrdinalForm.CHAPTER, 1, "一、"),
        ("十二、其他", OrdinalForm.CHAPTER, 12, "十二、"),
        ("二、三项机制落实情况", OrdinalForm.CHAPTER, 2, "二、"),
        ("一、二十大精神学习情况", OrdinalForm.CHAPTER, 1, "一、"),
        ("（三）加强", OrdinalForm.SECTION, 3, "（三）"),
        ("(二十一)加强", OrdinalForm.SECTION, 21, "(二十一)"),
        ("1.坚持", OrdinalForm.ARABIC, 1, "1."),
        ("12．坚持", OrdinalForm.ARABIC, 12, "12．"),
        ("108.坚持", OrdinalForm.ARABIC, 108, "108."),
        ("3、上海", OrdinalForm.ARABIC, 3, "3、"),
        ("（4）坚持", OrdinalForm.PAREN_ARABIC, 4, "（4）"),
        ("5）坚持", OrdinalForm.PAREN_ARABIC, 5, "5）"),
        ("③坚持", OrdinalForm.CIRCLED, 3, "③"),
        ("⑳坚持", OrdinalForm.CIRCLED, 20, "⑳"),
        ("一是学习不够", OrdinalForm.ENUMERATION, 1, "一是"),
        ("十一要抓落实", OrdinalForm.ENUMERATION, 11, "十一要"),
        ("第一，抓学习", OrdinalForm.RANK, 1, "第一，"),
        ("第三、抓落实", OrdinalForm.RANK, 3, "第三、"),
        ("第八条　本办法", OrdinalForm.ARTICLE, 8, "第八条"),
        ("第12条之一", OrdinalForm.ARTICLE, 12, "第12条之一"),
        ("第二章　职责", OrdinalForm.CLAUSE_CHAPTER, 2, "第二章"),
        ("第一部分：情况", OrdinalForm.REPORT_PART, 1, "第一部分："),
        ("第2部分 情况", OrdinalForm.REPORT_PART, 2, "第2部分"),
    ],
)
def test_forms(text: str, form: OrdinalForm, value: int, written: str) -> None:
    found = match_ordinal(text)
    assert found is not None
    assert (found.form, found.value, found.text, found.end) == (form, value, written, len(written))


@pytest.mark.parametrize(
    "text",
    [
        "一致认为",
        "一定要抓好",
        "统一是基础",
        "1.5万件",
        "12.5%",
        "3、4月",
        "三、四季度",
        "一、二、三等奖各一名",
        "一、二审均维持",
        "第一、二产业",
        "第一、第二季度",
        "第一次会议",
        "第二部分“问题”是重点",
        "一要求报送",
        "三要素齐全",
        "二要点",
        "（2025）",
        "（二〇二五）",
        "（试行）",
        "2025.",
        "零、",
        "",
    ],
)
def test_what_is_no_ordinal(text: str) -> None:
    assert match_ordinal(text) is None


def test_matching_starts_where_asked() -> None:
    found = match_ordinal("不足：二是作风", 3)
    assert found is not None
    assert (found.text, found.end) == ("二是", 5)
    assert match_ordinal("不足：二是作风", 2) is None


@pytest.mark.parametrize("form", list(OrdinalForm))
def test_what_is_written_is_read(form: OrdinalForm) -> None:
    for value in range(1, 21 if form is OrdinalForm.CIRCLED else 100):
        written = format_ordinal(form, value)
        found = match_ordinal(written + "落实责任")
        assert found is not None, written
        assert (found.form, found.value, found.text) == (form, value, written)


def test_circled_numbers_end_at_twenty() -> None:
    with pytest.raises(ValueError, match="20"):
        format_ordinal(OrdinalForm.CIRCLED, 21)


@pytest.mark.parametrize("form", list(OrdinalForm))
def test_ordinals_start_at_one(form: OrdinalForm) -> None:
    with pytest.raises(ValueError, match="starts at 1"):
        format_ordinal(form, 0)


def test_levels_follow_the_standard() -> None:
    order = [OrdinalForm.CHAPTER, OrdinalForm.SECTION, OrdinalForm.ARABIC, OrdinalForm.PAREN_ARABIC]
    assert [HEADING_LEVEL[form] for form in order] == [1, 2, 3, 4]


@given(st.text(alphabet="一二三十百〇第章条部分、，（）()1230.．是要①⑳求x ", max_size=12))
def test_an_ordinal_is_what_stands_there(text: str) -> None:
    found = match_ordinal(text)
    if found is not None:
        assert text[: found.end] == found.text
        assert 0 < found.value < 200
