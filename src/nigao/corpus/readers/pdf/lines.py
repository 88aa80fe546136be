"""Put the glyphs of a page, or of a table cell, back into visual lines of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nigao.corpus.readers.pdf.glyphs import Glyph

_SAME_LINE = 0.4
_RAISED = 0.8
_MARK_REACH = 8
# In ems: a gap this wide parts columns or cells, one this wide parts words of Latin letters or figures.
_PARTS, _WORDS = 1.6, 0.22
_WIDE_SPACE = 0.9
_HAN = "⺀-鿿豈-﫿\U00020000-\U0003ffff　-〿＀-￯“”‘’—…·、"
_HAN_END = re.compile(f"[{_HAN}]$")
_HAN_START = re.compile(f"[{_HAN}]")
# 第一条 and 第二章 keep the space behind them: it is all that parts the number from the words.
_ORDINAL_END = re.compile("第[〇零一二三四五六七八九十百千0-9]{1,6}[编章节条款]$")
# Writers break no line behind or before these; “ and ” are on both sides, since some do not tell them apart.
_NEVER_LAST, _NEVER_FIRST = "（《“”‘’〈【〔「『([", "，。；：、！？）》“”‘’〉】〕」』…—%％)],.;:!?"
_NUMBER_CUT = re.compile(r"\d[.,]\n\d$")
_MARK = re.compile(r"[\d①-⑳*＊ivxlcⅰ-ⅻ\[\]〔〕]")


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one visual line, without wide gaps. `head` is how much room its first word takes.

    `raised` are small marks above the line, as (offset into the text, mark): the references to footnotes, but also m².
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: str
    head: float
    raised: tuple[tuple[int, str], ...] = ()


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Line]]:
    """Visual rows from the top; each is one line or, where gaps are wide, several from the left."""
    rows = [[_line(part) for part in _parts(row)] for row in _clusters(glyphs)]
    return [kept for row in rows if (kept := [line for line in row if line.text.strip()])]


def joined(lines: Iterable[str]) -> str:
    """The lines of one paragraph as one: no space between Chinese, one between words, no hyphen within a word."""
    text = ""
    for line in lines:
        following = line.strip()
        if not text or not following:
            text += following
        elif text[-1] == "-" and text[-2:-1].isascii() and text[-2:-1].isalpha() and following[0].islower():
            text = text[:-1] + following
        elif _HAN_END.search(text) or _HAN_START.match(following) or _NUMBER_CUT.search(text + "\n" + following[:1]):
            text += following
        else:
            text += " " + following
    return text


def _clusters(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs that stand on the same line; marks raised above one go to it."""
    rows: list[list[Glyph]] = []
    y = size = 0.0
    for glyph in sorted((g for g in glyphs), key=lambda g: g.y):
        if rows and glyph.y - y <= _SAME_LINE * min(glyph.size, size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            y, size = glyph.y, glyph.size
    merged: list[list[Glyph]] = []
    for row in rows:
        if merged and _lifted(merged[-1], row):
            merged[-1] = merged[-1] + row
        else:
            merged.append(row)
    return merged


def _lifted(above: Sequence[Glyph], row: Sequence[Glyph]) -> bool:
    """Whether all of `above` are small marks on this row, or this row's are small marks under that one."""
    upper, lower = _size(above), _size(row)
    near = row[0].y - above[0].y
    small, large = (above, row) if upper < lower else (row, above)
    if min(upper, lower) > _RAISED * max(upper, lower) or near > 0.65 * max(upper, lower):
        return False
    left, right = min(g.x0 for g in large), max(g.x1 for g in large)
    return all(left - g.size * _MARK_REACH <= g.x0 and g.x1 <= right + g.size * _MARK_REACH for g in small)


def _size(glyphs: Sequence[Glyph]) -> float:
    """The size that takes the most room: three raised marks do not outdo the two words before them."""
    room: Counter[float] = Counter()
    for glyph in glyphs:
        room[round(glyph.size, 1)] += round(glyph.size**2)
    return room.most_common(1)[0][0]


def _parts(row: Sequence[Glyph]) -> list[list[Glyph]]:
    parts: list[list[Glyph]] = []
    for glyph in sorted(row, key=lambda g: g.x0):
        last = parts[-1][-1] if parts else None
        # Some writers print a glyph twice, a hair apart, to make it bold.
        if last is not None and last.char == glyph.char and abs(last.x0 - glyph.x0) < 0.25 * glyph.size:
            continue
        if last is None or glyph.x0 - last.x1 > _PARTS * max(glyph.size, last.size):
            parts.append([])
        parts[-1].append(glyph)
    return parts


def _line(glyphs: Sequence[Glyph]) -> Line:
    size = _size(glyphs)
    text = ""
    raised: list[tuple[int, str]] = []
    last: Glyph | None = None
    space: Glyph | None = None
    base = max((g.y for g in glyphs if g.size > _RAISED * size), default=glyphs[0].y)
    for glyph in glyphs:
        if glyph.char.isspace():
            space = space or glyph
            continue
        text += _space(text, last, space, glyph)
        if glyph.size <= _RAISED * size and base - glyph.y > 0.15 * size and _MARK.fullmatch(glyph.char):
            raised.append((len(text), glyph.char))
        text += glyph.char
        last, space = glyph, None
    inked = [g for g in glyphs if not g.char.isspace()] or list(glyphs)
    fonts = Counter(g.font for g in inked)
    return Line(
        text,
        inked[0].x0,
        inked[-1].x1,
        base,
        size,
        fonts.most_common(1)[0][0],
        _head(inked),
        _marks(raised),
    )


def _space(text: str, last: Glyph | None, space: Glyph | None, glyph: Glyph) -> str:
    """What stands between two glyphs: drawn spaces between Chinese characters are mostly artefacts of the writer."""
    if last is None:
        return ""
    gap = (glyph.x0 - last.x1) / max(glyph.size, 1.0)
    chinese = _HAN_END.search(text) is not None and _HAN_START.match(glyph.char) is not None
    if chinese:
        kept = _ORDINAL_END.search(text) if gap > _WORDS else None
        if kept or (space is not None and gap >= _WIDE_SPACE):
            return "　" if space is not None and space.char == "　" else " "
        return ""
    if space is not None:
        return " "
    latin = not _HAN_END.search(text) and not _HAN_START.match(glyph.char)
    return " " if latin and gap > _WORDS else ""


def _head(glyphs: Sequence[Glyph]) -> float:
    """The room that the first unbreakable piece takes: a character with its marks, or a word, or a number."""
    end = 0
    while end + 1 < len(glyphs) and _glued(glyphs[end], glyphs[end + 1]):
        end += 1
    return glyphs[end].x1 - glyphs[0].x0


def _glued(glyph: Glyph, following: Glyph) -> bool:
    if glyph.char in _NEVER_LAST or following.char in _NEVER_FIRST:
        return True
    # Some writers take a word along with the mark before it.
    behind = glyph.char in _NEVER_FIRST or glyph.char == "·" or not _HAN_START.match(glyph.char)
    word = behind and (following.char == "·" or not _HAN_START.match(following.char))
    return word and following.x0 - glyph.x1 <= _WORDS * glyph.size


def _marks(raised: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """Marks next to each other are one: 1 and 2 are 12."""
    marks: list[tuple[int, str]] = []
    for offset, char in raised:
        if marks and marks[-1][0] + len(marks[-1][1]) == offset:
            marks[-1] = (marks[-1][0], marks[-1][1] + char)
        else:
            marks.append((offset, char))
    return tuple(marks)
