"""One kind of thing written in two styles within a text: years, percentages, counts, and the width of signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.text.faults import HAN, Fault, visible

_QUOTED = re.compile(r"《[^《》]{1,80}》|“[^“”\n]*”")
_ZH_DIGITS = "〇零一二三四五六七八九"
_DATE_LINE = re.compile(
    rf"^[ \t\u3000（]*[{HAN} \u3000]{{0,20}}?[〇零○一二三四五六七八九十\d]{{4}}年[^\n，。；]{{0,12}}$", re.MULTILINE
)
_YEARS = (
    re.compile(r"(?<!\d)(?:19|20)\d\d年"),
    re.compile(rf"[一二][九〇零○][〇零○{_ZH_DIGITS}]{{2}}年"),
)
_SHARES = (
    re.compile(r"\d+(?:\.\d+)?%"),
    re.compile(r"百分之[一二两三四五六七八九十]+(?:点[一二三四五六七八九〇零]+)?(?![一二三四五六七八九十百])"),
)
_COUNT_WORDS = "(?P<unit>人次|场次|[次名场期篇份件项家户])(?![一-鿿]?(?:会议|全会)|数)"
_COUNT = re.compile(
    rf"(?P<arab>(?<![\d.第—～-])\d+){_COUNT_WORDS}|(?<![第一二三四五六七八九十百千万几每逐{_ZH_DIGITS}])"
    rf"(?P<zh>[二三四五六七八九十][一二三四五六七八九十百千]*){_COUNT_WORDS.replace('unit', 'unit2')}"
)
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile("[^。！？\n]+")
_SIGNS = (
    (re.compile(r"(?<=\d)％"), re.compile(r"(?<=\d)%"), "%"),
    (re.compile(r"(?<=\d)．(?=\d)"), re.compile(r"(?<=\d)\.(?=\d)"), "."),
    (re.compile(rf"(?<=[{HAN}，。”》）])—{{3,}}"), re.compile(r"(?<!—)——(?!—)"), "——"),
)


@dataclass(frozen=True, slots=True)
class Mixture:
    """A form at `start:end`, and one that the text (or the sentence) writes in the other style."""

    start: int
    end: int
    text: str
    other: str


def _outside_quotes(text: str) -> str:
    return _QUOTED.sub(lambda match: "\ue000" * len(match.group()), text)


def mixed_numerals(text: str) -> Iterator[Mixture]:
    """Years and percentages in the style that the text uses less; 成文日期 and quotations do not count."""
    bare = _outside_quotes(text)
    # A date on a line of its own follows the custom of its time.
    bare = _DATE_LINE.sub(lambda match: "\ue000" * len(match.group()), bare)
    for pair in (_YEARS, _SHARES):
        found = [list(pattern.finditer(bare)) for pattern in pair]
        if all(found):
            rare, usual = sorted(found, key=len)
            for match in rare if len(rare) * 2 < len(usual) else rare[:1]:
                yield Mixture(match.start(), match.end(), match.group(), usual[0].group())


def mixed_counts(text: str) -> Iterator[Mixture]:
    """Within a sentence, counts of the same measure in Arabic and in Chinese digits; the style used less."""
    bare = _outside_quotes(text)
    for sentence in _SENTENCE.finditer(bare):
        if not _DIGIT.search(sentence.group()):
            continue
        arabic: dict[str, re.Match[str]] = {}
        chinese: dict[str, re.Match[str]] = {}
        for match in _COUNT.finditer(bare, sentence.start(), sentence.end()):
            if match["arab"]:
                arabic.setdefault(match["unit"], match)
            else:
                chinese.setdefault(match["unit2"], match)
        for unit, match in chinese.items():
            if unit in arabic:
                yield Mixture(match.start(), match.end(), match.group(), arabic[unit].group())


def mixed_signs(text: str) -> Iterator[Fault]:
    """Full-width ％ and ．, and a dash of three strokes, in a text that has the usual form too."""
    seen = visible(text)
    for odd, usual, sign in _SIGNS:
        found = list(odd.finditer(seen))
        if found and usual.search(seen):
            for match in found:
                yield Fault(match.start(), match.end(), f"与本文其他地方的“{sign}”写法不一", sign, safe=True)
