"""Where in a report: the places that people name (三（二）第1句), found in a report and told in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from nigao.errors import NotFoundError
from nigao.report.model import Item, Part, Report, Sentence
from nigao.report.render import heads_a_block
from nigao.text.numerals import chinese_integer
from nigao.text.ordinals import OrdinalForm, match_ordinal

TITLE, OPENING = "title", "opening"
# Forms of ordinals whose heading stands in the run of the text and is counted as its first sentence.
_RUN_IN = (OrdinalForm.ENUMERATION, OrdinalForm.RANK)
_MOST_TOLD = 9999


class Place(BaseModel):
    """`part` is a part's key, `title` or `opening`, empty for the whole report. `item` leads down to an item or a
    run-in point by numbers from 1. `sentence` counts from 1 as a reader does, -1 is the last, 0 the heading of its own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    part: str = ""
    item: tuple[int, ...] = ()
    sentence: int | None = None

    @property
    def whole(self) -> Place:
        """The part or item without a sentence."""
        return self.model_copy(update={"sentence": None})

    @property
    def above(self) -> Place:
        """What the item stands in."""
        return Place(part=self.part, item=self.item[:-1])


@dataclass(frozen=True, slots=True)
class Run:
    """A list of sentences of the report as it stands there, with the heading that is read before them, if it is read in
    one breath with them. `place` is the item's or the part's.
    """

    place: Place
    heading: Sentence | None
    sentences: list[Sentence]


def find_part(report: Report, place: Place) -> Part:
    """The part at a place. Raises NotFoundError."""
    part = report.part(place.part)
    if part is None:
        known = "、".join(
            f"{p.ordinal.rstrip('、')}、{p.heading.text}" if p.ordinal else p.heading.text for p in report.parts
        )
        raise NotFoundError("报告没有这一部分", where=place.part or "全文", fix=f"各部分是：{known}")
    return part


def find_item(report: Report, place: Place) -> Item:
    """The item or point at a place. Raises NotFoundError."""
    part = find_part(report, place)
    items: list[Item] = part.items
    item: Item | None = None
    for depth, number in enumerate(place.item):
        if not 1 <= number <= len(items):
            above = told(report, Place(part=place.part, item=place.item[:depth]))
            there = f"{above}有{len(items)}条" if items else f"{above}下面没有分条"
            raise NotFoundError(f"{above}没有第{number}条", where=above, fix=there)
        item = items[number - 1]
        items = item.items
    if item is None:
        raise NotFoundError("没有指明是哪一条", where=part.heading.text, fix="写明第几条，如“第二条”")
    return item


def siblings(report: Report, place: Place) -> list[Item]:
    """The list of items that the item at a place stands in. Raises NotFoundError."""
    return find_item(report, place.above).items if len(place.item) > 1 else find_part(report, place).items


def require_place(report: Report, place: Place) -> None:
    """Raise NotFoundError, saying what there is, where the place is not in the report."""
    if place.part == TITLE and report.title is None:
        raise NotFoundError("报告没有标题")
    if place.part == OPENING and not report.opening:
        raise NotFoundError("报告没有开头")
    if place.part not in ("", TITLE, OPENING):
        find_part(report, place)
        if place.item:
            find_item(report, place.whole)
    if place.sentence is not None:
        find_sentence(report, place)


def sentences_at(report: Report, place: Place) -> list[Sentence]:
    """The sentences of a place as a reader counts them; of the whole report, all of its body. Raises NotFoundError."""
    if place.sentence is not None:
        return [find_sentence(report, place)]
    if place.part == TITLE:
        return [report.title] if report.title is not None else []
    if place.part == OPENING:
        return list(report.opening)
    if not place.part:
        return list(report.sentences())
    if not place.item:
        return [s for run in _part_runs(report, find_part(report, place)) for s in counted(run)]
    item = find_item(report, place)
    return [s for run in _item_runs(place.whole, item) for s in counted(run)]


def headed_sentences_at(report: Report, place: Place) -> list[Sentence]:
    """All sentences of a place with its headings; of the whole report, its title too. Raises NotFoundError."""
    if place.sentence is not None or place.part in (TITLE, OPENING):
        return sentences_at(report, place)
    if place.item:
        return list(find_item(report, place).walk())
    parts = [find_part(report, place)] if place.part else report.parts
    inside = [sentence for part in parts for sentence in (part.heading, *part.walk())]
    if place.part:
        return inside
    return [*([report.title] if report.title is not None else []), *report.opening, *inside]


