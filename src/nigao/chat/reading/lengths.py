"""Verbs that make a place shorter or longer, and how long it is to become: 压到80字, 缩短一半, 增加50字."""

from __future__ import annotations

import math
import re

from nigao.chat.commands import Command, ReviseCommand
from nigao.chat.reading.figures import number, share
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.spoken import Spoken
from nigao.chat.reading.turn import Turn
from nigao.report.places import Place

# 减20字 takes so many away; 减到20字 leaves so many.
_AWAY = re.compile("(?:砍|减|缩减|缩短|删减|减少|压缩|精简|压|少)(?:掉|去|了|少)?(?:大概|大约|约)?$")
_MORE = re.compile("(?:增加|补充|加|扩充|扩写|多写|充实|增写|拉长|加长|扩)(?:了|大概|大约|约)?$")
_LONGEST = 20000
_LIMIT = re.compile("(?:把|将)?P的?(?:字数|篇幅|长度|内容)?(?:要|应|应该|应当|最好|得|尽量)*L")


def shorten(turn: Turn, spoken: Spoken) -> Outcome:
    """压缩到80字."""
    return _revised(turn, spoken, "shorten")


def lengthen(turn: Turn, spoken: Spoken) -> Outcome:
    """扩写到150字."""
    return _revised(turn, spoken, "lengthen")


def resize(turn: Turn, spoken: Spoken) -> Outcome:
    """改成100字: shorter or longer, as the place is now."""
    return _revised(turn, spoken, "") if spoken.length() or spoken.share() else Outcome()


def wanted(turn: Turn, spoken: Spoken, place: Place) -> int | None:
    """The characters that were asked for, or None where none were said."""
    length, part = spoken.length(), spoken.share()
    now = turn.length(place)
    if length is not None and length.found is not None:
        said = number(length.found["amount"]) or 0
        before = turn.said.plain[: length.start]
        absolute = (
            length.found["not"]
            or length.found["least"]
            or length.found["near"] in ("以内", "之内", "以下", "内", "以上")
        )
        if not absolute and _AWAY.search(before):
            # 缩短20字 takes away; but 精简100字 of a text of 90 can only mean a limit, and is asked for.
            return now - said if spoken.has("off") or re.search("(?:减少?|砍|少)(?:掉|去|了)?$", before) else said
        return now + said if not absolute and re.search("(?:增加|补充|多写|加)了?$", before) else said
    if part is not None and part.found is not None:
        return _shared(turn, spoken, now)
    return None


def _shared(turn: Turn, spoken: Spoken, now: int) -> int | None:
    slot = spoken.share()
    fraction = share(slot.found) if slot is not None and slot.found is not None else None
    if slot is None or fraction is None:
        return None
    left = spoken.has("to", "original") and re.search("[到至成为]", turn.said.plain[: slot.start]) is not None
    if spoken.verb == "lengthen":
        return math.floor(now * (fraction if left and fraction > 1 else 1 + fraction) + 0.5)
    return math.floor(now * (fraction if left else 1 - fraction) + 0.5)


def _revised(turn: Turn, spoken: Spoken, how: str) -> Outcome:
    ways, why = spoken.ways(implied=True)
    told = bool(spoken.length() or spoken.share())

    def build(way: tuple[tuple[Place, ...], ...]) -> Command | None:
        places = [place for meant in way for place in meant]
        if len(places) != 1:
            return None
        characters = wanted(turn, spoken, places[0])
        if told and (characters is None or not 1 <= characters <= _LONGEST):
            return None
        direction = how or ("lengthen" if (characters or 0) > turn.length(places[0]) else "shorten")
        return ReviseCommand(
            place=places[0], how="shorten" if direction == "shorten" else "lengthen", characters=characters
        )

    outcome = turn.decided(ways, build, why)
    if not outcome.sure and not outcome.near and any(ways):
        return Outcome.asking("一次只能改一处的篇幅，字数要说清楚")
    return outcome


def limited(turn: Turn) -> Outcome:
    """第二条别超过120字: a limit by itself."""
    found = _LIMIT.fullmatch(turn.text)
    if found is None:
        return Outcome()
    slot = turn.skeleton.slots[-1]
    length = slot.found
    if length is None or not (
        length["not"] or length["least"] or length["near"] in ("以内", "之内", "以下", "内", "以上")
    ):
        return Outcome()
    characters = number(length["amount"])
    longer = length["least"] or length["near"] == "以上"
    ways, why = turn.ways(turn.skeleton.mentions)

    def build(way: tuple[tuple[Place, ...], ...]) -> Command | None:
        if len(way[0]) != 1 or characters is None or not 1 <= characters <= _LONGEST:
            return None
        return ReviseCommand(place=way[0][0], how="lengthen" if longer else "shorten", characters=characters)

    return turn.decided(ways, build, why)
