"""The places that a mention may mean in the report: one, several (then it is asked), or none (then it is said why)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from nigao.chat.reading.mentions import Mention, Step
from nigao.chat.reading.scene import Scene
from nigao.errors import NotFoundError
from nigao.report.model import Item, Part, Report
from nigao.report.places import OPENING, TITLE, Place, find_item, find_part, place_of, sentences_at, siblings
from nigao.text.numerals import chinese_integer
from nigao.text.ordinals import match_ordinal

# What one mention means, in one way of reading it.
Meant = tuple[Place, ...]
_MOST_WAYS = 12
# Points without a number are called 点 and 段, not 条.
_POINT_UNITS = frozenset(("点", "小点", "段", "小段", "自然段", "要点", "方面"))


class Resolver:
    """Resolves mentions against one scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.why = ""

    def ways(self, mentions: Sequence[Mention]) -> list[tuple[Meant, ...]]:
        """Every way to read the mentions together; a later one may lean on the one before (第三部分第二条和第四条)."""
        ways: list[tuple[Meant, ...]] = [()]
        for mention in mentions:
            grown: list[tuple[Meant, ...]] = []
            for way in ways:
                before = way[-1][-1] if way else None
                grown += [(*way, meant) for meant in self._meant(mention, before)]
            ways = list(islice(dict.fromkeys(grown), _MOST_WAYS))
        return ways

    def _meant(self, mention: Mention, before: Place | None) -> Iterator[Meant]:
        report = self._scene.report
        if report is None:
            self.why = "还没有报告"
            return
        context = before or self._scene.focus
        ways: list[tuple[bool, Meant]] = [(False, (context,) if context is not None else ())]
        for step in mention.steps:
            ways = [
                (True, meant)
                for said, bases in ways
                for meant in _Walk(report, self._scene, self, said, before is not None).walk(step, bases)
            ]
        yield from dict.fromkeys(meant for _, meant in ways if meant)


class _Walk:
    """One step from bases. `said` tells whether the bases were said with the place, else they are its surroundings."""

    def __init__(self, report: Report, scene: Scene, resolver: Resolver, said: bool, beside: bool) -> None:
        self._report = report
        self._scene = scene
        self._resolver = resolver
        self._said = said
        self._beside = beside

    def walk(self, step: Step, bases: Meant) -> Iterator[Meant]:
        """The places that the step leads to."""
        if step.how == "fixed":
            yield step.places
        elif step.how == "named":
            yield from ((place,) for place in step.places)
        elif step.how == "heading":
            yield from self._heading(bases)
        elif step.level == "part":
            yield from self._part(step, bases)
        elif step.how == "this":
            yield from self._this(step, bases)
        elif step.level == "sentence":
            yield from self._sentence(step, bases)
        else:
            yield from self._item(step, bases)

    def _part(self, step: Step, bases: Meant) -> Iterator[Meant]:
        parts = self._report.parts
        reached = [part for part in parts if self._report.part(part.key) is part]
        found: list[Part] = []
        if step.how == "keys":
            for key in step.keys:
                yield from ((Place(part=part.key),) for part in reached if part.key == key)
            if not any(part.key in step.keys for part in reached):
                self._none("报告没有这一部分")
            return
        here = next((i for i, part in enumerate(parts) if bases and part.key == bases[0].part), None)
        if step.how == "nth":
            found = [part for n in step.numbers for part in [_numbered(parts, n)] if part is not None]
            if len(found) < len(step.numbers):
                self._none(f"报告没有第{_told(step.numbers)}部分，共{len(parts)}个部分")
                return
        elif step.how == "last":
            found = parts[-1:]
        elif here is None:
            self._none("没有说是哪一部分")
        else:
            at = here + (step.numbers[0] if step.how == "next" else 0)
            found = parts[at : at + 1] if at >= 0 else []
        if found and all(part in reached for part in found):
            yield tuple(Place(part=part.key) for part in found)

    def _this(self, step: Step, bases: Meant) -> Iterator[Meant]:
        base = bases[0] if len(bases) == 1 else None
        if base is None or not base.part:
            self._none("没有说是哪一条" if step.level != "sentence" else "没有说是哪一句")
        elif step.level == "any":
            yield (base,)
        elif step.level == "item":
            if not base.item:
                self._none("没有说是哪一条")
                yield from ((p,) for p in children(self._report, base.whole))
            elif not step.keys or base.part in step.keys:
                yield (base.whole,)
            else:
                self._none("刚才说的不在这一部分")
        elif base.sentence is not None:
            yield (base,)
        else:
            self._none("没有说是哪一句")
            count = count_sentences(self._report, base)
            yield from ((base.model_copy(update={"sentence": n}),) for n in range(1, count + 1))

    def _heading(self, bases: Meant) -> Iterator[Meant]:
        for base in bases:
            place = base.whole
            if place.part in ("", TITLE, OPENING):
                self._none("没有说是谁的标题")
                continue
            node: Item | Part | None = _node(self._report, place)
            found = place_of(self._report, node.heading) if node is not None and node.heading is not None else None
            if found is None:
                self._none("这里没有标题")
            else:
                yield (place.model_copy(update={"sentence": found.sentence}),)

    def _sentence(self, step: Step, bases: Meant) -> Iterator[Meant]:
        if not bases or not bases[0].part:
            self._none("没有说是哪一条的句子")
            return
        reached: list[Place] = []
        for base in bases:
            count = count_sentences(self._report, base.whole)
            chosen = _chosen(step, count, base.sentence)
            if not chosen:
                self._none(f"这里没有{_words(step, '句')}，共{count}句")
                return
            last = step.how == "last" and step.numbers == (1,)
            reached += [base.model_copy(update={"sentence": -1 if last else n}) for n in chosen]
        yield tuple(reached)

    def _item(self, step: Step, bases: Meant) -> Iterator[Meant]:
        if self._said:
            lists = [children(self._report, base.whole) for base in bases]
        else:
            lists = list(self._surrounding(step, bases[0] if bases else None))
        if self._said and len(lists) == 1 and step.keys and not lists[0]:
            lists = []
        found = False
        for places in lists:
            within = bases[0].item[-1] if bases and bases[0].item and bases[0].whole in places else None
            chosen = _chosen(step, len(places), within)
            if chosen:
                found = True
                yield tuple(places[n - 1] for n in chosen)
        if not found and not self._resolver.why:
            counts = "、".join(str(len(places)) for places in lists)
            self._none(f"没有{_words(step, '条')}" + (f"，这里共{counts}条" if len(lists) == 1 else ""))

    def _surrounding(self, step: Step, base: Place | None) -> Iterator[list[Place]]:
        """The lists that an item named without its part may stand in."""
        if step.keys:
            yield from filter(None, (children(self._report, Place(part=key)) for key in step.keys))
            return
        near = [places for places in self._chain(base) if _fits(self._report, places, step)]
        if step.how == "next":
            yield from (places for places in near if base is not None and base.whole in places)
            return
        if self._beside and near:
            beside = [places for places in near if base is not None and base.whole in places]
            yield from beside or near[:1]
            return
        points = [places for places in near if not _ordinal(self._report, places[0])]
        if step.unit in _POINT_UNITS and points:
            yield points[0]
        elif step.how in ("section", "rank") and near:
            yield near[0]
        elif near:
            yield from near
        else:
            everywhere = (children(self._report, Place(part=part.key)) for part in self._report.parts)
            if base is None or not base.part or step.how in ("section", "rank"):
                yield from (places for places in everywhere if places and _fits(self._report, places, step))

    def _chain(self, base: Place | None) -> Iterator[list[Place]]:
        """The items in, beside and above a place."""
        if base is None or base.part in ("", TITLE, OPENING):
            return
        for depth in range(len(base.item), -1, -1):
            places = children(self._report, Place(part=base.part, item=base.item[:depth]))
            if places:
                yield places

    def _none(self, why: str) -> None:
        self._resolver.why = self._resolver.why or why


