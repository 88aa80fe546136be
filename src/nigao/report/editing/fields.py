"""The brief's own fields (报告期间, 成文日期 …) under the names by which sentences rest on them."""

from __future__ import annotations

import datetime as dt

from nigao.errors import EditError
from nigao.report.brief import Brief, Unit
from nigao.report.model import Report, Sentence
from nigao.text.dates import find_dates
from nigao.text.periods import parse_period

UNIT, PERIOD, ASKED_BY, RECIPIENT, DATE = "单位", "报告期间", "来文单位", "主送机关", "成文日期"
FIELDS = (UNIT, PERIOD, ASKED_BY, RECIPIENT, DATE)


def field_value(brief: Brief, name: str) -> str:
    """What the brief says in a field, as a text states it; empty where it says nothing."""
    return {
        UNIT: brief.unit.full,
        PERIOD: brief.period,
        ASKED_BY: brief.asked_by,
        RECIPIENT: brief.recipient,
        DATE: _day(brief.date) if brief.date is not None else "",
    }[name]


def with_field(brief: Brief, name: str, value: str) -> tuple[Brief, str]:
    """The brief with another value in a field, and the value as a text states it. Raises EditError."""
    new = brief.model_copy(deep=True)
    value = value.strip().rstrip("。，；：")
    if name == UNIT:
        new.unit = Unit(full=value, short=brief.unit.short)
    elif name == PERIOD:
        if parse_period(value) is None:
            raise EditError(f"认不出报告期间“{value}”", where=PERIOD, fix="写成“2025年”“2025年上半年”一类")
        new.period = value
    elif name == ASKED_BY:
        new.asked_by = value
    elif name == RECIPIENT:
        new.recipient = value
    else:
        new.date = _date(value)
        value = _day(new.date)
    return new, value


def lines_of(report: Report, name: str) -> list[Sentence]:
    """The lines outside the body that state a field."""
    lines = {UNIT: [report.title, report.signature], PERIOD: [report.title], RECIPIENT: [report.recipient]}
    found = [*lines.get(name, []), *([report.date] if name == DATE else [])]
    return [line for line in found if line is not None]


def _date(value: str) -> dt.date:
    found = find_dates(value)
    day = found[0] if len(found) == 1 else None
    try:
        if day is not None and day.year and day.month and day.day:
            return dt.date(day.year, day.month, day.day)
    except ValueError:
        pass
    raise EditError(f"认不出日期“{value}”", where=DATE, fix="写成“2025年12月26日”")


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
