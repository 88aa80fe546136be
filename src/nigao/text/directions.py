"""More or less: has a sentence turned the direction in which a source says that something moved?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nigao.text.clauses import clauses, counterparts

_UP = "增长|上升|提高|增加|提升|上涨|扩大|上调|高于|多于|回升|攀升|增多|延长|增至|升至"
_DOWN = "下降|减少|降低|下滑|回落|缩小|下调|低于|少于|下跌|减轻|缩短|降至|减至|压减|压降"
_MOVED = re.compile(f"(?P<up>{_UP})|(?P<down>{_DOWN})")
# 降幅收窄, 增速放缓, 减少…的现象: the word does not tell where the figure went.
_NAMED = re.compile("[升增降减]幅|增速|降速|增减|升降")
_ALIKE = re.compile(f"{_UP}|{_DOWN}|\\d+(?:\\.\\d+)?[%％]?")


@dataclass(frozen=True, slots=True)
class Turned:
    """The word at `start:end` that tells the direction, and the source's clause that tells the other one."""

    start: int
    end: int
    word: str
    old: str


def turned_directions(sentence: str, evidence: str) -> list[Turned]:
    """Where a clause says that something rose which the evidence's clause, alike but for that, says fell."""
    if not _MOVED.search(sentence):
        return []
    olds = [clause for clause in clauses(evidence) if _MOVED.search(clause.text)]
    found: list[Turned] = []
    for new in clauses(sentence):
        moved = list(_MOVED.finditer(new.text))
        if len(moved) != 1 or _NAMED.search(new.text):
            continue
        same = [old for old in counterparts(new, olds, _ALIKE) if not _NAMED.search(old.text)]
        ways = [{match.lastgroup for match in _MOVED.finditer(old.text)} for old in same]
        if same and all(len(way) == 1 and moved[0].lastgroup not in way for way in ways):
            start = new.start + moved[0].start()
            found.append(Turned(start, start + len(moved[0].group()), moved[0].group(), same[0].text))
    return found
