"""Checkable terms of a sentence: what a reader could hold against a source (DESIGN §1.2)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from nigao.text.dates import find_dates
from nigao.text.numerals import find_numbers
from nigao.text.ordinals import match_ordinal


class TermKind(StrEnum):
    """What sort of claim a term makes."""

    NUMBER = "number"
    DATE = "date"
    TITLE = "title"
    QUOTED = "quoted"
    DOCUMENT_NUMBER = "document_number"


@dataclass(frozen=True, slots=True)
class Term:
    """A checkable term at `start:end`. `key` is equal for two spellings of the same thing (30% and 百分之三十)."""

    kind: TermKind
    start: int
    end: int
    text: str
    key: str


_TITLE = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_QUOTED = re.compile(r"“([^“”]{1,60})”|「([^「」]{1,60})」")
_DOCUMENT_NUMBER = re.compile(r"[一-鿿]{1,12}[〔\[（(【]\s*(\d{4})\s*[〕\]）)】]\s*(?:第\s*)?(\d+)\s*号")
# Words that stand before an issuer's code without being part of it; single ones such as 经 and 和 may begin a code.
_BEFORE_CODE = re.compile(
    r".*(?:根据|按照|依据|依照|遵照|参照|落实|执行|印发|下发|出台|制定|转发|贯彻|收到|结合|以及|文件|通知|意见|[的了，])(?=[一-鿿])"
)
# What is counted or measured. A Chinese digit is a claim only in front of one of these: 一致 and 两手 claim nothing.
_MEASURES = (
    "人次|场次|件次|家次|户次|批次|条次|个工作日|工作日|平方米|公里|万元|亿元|小时|分钟|季度|课时|学时"
    "|[次人名个件项场期篇份条户家处起宗套台辆元天日周月年倍轮批堂页字类级届岁位支间所座亩吨米部本册幅班队组款则只门例笔]"
)
_MEASURE = re.compile(f"余?多?({_MEASURES})")
_POINTS = "个百分点"
# 一个支部, 新一轮, 过去一年: 一 before these words is an article rather than a count.
_SMALL_WORDS = re.compile(r"一(?:[个处级种些项次批条定步道体线支起轮届场份位家笔年天日期]|方面|部分|把手|段时间)")


# The rules ask for the terms of the same sentence again and again.
@lru_cache(maxsize=16384)
def checkable_terms(text: str) -> tuple[Term, ...]:
    """Numbers, dates, 《titles》, “quoted terms”, and 文号, in order of their place.

    A number inside a title, a quotation, a date or a 文号 belongs to that term; ordinals at the head of a sentence
    are no claim. Offsets index `text`.
    """
    taken: list[Term] = []
    for match in _DOCUMENT_NUMBER.finditer(text):
        before = _BEFORE_CODE.match(match.group())
        start = match.start() + (before.end() if before else 0)
        taken.append(_term(TermKind.DOCUMENT_NUMBER, start, match.end(), text, fold(text[start : match.end()])))
    for match in _TITLE.finditer(text):
        if not _inside(taken, match.start(), match.end()):
            taken.append(_term(TermKind.TITLE, match.start(), match.end(), text, fold(match.group(1))))
    for match in _QUOTED.finditer(text):
        if not _inside(taken, match.start(), match.end()):
            taken.append(
                _term(TermKind.QUOTED, match.start(), match.end(), text, fold(match.group(1) or match.group(2)))
            )
    for date in find_dates(text):
        if not _inside(taken, date.start, date.end):
            key = "-".join("" if v is None else str(v) for v in (date.year, date.month, date.day))
            taken.append(_term(TermKind.DATE, date.start, date.end, text, key))
    taken.extend(_number_terms(text, list(taken)))
    return tuple(sorted(taken, key=lambda term: (term.start, term.end)))


def fold(text: str) -> str:
    """The form in which terms are compared: NFKC width folding, no white space, one style of quotes and dashes."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return folded.translate(_SAME)


_SAME = str.maketrans(
    {"「": "“", "」": "”", "『": "“", "』": "”", '"': "”", "—": "-", "–": "-", "－": "-", "[": "〔", "]": "〕"}
)


def _term(kind: TermKind, start: int, end: int, text: str, key: str) -> Term:
    return Term(kind, start, end, text[start:end], key)


def _inside(taken: list[Term], start: int, end: int) -> bool:
    return any(term.start < end and start < term.end for term in taken)


def _number_terms(text: str, taken: list[Term]) -> list[Term]:
    head = match_ordinal(text)
    found: list[Term] = []
    for number in find_numbers(text):
        start, end = number.start, number.end
        if _inside(taken, start, end) or (head is not None and start < head.end):
            continue
        unit = None if number.percent else _MEASURE.match(text, end)
        if not any(c.isdecimal() for c in number.text) and not _claims(text, number.text, start, unit):
            continue
        stop, measure = (unit.end(), unit.group(1)) if unit else (end, "")
        if number.text.endswith(_POINTS):
            stop, measure = end, _POINTS
        found.append(
            Term(TermKind.NUMBER, start, stop, text[start:stop], f"{_key(number.value, number.percent)}{measure}")
        )
    return found


def _claims(text: str, written: str, start: int, unit: re.Match[str] | None) -> bool:
    """Whether a number in Chinese digits states a quantity: 百分之三十, 十二次, 三名; not 一致, 第一, 统一."""
    if "分之" in written or written.endswith((_POINTS, "成")):
        return True
    if unit is None or _SMALL_WORDS.match(text, start):
        return False
    # 第三次 names, 数十次 and 几百名 give no figure, 两个维护 is a set phrase.
    named = start > 0 and text[start - 1] in "第统唯万同专逐之某任另数几"
    return not named and written not in ("零", "两")


def _key(value: Decimal, percent: bool) -> str:
    shown = value * 100 if percent else value
    plain = format(shown.normalize(), "f")
    return f"{plain}%" if percent else plain
