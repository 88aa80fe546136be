"""Dates as two texts are held together: 今年3月, 本月12日 and a bare 27日 are worked out from the text around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from nigao.text.numerals import fold_digits, parse_integer

_ZH_DIGIT = "〇零○一二三四五六七八九"
_YEARS = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "来年": 1}
_YEAR = (
    rf"(?<![\d{_ZH_DIGIT}])"
    rf"(?:(?P<y>(?:19|20)\d{{2}}|[一二][九〇零○][{_ZH_DIGIT}]{{2}})\s*年|(?P<r>{'|'.join(_YEARS)}))度?"
)
_MONTH = r"(?P<m{0}>1[0-2]|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九])\s*月(?![度刊报薪球亮])份?"
_DAY = (
    r"(?P<d{0}>3[01]|[12]\d|0?[1-9](?!\d)|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
    r"\s*[日号](?![元均常游报刊楼线令文])"
)
_TO = r"(?=\s?[-—–－~～至到、和]{1,2}\s?"
_MOMENT = re.compile(
    rf"{_YEAR}(?:\s*的?{_MONTH.format(1)}(?:\s*{_DAY.format(1)})?)?"
    r"|(?P<iy>(?:19|20)\d{2})[-/.](?P<im>1[0-2]|0?[1-9])[-/.](?P<id>3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"|(?<![\d{_ZH_DIGIT}十个第半]){_MONTH.format(2)}(?:\s*{_DAY.format(2)})?"
    rf"|(?<![\d{_ZH_DIGIT}十第.]){_DAY.format(3)}"
    rf"|(?<![\d.])(?P<rm>1[0-2]|[1-9]){_TO}(?:1[0-2]|[1-9])月)"
    rf"|(?<![\d.])(?P<rd>3[01]|[12]\d|[1-9]){_TO}(?:3[01]|[12]\d|[1-9])日)"
    rf"|(?<!\d)(?P<fy>(?:19|20)\d{{2}}){_TO}(?:19|20)\d{{2}}年)"
)
_ZH_DAY = re.compile(rf"^[{_ZH_DIGIT}十]+\s*[日号]$|^\d+\s*号$")
# 到2030年, 2030年前: a text of an earlier year may name them.
_UNTIL = re.compile("[到至]$")
_BY = re.compile("[底末]?之?前")
_PART_OF_DAY = re.compile(
    "(?P<morning>凌晨|清晨|早上|早晨|上午|早)|(?P<afternoon>下午|午后)|(?P<evening>傍晚|晚上?|夜间|深夜)"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date at `start:end`, as far as it is written: `relative` counts years from the text's own (今年 0, 去年 -1).

    `years` and `months` are those that a part left out may be of, by what the text names before; empty where it
    names none. `ahead`: the text looks forward to it (到2030年, 2030年前).
    `hours` is the part of the day that stands behind it: morning, afternoon or evening.
    """

    start: int
    end: int
    text: str
    year: int | None
    month: int | None
    day: int | None
    relative: int | None
    years: frozenset[int]
    months: frozenset[int]
    ahead: bool = False
    hours: str = ""


class Held(Enum):
    """Whether sources hold a date: they do, they do not, or what they say cannot tell."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@lru_cache(maxsize=8192)
def find_moments(text: str, own_year: int | None = None) -> tuple[Moment, ...]:
    """Every date of the text in order, relative and partial ones too. `own_year` is the year that the text is of."""
    found: list[Moment] = []
    years: list[int] = [own_year] if own_year is not None else []
    months: list[int] = []
    for match in _MOMENT.finditer(fold_digits(text)):
        if _ZH_DAY.match(match.group()):
            # 三号 and 十日 alone are as often a number or a span of time.
            continue
        given = match.groupdict()
        relative = _YEARS[given["r"]] if given["r"] else None
        year = _number(given["y"] or given["iy"] or given["fy"])
        if year is None and relative is not None and own_year is not None:
            year = own_year + relative
        month = _number(given["m1"] or given["im"] or given["m2"] or given["rm"])
        day = _number(given["d1"] or given["id"] or given["d2"] or given["d3"] or given["rd"])
        if given["r"] and month is None:
            continue
        around = frozenset({*years[:1], *years[-1:]} if year is None else {year})
        seen = frozenset({*months[:1], *months[-1:]} if month is None else {month})
        start, end = match.span()
        ahead = bool(_UNTIL.search(text[max(0, start - 2) : start]) or _BY.match(text, end) or (relative or 0) > 0)
        hours = _hours(text, end) if day is not None else ""
        found.append(Moment(start, end, text[start:end], year, month, day, relative, around, seen, ahead, hours))
        if year is not None and relative is None:
            years.append(year)
        if month is not None:
            months.append(month)
    return tuple(found)


def _hours(text: str, end: int) -> str:
    match = _PART_OF_DAY.match(text, end)
    return "" if match is None else str(match.lastgroup)


def own_year(title: str, text: str) -> int | None:
    """The year that a text is of: the one that its title names, else that of a full date on its last line."""
    named = [m.year for m in find_moments(title) if m.year is not None]
    if named:
        return named[-1]
    last = text.rstrip().rpartition("\n")[2].strip()
    closing = [m for m in find_moments(last) if m.year and m.day] if len(last) <= 20 else []
    return closing[-1].year if closing else None


def hold_moment(said: Moment, given: Sequence[Moment], own: Iterable[int | None]) -> Held:
    """Whether sources with the dates `given`, of the years `own` (None: not known), state the date `said`."""
    of_years = set(own)
    same = [other for other in given if _agrees(said, other, of_years)]
    hours = {other.hours for other in same if other.hours}
    if same and not (said.hours and hours and said.hours not in hours):
        return Held.YES
    if said.month is None and said.day is None:
        if said.year in of_years:
            return Held.YES
        # A source that never says which year it is of may well be of this one, if all that it names went before.
        stated = [other.year for other in given if other.year is not None and not other.ahead]
        undated = any(other.year is None for other in given)
        later = said.year is not None and all(year < said.year for year in stated)
        return Held.UNKNOWN if None in of_years and undated and later else Held.NO
    return Held.NO


def _agrees(said: Moment, given: Moment, own: set[int | None]) -> bool:
    if said.day is not None and said.day != given.day:
        return False
    if said.month is not None and not _month_agrees(said.month, given):
        return False
    if said.month is None and said.day is None and given.year is None:
        return False
    return _year_agrees(said, given, own)


def _month_agrees(month: int, given: Moment) -> bool:
    return given.month == month or (
        given.month is None and given.day is not None and (not given.months or month in given.months)
    )


def _year_agrees(said: Moment, given: Moment, own: set[int | None]) -> bool:
    """A year that either leaves out, or tells by 今年 or 去年 with no year to count from, is not held against it."""
    if said.year is None:
        if said.relative is None or given.relative == said.relative:
            return True
        return given.relative is None and (given.year is None or None in own or given.year - said.relative in own)
    if given.year is not None:
        return said.year == given.year
    return None in own or said.year in given.years


def _number(written: str | None) -> int | None:
    return parse_integer(written.replace("○", "〇")) if written else None
