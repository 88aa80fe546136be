"""What would fill a blank: the fact that the words around it name, and the wording of a source that fits around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nigao.report.brief import Brief, Fact
from nigao.report.kinds import FactSpec, Kind

_CLAUSE_MARKS = "，。；：！？\n"
_REACH = 6
# Left and right together, so many characters must fit before a source's wording is offered.
_FEWEST = 4
_FILLER = "[^，。；：！？\\s“”《》（）]{1,14}?"
_LONG_FILLER = "[^“”《》\\n]{1,40}?"
_BLANK = re.compile("[XxＸｘ×✕╳○〇_＿【】某]")


def wanted_fact(text: str, start: int, end: int, kind: Kind) -> FactSpec | None:
    """The kind's fact that the clause around the blank at `start:end` names, the nearest; None where it names none."""
    opened = max((text.rfind(mark, 0, start) for mark in _CLAUSE_MARKS), default=-1) + 1
    closed = min((at for mark in _CLAUSE_MARKS if (at := text.find(mark, end)) >= 0), default=len(text))
    best: tuple[int, int] | None = None
    chosen: FactSpec | None = None
    for spec in (fact for part in kind.parts for fact in part.facts):
        for name in (spec.name, *spec.aliases):
            for away in _distances(text[opened:start], text[end:closed], name):
                # A longer name tells more than a nearer one (党组织 before 党).
                rank = (away, -len(name))
                if best is None or rank < best:
                    best, chosen = rank, spec
    return chosen


def _distances(before: str, behind: str, name: str) -> Iterator[int]:
    if (at := before.rfind(name)) >= 0:
        yield len(before) - at - len(name)
    # What is counted follows its number: XX名党员.
    if 0 <= (at := behind.find(name)) <= 3:
        yield at + 1


def known_fact(spec: FactSpec, brief: Brief | None) -> Fact | None:
    """The brief's line for that fact, under any of its names."""
    if brief is None:
        return None
    return next((fact for name in (spec.name, *spec.aliases) if (fact := brief.fact(name)) is not None), None)


def fitting(text: str, start: int, end: int, sources: str) -> str:
    """What stands in a source between the same words as the blank at `start:end` does, or an empty string."""
    left, right = _left(text[:start]), _right(text[end:])
    quoted = text[start - 1 : start] in "“《" and text[end : end + 1] in "”》" and start > 0
    if len(left) + len(right) < _FEWEST or not right:
        return ""
    filler = _LONG_FILLER if quoted else _FILLER
    # Of a quotation, the words behind it tell which it is.
    for before, behind in ((_REACH, _REACH), (3, 3), *(((1, _REACH), (1, _REACH - 1)) if quoted else ())):
        start_words, end_words = left[-before:], right[:behind]
        if len(start_words) + len(end_words) < _FEWEST:
            continue
        found = re.search(f"{re.escape(start_words)}({filler}){re.escape(end_words)}", sources)
        if found is not None and not _BLANK.search(found.group(1)):
            return found.group(1)
    return ""


def _left(before: str) -> str:
    return re.split("[，。；：！？\\n]", before)[-1][-_REACH:]


def _right(behind: str) -> str:
    return re.split("[，。；：！？\\n]", behind)[0][:_REACH]
