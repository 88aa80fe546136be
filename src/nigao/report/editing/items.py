"""Deleting, moving and swapping places, and adding items: numbers, pairing and punctuation follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from nigao.errors import EditError
from nigao.report.editing.change import Change, changing
from nigao.report.editing.numbering import lists_of
from nigao.report.editing.runs import exchange, insert, reads_on, remove, require_running
from nigao.report.editing.seats import is_item, is_sentence, item_seat, seat_of, seats, seats_at
from nigao.report.editing.sentences import append, end_of
from nigao.report.kinds import Kind, Layout
from nigao.report.model import Item, Part, Report
from nigao.report.pairing import answering_parts
from nigao.report.places import OPENING, TITLE, Place, find_item, find_part, told, walk_items

Where = Literal["before", "behind", "into"]


def delete_places(report: Report, kind: Kind, places: Sequence[Place]) -> None:
    """Take out items, points, sentences, and parts that the kind does not require.

    An item in which nothing is left goes with its last sentence. Raises EditError, NotFoundError.
    """
    if not places:
        raise EditError("没有指明删哪里", fix="写明第几条或第几句")
    with changing(report, kind) as change:
        items = [item_seat(report, place)[0] for place in places if is_item(place)]
        sentences = [seat_of(report, place) for place in places if is_sentence(place)]
        parts = [_spare_part(report, kind, place) for place in places if not is_item(place) and not is_sentence(place)]
        for seat in sentences:
            require_running(report, seat, "单独删去")
        for seat in sentences:
            # A sentence may be named twice, or have become the topic of its item.
            now = next((s for s in seats(report) if s.sentence is seat.sentence), None)
            if now is not None:
                remove(now, parsed=change.parsed)
        for item in items:
            _take_item(report, item)
        report.parts[:] = [part for part in report.parts if not any(part is other for other in parts)]


def move(report: Report, kind: Kind, place: Place, where: Where, to: Place) -> None:
    """Move an item or a sentence before or behind another, or to the end of a part or item (`into`).

    Raises EditError, NotFoundError.
    """
    with changing(report, kind) as change:
        before = _order(report)
        if is_item(place):
            _move_item(report, place, where, to)
        elif is_sentence(place):
            _move_sentence(report, change, place, where, to)
        else:
            raise EditError("部分的次序由文种规定，不能移动", where=told(report, place), fix="可以移动其中的条目或句子")
        if _order(report) == before:
            raise EditError("已经在那里，没有移动", where=told(report, place))


def swap(report: Report, kind: Kind, one: Place, other: Place) -> None:
    """Let two items, two sentences or two headings change places. Raises EditError, NotFoundError."""
    if is_item(one) != is_item(other) or is_sentence(one) != is_sentence(other):
        raise EditError("只能条与条、句与句对调", where=f"{told(report, one)}与{told(report, other)}")
    with changing(report, kind) as change:
        if is_item(one):
            change.by_slot = True
            _swap_items(report, one, other)
        elif is_sentence(one):
            _swap_sentences(report, one, other)
        else:
            raise EditError("部分的次序由文种规定，不能对调", where=told(report, one), fix="可以对调其中的条目或句子")


def add_item(report: Report, kind: Kind, into: Place, item: Item, behind: bool) -> Place:
    """Add an item to the end of a part or item, or (`behind`) behind an item; its ordinal is that of its sisters.

    Returns its place. Raises EditError, NotFoundError.
    """
    new = _as_new(report, into, item)
    with changing(report, kind):
        if behind:
            _, held, at, owner = item_seat(report, into)
            held.insert(at + 1, new)
        else:
            owner = _owner(report, into)
            held = owner.items
            held.append(new)
        _check_layout(report, kind, into, len(held) == 1)
        _check_answers(report, kind, into, new)
    found = next((place for part in report.parts for place, one in walk_items(part) if one is new), None)
    assert found is not None
    return found


def _spare_part(report: Report, kind: Kind, place: Place) -> Part:
    """A whole part that may go. Raises EditError for one that the kind requires."""
    if place.part in ("", TITLE, OPENING):
        raise EditError("不能整个删去", where=told(report, place), fix="写明删第几条或第几句")
    part, spec = find_part(report, place), kind.part(place.part)
    if spec is not None and spec.required:
        fix = "写明删其中的第几条或第几句"
        raise EditError(
            f"“{part.heading.text}”是{kind.name}必有的部分，不能整个删去", where=told(report, place), fix=fix
        )
    return part


def _owner(report: Report, place: Place) -> Part | Item:
    """What items can be put into. Raises EditError, NotFoundError."""
    if place.sentence is not None or place.part in ("", TITLE, OPENING):
        raise EditError("这里不能放条目", where=told(report, place), fix="写明第几部分或第几条")
    return find_item(report, place) if place.item else find_part(report, place)


def _take_item(report: Report, item: Item) -> None:
    """Take an item out of the list that it stands in, if it still stands in one."""
    for part in report.parts:
        for held in [part.items, *(other.items for _, other in walk_items(part))]:
            held[:] = [other for other in held if other is not item]


def _move_item(report: Report, place: Place, where: Where, to: Place) -> None:
    item, _, _, _ = item_seat(report, place)
    if (
        to.part == place.part
        and to.item[: len(place.item)] == place.item
        and (to.item != place.item or where == "into")
    ):
        raise EditError("不能移到它自己里面", where=told(report, place))
    if where == "into":
        owner = _owner(report, to)
        _take_item(report, item)
        owner.items.append(item)
        return
    target, held, _, _ = item_seat(report, to)
    if target is item:
        return
    _take_item(report, item)
    held.insert(_index(held, target) + (where == "behind"), item)


def _move_sentence(report: Report, change: Change, place: Place, where: Where, to: Place) -> None:
    seat = seat_of(report, place)
    sentence = seat.sentence
    require_running(report, seat, "单独移动")
    if not is_sentence(to):
        target = next(iter(seats_at(report, to)), None) if where == "before" else None
        if target is None:
            if not to.item and to.part not in ("", TITLE, OPENING) and find_part(report, to).items:
                raise EditError("没有指明移到哪一条", where=told(report, to), fix="写明第几条，如“第二条最后”")
            held = end_of(report, to)
            if held and held[-1] is sentence:
                return
            remove(seat, parsed=change.parsed)
            append(report, to, [sentence], parsed=change.parsed)
            return
        behind = not reads_on(report, target)
    else:
        target = seat_of(report, to)
        behind = where != "before"
        if target.is_heading and isinstance(target.owner, Report):
            raise EditError("句子不能移到标题处", where=told(report, to))
        if not reads_on(report, target) and not behind:
            raise EditError("句子不能移到标题前面", where=told(report, to), fix="写明移到哪一句前面或后面")
    if target.sentence is sentence:
        return
    remove(seat, parsed=change.parsed)
    now = next(one for one in seats(report) if one.sentence is target.sentence)
    insert(now, [sentence], behind=behind, parsed=change.parsed)


def _swap_items(report: Report, one: Place, other: Place) -> None:
    item, held, at, _ = item_seat(report, one)
    second, others, place, _ = item_seat(report, other)
    if item is second:
        raise EditError("这是同一条，不能对调", where=told(report, one))
    shorter, longer = sorted((one.item, other.item), key=len)
    if one.part == other.part and longer[: len(shorter)] == shorter:
        raise EditError("一条在另一条里面，不能对调", where=f"{told(report, one)}与{told(report, other)}")
    held[at], others[place] = second, item


def _swap_sentences(report: Report, one: Place, other: Place) -> None:
    seat, second = seat_of(report, one), seat_of(report, other)
    if seat.sentence is second.sentence:
        raise EditError("这是同一句，不能对调", where=told(report, one))
    headings = [not reads_on(report, each) for each in (seat, second)]
    plain = all(isinstance(each.owner, Item) for each in (seat, second))
    if any(headings) and not (all(headings) and plain):
        raise EditError("标题只能与另一条的标题对调", where=f"{told(report, one)}与{told(report, other)}")
    exchange(seat, second)


def _order(report: Report) -> list[tuple[int, int]]:
    """What stands where, to tell whether anything has moved."""
    lists = [(id(owner), id(member)) for owner, members in lists_of(report) for member in members]
    return lists + [(id(seat.owner) + seat.is_heading, id(seat.sentence)) for seat in seats(report)]


def _as_new(report: Report, place: Place, item: Item) -> Item:
    """A copy to be put in, without line breaks and places of its own. Raises EditError for an empty one."""
    new = item.model_copy(deep=True)
    if not any(sentence.text.strip() for sentence in new.walk()):
        raise EditError("新的一条没有内容", where=told(report, place), fix="写出这一条的标题或文字")
    waiting = [new]
    while waiting:
        one = waiting.pop()
        one.gap = None
        waiting += one.items
    for sentence in new.walk():
        sentence.text = " ".join(sentence.text.split("\n")).strip()
        sentence.gap = sentence.start = sentence.end = None
    return new


def _check_layout(report: Report, kind: Kind, place: Place, only: bool) -> None:
    spec = kind.part(place.part)
    if only and not place.item and spec is not None and spec.layout is Layout.PROSE:
        raise EditError("这一部分是连贯的叙述，不分条", where=told(report, place), fix="可以加一句")


def _check_answers(report: Report, kind: Kind, place: Place, item: Item) -> None:
    """Raises EditError where the new measure answers problems that there are none of."""
    problems = next(
        (len(answered.items) for part, answered in answering_parts(report, kind) if part.key == place.part), 0
    )
    unknown = [number for number in item.addresses if not 1 <= number <= problems]
    if unknown:
        raise EditError(f"没有第{unknown[0]}个问题", where=told(report, place), fix=f"问题共{problems}个")


def _index(held: list[Item], item: Item) -> int:
    return next(at for at, other in enumerate(held) if other is item)
