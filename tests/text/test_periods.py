"""Periods by month: what a brief's period and a title cover, and whether a sentence dates itself outside."""

from __future__ import annotations

import pytest

from nigao.text.periods import Period, outside, parse_period


def months(first: tuple[int, int], last: tuple[int, int] | None) -> Period:
    return Period(first[0] * 12 + first[1] - 1, None if last is None else last[0] * 12 + last[1] - 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025年", (2025, 1), (2025, 12)),
        ("2025年度", (2025, 1), (2025, 12)),
        ("二〇二五年", (2025, 1), (2025, 12)),
        ("2025年上半年", (2025, 1), (2025, 6)),
        ("2025年下半年", (2025, 7), (2025, 12)),
        ("2025年第三季度", (2025, 7), (2025, 9)),
        ("2024年1月至2025年6月", (2024, 1), (2025, 6)),
        ("2025年1月至6月", (2025, 1), (2025, 6)),
        ("2023—2025年", (2023, 1), (2025, 12)),
        ("2023年至2025年", (2023, 1), (2025, 12)),
        ("2024年3月以来", (2024, 3), None),
        ("云汀市档案服务中心2024年工作总结", (2024, 1), (2024, 12)),
    ],
)
def test_what_a_period_covers(text: str, first: tuple[int, int], last: tuple[int, int] | None) -> None:
    assert parse_period(text) == months(first, last)


@pytest.mark.parametrize("text", ["", "近年来", "本届任期以来"])
def test_no_year_no_period(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2025年9月开展警示教育。", True),
        ("2025年3月开展警示教育。", False),
        ("2025年开展警示教育3次。", True),
        ("3月12日，召开专题会议。", False),
        ("9月12日，召开专题会议。", True),
        ("于2025年1月至2月召开2024年度组织生活会。", False),
        ("比2024年增长3%。", None),
        ("上半年召开会议5次。", False),
        ("下半年召开会议5次。", True),
        ("召开会议5次。", None),
    ],
)
def test_a_sentence_tells_its_own_time(text: str, answer: bool | None) -> None:
    assert outside(text, months((2025, 1), (2025, 6)), 2025) is answer


def test_a_text_tells_only_of_what_had_happened() -> None:
    year = months((2025, 1), (2025, 12))
    assert year.told_by(2025, 7) == months((2025, 1), (2025, 6))
    assert year.told_by(2026, 1) == year
    assert year.begins_late(2025, 2)
    assert not year.begins_late(2025, 6)
    assert year.is_calendar_year
    assert year.year == 2025
    assert months((2024, 1), (2025, 6)).year is None