def _numbered(parts: list[Part], number: int) -> Part | None:
    """The part that carries the number, or where parts carry none, that stands at it."""
    ordinals = [match_ordinal(part.ordinal) for part in parts]
    if any(ordinals):
        return next((p for p, o in zip(parts, ordinals, strict=True) if o is not None and o.value == number), None)
    return parts[number - 1] if 1 <= number <= len(parts) else None


def _node(report: Report, place: Place) -> Item | Part | None:
    try:
        return find_item(report, place) if place.item else find_part(report, place)
    except NotFoundError:
        return None


def children(report: Report, place: Place) -> list[Place]:
    """The items directly below a part or item."""
    node = _node(report, place) if place.part not in ("", TITLE, OPENING) else None
    count = len(node.items) if node is not None else 0
    return [Place(part=place.part, item=(*place.item, n)) for n in range(1, count + 1)]


def count_sentences(report: Report, place: Place) -> int:
    """How many sentences a place has; 0 where it is not there."""
    try:
        return len(sentences_at(report, place))
    except NotFoundError:
        return 0


def _ordinal(report: Report, place: Place) -> str:
    return siblings(report, place)[place.item[-1] - 1].ordinal


def _fits(report: Report, places: list[Place], step: Step) -> bool:
    """Whether a list has the item, numbered in the way it was said."""
    if step.how not in ("section", "rank"):
        return bool(places) and max(step.numbers, default=1) <= len(places)
    if max(step.numbers) > len(places):
        return False
    ordinal = _ordinal(report, places[max(step.numbers) - 1])
    return ordinal.startswith(("（", "(")) if step.how == "section" else ordinal.endswith(("是", "要"))


def _chosen(step: Step, count: int, here: int | None) -> tuple[int, ...]:
    """The numbers that a step chooses from so many; none where one of them is not there."""
    first = step.numbers[0] if step.numbers else 1
    match step.how:
        case "last":
            chosen: tuple[int, ...] = (count + 1 - first,)
        case "front":
            chosen = tuple(range(1, first + 1))
        case "rear":
            chosen = tuple(range(count + 1 - first, count + 1))
        case "next":
            at = count if here == -1 else here
            chosen = (at + first,) if at is not None else ()
        case _:
            chosen = step.numbers
    return chosen if all(1 <= n <= count for n in chosen) else ()


def _words(step: Step, unit: str) -> str:
    if step.how == "next":
        return ("上一" if step.numbers[0] < 0 else "下一") + unit
    if step.how == "last" and step.numbers != (1,):
        return f"倒数第{_told(step.numbers)}{unit}"
    return f"第{_told(step.numbers)}{unit}" if step.how in ("nth", "section", "rank") else f"这么多{unit}"


def _told(said: Sequence[int]) -> str:
    return "、".join(chinese_integer(n) for n in said)
