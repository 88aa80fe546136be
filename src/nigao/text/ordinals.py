"""Ordinals of official texts: their written forms, levels and values (GB/T 9704—2012, 7.3.3, and usage)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from nigao.text.numerals import chinese_integer, parse_integer

_ZH = "[〇零一二三四五六七八九十百]+"
# 三、四季度 and 一、二、三等奖 count things; nothing is numbered there.
_COUNTED = f"(?:{_ZH}、)*{_ZH}(?:季度|月|等奖|审(?!批)|年级|线城市|产业|期工程|级以上)"


class OrdinalForm(StrEnum):
    """The written form; the value shows it for “one”."""

    CHAPTER = "一、"
    SECTION = "（一）"
    ARABIC = "1."
    PAREN_ARABIC = "（1）"
    CIRCLED = "①"
    ENUMERATION = "一是"
    RANK = "第一，"
    ARTICLE = "第一条"
    CLAUSE_CHAPTER = "第一章"
    REPORT_PART = "第一部分"


# The four heading levels of the standard; the other forms stand inside running text or in rules.
HEADING_LEVEL = {
    OrdinalForm.CHAPTER: 1,
    OrdinalForm.REPORT_PART: 1,
    OrdinalForm.SECTION: 2,
    OrdinalForm.ARABIC: 3,
    OrdinalForm.PAREN_ARABIC: 4,
    OrdinalForm.CIRCLED: 5,
    OrdinalForm.ENUMERATION: 6,
    OrdinalForm.RANK: 6,
}

_FIRST = frozenset("第（(〇")
_PATTERNS: tuple[tuple[OrdinalForm, re.Pattern[str]], ...] = (
    (OrdinalForm.REPORT_PART, re.compile(rf"第({_ZH}|\d{{1,2}})部分(?:[：:、，]|(?![“是为的将中内]))")),
    (OrdinalForm.CLAUSE_CHAPTER, re.compile(rf"第({_ZH}|\d{{1,3}})[章节编]")),
    (OrdinalForm.ARTICLE, re.compile(rf"第({_ZH}|\d{{1,3}})条(?:之{_ZH})?")),
    (OrdinalForm.RANK, re.compile(rf"第({_ZH})(?:，|,|：|、(?!第?{_ZH}))")),
    (OrdinalForm.CHAPTER, re.compile(rf"({_ZH})、(?!{_COUNTED})")),
    (OrdinalForm.SECTION, re.compile(rf"[（(]({_ZH})[）)]")),
    (OrdinalForm.PAREN_ARABIC, re.compile(r"[（(]?(\d{1,2})[）)]")),
    # A figure such as 1.5 or 3、4月 is not an ordinal.
    (OrdinalForm.ARABIC, re.compile(r"(\d{1,3})(?:[.．](?!\d)|、(?!\d))")),
    (OrdinalForm.CIRCLED, re.compile(r"([①-⑳])")),
    (OrdinalForm.ENUMERATION, re.compile(rf"({_ZH})(?:是|要(?=[^求点素件]))")),
)


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal found at the start of a text: `text` as written, `end` the offset just behind it."""

    form: OrdinalForm
    value: int
    text: str
    end: int


def match_ordinal(text: str, start: int = 0) -> Ordinal | None:
    """The ordinal that begins exactly at `start`, or None."""
    first = text[start : start + 1]
    if first not in _FIRST and not first.isnumeric():
        return None
    for form, pattern in _PATTERNS:
        found = pattern.match(text, start)
        if found is None:
            continue
        value = _value(form, found.group(1))
        if value is not None and 0 < value < 200:
            return Ordinal(form, value, found.group(), found.end())
    return None


def _value(form: OrdinalForm, written: str) -> int | None:
    if form is OrdinalForm.CIRCLED:
        return ord(written) - ord("①") + 1
    return parse_integer(written)


def format_ordinal(form: OrdinalForm, value: int) -> str:
    """The ordinal as written in that form, e.g. `（三）` for SECTION and 3. Raises ValueError below 1."""
    if value < 1:
        raise ValueError(f"an ordinal starts at 1, not {value}")
    if form is OrdinalForm.ARABIC:
        return f"{value}."
    if form is OrdinalForm.PAREN_ARABIC:
        return f"（{value}）"
    if form is OrdinalForm.CIRCLED:
        if value > 20:
            raise ValueError("circled numbers end at 20")
        return chr(ord("①") + value - 1)
    return form.value.replace("一", chinese_integer(value), 1)
