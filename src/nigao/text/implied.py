"""Dates that a text tells without writing them: holidays, 次日, 上月, the years of a five-year plan, 前9个月."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nigao.text.moments import Moment
from nigao.text.numerals import parse_integer

_HOLIDAYS = {
    "元旦": (1, 1),
    "妇女节": (3, 8),
    "植树节": (3, 12),
    "劳动节": (5, 1),
    "青年节": (5, 4),
    "儿童节": (6, 1),
    "建党节": (7, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "平安夜": (12, 24),
    "圣诞": (12, 25),
}
_HOLIDAY = re.compile("|".join(_HOLIDAYS))
_SHIFTS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "前一天": -1, "前一日": -1,
    "次日": 1, "翌日": 1, "第二天": 1, "第二日": 1, "隔天": 1, "明天": 1, "明日": 1, "明晚": 1, "后天": 2,
}  # fmt: skip
_SHIFTED_DAY = re.compile("|".join(sorted(_SHIFTS, key=len, reverse=True)))
_MONTHS = {"上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
_SHIFTED_MONTH = re.compile("|".join(sorted(_MONTHS, key=len, reverse=True)))
_FIRST_MONTHS = re.compile("[前头](?P<count>1[0-2]|[2-9]|十[一二]?|[二三四五六七八九])个?月")
_QUARTERS = re.compile("前?(?P<count>[一二三四1-4])(?:个)?季度|(?P<half>[上下]半年)")
_PLAN = re.compile("[“”]?十(?P<unit>[一二三四五])[“”]?五[”]?|“(?P<early>[六七八九])五”|“(?P<tenth>十)五”")
_FIRST_PLAN, _PLAN_LENGTH = 1953, 5
_SPRING_OF_PLANS = 3


def implied_moments(text: str, given: Sequence[Moment], own_year: int | None) -> tuple[Moment, ...]:
    """What the text's words tell of dates besides those that it writes (`given`), as moments without a place."""
    return tuple(_implied(text, given, own_year))


def _implied(text: str, given: Sequence[Moment], own_year: int | None) -> Iterator[Moment]:
    blank = Moment(0, 0, "", own_year, None, None, None, frozenset(), frozenset())
    for name in dict.fromkeys(_HOLIDAY.findall(text)):
        month, day = _HOLIDAYS[name]
        yield replace(blank, month=month, day=day)
    shifts = {_SHIFTS[word] for word in _SHIFTED_DAY.findall(text)}
    for moment in given if shifts else ():
        yield from (shifted for by in shifts if (shifted := _shifted(moment, by)) is not None)
    months = {_MONTHS[word] for word in _SHIFTED_MONTH.findall(text)}
    for moment in given if months else ():
        for by in months if moment.month is not None else ():
            assert moment.month is not None
            yield replace(moment, month=(moment.month - 1 + by) % 12 + 1, day=None, hours="")
    for match in _FIRST_MONTHS.finditer(text):
        yield from (replace(blank, month=month) for month in (1, parse_integer(match["count"])))
    for match in _QUARTERS.finditer(text):
        ends = _ends(match)
        yield from (replace(blank, month=month) for month in ends)
    for match in _PLAN.finditer(text):
        yield from (replace(blank, year=year) for year in _plan_years(match))


def _shifted(moment: Moment, by: int) -> Moment | None:
    """The day `by` days from a date; its month where that is known."""
    if moment.day is None:
        return None
    month = moment.month or (max(moment.months) if len(moment.months) == 1 else None)
    if month is None:
        return replace(moment, day=moment.day + by, hours="")
    try:
        day = dt.date(moment.year or 2024, month, moment.day) + dt.timedelta(days=by)
    except ValueError:
        return None
    return replace(moment, month=day.month if moment.month is not None else None, day=day.day, hours="")


def _ends(match: re.Match[str]) -> tuple[int, int]:
    """The first and the last month of a quarter or a half-year; 前三季度 begins in January."""
    if match["half"]:
        return (1, 6) if match["half"][0] == "上" else (7, 12)
    count = "一二三四".find(match["count"]) + 1 or int(match["count"])
    return (1 if match.group()[0] == "前" else 3 * count - 2), 3 * count


def _plan_years(match: re.Match[str]) -> tuple[int, int]:
    """The first and the last year of a five-year plan: 2011 and 2015 for 十二五."""
    number = 10 + "一二三四五".find(match["unit"]) + 1 if match["unit"] else 10
    if match["early"]:
        number = "六七八九".find(match["early"]) + 6
    # Three years lay between the second plan and the third.
    start = _FIRST_PLAN + _PLAN_LENGTH * (number - 1) + _SPRING_OF_PLANS
    return start, start + _PLAN_LENGTH - 1
