"""Two items of one, and one of several items or sentences: only the headings of items merged away are lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

from nigao.errors import EditError
from nigao.report.editing.change import Change, changing
from nigao.report.editing.combining import combine
from nigao.report.editing.gaps import breaks
from nigao.report.editing.marks import is_closed
from nigao.report.editing.reforming import is_run_in
from nigao.report.editing.runs import may_head, remove, require_running, run_of
from nigao.report.editing.seats import Seat, is_item, is_sentence, item_seat, seat_of, seats
from nigao.report.kinds import Kind
from nigao.report.model import Item, Report, Sentence
from nigao.report.pairing import item_text
from nigao.report.places import Place, told
from nigao.text.ordinals import match_ordinal

_T = TypeVar("_T", Item, Sentence)
# A longer sentence heads no item.
_HEADING_LONGEST = 40


def split(report: Report, kind: Kind, place: Place) -> None:
    """Make two items of one: the second begins with the sentence of `place`, or (no sentence named) near the middle.

    Both halves answer what the whole answered, and are answered by what answered it. Raises EditError, NotFoundError.
    """
    if not place.item:
        raise EditError("没有指明拆哪一条", where=told(report, place), fix="写明第几条，如“第三部分第二条”")
    with changing(report, kind) as change:
        item, held, at, _ = item_seat(report, place.whole)
        begin = seat_of(report, place).sentence if is_sentence(place) else _middle(report, place, item)
        second = _second_half(report, place, item, begin)
        held.insert(at + 1, second)
        if change.answers is not None:
            change.answers.replace(item, [item, second])
            change.answers.means(second, change.answers.meant_by(item))


def merge(report: Report, kind: Kind, places: Sequence[Place]) -> list[Sentence]:
    """Make one of several items of one list, or of several sentences of one paragraph, in the place of the first.

    Returns the headings that had to go: an item has one, the first's. Raises EditError, NotFoundError.
    """
    distinct = list(dict.fromkeys(places))
    if len(distinct) < 2:
        raise EditError("合并要有两处以上", where="、".join(told(report, place) for place in distinct))
    with changing(report, kind) as change:
        if all(is_item(place) for place in distinct):
            return _merge_items(report, change, distinct)
        if all(is_sentence(place) for place in distinct):
            _merge_sentences(report, change, distinct)
            return []
        raise EditError("只能条与条、句与句合并", where="、".join(told(report, place) for place in distinct))


def _middle(report: Report, place: Place, item: Item) -> Sentence:
    """The sentence nearest to the middle with which a second item can begin. Raises EditError."""
    run = list(item.walk())
    starts = [next(child.walk()) for child in item.items]
    if len(item.items) > 1:
        allowed = starts[1:]
    else:
        least = 2 if item.heading is not None and len(run) > 2 else 1
        allowed = run[least:]
        if item.heading is not None and not is_run_in(item.ordinal):
            allowed = run[2:]
    if not allowed:
        raise EditError("内容太少，不能拆成两条", where=told(report, place), fix="先补充内容")
    before = dict(zip(map(id, run), accumulate((len(s.text) for s in run), initial=0), strict=False))
    half = len(item_text(item)) / 2
    return min(allowed, key=lambda sentence: abs(before[id(sentence)] - half))


def _second_half(report: Report, place: Place, item: Item, begin: Sentence) -> Item:
    """Cut the item before the sentence, and make an item of what follows. Raises EditError."""
    child_at = next((at for at, child in enumerate(item.items) if any(s is begin for s in child.walk())), None)
    if child_at is None:
        seat = next(seat for seat in seats(report) if seat.sentence is begin)
        if not isinstance(seat.owner, Item) or seat.held is None:
            raise EditError("这一句前面没有内容，不能从这里拆", where=told(report, place), fix="写明从第几句起另成一条")
        _require_rest(report, place, item, len(item.sentences[: seat.index]))
        moved = _cut(item.sentences, seat.index)
        return _headed(Item(sentences=moved, items=_cut(item.items, 0)), run_in=is_run_in(item.ordinal))
    child = item.items[child_at]
    if begin is next(child.walk()):
        _require_rest(report, place, item, len(item.sentences) + child_at)
        rest = _cut(item.items, child_at)
        if is_run_in(item.ordinal):
            return Item(items=rest)
        # What was the first point heads the new item.
        return Item(heading=child.heading, sentences=child.sentences, items=[*child.items, *rest[1:]])
    index = next((at for at, sentence in enumerate(child.sentences) if sentence is begin), None)
    if index is None:
        raise EditError("这一句在更下一级的条目里", where=told(report, place), fix="写明拆的是哪一条")
    rest = [*_cut(child.items, 0), *_cut(item.items, child_at + 1)]
    return _headed(Item(sentences=_cut(child.sentences, index), items=rest), run_in=is_run_in(item.ordinal))


def _require_rest(report: Report, place: Place, item: Item, before: int) -> None:
    """Raises EditError where nothing but a heading would be left of the first item."""
    if before == 0 and (item.heading is None or not is_run_in(item.ordinal)):
        raise EditError("这一句前面没有内容，不能从这里拆", where=told(report, place), fix="写明从第几句起另成一条")


def _headed(item: Item, *, run_in: bool) -> Item:
    """The item with its first sentence as heading, where that has the form of one."""
    first = item.sentences[0]
    follows = len(item.sentences) > 1 or bool(item.items)
    if follows and (may_head(first.text) or (not run_in and len(first.text) <= _HEADING_LONGEST)):
        item.heading = item.sentences.pop(0)
    return item


def _cut(held: list[_T], index: int) -> list[_T]:
    rest = held[index:]
    del held[index:]
    return rest


def _merge_items(report: Report, change: Change, places: Sequence[Place]) -> list[Sentence]:
    found = sorted((item_seat(report, place) for place in places), key=lambda seat: seat[2])
    if any(seat[1] is not found[0][1] for seat in found):
        where = "、".join(told(report, place) for place in places)
        raise EditError("只有同一级、同一处的几条可以合并", where=where, fix="先把它们移到一起")
    first, held = found[0][0], found[0][1]
    dropped: list[Sentence] = []
    for other in [seat[0] for seat in found[1:]]:
        dropped += _take_in(first, other, parsed=change.parsed)
        held[:] = [item for item in held if item is not other]
        if change.answers is not None:
            change.answers.replace(other, [first])
            meant = [*change.answers.meant_by(first), *change.answers.meant_by(other)]
            change.answers.means(first, meant)
    return dropped


def _take_in(first: Item, other: Item, *, parsed: bool) -> list[Sentence]:
    """Put all of one item behind what another says; returns the heading that has no place there."""
    dropped: list[Sentence] = []
    sentences = list(other.sentences)
    if other.heading is not None and is_run_in(other.ordinal) and not (other.items and not sentences):
        other.heading.gap = "" if parsed else None
        sentences = _without_topic(other.heading, sentences) if not other.ordinal else [other.heading, *sentences]
    elif other.heading is not None and not sentences and not other.items and first.heading is not None:
        first.heading = combine([first.heading, other.heading])
    elif other.heading is not None:
        dropped.append(other.heading)
    if sentences and first.items:
        first.items.append(Item(sentences=sentences))
    else:
        if sentences and not breaks(sentences[0].gap):
            sentences[0].gap = "" if parsed else None
        first.sentences += sentences
    first.items += other.items
    return dropped


def _without_topic(topic: Sentence, sentences: list[Sentence]) -> list[Sentence]:
    """A point's topic joined to what follows: alone in mid-paragraph it would be read as the topic of another point."""
    if not sentences or not may_head(topic.text):
        return [topic, *sentences]
    try:
        return [combine([topic, sentences[0]]), *sentences[1:]]
    except EditError:
        return [topic, *sentences]


