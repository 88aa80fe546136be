"""Verbs that change how a report is built: delete, swap, move, split, merge, lock, unlock, pair."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nigao.chat.commands import (
    Command,
    DeleteCommand,
    LockCommand,
    MergeCommand,
    PairCommand,
    ReplaceCommand,
    SplitCommand,
    SwapCommand,
    UnlockCommand,
)
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.spoken import Spoken
from nigao.chat.reading.turn import Turn, Way
from nigao.report.kinds import Content
from nigao.report.places import TITLE, Place


def flat(way: Way) -> tuple[Place, ...]:
    """The places of one way to read them, each once."""
    return tuple(dict.fromkeys(place for meant in way for place in meant))


def movable(place: Place) -> bool:
    """Whether a place is an item or a sentence, which can be taken out and put elsewhere."""
    return place.part != "" and (bool(place.item) or place.sentence not in (None, 0)) and place.part != TITLE


def _beside(places: Sequence[Place]) -> bool:
    """Whether all are items, or all are sentences, of one list."""
    if any(place.sentence is not None for place in places):
        return all(p.sentence is not None for p in places) and len({p.whole for p in places}) == 1
    return len({(p.part, p.item[:-1]) for p in places}) == 1 and all(p.item for p in places)


def _narrowed(ways: list[Way]) -> list[Way]:
    """Ways in which all places stand beside each other, where there are such."""
    return [way for way in ways if _beside(flat(way))] or ways


def _with_focus(turn: Turn, ways: list[Way]) -> list[Way]:
    """跟下一条换个位置: where one place is joined to nothing before it, the other is the focus."""
    focus = turn.scene.focus
    if focus is None or not re.match("[和跟与同]P", turn.text):
        return ways
    return [((focus if way[0][0].sentence is not None else focus.whole,), *way) for way in ways if len(flat(way)) == 1]


def delete(turn: Turn, spoken: Spoken) -> Outcome:
    """删掉第二条. Words in quotation marks that are no item or sentence are taken out wherever they stand."""
    words = spoken.quote()
    if words and not spoken.mentions and not spoken.has("word") and turn.named.exactly(words):
        ways, _ = spoken.ways()
        near = [DeleteCommand(places=flat(way)) for way in ways]
        return Outcome.asking("是删去这一条，还是只去掉这几个字", [*near, ReplaceCommand(old=words, new="")])
    if words:
        everywhere: tuple[list[Way], str] = ([((Place(),),)], "")
        ways, why = turn.ways(spoken.mentions) if spoken.mentions else everywhere
        ways = [way for way in ways if any(words in text for text in turn.texts(way[0][0]))]
        if not ways:
            return Outcome.asking(why or f"没有找到“{words}”")
        return turn.decided(
            ways, lambda way: ReplaceCommand(old=words, new="", place=way[0][0]) if len(flat(way)) == 1 else None, why
        )
    ways, why = spoken.ways()
    whole = any(not movable(place) for way in ways for place in flat(way))
    if whole:
        return Outcome.asking("只能删去分条、要点和句子，不能删去整个部分或标题")
    return turn.decided(ways, lambda way: DeleteCommand(places=flat(way)), why or spoken.unsaid())


def swap(turn: Turn, spoken: Spoken) -> Outcome:
    """（二）和（三）对调."""
    ways, why = spoken.ways()

    def build(way: Way) -> Command | None:
        places = flat(way)
        fit = len(places) == 2 and all(map(movable, places))
        return SwapCommand(one=places[0], other=places[1]) if fit else None

    ways = _with_focus(turn, ways)
    return turn.decided(_narrowed(ways), build, why or spoken.unsaid() or _wanted(ways, 2))


def merge(turn: Turn, spoken: Spoken) -> Outcome:
    """把第二条和第三条合成一条."""
    ways, why = spoken.ways()

    def build(way: Way) -> Command | None:
        places = flat(way)
        return MergeCommand(places=places) if len(places) > 1 and all(map(movable, places)) else None

    ways = _with_focus(turn, ways)
    return turn.decided(_narrowed(ways), build, why or spoken.unsaid() or _wanted(ways, 2))


def merge_into(turn: Turn, spoken: Spoken) -> Outcome:
    """把第三条并到第二条里: the second takes up the third."""
    ways, why = spoken.ways()
    if spoken.order() != "from-to":
        return Outcome.asking("没有说清把哪一条并到哪一条")

    def build(way: Way) -> Command | None:
        if len(way) != 2 or len(way[1]) != 1 or not all(map(movable, flat(way))):
            return None
        return MergeCommand(places=tuple(dict.fromkeys((*way[1], *way[0])))) if way[0] != way[1] else None

    return turn.decided(_narrowed(ways), build, why or spoken.unsaid())


def split(turn: Turn, spoken: Spoken) -> Outcome:
    """把第二条从第三句起拆成两条."""
    ways, why = spoken.ways()

    def build(way: Way) -> Command | None:
        places = flat(way)
        if len(places) == 2 and places[1].whole == places[0] and places[1].sentence:
            places = places[1:]
        fit = len(places) == 1 and places[0].item and places[0].sentence != 0
        return SplitCommand(place=places[0]) if fit else None

    return turn.decided(ways, build, why or spoken.unsaid())


def lock(turn: Turn, spoken: Spoken) -> Outcome:
    """锁定第二条."""
    ways, why = spoken.ways()
    return turn.decided(
        ways, lambda way: LockCommand(place=flat(way)[0]) if len(flat(way)) == 1 else None, why or spoken.unsaid()
    )


def unlock(turn: Turn, spoken: Spoken) -> Outcome:
    """解锁; of the whole report where no place is said."""
    if not spoken.mentions and not spoken.quote():
        return Outcome.of(UnlockCommand())
    ways, why = spoken.ways()
    return turn.decided(ways, lambda way: UnlockCommand(place=flat(way)[0]) if len(flat(way)) == 1 else None, why)


def pair(turn: Turn, spoken: Spoken) -> Outcome:
    """措施2针对问题1和3."""
    ways, why = spoken.ways()
    kind = turn.scene.kind
    lacks = {spec.key for spec in kind.parts if spec.content is Content.LACKS}
    remedies = {spec.key for spec in kind.parts if spec.content is Content.REMEDIES}

    def build(way: Way) -> Command | None:
        places = flat(way)
        if any(len(place.item) != 1 or place.sentence is not None for place in places):
            return None
        measures = [place.item[0] for place in places if place.part in remedies]
        problems = [place.item[0] for place in places if place.part in lacks]
        if len(measures) != 1 or not problems or len(measures) + len(problems) < len(places):
            return None
        return PairCommand(measure=measures[0], problems=tuple(problems))

    return turn.decided(
        ways, build, "" if ways and any(build(way) for way in ways) else why or "请说明第几条措施对应第几个问题"
    )


def _wanted(ways: list[Way], count: int) -> str:
    return "" if any(len(flat(way)) >= count for way in ways) else f"要说出{'两' if count == 2 else count}条"