def find_sentence(report: Report, place: Place) -> Sentence:
    """The sentence at a place that names one. Raises NotFoundError."""
    if place.sentence == 0:
        heading = find_item(report, place).heading if place.item else find_part(report, place).heading
        if heading is None:
            raise NotFoundError("这里没有标题", where=told(report, place.whole))
        return heading
    there = sentences_at(report, place.whole)
    number = place.sentence or 0
    if number == 0 or abs(number) > len(there):
        raise NotFoundError(f"没有第{abs(number)}句", where=told(report, place.whole), fix=f"这里共{len(there)}句")
    return there[number - 1 if number > 0 else number]


def counted(run: Run) -> list[Sentence]:
    """The sentences of a run as a reader counts them."""
    return ([run.heading] if run.heading is not None else []) + run.sentences


def runs(report: Report) -> Iterator[Run]:
    """Every run of the report in reading order, opening first."""
    yield Run(Place(part=OPENING), None, report.opening)
    for part in report.parts:
        yield from _part_runs(report, part)


def place_of(report: Report, sentence: Sentence) -> Place | None:
    """Where that very sentence (by identity) stands, or None. It is named in its innermost item."""
    if report.title is sentence:
        return Place(part=TITLE, sentence=1)
    for part in report.parts:
        if part.heading is sentence:
            return Place(part=part.key, sentence=0)
        for place, item in walk_items(part):
            if item.heading is sentence and not _reads_on(item):
                return place.model_copy(update={"sentence": 0})
    for run in runs(report):
        for number, one in enumerate(counted(run), start=1):
            if one is sentence:
                return run.place.model_copy(update={"sentence": number})
    return None


def item_place(report: Report, item: Item) -> Place | None:
    """Where that very item (by identity) stands, or None."""
    return next((at for part in report.parts for at, one in walk_items(part) if one is item), None)


def walk_items(part: Part) -> Iterator[tuple[Place, Item]]:
    """Every item and point of a part in reading order with its place."""
    yield from _walk(part.key, (), part.items)


def told(report: Report, place: Place) -> str:
    """The place as people write it: 三（二）第1句."""
    if place.part in ("", TITLE, OPENING):
        words = {"": "全文", TITLE: "标题", OPENING: "开头"}[place.part]
    else:
        part = report.part(place.part)
        words = _part_told(part, place) if part is not None else place.part
        items = part.items if part is not None else []
        for number in place.item:
            item = items[number - 1] if 1 <= number <= len(items) else None
            words += _item_told(item, number)
            items = item.items if item is not None else []
    if place.sentence is None:
        return words
    if place.sentence == 0:
        return f"{words}标题"
    return f"{words}最后一句" if place.sentence == -1 else f"{words}第{place.sentence}句"


def _part_told(part: Part, place: Place) -> str:
    ordinal = part.ordinal.rstrip("、") if part.ordinal.endswith("、") else ""
    if not ordinal:
        return part.heading.text
    return ordinal if place.item else f"第{ordinal}部分"


def _item_told(item: Item | None, number: int) -> str:
    ordinal = item.ordinal if item is not None else ""
    found = match_ordinal(ordinal + "　") if ordinal else None
    if ordinal.startswith("（"):
        return ordinal
    if found is not None and found.form in _RUN_IN:
        return f"、{ordinal}" if ordinal else ""
    # A number that no report has is still to be told of.
    return f"第{chinese_integer(number) if 0 <= number <= _MOST_TOLD else number}点"


def _walk(part: str, above: tuple[int, ...], items: list[Item]) -> Iterator[tuple[Place, Item]]:
    for number, item in enumerate(items, start=1):
        place = Place(part=part, item=(*above, number))
        yield place, item
        yield from _walk(part, place.item, item.items)


def _part_runs(report: Report, part: Part) -> Iterator[Run]:
    yield Run(Place(part=part.key), None, part.lead)
    for number, item in enumerate(part.items, start=1):
        yield from _item_runs(Place(part=part.key, item=(number,)), item)


def _item_runs(place: Place, item: Item) -> Iterator[Run]:
    yield Run(place, item.heading if _reads_on(item) else None, item.sentences)
    for number, inner in enumerate(item.items, start=1):
        yield from _item_runs(place.model_copy(update={"item": (*place.item, number)}), inner)


def _reads_on(item: Item) -> bool:
    """Whether the item's heading is read as the first of its sentences: a run-in point's, or that of 一是."""
    return not heads_a_block(item)
