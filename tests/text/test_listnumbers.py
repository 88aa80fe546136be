"""Numbers of lists as a word processor counts and writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.listnumbers import ListForm, ListLevel, ListNumbers, numbered_text, written_count
from nigao.text.ordinals import match_ordinal

OFFICIAL = {
    0: ListLevel("chineseCounting", "%1、"),
    1: ListLevel("chineseCounting", "（%2）"),
    2: ListLevel("decimal", "%3."),
    3: ListLevel("decimal", "（%4）"),
}


def shown(levels: dict[int, ListLevel], *met: int) -> list[str]:
    numbers = ListNumbers({"1": ListForm("0", levels)})
    return [numbers.next("1", level) for level in met]


def test_the_levels_of_an_official_text() -> None:
    assert shown(OFFICIAL, 0, 1, 1, 2, 3, 3, 2, 1, 0, 1, 2) == [
        "一、", "（一）", "（二）", "1.", "（1）", "（2）", "2.", "（三）", "二、", "（一）", "1.",
    ]  # fmt: skip


def test_a_level_that_does_not_begin_anew() -> None:
    levels = {0: OFFICIAL[0], 1: ListLevel("decimal", "%2.", restarts=0)}
    assert shown(levels, 0, 1, 1, 0, 1) == ["一、", "1.", "2.", "二、", "3."]


def test_levels_in_one_number_and_a_start() -> None:
    levels = {0: ListLevel("chineseCounting", "第%1章", start=3), 1: ListLevel("decimal", "%1.%2", arabic=True)}
    assert shown(levels, 1, 0, 1, 1) == ["3.1", "第三章", "3.1", "3.2"]
    mixed = {0: levels[0], 1: ListLevel("decimal", "%1-%2")}
    assert shown(mixed, 0, 1) == ["第三章", "三-1"]


def test_lists_of_one_form_go_on_unless_they_begin_afresh() -> None:
    form, anew = ListForm("0", OFFICIAL), ListForm("0", OFFICIAL, frozenset({0}))
    numbers = ListNumbers({"1": form, "2": form, "3": anew})
    assert [numbers.next(key, 0) for key in ("1", "2", "3", "3", "9")] == ["一、", "二、", "一、", "二、", ""]


def test_bullets_show_nothing() -> None:
    assert shown({0: ListLevel("bullet", "•")}, 0, 0) == ["", ""]
    assert shown({}, 0) == [""]


def test_a_number_stays_short_whatever_a_file_says() -> None:
    assert len(shown({0: ListLevel("decimal", "长" * 100_000)}, 0)[0]) < 100


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (12, "chineseCounting", "十二"),
        (12, "chineseCountingThousand", "十二"),
        (12, "ideographDigital", "一二"),
        (3, "chineseLegalSimplified", "叁"),
        (2, "ideographTraditional", "乙"),
        (7, "decimalEnclosedCircleChinese", "⑦"),
        (21, "decimalEnclosedCircle", "21"),
        (3, "lowerLetter", "c"),
        (4, "lowerRoman", "iv"),
        (19, "upperRoman", "XIX"),
        (5, "decimalZero", "05"),
        (5, "somethingNew", "5"),
        (0, "chineseCounting", "0"),
    ],
)
def test_written(count: int, form: str, written: str) -> None:
    assert written_count(count, form) == written


@given(st.integers(1, 99))
def test_what_is_shown_is_read_as_that_ordinal(count: int) -> None:
    for template in ("%1、", "（%1）", "第%1条"):
        form = ListForm("0", {0: ListLevel("chineseCounting", template, start=count)})
        text = numbered_text(ListNumbers({"1": form}).next("1", 0), "落实责任")
        found = match_ordinal(text)
        assert found is not None
        assert found.value == count


@pytest.mark.parametrize(
    ("number", "text", "whole"),
    [
        ("一、", "基本情况", "一、基本情况"),
        ("（一）", "机构", "（一）机构"),
        ("1.", "机构", "1.机构"),
        ("1.", "2025年工作", "1. 2025年工作"),
        ("1.1", "机构", "1.1 机构"),
        ("第一条", "为了规范", "第一条 为了规范"),
        ("一、", "  ", "  "),
        ("", "机构", "机构"),
    ],
)
def test_number_and_text(number: str, text: str, whole: str) -> None:
    assert numbered_text(number, text) == whole
