"""Figures and dates as two texts are held together."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.amounts import Rough, find_amounts, same_unit, same_value
from nigao.text.moments import Held, find_moments, hold_moment, own_year
from nigao.text.numerals import chinese_integer
from nigao.text.phrases import PhraseBook, as_title, nearest


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.2万人次", "12000", "人次"),
        ("百分之十二", "12", "%"),
        ("近1/3", "33.33", "%"),
        ("三分之一", "33.33", "%"),
        ("400多万元", "4000000", "元"),
        ("上万名读者", "10000", "人"),
        ("第18批", "18", "批"),
        ("12个小时", "12", "小时"),
        ("两天", "2", "日"),
        ("3个百分点", "3", "个百分点"),
    ],
)
def test_a_figure_has_value_and_unit(text: str, value: str, unit: str) -> None:
    (amount,) = find_amounts(text)
    assert (round(amount.value, 2), amount.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "2025年3月",
        "27日",
        "9月2-16日",
        "G20峰会",
        "一致",
        "两个维护",
        "一所学校",
        "第一，",
        "三位一体",
        "1.整改",
        "比分3:2",
    ],
)
def test_dates_names_and_set_words_are_no_figures(text: str) -> None:
    assert find_amounts(text) == ()


@pytest.mark.parametrize(
    ("said", "given", "same"),
    [
        ("近1.5亿元", "1.48亿元", True),
        ("400多万元", "434万元", True),
        ("2600多名", "2600名", True),
        ("2600多名", "990名", False),
        ("约16时", "15时", False),
        ("超过10亿元", "12亿元", False),
        ("434万元", "400万元", False),
    ],
)
def test_rough_figures_reach_as_far_as_a_reader_takes_them(said: str, given: str, same: bool) -> None:
    assert same_value(find_amounts(said)[0], find_amounts(given)[0]) is same


def test_units_that_count_stand_for_one_another_only_among_the_same_words() -> None:
    schools, rooms, households = (find_amounts(t)[0] for t in ("新建学校3所。", "新建学校3个。", "走访农户3户。"))
    assert same_unit(schools, rooms)
    assert not same_unit(schools, households)
    assert not same_unit(find_amounts("12%")[0], find_amounts("12个百分点")[0])


@given(st.integers(min_value=2, max_value=9999))
def test_both_spellings_of_a_count_are_one_figure(count: int) -> None:
    one, other = find_amounts(f"培训{count}人次"), find_amounts(f"培训{chinese_integer(count)}人次")
    assert [a.value for a in one] == [a.value for a in other] == [Decimal(count)]
    assert one[0].rough is Rough.NO


@given(st.text(alphabet="0123456789一二十百千万亿两第约多余年月日号时分.%％/-至、，。人次个去今明本上", max_size=40))
def test_figures_and_dates_stand_where_they_say_and_never_overlap(text: str) -> None:
    spans = sorted((x.start, x.end) for x in (*find_amounts(text), *find_moments(text)))
    assert all(text[x.start : x.end] == x.text for x in (*find_amounts(text), *find_moments(text)))
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("said", "given", "own", "held"),
    [
        ("2025年3月", "今年3月5日", 2025, Held.YES),
        ("2024年3月", "今年3月5日", 2025, Held.NO),
        ("2024年3月", "去年3月", 2025, Held.YES),
        ("2025年3月", "今年3月5日", None, Held.YES),
        ("3月5日", "2025年3月5日", None, Held.YES),
        ("3月6日", "2025年3月5日", None, Held.NO),
        ("5日", "2025年3月5日", None, Held.YES),
        ("3月5日", "3月4日开幕，5日闭幕", None, Held.YES),
        ("2014年9月19日", "2014年9月5日签字。9月19日换文", None, Held.YES),
        ("2025年", "9月2日开馆", None, Held.UNKNOWN),
        ("1985年", "2002年建馆，9月2日开馆", None, Held.NO),
        ("二〇二五年三月", "2025年3月", None, Held.YES),
    ],
)
def test_a_date_is_held_as_far_as_it_is_told(said: str, given: str, own: int | None, held: Held) -> None:
    (moment,) = find_moments(said)
    assert hold_moment(moment, find_moments(given, own), {own}) is held


def test_a_text_is_of_the_year_of_its_title_or_closing_date() -> None:
    assert own_year("2024年工作总结", "全年") == 2024
    assert own_year("工作总结", "全年\n2024年12月30日") == 2024
    assert own_year("工作总结", "2019年建馆。") is None


@given(
    st.lists(st.text(alphabet="档案查阅利用管理办法规定细则", min_size=2, max_size=12), max_size=8),
    st.text(alphabet="档案查阅利用管理办法规定细则", min_size=4, max_size=12),
)
def test_the_book_of_phrases_finds_what_looking_at_all_of_them_finds(titles: list[str], wanted: str) -> None:
    book, phrase = PhraseBook(), as_title(wanted)
    for title in titles:
        book.add(as_title(title), "汇编")
    expected = nearest(phrase, dict.fromkeys(map(as_title, titles)))
    found = book.near(True, phrase.text, phrase.key)
    assert (found.text if found else None) == (expected.text if expected else None)
