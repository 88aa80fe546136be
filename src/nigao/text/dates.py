"""Dates as official texts write them, with Arabic or Chinese digits."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from nigao.text.numerals import fold_digits, parse_integer

_Y = r"(?<![\d〇零○一二三四五六七八九])(?P<{0}>(?:19|20)\d{{2}}|[一二][九〇零○][〇零○一二三四五六七八九]{{2}})"
_DATE = re.compile(
    _Y.format("y") + r"\s*年度?(?:\s*(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月"
    r"(?:\s*(?P<d>3[01]|[12]\d|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*日)?)?"
)
_ISO = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})[-/.](?P<m>1[0-2]|0?[1-9])[-/.](?P<d>3[01]|[12]\d|0?[1-9])(?!\d)")
_MONTH_DAY = re.compile(
    r"(?<!\d)(?P<m>1[0-2]|0?[1-9])月(?:(?P<d>3[01]|[12]\d|0?[1-9])日|(?=[份初中底末下上以之至、，。\s]|$))"
)
_ZH_MONTH_DAY = re.compile(
    r"(?<![年〇零一二三四五六七八九十])(?P<m>十[一二]?|[一二三四五六七八九])月"
    r"(?P<d>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
# The first year of 2023—2025年 has no 年 of its own.
_FIRST_YEAR = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?=\s?[-—–－~～至到]{1,2}\s?(?:19|20)\d{2}年)")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at `start:end`. A missing year, month or day is None (`2025年` has only a year, `3月5日` no year)."""

    start: int
    end: int
    text: str
    year: int | None
    month: int | None = None
    day: int | None = None


def find_dates(text: str) -> list[DateMention]:
    """Every date of the text in order; overlapping readings keep the longest first one."""
    folded = fold_digits(text)
    matches = sorted(
        (m for pattern in (_DATE, _ISO, _MONTH_DAY, _ZH_MONTH_DAY, _FIRST_YEAR) for m in pattern.finditer(folded)),
        key=lambda m: (m.start(), -m.end()),
    )
    found: list[DateMention] = []
    for match in matches:
        if found and match.start() < found[-1].end:
            continue
        groups = match.groupdict()
        year, month, day = (_number(groups.get(name)) for name in ("y", "m", "d"))
        found.append(DateMention(match.start(), match.end(), text[match.start() : match.end()], year, month, day))
    return found


def _number(written: str | None) -> int | None:
    return parse_integer(written.replace("○", "〇")) if written else None


def local_time(recorded: str) -> str:
    """A recorded UTC time (ISO 8601) as the clock on the wall shows it, to the minute."""
    return dt.datetime.fromisoformat(recorded).astimezone().strftime("%Y-%m-%d %H:%M")
