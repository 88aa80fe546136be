"""The outward form of headings, and which of several sister headings departs from the form that the others share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T", bool, int, str)
_HAN = re.compile("[一-鿿]+")
_QUOTED = re.compile("“[^”]*”|《[^》]*》|（[^）]*）")
_STOPS = "。；！？，：、"
# So many sisters must agree before one is told apart; a length must be this many times theirs and so many characters
# off.
_FEWEST_OTHERS = 3
_LENGTHS = 1.8
_FARTHEST = 8


@dataclass(frozen=True, slots=True)
class Departure:
    """The heading at `index` differs: `told` says how, in Chinese. A `plain` one is a slip rather than a variation."""

    index: int
    told: str
    plain: bool = False


def departures(headings: Sequence[str]) -> list[Departure]:
    """Headings that differ from what all their sisters have in common; empty where the sisters do not agree.

    Compared are the number of clauses, a quoted term, the closing mark, the words that open a clause, and the length.
    """
    if len(headings) < _FEWEST_OTHERS + 1:
        return []
    found = [
        *_odd(headings, _clauses, lambda mine, theirs: f"是{mine}个分句，其他各条都是{theirs}个"),
        *_odd(headings, _ending, _ending_told, plain=True),
        *_without_quotation(headings),
        *_without_shared_word(headings),
        *_out_of_length(headings),
    ]
    return sorted(found, key=lambda departure: departure.index)


def _odd(
    headings: Sequence[str], feature: Callable[[str], _T], told: Callable[[_T, _T], str], *, plain: bool = False
) -> list[Departure]:
    """The one heading whose feature all the others have alike but it has not."""
    values = [feature(heading) for heading in headings]
    common = Counter(values).most_common()
    if len(common) != 2 or common[1][1] != 1:
        return []
    index = values.index(common[1][0])
    return [Departure(index, told(values[index], common[0][0]), plain)]


def _clauses(heading: str) -> int:
    return len([clause for clause in re.split("[，；：]", _plain(heading).rstrip(_STOPS)) if clause])


def _without_quotation(headings: Sequence[str]) -> list[Departure]:
    """The one heading without a “quoted term”; one more than the others have is nobody's slip."""
    lacking = [i for i, heading in enumerate(headings) if "“" not in heading]
    return [Departure(lacking[0], "没有引号中的词语，其他各条都有", plain=True)] if len(lacking) == 1 else []


def _ending(heading: str) -> str:
    last = heading.rstrip()[-1:]
    return last if last in _STOPS else ""


def _ending_told(mine: str, theirs: str) -> str:
    def name(mark: str) -> str:
        return f"以“{mark}”结尾" if mark else "末尾没有标点"

    return f"{name(mine)}，其他各条都{name(theirs)}"


def _without_shared_word(headings: Sequence[str]) -> list[Departure]:
    """The heading that lacks the word with which a later clause of every other one opens (聚焦).

    The first clause's verb is varied on purpose.
    """
    openings = [_openings(heading) for heading in headings]
    counted = Counter(word for words in openings for word in words)
    found = []
    for word, times in counted.items():
        lacking = [i for i, heading in enumerate(headings) if word not in heading]
        if times == len(headings) - 1 and len(lacking) == 1:
            found.append(Departure(lacking[0], f"没有用“{word}”，其他各条都用", plain=True))
    return found[:1]


def _openings(heading: str) -> set[str]:
    clauses = re.split("[，；：]", _plain(heading))[1:]
    return {clause[:2] for clause in clauses if len(clause) > 2 and _HAN.fullmatch(clause[:2])}


def _out_of_length(headings: Sequence[str]) -> list[Departure]:
    lengths = [len(_plain(heading).rstrip(_STOPS)) for heading in headings]
    found = []
    for index, length in enumerate(lengths):
        others = lengths[:index] + lengths[index + 1 :]
        steady = max(others) <= 1.5 * min(others)
        away = max(length - max(others), min(others) - length)
        if steady and away >= _FARTHEST and (length > _LENGTHS * max(others) or length * _LENGTHS < min(others)):
            told = f"有{length}字，其他各条{min(others)}—{max(others)}字"
            found.append(Departure(index, told))
    return found


def _plain(heading: str) -> str:
    """The heading with what is quoted standing as one mark: a 、 or ， inside it is no joint."""
    return _QUOTED.sub(lambda match: "〇" * len(match.group()), heading)
