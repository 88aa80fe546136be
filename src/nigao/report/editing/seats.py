"""What a place means for a change: the very sentence with the list that holds it, or the item with its list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nigao.errors import EditError, NigaoError
from nigao.report.model import Item, Part, Report, Sentence
from nigao.report.places import OPENING, TITLE, Place, find_item, find_part, find_sentence, siblings, told, walk_items

Owner = Report | Part | Item


@dataclass(frozen=True, slots=True)
class Seat:
    """A sentence and where it is held: at `index` of `held`, or (`held` None) as the heading of `owner`."""

    sentence: Sentence
    owner: Owner
    held: list[Sentence] | None
    index: int = 0

    @property
    def is_heading(self) -> bool:
        """Whether it heads what it stands in."""
        return self.held is None


@contextmanager
def unchanged_on_failure(report: Report) -> Iterator[None]:
    """A change that is refused half-way leaves the report as it was."""
    kept = report.model_copy(deep=True)
    try:
        yield
    except NigaoError:
        for name in type(report).model_fields:
            setattr(report, name, getattr(kept, name))
        raise


def seat_of(report: Report, place: Place) -> Seat:
    """Where the sentence of a place that names one is held. Raises NotFoundError."""
    if place.part == TITLE:
        return Seat(find_sentence(report, place.model_copy(update={"sentence": place.sentence or 1})), report, None)
    if place.part == OPENING and place.sentence == 0:
        place = place.model_copy(update={"sentence": 1})
    sentence = find_sentence(report, place)
    found = next((seat for seat in seats(report) if seat.sentence is sentence), None)
    assert found is not None
    return found


def seats(report: Report) -> Iterator[Seat]:
    """Every sentence of the body and every heading, in reading order."""
    yield from (Seat(sentence, report, report.opening, at) for at, sentence in enumerate(report.opening))
    for part in report.parts:
        yield Seat(part.heading, part, None)
        yield from (Seat(sentence, part, part.lead, at) for at, sentence in enumerate(part.lead))
        for _, item in walk_items(part):
            if item.heading is not None:
                yield Seat(item.heading, item, None)
            yield from (Seat(sentence, item, item.sentences, at) for at, sentence in enumerate(item.sentences))


def item_seat(report: Report, place: Place) -> tuple[Item, list[Item], int, Part | Item]:
    """The item at a place, the list that it stands in with its index there, and whose list that is.

    Raises NotFoundError, and EditError where the place names no item.
    """
    require_item(report, place)
    item, held = find_item(report, place), siblings(report, place)
    owner: Part | Item = find_item(report, place.above) if len(place.item) > 1 else find_part(report, place)
    return item, held, place.item[-1] - 1, owner


def require_item(report: Report, place: Place) -> None:
    """Raises EditError unless the place names an item and nothing else."""
    if not place.item or place.sentence is not None:
        raise EditError("没有指明是哪一条", where=told(report, place), fix="写明第几条，如“第三部分第二条”")


def is_item(place: Place) -> bool:
    """Whether the place names an item or a point."""
    return bool(place.item) and place.sentence is None


def is_sentence(place: Place) -> bool:
    """Whether the place names a sentence or a heading."""
    return place.sentence is not None or place.part == TITLE


def seats_at(report: Report, place: Place) -> list[Seat]:
    """The seats of an item's sentences, its heading's first, or of the opening's or a part's lead."""
    if place.item:
        inside = {id(sentence) for sentence in find_item(report, place).walk()}
    elif place.part == OPENING:
        inside = {id(sentence) for sentence in report.opening}
    else:
        inside = {id(sentence) for sentence in find_part(report, place).lead}
    return [seat for seat in seats(report) if id(seat.sentence) in inside]
