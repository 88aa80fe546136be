"""Whether characters of a sentence are the word that they look like, or part of a longer word, number or name."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from nigao.text import lexicon
from nigao.text.amounts import find_amounts
from nigao.text.content import Word, placed_words
from nigao.text.moments import find_moments
from nigao.text.names import find_names
from nigao.text.placeholders import find_placeholders
from nigao.text.terms import Term, TermKind, checkable_terms
from nigao.text.tokens import words
from nigao.text.vocabulary import NO_BODY

_HAN = re.compile("[一-鿿]")
_ALNUM = re.compile("[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]")
_DIGIT = re.compile("[0-9０-９]")
_ZH_DIGIT = re.compile("[〇零一二两三四五六七八九十百千万亿]")
_WITHIN_NUMBER = re.compile("[0-9０-９.．,]")
# A longer word that is hardly likelier than its parts (群众反映) is a phrase of them.
_PHRASE = 2.5
_RARE, _COMMON = 5, 50
_REGION = re.compile("[省市县区镇乡州盟旗]$")
_BODY_END = re.compile(
    "(?:中心|办公室|办事处|支部|总支|党组|党委|纪委|小组|总队|支队|大队|委员会|集团|公司|学校|医院|银行|[局厅部委办科股处室站所队院馆社校府组])$"
)
# What, as a word behind nouns, makes a body of them: 热线督办|科, 政务服务管理|办公室, 大厅|管理科.
_BODY_WORD = re.compile(
    "(?:[科股处室局站厅院所队组委]|中心|公司|集团|专班|小组|[一-鿿]+(?:中心|办公室|委员会|小组|支队|大队|总队|[科股处室局站厅院所队组委]"
    "|(?:组织|宣传|统战)部))"
)
_NAMED_BY = re.compile("^(?:n|j|b|vn|v)")
_LONGEST_NAME = 3
_NO_NAME = frozenset("的了和与及或是有为将把被由对向在到从等各本该全")
_KINDS = {
    TermKind.TITLE: "文件名",
    TermKind.QUOTED: "引号中的提法",
    TermKind.DOCUMENT_NUMBER: "文号",
    TermKind.DATE: "日期",
}


def standing(text: str, start: int, end: int, unit: str = "") -> str:
    """What `text[start:end]` is a part of, told in Chinese; empty where it stands for itself.

    `unit` is a full name of which nothing may be changed but the whole.
    """
    return (
        _in_blank(text, start, end)
        or _in_term(text, start, end)
        or _in_number(text, start, end)
        or _in_unit(text, start, end, unit)
        or _in_name(text, start, end)
        or _in_word(text, start, end)
    )


def _part_of(whole: str, kind: str = "") -> str:
    return f"是{kind}{quoted(whole)}的一部分"


def quoted(text: str) -> str:
    """The words in quotation marks, unless they bring their own."""
    return text if text.startswith(("“", "《", "【")) else f"“{text}”"


def _in_blank(text: str, start: int, end: int) -> str:
    for blank in find_placeholders(text):
        if _covers(blank.start, blank.end, start, end):
            return _part_of(blank.text, "待补处")
    return ""


def _in_term(text: str, start: int, end: int) -> str:
    """Inside a 《title》, a “quotation”, a 文号 or a date, unless it is all that stands there."""
    for term in checkable_terms(text):
        if term.kind in _KINDS and term.start < end and start < term.end and not _is_all(term, start, end):
            whole = term.text[1:-1] if term.kind in (TermKind.TITLE, TermKind.QUOTED) else term.text
            return _part_of(whole, _KINDS[term.kind])
    for date in find_moments(text):
        if _covers(date.start, date.end, start, end):
            return _part_of(date.text, "日期")
    return ""


def _is_all(term: Term, start: int, end: int) -> bool:
    """Whether the characters are the whole term, with or without its marks, or hold it whole."""
    marks = term.kind in (TermKind.TITLE, TermKind.QUOTED)
    return start <= term.start + marks and end >= term.end - marks


def _in_number(text: str, start: int, end: int) -> str:
    """Inside a longer number, or a figure with another unit of measure (8 in 18, 8人 in 8人次, 8 in 8%)."""
    said, before, behind = text[start:end], text[max(0, start - 1) : start], text[end : end + 1]
    for digit, beside in ((_DIGIT, _WITHIN_NUMBER), (_ZH_DIGIT, _ZH_DIGIT)):
        head, tail = digit.match(said), digit.match(said[-1])
        joined = (head and before and beside.match(before)) or (tail and behind and beside.match(behind))
        if joined and _stretches(text, start, end, digit):
            return _part_of(_run(text, start, end, beside), "数字")
    for amount in find_amounts(text):
        if amount.start < end and start < amount.end and (_DIGIT.search(said) or _ZH_DIGIT.search(said)):
            bare = _DIGIT.match(said[-1]) or _ZH_DIGIT.match(said[-1])
            other = amount.end > end and (not bare or amount.unit in ("%", "个百分点"))
            if amount.start < start or other:
                return _part_of(amount.text, "数字")
    return ""


def _stretches(text: str, start: int, end: int, digit: re.Pattern[str]) -> bool:
    """Whether the number goes on beyond the characters; 8, in front of words ends there, in 8,000 it does not."""
    further = re.compile(f"[.．,，]?{digit.pattern}")
    before = re.search(f"{digit.pattern}[.．,，]?$", text[:start])
    return further.match(text, end) is not None or (before is not None and digit.match(text[start]) is not None)


def _run(text: str, start: int, end: int, beside: re.Pattern[str]) -> str:
    while start > 0 and beside.match(text[start - 1]) and beside.match(text[start]):
        start -= 1
    while end < len(text) and beside.match(text[end]) and beside.match(text[end - 1]):
        end += 1
    return text[start:end].strip(",.．")


def _in_unit(text: str, start: int, end: int, unit: str) -> str:
    if not unit or unit == text[start:end]:
        return ""
    at = text.find(unit)
    while at >= 0:
        if _covers(at, at + len(unit), start, end):
            return _part_of(unit, "单位名称")
        at = text.find(unit, at + 1)
    return ""


def _in_name(text: str, start: int, end: int) -> str:
    """Inside the name of a body or a person, or a body's name with another place's before it."""
    for name in find_names(text):
        first = name.start - len(name.region)
        if _covers(first, name.end, start, end):
            return _part_of(text[first : name.end], "名称")
    found = placed_words(text)
    if _BODY_END.search(text[start:end]):
        before = next((word for word in found if word.end == start), None)
        if before is not None and (_REGION.search(before.text) or lexicon.tag(before.text) == "ns"):
            return _part_of(before.text + text[start:end], "名称")
    last = _named_behind(found, end)
    return _part_of(text[start : last.end], "名称") if last is not None else ""


def _named_behind(found: tuple[Word, ...], end: int) -> Word | None:
    """The word behind that makes a body's name of all before it: 热线|督办|科."""
    at, verb = end, False
    for word in [word for word in found if word.start >= end][: _LONGEST_NAME + 1]:
        if word.start != at:
            return None
        if _BODY_WORD.fullmatch(word.text) and word.text not in NO_BODY:
            return word
        # 全年|开展|理论|学习|中心: a verb stands right before the body's own word, or it is no name.
        if verb or word.text in _NO_NAME or not _NAMED_BY.match(lexicon.tag(word.text)):
            return None
        verb = lexicon.tag(word.text) == "v"
        at = word.end
    return None


