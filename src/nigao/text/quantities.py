"""Quantities with what they count, so that two statements of one thing can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from nigao.text.sentences import split_sentences
from nigao.text.terms import Term, TermKind, checkable_terms

_CLAUSE_END = "，。；：！？\n|"
# Which stretch of time a clause speaks of; two stretches that differ are two things.
_WHEN = re.compile(
    r"上半年|下半年|全年|今年|当年|本年|[一二三四1-4]季度|每[年月周季半][年度]?|(?:19|20)\d{2}年|1?\d月|去年|上年|同比|累计"
)
# 开展谈话46人次 and 组织谈话43人次 count the same thing.
_VERBS = re.compile("开展|组织|召开|举办|举行|进行|实施|累计|共计")
# 十届四次会议 counts no meetings.
_SESSION = re.compile("会议|全会|全体会议")
_LOOSE_BEFORE = re.compile("(?:约|近|接近|超过?|逾|突破|不少于|不低于|不超过|至少|最多|不足|不到|力争)$")
_LOOSE_AFTER = re.compile("以上|以下|以内|左右|上下|[多余]")
_AIM = re.compile("目标|预期|预计|力争|计划|拟|确保|争取|多年|累计")
_NUMBERED = re.compile(r"第?[一二三四五六七八九十\d]+")
_RUN_BEFORE = re.compile("[一-鿿]*$")
_RUN_AFTER = re.compile("[一-鿿]*")
_FIGURE = re.compile(r"\d")
_LEAST_SHARED = 0.75
_LEAST_PAIRS = 3


@dataclass(frozen=True, slots=True)
class Quantity:
    """`written` (e.g. `46人次`) at `start:end`; `subject` is its clause without the figure, as character pairs.

    `before` and `after` are the words right around the figure; `alone` where the clause has no other figure.
    """

    start: int
    end: int
    written: str
    value: str
    unit: str
    clause: str
    subject: frozenset[str]
    when: frozenset[str]
    numbered: tuple[str, ...]
    before: str = ""
    after: str = ""
    alone: bool = True


@lru_cache(maxsize=4096)
def find_quantities(text: str, period: str = "") -> tuple[Quantity, ...]:
    """Every counted figure of the text with its clause; figures without a unit are left out.

    A sentence that names no stretch of time speaks of the one that `period` (say, the document's title) names.
    """
    found: list[Quantity] = []
    for sentence in split_sentences(text):
        for term in checkable_terms(sentence.text):
            if term.kind is not TermKind.NUMBER:
                continue
            unit = re.sub(r"^[-\d.]+", "", term.key)
            if not unit:
                continue
            start, end = _clause(sentence.text, term.start, term.end)
            before, after = sentence.text[start : term.start], sentence.text[term.end : end]
            if _SESSION.match(sentence.text, term.end) and "届" in before:
                continue
            if re.match("其中|其余", before):
                # A share of a total told just before: nothing says of what, taken alone.
                continue
            when = _when(sentence.text, period, start, end)
            found.append(_quantity(sentence.start, term, unit, (before, after), when))
    return tuple(found)


def _quantity(offset: int, term: Term, unit: str, around: tuple[str, str], when: frozenset[str]) -> Quantity:
    before, after = around
    said = [_VERBS.sub("", _WHEN.sub("", part)) for part in around]
    bare = "".join(said)
    pairs = frozenset(a + b for part in said for a, b in _pairs(part))
    return Quantity(
        start=offset + term.start,
        end=offset + term.end,
        written=term.text,
        value=term.key.removesuffix(unit),
        unit=unit,
        clause=before + term.text + after,
        subject=pairs,
        when=when,
        numbered=tuple(_NUMBERED.findall(bare)),
        before="".join(_RUN_BEFORE.findall(said[0])),
        after="".join(_RUN_AFTER.findall(said[1])[:1]),
        alone=not _FIGURE.search(before + after),
    )


def _when(sentence: str, period: str, start: int, end: int) -> frozenset[str]:
    """The stretches that the clause `start:end` speaks of: the parts of a year that it names, else those named last
    before it, else any that the sentence names; with the period's year (and, where none is named at all, its part).
    """
    named = [(match.start(), _stretch(match.group())) for match in _WHEN.finditer(sentence)]
    years = [(place, stretch) for place, stretch in named if is_year(stretch)]
    parts = [(place, stretch) for place, stretch in named if not is_year(stretch)]
    own = _nearest(years, start, end) | _nearest(parts, start, end)
    given = {_stretch(m.group()) for m in _WHEN.finditer(period)}
    of_period = {w for w in given if is_year(w)}
    if not years:
        own |= of_period
    return frozenset(own if own - of_period else own | given)


def _nearest(named: list[tuple[int, str]], start: int, end: int) -> set[str]:
    """Of the stretches named, by place: those in the clause, else the last before it, else all."""
    inside = {stretch for place, stretch in named if start <= place < end}
    before = [stretch for place, stretch in named if place < start]
    return inside or set(before[-1:]) or {stretch for _, stretch in named}


def is_year(stretch: str) -> bool:
    """Whether a stretch of time of `Quantity.when` is a certain year."""
    return stretch[:2] in ("19", "20")


def _stretch(written: str) -> str:
    """全年, 今年 and a plain year all speak of a whole year; which one is told by what else the sentence names."""
    return "全年" if written in ("今年", "当年", "本年", "累计") else written.replace("年度", "年")


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b in pairwise(text) if not (a + b).isspace() and a.isalnum() and b.isalnum()]


def _clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The clause around the figure; a very short one takes the clause before it too."""
    left = start
    while left > 0 and sentence[left - 1] not in _CLAUSE_END:
        left -= 1
    right = end
    while right < len(sentence) and sentence[right] not in _CLAUSE_END:
        right += 1
    if start - left + right - end < 4 and left > 1:
        left -= 1
        while left > 0 and sentence[left - 1] not in _CLAUSE_END:
            left -= 1
    return left, right


def is_rough(quantity: Quantity) -> bool:
    """Whether a figure is told as a bound, an estimate or an aim: such a one contradicts no other."""
    before, _, after = quantity.clause.partition(quantity.written)
    loose = _LOOSE_BEFORE.search(before) or _LOOSE_AFTER.match(after) or re.search("[多余]", quantity.written)
    return bool(loose or _AIM.search(quantity.clause))


def disagree(one: Quantity, other: Quantity) -> bool:
    """Whether both count the same thing over the same time and give different figures."""
    if one.unit != other.unit or one.value == other.value or one.numbered != other.numbered:
        return False
    # The cheapest first: few of many pairs of quantities come further.
    shared = len(one.subject & other.subject)
    if shared < _LEAST_PAIRS or shared < _LEAST_SHARED * len(one.subject | other.subject):
        return False
    if not _beside(one, other):
        return False
    if min(len(one.subject - other.subject), len(other.subject - one.subject)) > 1:
        # A word in the place of another: 全国居民 and 农村居民 are two things.
        return False
    return not _other_time(one.when, other.when)


def _beside(one: Quantity, other: Quantity) -> bool:
    """Whether the words right around both figures agree: of several figures in a clause each counts a thing of its own
    (4名班子成员、5名科室负责人).
    """
    if one.after and other.after and one.after[:2] != other.after[:2]:
        return False
    if one.alone and other.alone:
        return True
    return bool(one.before and one.before[-2:] == other.before[-2:]) or (
        not one.before and not other.before and bool(one.after)
    )


def _other_time(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of named stretches cannot be the same: different years, or different parts of a year."""
    years = [{w for w in when if is_year(w)} for when in (one, other)]
    parts = [{w for w in when if not is_year(w) and w != "全年"} for when in (one, other)]
    return (bool(years[0] and years[1]) and years[0] != years[1]) or parts[0] != parts[1]
