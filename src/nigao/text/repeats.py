"""A clause that stands twice in one sentence: what a change of mind left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SHORTEST = 10
_CLAUSE = re.compile("[^，。；：！？\n]+")
_LISTED = re.compile("[、“”（）]")
_SENTENCE_END = re.compile("[。；！？]")


@dataclass(frozen=True, slots=True)
class RepeatedClause:
    """The clause at `start:end`, which stood at `first` before."""

    start: int
    end: int
    text: str
    first: int


def repeated_clauses(text: str) -> Iterator[RepeatedClause]:
    """Clauses of ten characters or more that their sentence has had before; sentences may repeat one another's."""
    seen: dict[str, int] = {}
    line = 0
    for match in _CLAUSE.finditer(text):
        if "\n" in text[line : match.start()]:
            seen.clear()
        line = match.start()
        words = match.group().strip()
        if len(words) < _SHORTEST or _LISTED.search(words) or not re.search("[一-鿿]{6}", words):
            continue
        if words in seen:
            # 甲……，由本部门审核；乙……，由本部门审核: parallel members end alike.
            if not _SENTENCE_END.search(text, seen[words], match.start()):
                yield RepeatedClause(match.start(), match.end(), words, seen[words])
        else:
            seen[words] = match.start()
