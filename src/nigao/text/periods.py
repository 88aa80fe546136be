"""Periods by month: what 2025年上半年 or 2024年1月至2025年6月 covers, and whether a date lies in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nigao.text.dates import DateMention, find_dates
from nigao.text.numerals import parse_integer

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年?\s*[-—–~～至到]+\s*((?:19|20)\d{2})\s*年")
# 2024—2025学年 runs from September to August.
_SCHOOL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年?\s*[-—–~～至到]+\s*((?:19|20)\d{2})\s*学年")
_HALF = re.compile(r"[上下]半年")
_QUARTER = re.compile(r"(?:第)?([一二三四1-4])季度")
_OPEN_END = re.compile(r"以来|至今|起(?!草)")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole months, both ends included, counted from year 0 (`year * 12 + month - 1`); no end means until now."""

    first: int
    last: int | None

    def within(self, other: Period) -> bool:
        """Whether this period lies wholly in the other."""
        ends = other.last is None or (self.last is not None and self.last <= other.last)
        return self.first >= other.first and ends

    @property
    def year(self) -> int | None:
        """The calendar year, where the period lies within one."""
        same = self.last is not None and self.first // 12 == self.last // 12
        return self.first // 12 if same else None

    @property
    def is_calendar_year(self) -> bool:
        """Whether it is exactly one year from January to December."""
        return self.first % 12 == 0 and self.last == self.first + 11

    def told_by(self, year: int, month: int) -> Period:
        """The part of this period that a text of that month can tell of: what came after had not happened."""
        told = _month(year, month)
        return self if self.last is not None and self.last < told else Period(self.first, max(self.first, told - 1))

    def begins_late(self, year: int, month: int) -> bool:
        """Whether that month lies before the period, or in its first third: too early to tell what was done in it."""
        length = 12 if self.last is None else self.last - self.first + 1
        return _month(year, month) < self.first + (length + 2) // 3


def _month(year: int, month: int) -> int:
    return year * 12 + month - 1


def _of_date(date: DateMention, year: int) -> Period:
    if date.month is None:
        return Period(_month(year, 1), _month(year, 12))
    return Period(_month(year, date.month), _month(year, date.month))


@lru_cache(maxsize=1024)
def parse_period(text: str) -> Period | None:
    """The period that a brief's 报告期间 or a document's title names; None where it names no year."""
    school = _SCHOOL_YEAR.search(text)
    if school is not None:
        return Period(_month(int(school.group(1)), 9), _month(int(school.group(2)), 8))
    years = _YEARS.search(text)
    if years is not None:
        return Period(_month(int(years.group(1)), 1), _month(int(years.group(2)), 12))
    dates = find_dates(text)
    dated = [date for date in dates if date.year is not None]
    if not dated or dated[0].year is None:
        return None
    spans: list[Period] = []
    year = dated[0].year
    for date in dates:
        year = date.year or year
        spans.append(_narrowed(_of_date(date, year), date, text))
    first, last = min(span.first for span in spans), max(span.last or span.first for span in spans)
    return Period(first, None if len(spans) == 1 and _OPEN_END.search(text, dates[0].end) else last)


def _narrowed(span: Period, date: DateMention, text: str) -> Period:
    """A year followed by 上半年 or 二季度 is that part of it."""
    if date.month is not None:
        return span
    after = text[date.end : date.end + 6]
    found = _HALF.match(after) or _QUARTER.match(after)
    return _narrowed_by(found, span) if found is not None else span


def _narrowed_by(found: re.Match[str], year: Period) -> Period:
    if found.re is _HALF:
        start = year.first + (0 if found.group()[0] == "上" else 6)
        return Period(start, start + 5)
    start = year.first + 3 * ((parse_integer(found.group(1)) or 1) - 1)
    return Period(start, start + 2)


# A year that is compared with, or that only names a yearly thing (2024年度考核), is no time of the doing.
_COMPARED = re.compile(r"(?:比|较|与|同|相比|去年|上年)$")


def outside(text: str, period: Period, year: int | None) -> bool | None:
    """Whether the text dates itself outside the period: True or False, or None where it gives no date of its own.

    A month without a year is of the last year named before it, else of `year`.
    """
    school = _SCHOOL_YEAR.search(text)
    if school is not None:
        span = parse_period(school.group())
        return span is None or not span.within(period)
    dates = find_dates(text)
    told = [d for d in dates if not _COMPARED.search(text[: d.start]) and not d.text.endswith("年度")]
    told = told or [d for d in dates if d.text.endswith("年度")]
    answer: bool | None = None
    for date in told:
        year = date.year or year
        if year is None:
            continue
        if not _narrowed(_of_date(date, year), date, text).within(period):
            return True
        answer = False
    part = None if told or year is None else _part_of(text, year)
    return answer if part is None else not part.within(period)


def _part_of(text: str, year: int) -> Period | None:
    """The part of the year that 上半年 or 三季度 names."""
    found = _HALF.search(text) or _QUARTER.search(text)
    return _narrowed_by(found, Period(_month(year, 1), _month(year, 12))) if found is not None else None
