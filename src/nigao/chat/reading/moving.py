"""Verbs that move: to before or behind another, to an end, by so many places, or into another list."""

from __future__ import annotations

from typing import Literal

from nigao.chat.commands import Command, MoveCommand
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.spoken import Spoken
from nigao.chat.reading.structure import flat, movable
from nigao.chat.reading.turn import Turn, Way
from nigao.report.places import OPENING, TITLE, Place, siblings

_ALL_PLACES = ("", TITLE, OPENING)


def move(turn: Turn, spoken: Spoken) -> Outcome:
    """把第四条挪到第二条前面; 提到最前; 放到第三部分最后."""
    ways, why = spoken.ways()
    after = spoken.after_last_place()
    if spoken.has("before", "behind") and len(spoken.mentions) > 1 and after in ("before", "behind"):
        if spoken.order() != "from-to":
            return Outcome.asking("没有说清把哪一条挪到哪里")
        return turn.decided(_sorted_kind(ways), lambda way: _moved(turn, way, after), why or spoken.unsaid())
    if spoken.has("first", "final"):
        end = "first" if spoken.has("first") else "final"
        return turn.decided(ways, lambda way: _to_end(turn, way, end), why or spoken.unsaid())
    if len(spoken.mentions) > 1 and spoken.order() == "from-to":
        return turn.decided(ways, lambda way: _moved(turn, way, "into"), why or spoken.unsaid())
    return Outcome.asking("没有说清挪到哪里", ())


def up(turn: Turn, spoken: Spoken) -> Outcome:
    """上移一位, 往前挪."""
    return _shifted(turn, spoken, -1)


def down(turn: Turn, spoken: Spoken) -> Outcome:
    """下移一位, 往后挪."""
    return _shifted(turn, spoken, 1)


def top(turn: Turn, spoken: Spoken) -> Outcome:
    """置顶."""
    ways, why = spoken.ways()
    return turn.decided(ways, lambda way: _to_end(turn, way, "first"), why or spoken.unsaid())


def _sorted_kind(ways: list[Way]) -> list[Way]:
    """Ways in which what is moved and where it goes are both items or both sentences."""
    return [way for way in ways if _same_kind(flat(way))] or ways


def _same_kind(places: tuple[Place, ...]) -> bool:
    return len({place.sentence is None for place in places}) == 1


def _moved(turn: Turn, way: Way, where: str) -> Command | None:
    if len(way) != 2 or len(way[0]) != 1 or len(way[1]) != 1 or way[0] == way[1]:
        return None
    place, to = way[0][0], way[1][0]
    if not movable(place) or to.part in _ALL_PLACES or to.sentence == 0:
        return None
    if where == "into" and place.above == to.above and place.item and to.item and place.sentence is to.sentence is None:
        # 调整到第一条: to take its number.
        return MoveCommand(place=place, where="before" if to.item < place.item else "behind", to=to)
    if where == "into":
        fits = to.sentence is None and to != place.above and to.item[: len(place.item)] != place.item
        return MoveCommand(place=place, where="into", to=to) if fits and _takes(turn, place, to) else None
    if not movable(to) or not _same_kind((place, to)):
        return None
    return MoveCommand(place=place, where="before" if where == "before" else "behind", to=to)


def _takes(turn: Turn, place: Place, to: Place) -> bool:
    """Whether something can go into a place: a sentence anywhere, an item where there are items."""
    return place.sentence is not None or not to.item or bool(turn.children(to))


def _count(turn: Turn, place: Place) -> int:
    """How many stand in the list that a place stands in."""
    if turn.scene.report is None:
        return 0
    if place.sentence is not None:
        return turn.sentences(place.whole)
    return len(siblings(turn.scene.report, place))


def _sibling(place: Place, number: int) -> Place:
    if place.sentence is not None:
        return place.model_copy(update={"sentence": number})
    return Place(part=place.part, item=(*place.item[:-1], number))


def _number(turn: Turn, place: Place) -> int:
    if place.sentence is None:
        return place.item[-1]
    return place.sentence if place.sentence > 0 else _count(turn, place)


def _to_end(turn: Turn, way: Way, end: str) -> Command | None:
    places = flat(way)
    if not places or not movable(places[0]):
        return None
    if len(places) == 2 and places[1].sentence is None and places[1] != places[0]:
        return _into_list(turn, places[0], places[1], end)
    if len(places) != 1:
        return None
    last = _count(turn, places[0])
    here, to = _number(turn, places[0]), 1 if end == "first" else last
    if here == to:
        return None
    return MoveCommand(place=places[0], where="before" if end == "first" else "behind", to=_sibling(places[0], to))


def _into_list(turn: Turn, place: Place, into: Place, end: str) -> Command | None:
    """放到第三部分最后: to either end of another list, or of the one that it stands in."""
    if place.sentence is not None:
        own = place.whole == into
        first = into.model_copy(update={"sentence": 1}) if turn.sentences(into) else None
    else:
        inside = turn.children(into)
        own = bool(inside) and inside[0].above == place.above
        within = into.part == place.part and into.item[: len(place.item)] == place.item
        first = inside[0] if inside and not within else None
    if first is None:
        return None
    if own:
        return _to_end(turn, ((place,),), end)
    where: tuple[Literal["into", "before"], Place] = ("into", into) if end == "final" else ("before", first)
    return MoveCommand(place=place, where=where[0], to=where[1])


def _shifted(turn: Turn, spoken: Spoken, by: int) -> Outcome:
    ways, why = spoken.ways()
    steps = spoken.steps()

    def build(way: Way) -> Command | None:
        places = flat(way)
        if len(places) != 1 or not movable(places[0]):
            return None
        to = _number(turn, places[0]) + by * steps
        if not 1 <= to <= _count(turn, places[0]):
            return None
        return MoveCommand(place=places[0], where="before" if by < 0 else "behind", to=_sibling(places[0], to))

    return turn.decided(ways, build, why or spoken.unsaid())
