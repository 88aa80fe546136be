"""One term for another throughout a place, wherever it is the same thing: 支部 in 党支部 and 8 in 18 are others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.errors import EditError, NotFoundError
from nigao.report.editing.change import changing
from nigao.report.editing.seats import seats
from nigao.report.editing.wholewords import quoted, standing
from nigao.report.model import Report, Sentence
from nigao.report.places import TITLE, Place, headed_sentences_at, place_of, told
from nigao.text.spans import rewritten

_SAYS_NOTHING = re.compile(r"[\W_]*")
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term at `start:end` of `text`, which is how the sentence reads (or read, before it was replaced there).

    `same` tells whether it is the same thing, `why` what else it is. `where` is the place in words; a line outside the
    body (署名) has the whole report's `place`.
    """

    place: Place
    where: str
    sentence: Sentence
    text: str
    start: int
    end: int
    same: bool
    why: str = ""


def occurrences(report: Report, old: str, place: Place, new: str = "") -> list[Occurrence]:
    """Every place where the characters of a term stand, in reading order. `new` is what it shall become: where that
    stands already (党支部 for 支部), nothing is the same. Raises EditError, NotFoundError.
    """
    if not old.strip():
        raise EditError("没有写出要改的词", where=told(report, place))
    found: list[Occurrence] = []
    for said, where, sentence in _said_at(report, place):
        for match in re.finditer(re.escape(old), sentence.text):
            start, end = match.span()
            why = _is_new(sentence.text, old, new, start) or standing(sentence.text, start, end, report.unit)
            found.append(Occurrence(said, where, sentence, sentence.text, start, end, not why, why))
    return found


def replace_term(report: Report, old: str, new: str, place: Place) -> list[Occurrence]:
    """Write one term for another wherever it is the same thing; what is not is told with `same` False and left.

    Raises EditError where nothing is the same or a sentence would say nothing any more, NotFoundError where the place
    or the term is not there.
    """
    if old == new:
        raise EditError("新旧两个词相同", where=old, fix="写出要换成的词")
    found = occurrences(report, old, place, new)
    if not found:
        raise NotFoundError(f"没有{quoted(old)}", where=told(report, place), fix="核对要改的词和范围")
    if not any(one.same for one in found):
        why = "；".join(f"{one.where}：{one.why}" for one in found[:_LISTED])
        raise EditError(f"{quoted(old)}没有一处可改", where=told(report, place), fix=f"{why}。要改就写出完整的词")
    with changing(report):
        for sentence in {id(one.sentence): one.sentence for one in found}.values():
            edits = [(one.start, one.end, new) for one in found if one.sentence is sentence and one.same]
            text = rewritten(sentence.text, edits)
            if edits and _SAYS_NOTHING.fullmatch(text):
                where = next(one.where for one in found if one.sentence is sentence)
                raise EditError("改后这一句就空了", where=where, fix="不要这一句，用“删除”")
            sentence.text = text
    return found


def _said_at(report: Report, place: Place) -> Iterator[tuple[Place, str, Sentence]]:
    """The sentences of a place with their own places, headings included; of the whole report, its other lines too."""
    whole = not place.part and place.sentence is None
    inside = None if whole else {id(sentence) for sentence in headed_sentences_at(report, place)}
    if report.title is not None and (inside is None or id(report.title) in inside):
        yield Place(part=TITLE, sentence=1), told(report, Place(part=TITLE)), report.title
    if whole and report.recipient is not None:
        yield Place(), "主送机关", report.recipient
    for seat in seats(report):
        if inside is None or id(seat.sentence) in inside:
            its = place_of(report, seat.sentence) or Place()
            yield its, told(report, its), seat.sentence
    if whole:
        yield from ((Place(), "附件说明", line) for line in report.attachments)
        yield from ((Place(), "署名", line) for line in [report.signature] if line is not None)
        yield from ((Place(), "附件", line) for annex in report.annexes for line in (annex.title, *annex.paragraphs))


def _is_new(text: str, old: str, new: str, start: int) -> str:
    """Why nothing is to be done where the new term stands already."""
    for match in re.finditer(re.escape(old), new):
        begin = start - match.start()
        if begin >= 0 and text[begin : begin + len(new)] == new:
            return f"这里已经是{quoted(new)}"
    return ""
