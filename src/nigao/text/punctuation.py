"""Punctuation marks that have the wrong form or stand where none may: GB/T 15834—2011 on the characters alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nigao.text.faults import HAN, Fault, visible

_ZH_CLOSE = "”’》）】〉〕」』"
_ZH_OPEN = "“‘《（【〈〔「『"
_ZH_STOP = "，。；：、！？…—"
_ZH_MARK = _ZH_CLOSE + _ZH_OPEN + _ZH_STOP
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}

# Digits on both sides (1:5, 8:30, 1,234) and Latin prose keep their own marks.
_HALF = re.compile(rf"(?<=[{HAN}{_ZH_CLOSE}%％])[,;:?!](?![,;:?!])|(?<![,;:?!])[,;:?!](?=\s?[{HAN}{_ZH_OPEN}])")
_HALF_AT_END = re.compile(r"(?<=\d)[,;:](?=[ \t]*$)", re.MULTILINE)
_HALF_DOT = re.compile(rf"(?<=[{HAN}{_ZH_CLOSE}%％])\.(?=[{HAN}{_ZH_OPEN}{_ZH_CLOSE}\s]|$)(?!\.)")
_ORDINAL_BEFORE = re.compile(r"(?m)(?:^|[。；：\n])[ \t　]*(?:[一二三四五六七八九十]{1,3}|[（(][^（）()]{1,3}[）)])$")
_HALF_PAIR = re.compile(r"[(（]([^()（）\n]{0,200})[)）]")
_STRAIGHT = re.compile(r"\"([^\"\n]{1,200})\"|(?<![A-Za-z\d])'([^'\n]{1,200})'(?![A-Za-z])")
_HAN_ONE = re.compile(f"[{HAN}]")
_CHINESE = re.compile(f"[{HAN}{_ZH_MARK}]")

_DOTS = re.compile(r"。{3,}|\.{2,}|·{3,}|…[…。.]*")
_DASHES = re.compile(rf"(?<=[{HAN}{_ZH_MARK}])(?:-{{2,}}|－{{2}}(?!－)|―{{2}}(?!―)|–{{2}})(?=[{HAN}{_ZH_MARK}])")
_DOUBLED = re.compile(r"[，。、；：？！][ \t]*[，。、；：][，。、；： \t]*(?<![ \t])")
_AT_LINE_HEAD = re.compile(rf"(?m)^[ \t　]*([，。、；：！？{_ZH_CLOSE}])")
_IN_BRACKET = re.compile(r"(?<=[“‘《（【])[，。、；：]|(?<!\n)[、；：](?=[”’》）】])|[，。](?=》)|，(?=[）】])")
_STOPPED_TWICE = re.compile(r"。[”’][，。；：、]")
_ETCETERA = re.compile(r"……等等?(?=[，。；、：）\s]|$)")


def half_width(text: str) -> Iterator[Fault]:
    """Half-width , ; : ? ! . and brackets in Chinese text."""
    seen = visible(text)
    for match in (*_HALF.finditer(seen), *_HALF_AT_END.finditer(seen)):
        yield Fault(match.start(), match.end(), "是半角标点", _FULL[match.group()], safe=True)
    for match in _HALF_DOT.finditer(seen):
        if not _ORDINAL_BEFORE.search(seen[max(0, match.start() - 8) : match.start()]):
            # Between two words it may have been meant as ， or as ·.
            ends = not _HAN_ONE.match(seen, match.end())
            yield Fault(match.start(), match.end(), "是半角标点", "。", safe=ends)
    for match in _HALF_PAIR.finditer(seen):
        written = text[match.start() : match.end()]
        if written[0] + written[-1] != "（）" and _among_han(seen, match):
            yield Fault(match.start(), match.end(), "用了半角括号", f"（{written[1:-1]}）", safe=True)


def _among_han(text: str, match: re.Match[str]) -> bool:
    """Whether brackets belong to Chinese text: f(x) and H2O(g) do not."""
    if _HAN_ONE.search(match.group()) or match.group()[0] == "（" or match.group()[-1] == "）":
        return True
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    return bool(_CHINESE.match(before)) or (not before.strip() and bool(_HAN_ONE.match(after)))


def straight_quotes(text: str) -> Iterator[Fault]:
    """Typewriter quotes around Chinese words; the marks and what they hold."""
    for match in _STRAIGHT.finditer(visible(text)):
        inner = text[match.start() + 1 : match.end() - 1]
        beside = _HAN_ONE.match(text[match.start() - 1 : match.start()]) or _HAN_ONE.match(text, match.end())
        if _HAN_ONE.search(inner) or (beside and "'" not in match.group()):
            left, right = "“”" if match.group().startswith('"') else "‘’"
            # A quotation mark too many before it would turn all that follow inside out.
            alone = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].count(match.group()[0]) % 2 == 0
            curly = any(mark in inner for mark in "“”‘’")
            yield Fault(match.start(), match.end(), "用了直引号", f"{left}{inner}{right}", safe=alone and not curly)


def ellipses(text: str) -> Iterator[Fault]:
    """省略号 of another form than ……; ……等 says the same thing twice."""
    seen = visible(text)
    for match in _DOTS.finditer(seen):
        chinese = _HAN_ONE.search(seen[max(0, match.start() - 2) : match.end() + 2])
        # Behind …… stands no 。, but which of the two was meant is for a person.
        if match.group() not in ("……", "…………") and chinese:
            mixed = len(set(match.group())) > 1
            yield Fault(match.start(), match.end(), "不是规范的省略号", "……", safe=not mixed)
    for match in _ETCETERA.finditer(seen):
        yield Fault(match.start(), match.end(), "既用省略号又用“等”", "……")


def dashes(text: str) -> Iterator[Fault]:
    """破折号 made of hyphens or of other strokes than ——."""
    for match in _DASHES.finditer(visible(text)):
        yield Fault(match.start(), match.end(), "不是规范的破折号", "——", safe=True)


def doubled(text: str) -> Iterator[Fault]:
    """Two marks where one belongs."""
    for match in _DOUBLED.finditer(visible(text)):
        marks = match.group().replace(" ", "").replace("\t", "")
        # 。。。 is a bad ellipsis.
        if re.fullmatch("。{3,}", marks):
            continue
        same = len(set(marks)) == 1
        yield Fault(match.start(), match.end(), "是连用的标点", marks[0] if same else None, safe=same)


def is_broken_off(text: str, place: int) -> bool:
    """Whether a line begins at this place (white space left out) and the line before it stops in mid-sentence."""
    line = text.rfind("\n", 0, place)
    before = text[:line].rstrip() if line > 0 and not text[line:place].strip() else ""
    return bool(before) and before[-1] not in "。！？；："


def misplaced(text: str) -> Iterator[Fault]:
    """A mark at the head of a line, or right inside a bracket where the clause has not begun or has ended.

    The first line may be the rest of what was cut off before it.
    """
    seen = visible(text)
    for match in _AT_LINE_HEAD.finditer(seen):
        if match.start():
            yield Fault(match.start(1), match.end(1), "出现在一行的开头")
    for match in _IN_BRACKET.finditer(seen):
        yield Fault(match.start(), match.end(), "不能紧挨着引号、括号或书名号的内侧", "", safe=False)
    for match in _STOPPED_TWICE.finditer(seen):
        yield Fault(match.start(), match.end(), "引号内外都用了点号")
