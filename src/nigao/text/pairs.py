"""Quotation marks, brackets and title marks that come in pairs: which have no partner, and which are nested wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nigao.text.faults import Fault, visible

_PARTNER = {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕", "「": "」", "『": "』"}
_OPENER = {close: opening for opening, close in _PARTNER.items()}
# 1） at the head of an item, and the strokes of ’98, it’s and 1’52”, are no half of a pair.
_NUMBERED = re.compile(r"(?<![\d（A-Za-z])(?:\d{1,2}|[a-zA-Z])$")
_MARK = re.compile(
    r"(?<=[A-Za-z])[’‘](?=[A-Za-z])|’(?=\d\d(?!\d))|\d’(?:\d{1,2}”)?|(?<=\d)”(?=[）)])"
    rf"|(?P<mark>[{''.join(_PARTNER)}{''.join(_OPENER)}])",
    re.MULTILINE,
)
# A bracket of mixed widths is a pair all the same.
_FULL = {ord("("): "（", ord(")"): "）"}
_CLOSED_NUMBERS = re.compile(r"(?<![\d（A-Za-z])(?:\d{1,2}|[a-zA-Z])）")
_SENTENCE_END = re.compile(r"[。！？；]\s*$")


@dataclass(slots=True)
class _Line:
    """One line's marks: what is still open, and what was found wrong."""

    marks: list[tuple[int, str]]
    stack: list[tuple[int, str]] = field(default_factory=list)
    lone_ends: list[tuple[int, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def unpaired(text: str) -> Iterator[Fault]:
    """Marks without a partner in their paragraph, at the opening one where there is one; in order of place.

    A pair that a line break cuts in two, and a quotation of several paragraphs each of which opens it anew, are whole.
    """
    lines: list[tuple[int, str, _Line]] = []
    offset = 0
    for words in visible(text).translate(_FULL).splitlines(keepends=True):
        marks = [(m.start("mark") + offset, m["mark"]) for m in _MARK.finditer(words) if m["mark"]]
        marks = [(at, mark) for at, mark in marks if not _closes_number(words, at - offset, mark)]
        if marks:
            lines.append((offset, words, _paired(marks)))
        offset += len(words)
    _join_broken_lines(lines)
    found: list[Fault] = []
    for number, (_, _, line) in enumerate(lines):
        found += line.faults
        following = lines[number + 1][1] if number + 1 < len(lines) else ""
        for at, mark in line.stack:
            if not (mark == "“" and following.lstrip().startswith("“")):
                found.append(Fault(at, at + 1, f"没有与它配对的“{_PARTNER[mark]}”"))
        found += [Fault(at, at + 1, f"前面没有与它配对的“{_OPENER[mark]}”") for at, mark in line.lone_ends]
    yield from sorted(found, key=lambda fault: fault.start)


def _closes_number(line: str, at: int, mark: str) -> bool:
    """Whether the mark is the ） of 1）, which opened nowhere."""
    if mark != "）" or _NUMBERED.search(line[max(0, at - 4) : at]) is None:
        return False
    return line.count("（", 0, at) <= line.count("）", 0, at) - len(_CLOSED_NUMBERS.findall(line[:at]))


def _paired(marks: list[tuple[int, str]]) -> _Line:
    line = _Line(marks)
    for position, (at, mark) in enumerate(marks):
        following = _next_quote(marks, position) if mark in "“”" else ""
        if mark == "“" and any(other == "“" for _, other in line.stack) and following in ("", "“"):
            line.faults.append(Fault(at, at + 1, "方向反了，此处是引文的结尾", "”"))
            _close(line, at, "”")
        elif mark == "”" and following == "”" and not any(other == "“" for _, other in line.stack):
            line.faults.append(Fault(at, at + 1, "方向反了，此处是引文的开头", "“"))
            line.stack.append((at, "“"))
        elif mark in _PARTNER:
            line.stack.append((at, mark))
        else:
            _close(line, at, mark)
    return line


def _next_quote(marks: list[tuple[int, str]], position: int) -> str:
    """The next “ or ” behind this one; empty where there is none."""
    for i in range(position + 1, len(marks)):
        if marks[i][1] in "“”":
            return marks[i][1]
    return ""


def _close(line: _Line, at: int, mark: str) -> None:
    """Take the partner off the stack; what was opened since and not closed has no partner."""
    opening = _OPENER[mark]
    if not any(other == opening for _, other in line.stack):
        line.lone_ends.append((at, mark))
        return
    while line.stack[-1][1] != opening:
        lost, other = line.stack.pop()
        line.faults.append(Fault(lost, lost + 1, f"没有与它配对的“{_PARTNER[other]}”"))
    line.stack.pop()


def _join_broken_lines(lines: list[tuple[int, str, _Line]]) -> None:
    """A title or a sentence may be broken between the halves of a pair: they find each other a few lines on."""
    for number, (start, words, line) in enumerate(lines):
        if _SENTENCE_END.search(words):
            continue
        for at, mark in list(line.stack):
            for later_start, _, later in lines[number + 1 : number + 3]:
                partner = next((end for end in later.lone_ends if end[1] == _PARTNER[mark]), None)
                if partner is not None and later_start - start - len(words) <= 40:
                    later.lone_ends.remove(partner)
                    line.stack.remove((at, mark))
                    break


_NESTED_QUOTES = re.compile(r"“[^“”\n]{0,80}(“[^“”\n]{1,80}”)[^“”\n]{0,80}”")
_NESTED_TITLES = re.compile(r"《[^《》\n]{0,80}(《[^《》\n]{1,80}》)(?:[^《》\n]{0,80}》)")
_OUTER_SINGLE = re.compile(r"‘([^‘’“”\n]{2,80})’")
_NESTED = (
    (_NESTED_QUOTES, "‘’", "双引号里面的引号用单引号"),
    (_NESTED_TITLES, "〈〉", "双书名号里面的书名号用单书名号"),
)


def nested(text: str) -> Iterator[Fault]:
    """“…“…”…” and 《…《…》…》, whose inner marks are single; and ‘…’ that stands in no “…”."""
    seen = visible(text)
    for pattern, marks, note in _NESTED:
        for match in pattern.finditer(seen):
            inner = text[match.start(1) + 1 : match.end(1) - 1]
            # “甲“和”乙” may be two pairs, each with one half turned round.
            safe = marks == "〈〉" and not inner.startswith(("和", "、", "与", "及", "，"))
            yield Fault(match.start(1), match.end(1), note, f"{marks[0]}{inner}{marks[1]}", safe=safe)
    for match in _OUTER_SINGLE.finditer(seen):
        line = seen[seen.rfind("\n", 0, match.start()) + 1 : match.start()]
        if line.count("“") <= line.count("”") and not re.search("[A-Za-z]$", line):
            yield Fault(
                match.start(), match.end(), "外面一层用双引号", f"“{text[match.start(1) : match.end(1)]}”", safe=True
            )
