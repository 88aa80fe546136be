"""A report as the pieces that a comparison tells of: every line and sentence with its place and what it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from nigao.report.model import Item, Part, Report, Sentence
from nigao.report.places import OPENING, TITLE, Place, place_of, told, walk_items
from nigao.report.render import annex_head, row_text


@dataclass(eq=False, slots=True)
class Unit:
    """A sentence, heading or line; `slot` names it where it can only be one (a title, a heading), else is empty."""

    text: str
    place: Place
    label: str
    slot: str = ""


@dataclass(eq=False, slots=True)
class Box:
    """What holds units in one run: the opening, a part's lead, an item without its inner items.

    `key` names a box that there can be one of. `ordinal` is the item's. `glue` stands between what is written in it.
    """

    key: str
    place: Place
    label: str
    ordinal: str = ""
    above: Box | None = None
    units: list[Unit] = field(default_factory=list)
    inner: list[Box] = field(default_factory=list)
    addresses: tuple[int, ...] = ()
    glue: str = ""

    def walk(self) -> Iterator[Unit]:
        """All units of the box and of those inside, in reading order."""
        yield from self.units
        for box in self.inner:
            yield from box.walk()

    def text(self) -> str:
        """All that the box says, the ordinal apart."""
        return "".join(unit.text for unit in self.walk())

    def written(self) -> str:
        """All that the box says, ordinals included."""
        said = self.glue.join(unit.text for unit in self.units)
        return self.ordinal + said + "".join(box.written() for box in self.inner)


def boxes_of(report: Report) -> list[Box]:
    """The boxes of a report in reading order; items stand inside their part's box."""
    front = Box("front", Place(), "")
    if report.title is not None:
        front.units.append(_unit(report, report.title, Place(part=TITLE, sentence=1), "title"))
    front.units += _lines("主送机关", [report.recipient])
    opening = Box(OPENING, Place(part=OPENING), told(report, Place(part=OPENING)))
    opening.units = _sentences(report, report.opening)
    found = [front, opening]
    seen: dict[str, int] = {}
    for part in report.parts:
        seen[part.key] = seen.get(part.key, 0) + 1
        found.append(_part(report, part, f"{part.key} {seen[part.key]}"))
    tail = Box("tail", Place(), "")
    tail.units = [
        *_lines("附件说明", report.attachments),
        *_lines("署名", [report.signature]),
        *_lines("成文日期", [report.date]),
        *_lines("文后", report.after),
    ]
    return [*found, tail, _annexes(report)]


def _annexes(report: Report) -> Box:
    """The annexes as items, so that one is known again by what it says wherever it stands; a table's row is a unit."""
    whole = Box("annexes", Place(), "附件")
    for number, annex in enumerate(report.annexes, start=1):
        place, name = Place(item=(number,)), annex_head(report, number)
        box = Box("", place, name, above=whole, glue="\n")
        box.units = [Unit(annex.title.text, place, f"{name}标题", "heading")]
        box.units += [Unit(s.text, place, f"{name}第{at}段") for at, s in enumerate(annex.paragraphs, start=1)]
        rows = annex.table.rows if annex.table is not None else []
        box.units += [Unit(row_text(row), place, f"{name}表格第{at}行") for at, row in enumerate(rows, start=1)]
        whole.inner.append(box)
    return whole


def items_in(boxes: list[Box]) -> list[Box]:
    """The boxes of items at any depth, in reading order."""
    found: list[Box] = []
    for box in boxes:
        found += list(_deep(box))
    return found


def _deep(box: Box) -> Iterator[Box]:
    for inner in box.inner:
        yield inner
        yield from _deep(inner)


def _part(report: Report, part: Part, key: str) -> Box:
    place = Place(part=part.key)
    box = Box(f"part {key}", place, told(report, place), part.ordinal)
    heading = Place(part=part.key, sentence=0)
    box.units = [Unit(part.heading.text, heading, told(report, heading), "heading"), *_sentences(report, part.lead)]
    by_place = {place.item: item for place, item in walk_items(part)}
    made: dict[tuple[int, ...], Box] = {(): box}
    for path, item in by_place.items():
        above = made[path[:-1]]
        made[path] = _item(report, item, Place(part=part.key, item=path), above)
        above.inner.append(made[path])
    return box


def _item(report: Report, item: Item, place: Place, above: Box) -> Box:
    box = Box("", place, told(report, place), item.ordinal, above, addresses=tuple(item.addresses))
    if item.heading is not None:
        its = place_of(report, item.heading) or place
        box.units.append(_unit(report, item.heading, its, "heading" if its.sentence == 0 else ""))
    box.units += _sentences(report, item.sentences)
    return box


def _sentences(report: Report, sentences: list[Sentence]) -> list[Unit]:
    return [_unit(report, sentence, place_of(report, sentence) or Place(), "") for sentence in sentences]


def _unit(report: Report, sentence: Sentence, place: Place, slot: str) -> Unit:
    label = told(report, Place(part=TITLE)) if place.part == TITLE else told(report, place)
    return Unit(sentence.text, place, label, slot)


def _lines(label: str, sentences: list[Sentence] | list[Sentence | None]) -> list[Unit]:
    slot = label if len(sentences) == 1 else ""
    return [Unit(sentence.text, Place(), label, slot) for sentence in sentences if sentence is not None]
