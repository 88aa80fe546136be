"""Spaces where Chinese running text has none; aligned names, headings and 《titles》 of two issuers keep theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nigao.text import lexicon
from nigao.text.content import placed_words
from nigao.text.faults import HAN, Fault, visible

# What parts the cells of a table's row in plain text.
_CELL = "\t"
_SPACE = "[ \t\u00a0\u2002\u2003\u3000]"
_MARKS = "，。；：、！？…“”‘’（）《》〈〉【】〔〕"
_BETWEEN = re.compile(rf"(?<=[{HAN}{_MARKS}]){_SPACE}+(?=[{HAN}{_MARKS}])")
_BY_FIGURE = re.compile(rf"(?<=[{HAN}，。；：、（“])[ \t\u00a0]+(?=\d)|(?<=[\d%]) +(?=[{HAN}])")
# 第三条　…, （一） …, 1. …, 5.1.2 …, 附件 …: a space behind what numbers a line is wanted (B.2.5.6).
_LINE_NUMBER = re.compile(
    r"[ \t\u3000]*(?:第[〇零一二三四五六七八九十百\d]+[条章节款编部分]+"
    r"|[（(]?[一二三四五六七八九十百\d]{1,4}[）)][、，．.]?"
    r"|[一二三四五六七八九十百]{1,4}、|\d+(?:[.．]\d+)*[.．、]?|附[件录表图]?\d*[：:.]?|[图表]\d+|[①-⑳])$"
)
_RUNNING = re.compile(r"[，。；]")
_LABEL = re.compile(rf"{_SPACE}+[{HAN}]{{1,8}}[：:]")
_ISSUER = re.compile("(?:中共中央|国务院|中央军委|[委厅部局会府院办署组])$")
_NEXT_ISSUER = re.compile(f"[{HAN}]{{1,14}}?(?:院|厅|部|局|委|会|府|办|署|组)")
# 新华社北京11月4日电 …, （记者王新 李明）: the custom of news.
_DATELINE = re.compile(r"^\s*[^。，；]{2,30}[电讯](?:（[^（）]*）)?$")
_BYLINE = re.compile(f"（[^（），。]*[{HAN}]{{2,4}}$")
_NEXT_IN_BYLINE = re.compile(f"[{HAN}]{{2,4}}[） ]")
_BOUNDARY = f"[^{HAN}]"
_ALIGNED_NAME = re.compile(
    rf"(?:^|{_BOUNDARY}|[由请经和与])[{HAN}](?:\u3000[{HAN}]|{_SPACE}+[{HAN}](?:$|{_BOUNDARY}|同志|[任为]))"
)


def spaces(text: str) -> Iterator[Fault]:
    """Spaces between Chinese characters or marks within a running line."""
    seen = visible(text)
    for match in _BETWEEN.finditer(seen):
        if match.group() == _CELL:
            continue
        start, end = seen.rfind("\n", 0, match.start()) + 1, seen.find("\n", match.end())
        line = seen[start : end if end >= 0 else len(seen)]
        at = match.start() - start
        if _is_running(line):
            if not _is_wanted(line, at, match.end() - start):
                safe = _joins(line, at, match.end() - start)
                yield Fault(match.start(), match.end(), "中间有多余的空格", "", safe=safe)
        elif match.group() == " " and len(_BETWEEN.findall(line)) == 1 and _splits_word(line, at):
            yield Fault(match.start(), match.end(), "中间有多余的空格", "")


def figure_spaces(text: str) -> Iterator[Fault]:
    """Spaces between a figure and the Chinese words around it."""
    seen = visible(text)
    for match in _BY_FIGURE.finditer(seen):
        if match.group() == _CELL:
            continue
        start, end = seen.rfind("\n", 0, match.start()) + 1, seen.find("\n", match.end())
        line = seen[start : end if end >= 0 else len(seen)]
        if _is_running(line) and not _LINE_NUMBER.match(line[: match.start() - start]):
            yield Fault(match.start(), match.end(), "数字与文字之间有空格", "", safe=True)


def _is_running(line: str) -> bool:
    """Whether the line is prose rather than a heading, a row of names or a title set with spaces."""
    return _RUNNING.search(line) is not None and len(re.findall(f"[{HAN}]{_SPACE}+", line)) * 4 < len(line)


def _is_wanted(line: str, start: int, end: int) -> bool:
    before, after = line[:start], line[end:]
    if _LINE_NUMBER.match(before) or (line[start - 1] not in _MARKS and _LABEL.match(line, start)):
        return True
    # 《中共中央 国务院关于…》, and “甲乙丙丁 戊己庚辛” on a banner.
    inside = before.count("《") > before.count("》") or before.count("“") > before.count("”")
    if inside and not _joins(line, start, end):
        return True
    if _DATELINE.match(before) or (_BYLINE.search(before) and _NEXT_IN_BYLINE.match(after)):
        return True
    if _ISSUER.search(before) and _NEXT_ISSUER.match(after):
        return True
    return _is_aligned_name(line, start, end)


def _is_aligned_name(line: str, start: int, end: int) -> bool:
    """Whether the space widens a name of two characters (张　三); 机　关 is a word, and so is the 促进 of 为　促进.

    Beside another such name 高　峰 is one too.
    """
    if _ALIGNED_NAME.search(line[max(0, start - 2) : end + 3]) is None:
        return False
    if len(_ALIGNED_NAME.findall(line)) > 1:
        return True
    pair, goes_on = line[start - 1] + line[end], line[end : end + 2]
    return not _is_plain_word(pair) and not (len(goes_on) == 2 and _is_plain_word(goes_on))


def _is_plain_word(pair: str) -> bool:
    return lexicon.count(pair) > 0 and not lexicon.tag(pair).startswith("nr")


def _splits_word(line: str, start: int) -> bool:
    """Whether the one space of a heading stands within a word: 国务 院办公厅."""
    apart = _LINE_NUMBER.match(line[:start]) or min(start, len(line) - start) < 2
    apart = apart or _is_aligned_name(line, start, start + 1)
    marked = line[start - 1] in _MARKS or line[start + 1 : start + 2] in tuple(_MARKS)
    return not apart and not marked and _joins(line, start, start + 1)


def _joins(line: str, start: int, end: int) -> bool:
    """Whether a mark stands beside the space, or a word across it: two names side by side stay apart."""
    if line[start - 1] in _MARKS or line[end] in _MARKS:
        return True
    before, after = re.split(rf"[{_MARKS}\s]", line[:start])[-1][-8:], re.split(rf"[{_MARKS}\s]", line[end:])[0][:8]
    return any(word.start < len(before) < word.end for word in placed_words(before + after))
