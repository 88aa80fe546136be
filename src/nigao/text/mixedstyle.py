"""One kind of thing written in two styles within a text: years, percentages, counts, and the width of signs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.text.faults import HAN, Fault, visible
from nigao.text.numerals import chinese_integer, parse_integer, parse_number

_QUOTED = re.compile(r"《[^《》]{1,80}》|“[^“”\n]*”")
_ZH_DIGITS = "〇零一二三四五六七八九"
_DATE_LINE = re.compile(
    rf"^[ \t\u3000（]*[{HAN} \u3000]{{0,20}}?[〇零○一二三四五六七八九十\d]{{4}}年[^\n，。；]{{0,12}}$", re.MULTILINE
)
_YEARS = (
    re.compile(r"(?<!\d)(?:19|20)\d\d年"),
    re.compile(rf"[一二][九〇零○][〇零○{_ZH_DIGITS}]{{2}}年"),
)
# Dates without a year show the style as well.
_DAYS = (
    re.compile(r"(?<![\d年])\d{1,2}月\d{1,2}日"),
    re.compile("(?<![年一二三四五六七八九十])[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"),
)
_SHARES = (
    re.compile(r"\d+(?:\.\d+)?%"),
    re.compile(r"百分之[一二两三四五六七八九十]+(?:点[一二三四五六七八九〇零]+)?(?![一二三四五六七八九十百])"),
)
_SMALL_COUNTED = "人次|场次|[次名场期篇份件项家户]"
_COUNTED = (
    "人次|场次|件次|人(?![类民员均口才力物事士们大])|个(?!月|小时|工作日|百分点|体)"
    "|[次名场期篇份件项家户条处台套册座所批]"
)
_COUNT = re.compile(
    rf"(?:(?P<arab>(?<![\d.第—～-])\d+)|(?<![第一二三四五六七八九十百千万几每逐{_ZH_DIGITS}])"
    rf"(?P<zh>(?:[二三四五六七八九十]|一(?=[百千]))[{_ZH_DIGITS}十百千]*))"
    rf"(?P<unit>{_COUNTED})(?![一-鿿]?(?:会议|全会)|数)"
)
# 第十一条、十二条 number, they do not count.
_NUMBERED = re.compile("第[一二三四五六七八九十百千〇零]+[条款项章节]?[、和至到]$")
_SMALL = re.compile(_SMALL_COUNTED)
_TO_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
_SENTENCE = re.compile("[^。！？\n]+")
_SIGNS = (
    (re.compile(r"(?<=\d)％"), re.compile(r"(?<=\d)%"), "%"),
    (re.compile(r"(?<=\d)．(?=\d)"), re.compile(r"(?<=\d)\.(?=\d)"), "."),
    (re.compile(rf"(?<=[{HAN}，。”》）])—{{3,}}"), re.compile(r"(?<!—)——(?!—)"), "——"),
)


# A style so many times commoner than the other is the text's own.
_CLEAR = 3


@dataclass(frozen=True, slots=True)
class Mixture:
    """A form at `start:end`, `other` that the text (or the sentence) writes in the other style, and how it reads there.

    `clear`: no two minds about which style the text has. `fix` is empty where a person has to write it anew.
    """

    start: int
    end: int
    text: str
    other: str
    fix: str
    clear: bool


def _outside_quotes(text: str) -> str:
    return _QUOTED.sub(lambda match: "\ue000" * len(match.group()), text)


def mixed_numerals(text: str) -> Iterator[Mixture]:
    """Years and percentages in the style that the text uses less, of equals the Chinese; 成文日期 and quotations do not
    count.
    """
    bare = _outside_quotes(text)
    # A date on a line of its own follows the custom of its time.
    bare = _DATE_LINE.sub(lambda match: "\ue000" * len(match.group()), bare)
    for pair, alike in ((_YEARS, _DAYS), (_SHARES, ())):
        arabic, chinese = ([*pattern.finditer(bare)] for pattern in pair)
        if arabic and chinese:
            often = [len(found) for found in (chinese, arabic)]
            if alike:
                often = [number + len(days.findall(bare)) for number, days in zip(often, reversed(alike), strict=True)]
            odd, usual = (chinese, arabic) if often[0] <= often[1] else (arabic, chinese)
            fewer, more = sorted(often)
            for match in odd if fewer * 2 < more else odd[:1]:
                written, clear = match.group(), fewer * _CLEAR <= more
                yield Mixture(match.start(), match.end(), written, usual[0].group(), _turned(written), clear)


def _turned(written: str) -> str:
    """A year or a percentage in the other kind of digits."""
    if written[0].isdigit():
        return written.translate(_TO_CHINESE) if written.endswith("年") else ""
    if written.endswith("年"):
        value = parse_integer(written[:-1].replace("○", "〇").replace("零", "〇"))
        return f"{value}年" if value is not None else ""
    share = parse_number(written.removeprefix("百分之"))
    return f"{share}%" if share is not None else ""


def mixed_counts(text: str) -> Iterator[Mixture]:
    """Counts in Chinese digits beside Arabic ones of the same measure: any in one sentence (三次 and 5次), exact ones
    beyond ten (十八人) also in a text that writes such figures in Arabic digits.
    """
    bare = _outside_quotes(text)
    found = [
        m for m in _COUNT.finditer(bare) if m["arab"] or not _NUMBERED.search(bare[max(0, m.start() - 10) : m.start()])
    ]
    arabic = {_kind(m): m for m in reversed(found) if m["arab"]}
    exact = [m for m in found if m["zh"] and _is_exact(m["zh"])]
    figures = sum(m["arab"] is not None for m in found)
    usual = len(exact) * _CLEAR <= figures
    told = set()
    for beside, match in _in_one_sentence(bare, found):
        told.add(match.start())
        clear = match in exact and len(exact) <= figures
        yield Mixture(match.start(), match.end(), match.group(), beside.group(), _in_figures(match), clear)
    for match in exact if usual else ():
        if _kind(match) in arabic and match.start() not in told:
            other = arabic[_kind(match)].group()
            yield Mixture(match.start(), match.end(), match.group(), other, _in_figures(match), clear=True)


def _in_one_sentence(text: str, found: list[re.Match[str]]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The first Arabic and the first Chinese count of each measure in a sentence."""
    by_sentence: dict[int, list[re.Match[str]]] = {}
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    for match in found:
        by_sentence.setdefault(bisect_right(ends, match.start()), []).append(match)
    for inside in by_sentence.values():
        arabic = {_kind(m): m for m in reversed(inside) if m["arab"]}
        chinese = {_kind(m): m for m in reversed(inside) if m["zh"]}
        for kind, match in chinese.items():
            if kind in arabic and (_SMALL.fullmatch(match["unit"]) or _is_exact(match["zh"])):
                yield arabic[kind], match


def _kind(match: re.Match[str]) -> str:
    """What is counted: persons are, by 人 and by 名."""
    return "人" if match["unit"] == "名" else match["unit"]


def _is_exact(written: str) -> bool:
    """Whether a number counts beyond ten to the last one, or the last ten: 十八, 七百二十, but not 十, 三十, 十七八."""
    value = parse_integer(written)
    if value is None or not 10 < value <= 9999 or len(str(value).rstrip("0")) < 2:
        return False
    return chinese_integer(value) == written


def _in_figures(match: re.Match[str]) -> str:
    value = parse_integer(match["zh"])
    return f"{value}{match['unit']}" if value is not None else ""


def mixed_signs(text: str) -> Iterator[Fault]:
    """Full-width ％ and ．, and a dash of three strokes, in a text that has the usual form too."""
    seen = visible(text)
    for odd, usual, sign in _SIGNS:
        found = list(odd.finditer(seen))
        if found and usual.search(seen):
            for match in found:
                yield Fault(match.start(), match.end(), f"与本文其他地方的“{sign}”写法不一", sign, safe=True)