def _in_word(text: str, start: int, end: int) -> str:
    """Inside a longer word, Latin or Chinese."""
    if (_ALNUM.match(text[start]) and start and _ALNUM.match(text[start - 1])) or (
        _ALNUM.match(text[end - 1]) and end < len(text) and _ALNUM.match(text[end])
    ):
        return _part_of(_run(text, start, end, _ALNUM))
    touching = [word for word in placed_words(text) if word.start < end and start < word.end]
    across = [word for word in touching if word.start < start or word.end > end]
    if not across:
        return ""
    first, last = touching[0].start, touching[-1].end
    parts = (text[first:start], text[start:end], text[end:last])
    forced = [word for part in parts if part for word in words(part)]
    # 大厅管理科|长期 may have been read as 大厅管理|科长|期: both ways of reading are about as likely.
    behind = next((word for word in placed_words(text) if word.start == last), None)
    if behind is not None and len(behind.text) == 1 and across[-1].end > end:
        forced = [*(word for part in parts[:2] if part for word in words(part)), *words(text[end : behind.end])]
        natural = [word.text for word in [*touching, behind]]
    else:
        natural = [word.text for word in touching]
    if _likely(forced) >= _likely(natural) - _PHRASE or _is_loose(across, forced):
        return ""
    return _part_of("".join(word.text for word in across))


@lru_cache(maxsize=4096)
def _weight(word: str) -> float:
    return math.log((lexicon.count(word) or 0.5) / lexicon.total())


def _is_loose(across: list[Word], parts: list[str]) -> bool:
    """Whether the list knows the longer word only as words put together (支部委员), and every part is a common one."""
    rare = all(lexicon.count(word.text) <= _RARE for word in across)
    return rare and all(len(part) > 1 and lexicon.count(part) > _COMMON for part in parts)


def _likely(found: list[str]) -> float:
    return sum(map(_weight, found))


def _covers(first: int, last: int, start: int, end: int) -> bool:
    """Whether a stretch holds the characters and more."""
    return first <= start and end <= last and (first, last) != (start, end)
