"""Numbers as they are said of a report: lists of ordinals, lengths in characters, revisions, steps."""

from __future__ import annotations

import re
from fractions import Fraction

from nigao.text.numerals import parse_integer

NUM = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3}|两)"
_UPTO = r"(?:到|至|-|—|–|~)"
_AND = r"(?:、|，|和|与|及|跟|以及|,)"
# 1、3 and 第二到第四 and 1和3
LIST = rf"(?>{NUM}(?:(?:{_AND}|{_UPTO})第?{NUM}){{0,30}})"
_MOST = 60

_FRACTIONS = {"一半": "1/2", "半数": "1/2", "对半": "1/2", "一倍": "1"}
_AMOUNT = r"(?:\d{1,5}|[一二三四五六七八九十百千两]{1,6})"
LENGTH = re.compile(
    rf"(?P<not>不超过|(?:别|不要|不能|不许|不可)超过?|(?:别|不要)多于|不超|不多于|不得超过|最多|至多|少于|不到)?(?P<least>至少|不少于|不低于)?"
    rf"(?:大概|大约|约|差不多)?(?P<amount>{_AMOUNT})(?:来)?个?(?P<unit>多?字符|多?字)(?:数)?"
    r"(?P<near>左右|上下|以内|之内|以下|内|以上|出头)?(?:的篇幅|的长度|的样子)?"
)
SHARE = re.compile(
    rf"(?P<word>一半|对半|一倍)|(?P<below>{NUM})分之(?P<above>{NUM})|(?P<percent>\d{{1,3}})%|(?P<tenths>{NUM})成(?!为)"
)
REVISION = re.compile(
    rf"(?:第|v|r)(?P<nth>{NUM})(?:个)?(?:次)?(?:稿|版本|版|修订稿|修订|次修改)?|(?:版本|修订)(?P<number>\d{{1,3}})|(?<![上前这下每同近])(?P<bare>(?![一两]){NUM})(?:稿|版)"
)
STEPS = re.compile(rf"(?:最近|前|上|后|最后)?(?P<steps>{NUM})(?:步|次|个)(?:的)?(?:修改|改动|操作)?")
CODE = re.compile(r"(?<![a-z])[a-z]{1,2}\d{3}(?!\d)")


def numbers(words: str) -> tuple[int, ...]:
    """The numbers of a list such as `1、3` or `二到第四`, in the order said; none where it cannot be read."""
    found: list[int] = []
    for mark, written in re.findall(rf"({_AND}|{_UPTO})?第?({NUM})", words):
        value = 2 if written == "两" else parse_integer(written)
        if value is None or value < 1:
            return ()
        if found and re.fullmatch(_UPTO, mark):
            if not found[-1] < value <= found[-1] + _MOST:
                return ()
            found.extend(range(found[-1] + 1, value))
        found.append(value)
    return tuple(dict.fromkeys(found))


def number(written: str) -> int | None:
    """One number, 两 being two."""
    return 2 if written == "两" else parse_integer(written)


def share(found: re.Match[str]) -> Fraction | None:
    """The share of one that SHARE found: 一半, 三分之一, 30%, 三成."""
    if found["word"]:
        return Fraction(_FRACTIONS[found["word"]])
    if found["percent"]:
        return Fraction(int(found["percent"]), 100)
    if found["tenths"]:
        tenths = number(found["tenths"])
        return Fraction(tenths, 10) if tenths else None
    above, below = number(found["above"]), number(found["below"])
    return Fraction(above, below) if above and below else None
