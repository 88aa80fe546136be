"""Numbers in Arabic and Chinese digits have one value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.numerals import chinese_integer, find_numbers, fold_digits, parse_integer, parse_number


@given(st.integers(0, 9999))
def test_what_is_written_is_read(value: int) -> None:
    assert parse_integer(chinese_integer(value)) == value
    assert parse_integer(str(value)) == value


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_sections_of_ten_thousand(upper: int, lower: int) -> None:
    between = "零" if 0 < lower < 1000 else ""
    written = f"{chinese_integer(upper)}万{between}{chinese_integer(lower) if lower else ''}"
    assert parse_integer(written) == upper * 10000 + lower


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (9999, "九千九百九十九"),
    ],
)
def test_chinese_integers(value: int, written: str) -> None:
    assert chinese_integer(value) == written


@pytest.mark.parametrize("value", [-1, 10000])
def test_chinese_integers_have_bounds(value: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        chinese_integer(value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("123", 123),
        ("１２", 12),
        ("二〇二五", 2025),
        ("一九九八", 1998),
        ("一〇五", 105),
        ("一百〇五", 105),
        ("两百", 200),
        ("三千五", 3500),
        ("三千零五", 3005),
        ("一万二", 12000),
        ("一亿三千万", 130_000_000),
        ("三万二千亿", 3_200_000_000_000),
        ("二千万亿", 2_000 * 10**12),
    ],
)
def test_whole_numbers(written: str, value: int) -> None:
    assert parse_integer(written) == value


@pytest.mark.parametrize("written", ["", "两三", "一二", "三四十", "若干", "1.5", "一点五", "十人"])
def test_no_whole_number(written: str) -> None:
    assert parse_integer(written) is None


@pytest.mark.parametrize(
    ("written", "value"),
    [("12.5", "12.5"), ("1,200", "1200"), ("1，234，567", "1234567"), ("十二点五", "12.5"), ("零点〇五", "0.05")],
)
def test_decimals(written: str, value: str) -> None:
    assert parse_number(written) == Decimal(value)


@pytest.mark.parametrize("written", ["", "点五", "三点", "三点十", "abc", "两三点五"])
def test_no_decimal(written: str) -> None:
    assert parse_number(written) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("增长百分之三十", [("百分之三十", "0.3", True)]),
        ("增长30%", [("30%", "0.3", True)]),
        ("增长３０％", [("３０％", "0.3", True)]),
        ("百分之12.5", [("百分之12.5", "0.125", True)]),
        ("百分之百", [("百分之百", "1", True)]),
        ("5‰", [("5‰", "0.005", False)]),
        ("八成以上", [("八成", "0.8", True)]),
        ("四分之三", [("四分之三", "0.75", False)]),
        ("4分之3", [("4分之3", "0.75", False)]),
        ("1.2万件", [("1.2万", "12000", False)]),
        ("3亿元", [("3亿", "300000000", False)]),
        ("十二万元", [("十二万", "120000", False)]),
        ("三百多万元", [("三百多万", "3000000", False)]),
        ("4200余万元", [("4200余万", "42000000", False)]),
        ("1,200人", [("1,200", "1200", False)]),
        ("2025，300人", [("2025", "2025", False), ("300", "300", False)]),
        ("提高2.5个百分点", [("2.5个百分点", "2.5", False)]),
        ("两三次、一两名", []),
        ("百、千、万", []),
        ("没有数字", []),
    ],
)
def test_numbers_in_a_text(text: str, found: list[tuple[str, str, bool]]) -> None:
    numbers = [(number.text, number.value, number.percent) for number in find_numbers(text)]
    assert numbers == [(written, Decimal(value), percent) for written, value, percent in found]


@given(st.text(alphabet="〇零一二两三九十百千万亿点成分之余多个0123,，.．%％‰５个百分点人。", max_size=30))
def test_numbers_keep_their_offsets_and_do_not_overlap(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert number.start >= end
        assert number.text == text[number.start : number.end]
        assert number.value >= 0
        end = number.end


@given(st.integers(0, 9999), st.integers(0, 99))
def test_one_value_however_written(whole: int, hundredths: int) -> None:
    arabic = f"{whole}.{hundredths:02d}%"
    digits = "".join("零一二三四五六七八九"[int(c)] for c in f"{hundredths:02d}")
    chinese = f"百分之{chinese_integer(whole)}点{digits}"
    wide = arabic.translate({ord(str(d)): chr(ord("０") + d) for d in range(10)})
    values = {(n.value, n.percent) for written in (arabic, chinese, wide) for n in find_numbers(written)}
    assert len(values) == 1


def test_folding_keeps_length() -> None:
    assert fold_digits("２０２５年，１２．５％") == "2025年，12.5%"
