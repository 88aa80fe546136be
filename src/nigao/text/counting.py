"""A list with the number of its members told right behind or before it: does the number fit?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.text.amounts import Rough, find_amounts

_COUNTS = frozenset("个家项类种名人所处部篇座条场")
_CLAUSE_START = re.compile("[，。；：！？\n（）()]")
_LISTED_BEHIND = re.compile("，?(?:分别)(?:为|是)[：:]?(?P<list>[^，。；：！？\n（）()]+)")
# Another 、 or 和 within a member makes it unclear where one ends.
_UNCLEAR = re.compile("[的“”《》0-9０-９]|各|每|其他|其它|以及|或")
_AND = re.compile("[和与及]")
_ETC = re.compile("等(?:共|共计|合计)?$")
_TOTAL = re.compile("(?:这|共|共计|合计|总计|共有)$")
_QUOTED = re.compile("(?:“[^“”]{1,30}”、?){2,}$|(?:《[^《》]{1,60}》、?){2,}$")
# Words that gather members of any kind; of others the members must bear a mark of their own.
_GATHERING = re.compile("方面|环节|领域|方向|维度|板块|阶段|专题|重点")
_LONGEST = 12
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Miscount:
    """A number at `start:end` of a list with `made` members: as many at least where `open` (等)."""

    start: int
    end: int
    written: str
    made: int
    open: bool
    listed: str


def miscounted_lists(text: str) -> Iterator[Miscount]:
    """Numbers that are not those of the members listed with them (甲科、乙科、丙科4个科室; 3个科室，分别为甲科、乙科).

    Only where it is plain which the members are: they end alike, or in the word that counts them, or are all quoted.
    Behind 等 the list is not all, and the number may be larger.
    """
    if "、" not in text and "》《" not in text and "”“" not in text:
        return
    for amount in find_amounts(text):
        if amount.unit not in _COUNTS or amount.rough is not Rough.NO or amount.ordinal or amount.value > 40:
            continue
        for listed in (_before(text, amount.start), _behind(text, amount.end)):
            counts = _members(listed, amount.noun) if listed else ()
            if not counts:
                continue
            open_ended = _ETC.search(listed) is not None
            said = int(amount.value)
            if said < min(counts) or (said > max(counts) and not open_ended):
                made = min(counts, key=lambda count: abs(count - said))
                yield Miscount(amount.start, amount.end, amount.text, made, open_ended, listed)


def _before(text: str, place: int) -> str:
    """The clause right before the number, where it lists something."""
    clause = _CLAUSE_START.split(text[:place])[-1]
    return clause if "、" in clause or "》《" in clause or "”“" in clause else ""


def _behind(text: str, place: int) -> str:
    """The list that 分别为 opens behind the number and its noun."""
    noun = re.compile("[一-鿿]{0,6}").match(text, place)
    for skipped in range(len(noun.group()) + 1 if noun else 0):
        match = _LISTED_BEHIND.match(text, place + skipped)
        if match is not None:
            return match["list"]
    return ""


def _members(listed: str, noun: str) -> tuple[int, ...]:
    """How many members the list may have: 和 joins two, or stands within a name. Empty where that is not plain."""
    plain = _TOTAL.sub("", _ETC.sub("", listed))
    quoted = _QUOTED.search(plain)
    if quoted is not None:
        count = len(re.findall("“[^“”]+”|《[^《》]+》", quoted.group()))
        # A member without marks may stand before: 通知、《…》《…》.
        return () if plain[: quoted.start()].endswith(("、", "和", "及", "与")) else (count,)
    parts = plain.split("、")
    if (
        len(parts) < 2
        or _UNCLEAR.search(plain)
        or any(not 1 < len(part) <= _LONGEST for part in parts[1:])
        or not parts[0]
    ):
        return ()
    joined = len(_AND.findall(parts[-1]))
    if any(_AND.search(part) for part in parts[1:-1]):
        return ()
    ends = {part[-1] for part in parts}
    marked = len(ends) == 1 or all(end in noun for end in ends)
    gathered = _GATHERING.match(noun) is not None and len({len(part) for part in parts[1:]}) == 1
    if not (marked or (gathered and len(parts) >= _FEWEST)):
        return ()
    return (len(parts), len(parts) + joined) if joined else (len(parts),)
