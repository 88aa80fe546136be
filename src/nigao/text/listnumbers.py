"""The numbers that a word processor writes before the paragraphs of a list by itself: 一、 （二） 3. ④ 2.1 …"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from nigao.text.numerals import chinese_integer

_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
_BY_DIGITS = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}
_LEGAL = {"chineseLegalSimplified", "ideographLegalTraditional"}
# Forms that have a sign of its own for each number, and how many they have.
_SIGNS = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "lowerLetter": ("a", 26),
    "upperLetter": ("A", 26),
}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LAST_ROMAN = 39
_SILENT = {"bullet", "none"}
_PLACE = re.compile("%([1-9])")
_LAST_CHINESE = 99
# A number is short; a file that repeats a long text before every paragraph is not to fill the memory.
_LONGEST = 64
# Behind these the text follows at once; 1. stands apart from a figure.
_CLOSES = re.compile("[、，。：；）)》】〕.．]$")
_FIGURE = re.compile(r"\s*\d")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: the form of its own number, and `template` (`（%2）`) in which %n is the number of level n.

    `arabic` shows the numbers of all levels in Arabic digits. `restarts` is the level (from 1) that makes this one
    begin anew, 0 for none; None: any level above it.
    """

    form: str
    template: str
    start: int = 1
    arabic: bool = False
    restarts: int | None = None


@dataclass(frozen=True, slots=True)
class ListForm:
    """A list by its levels, from 0. Lists of one `counted_with` go on counting from each other.

    `afresh`: levels that begin anew where this list is first met.
    """

    counted_with: str
    levels: Mapping[int, ListLevel]
    afresh: frozenset[int] = frozenset()


@dataclass(slots=True)
class ListNumbers:
    """Counts the paragraphs of a document's lists as they are met in reading order."""

    lists: Mapping[str, ListForm]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _met: set[tuple[str, int]] = field(default_factory=set)

    def next(self, list_id: str, level: int) -> str:
        """Count one paragraph and say what is shown before it; empty for bullets and for lists that are not there."""
        listed = self.lists.get(list_id)
        if listed is None:
            return ""
        counts = self._counts.setdefault(listed.counted_with, {})
        own = listed.levels.get(level)
        fresh = level in listed.afresh and (list_id, level) not in self._met
        self._met.add((list_id, level))
        start = own.start if own is not None else 1
        counts[level] = start if fresh or level not in counts else counts[level] + 1
        for deeper in [key for key in counts if key > level and _begins_anew(listed.levels.get(key), level)]:
            del counts[deeper]
        return "" if own is None or own.form in _SILENT else _shown(own, listed.levels, counts)


def _begins_anew(deeper: ListLevel | None, level: int) -> bool:
    return deeper is None or deeper.restarts is None or level < deeper.restarts


def _shown(own: ListLevel, levels: Mapping[int, ListLevel], counts: Mapping[int, int]) -> str:
    def place(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        level = levels.get(at)
        count = counts.get(at, level.start if level is not None else 1)
        return written_count(count, "decimal" if own.arabic or level is None else level.form)

    return _PLACE.sub(place, own.template[:_LONGEST])


def written_count(count: int, form: str) -> str:
    """A number in one of the forms of WordprocessingML (`w:numFmt`); Arabic digits where it is none of those known."""
    if count < 1:
        return str(count)
    if form in _CHINESE and count <= _LAST_CHINESE:
        return chinese_integer(count)
    if form in _SIGNS and count <= _SIGNS[form][1]:
        return chr(ord(_SIGNS[form][0]) + count - 1)
    if form in ("lowerRoman", "upperRoman") and count <= _LAST_ROMAN:
        return _roman(count).lower() if form == "lowerRoman" else _roman(count)
    if form == "ideographTraditional" and count <= len(_STEMS):
        return _STEMS[count - 1]
    return _in_digits(count, form)


def _in_digits(count: int, form: str) -> str:
    plain = str(count)
    if form in _BY_DIGITS:
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in plain)
    if form in _LEGAL and count <= _LAST_CHINESE:
        return chinese_integer(count).translate(str.maketrans("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾"))
    if form == "decimalZero":
        return plain.zfill(2)
    if form == "decimalFullWidth":
        return plain.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return plain


def _roman(count: int) -> str:
    found = ""
    for value, sign in _ROMAN:
        found += sign * (count // value)
        count %= value
    return found


def numbered_text(number: str, text: str) -> str:
    """The text of a paragraph with the number that is shown before it."""
    number = number.strip()
    if not number or not text.strip():
        return text
    apart = _CLOSES.search(number) is None or (number[-1] in ".．" and _FIGURE.match(text) is not None)
    return f"{number}{' ' if apart else ''}{text}"
