"""Dates as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.dates import find_dates
from nigao.text.numerals import chinese_integer


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025年12月26日印发", [("2025年12月26日", 2025, 12, 26)]),
        ("2025 年 3 月", [("2025 年 3 月", 2025, 3, None)]),
        ("２０２５年３月", [("２０２５年３月", 2025, 3, None)]),
        ("2025年度总结", [("2025年度", 2025, None, None)]),
        ("二〇二五年十二月二十六日", [("二〇二五年十二月二十六日", 2025, 12, 26)]),
        ("二○二五年一月", [("二○二五年一月", 2025, 1, None)]),
        ("一九九六年六月三十日", [("一九九六年六月三十日", 1996, 6, 30)]),
        ("2025-03-05发布", [("2025-03-05", 2025, 3, 5)]),
        ("2025.3.5和2025/3/6", [("2025.3.5", 2025, 3, 5), ("2025/3/6", 2025, 3, 6)]),
        ("3月5日召开", [("3月5日", None, 3, 5)]),
        ("三月五日召开", [("三月五日", None, 3, 5)]),
        ("3月底前", [("3月", None, 3, None)]),
        ("2023—2025年", [("2023", 2023, None, None), ("2025年", 2025, None, None)]),
        ("2023年至2025年", [("2023年", 2023, None, None), ("2025年", 2025, None, None)]),
        ("全年100件", []),
        ("编号12025年", []),
        ("3000年历史", []),
        ("历时3个月", []),
        ("版本1.2.3", []),
    ],
)
def test_dates_in_a_text(text: str, found: list[tuple[str, int | None, int | None, int | None]]) -> None:
    dates = find_dates(text)
    assert [(date.text, date.year, date.month, date.day) for date in dates] == found
    assert all(text[date.start : date.end] == date.text for date in dates)


@given(st.dates(), st.booleans())
def test_one_date_in_both_scripts(day: object, padded: bool) -> None:
    year, month, number = (int(part) for part in str(day).split("-"))
    year = 1900 + year % 200
    arabic = f"{year}年{month:02d}月{number:02d}日" if padded else f"{year}年{month}月{number}日"
    chinese = "".join("〇一二三四五六七八九"[int(c)] for c in str(year))
    chinese += f"年{chinese_integer(month)}月{chinese_integer(number)}日"
    for written in (arabic, chinese):
        (date,) = find_dates(written)
        assert (date.text, date.year, date.month, date.day) == (written, year, month, number)