def _merge_sentences(report: Report, change: Change, places: Sequence[Place]) -> None:
    found = [seat_of(report, place) for place in places]
    for seat in found:
        require_running(report, seat, "与别的句子合并")
    run = run_of(found[0])
    if any(seat.owner is not found[0].owner for seat in found):
        where = "、".join(told(report, place) for place in places)
        raise EditError("只有同一段里的句子可以合并", where=where, fix="先把它们移到一起")
    ordered = [sentence for sentence in run if any(sentence is seat.sentence for seat in found)]
    if len(ordered) < 2:
        raise EditError("这是同一句，不能合并", where=told(report, places[0]))
    if any(match_ordinal(s.text) for s in ordered[1:]) or not all(is_closed(s.text) for s in ordered):
        where = "、".join(told(report, place) for place in places)
        raise EditError("带序号的一条和单独成行的标题不能并入别的句子", where=where, fix="先改写成句子")
    first, whole = ordered[0], combine(ordered)
    whole.gap = first.gap
    for sentence in ordered[1:]:
        remove(next(seat for seat in seats(report) if seat.sentence is sentence), parsed=change.parsed)
    _replace(next(seat for seat in seats(report) if seat.sentence is first), whole)


def _replace(seat: Seat, new: Sentence) -> None:
    if seat.held is not None:
        seat.held[seat.index] = new
    elif isinstance(seat.owner, Item):
        heads = may_head(new.text)
        seat.owner.heading = new if heads else None
        if not heads:
            seat.owner.sentences.insert(0, new)
