"""Sentences and headings added and replaced, each where a reader expects it, punctuated as a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nigao.errors import EditError
from nigao.report.editing.change import changing
from nigao.report.editing.gaps import is_parsed, put_in
from nigao.report.editing.marks import closed, is_closed
from nigao.report.editing.runs import insert, put_instead, reads_on
from nigao.report.editing.seats import is_sentence, seat_of
from nigao.report.model import Report, Sentence
from nigao.report.places import OPENING, TITLE, Place, find_item, find_part, place_of, told
from nigao.text.ordinals import match_ordinal

# What introduces the items must stay right before them.
_INTRODUCES = re.compile("[：:]$|如下|以下|下列|下面|几个方面")
_HEADING_LONGEST = 100


def add_sentences(report: Report, place: Place, sentences: Sequence[Sentence], behind: bool) -> Place:
    """Add sentences behind the one at `place`, or (`behind` False, or no sentence named) to the end of what is there.

    A sentence of the opening, a part's lead, an item. Returns the place of the first. Raises EditError, NotFoundError.
    """
    new = _checked(report, place, sentences)
    with changing(report) as change:
        if is_sentence(place) and place.part != TITLE:
            seat = seat_of(report, place)
            insert(seat, new, behind=behind or not reads_on(report, seat), parsed=change.parsed)
        else:
            append(report, place.whole, new, parsed=change.parsed)
    found = place_of(report, new[0])
    assert found is not None
    return found


def replace_sentence(report: Report, place: Place, sentences: Sequence[Sentence]) -> None:
    """Put sentences in the place of one, or one heading in the place of another. Raises EditError, NotFoundError."""
    seat = seat_of(report, place)
    if not reads_on(report, seat):
        if len(sentences) != 1:
            raise EditError("标题只能是一句", where=told(report, place))
        set_heading(report, place, sentences[0])
        return
    new = _checked(report, place, sentences)
    with changing(report) as change:
        put_instead(seat_of(report, place), new, parsed=change.parsed)


def set_heading(report: Report, place: Place, heading: Sentence) -> None:
    """Give a part, an item or (place `title`) the report a heading, closed as the one before it was.

    Raises EditError, NotFoundError.
    """
    text = heading.text.strip()
    if not text or "\n" in text or len(text) > _HEADING_LONGEST or "。" in text.rstrip("。"):
        raise EditError(
            "标题应是一行之内的一句话", where=told(report, place), fix=f"写成不超过{_HEADING_LONGEST}字的一句"
        )
    with changing(report):
        if place.part == TITLE:
            new = heading.model_copy(update={"text": text.rstrip("。；")})
            new.gap = report.title.gap if report.title is not None else None
            report.title = new
        elif place.item:
            _head_item(report, place, heading.model_copy(update={"text": text}))
        else:
            part = find_part(report, place)
            _check_ordinal(report, place, text)
            ended = "。" if part.heading.text.endswith("。") else ""
            new = heading.model_copy(update={"text": text.rstrip("。；：:") + ended, "gap": part.heading.gap})
            part.heading = new


def append(report: Report, place: Place, sentences: Sequence[Sentence], *, parsed: bool) -> None:
    """Put sentences at the end of the opening, a part's lead or an item. Raises EditError, NotFoundError."""
    held = end_of(report, place)
    at = len(held)
    if held and not place.item and place.part != OPENING and _INTRODUCES.search(held[-1].text):
        at = len(held) - 1 if find_part(report, place).items else at
    fresh = not held
    put_in(held, at, sentences, parsed=parsed)
    if fresh and parsed:
        sentences[0].gap = _opening_gap(report, place)


def end_of(report: Report, place: Place) -> list[Sentence]:
    """The run that the end of a place belongs to: of an item with points, the last point's.

    Raises EditError, NotFoundError.
    """
    if place.part == OPENING:
        return report.opening
    if place.part in ("", TITLE):
        raise EditError("没有指明加在哪里", where=told(report, place), fix="写明第几部分、第几条")
    if not place.item:
        return find_part(report, place).lead
    item = find_item(report, place)
    while item.items:
        item = item.items[-1]
    return item.sentences


def _opening_gap(report: Report, place: Place) -> str:
    """The gap before the first sentence of what had none."""
    if place.item:
        item = find_item(report, place)
        return "" if item.heading is None or is_closed(item.heading.text) else "\n"
    return "\n"


def _checked(report: Report, place: Place, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences as they go in: one line each, closed. Raises EditError."""
    where = told(report, place)
    if not sentences:
        raise EditError("没有写出句子", where=where, fix="写出要用的句子；要去掉原句，用“删除”")
    new = [sentence.model_copy(deep=True) for sentence in sentences]
    for sentence in new:
        text = " ".join(sentence.text.split("\n")).strip()
        if not text:
            raise EditError("句子是空的", where=where, fix="写出要用的句子；要去掉原句，用“删除”")
        sentence.text = closed(text)
        sentence.gap = sentence.start = sentence.end = None
    return new


def _head_item(report: Report, place: Place, heading: Sentence) -> None:
    item = find_item(report, place)
    _check_ordinal(report, place, heading.text)
    parsed = is_parsed(report)
    if item.heading is not None:
        heading.gap = item.heading.gap
        open_end = not is_closed(item.heading.text)
        heading.text = heading.text.rstrip("。；：:") if open_end else closed(heading.text)
    else:
        first = item.sentences[0] if item.sentences else None
        heading.text = closed(heading.text)
        heading.gap = first.gap if first is not None else ("" if parsed else None)
        if first is not None:
            first.gap = "" if parsed else None
    item.heading = heading


def _check_ordinal(report: Report, place: Place, text: str) -> None:
    found = match_ordinal(text)
    if found is not None:
        fix = f"去掉“{found.text}”，序号会自动编"
        raise EditError("标题里不用写序号", where=told(report, place), fix=fix)
