"""Locked sentences: no change may touch them, whatever way it comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from nigao.errors import EditError
from nigao.report.model import Report, Sentence
from nigao.report.places import place_of, told
from nigao.report.render import pieces

# At the seams of an enumeration these change places when a point is moved; the words stay.
_SEAMS = "；。;"


def refuse_touched_locks(old: Report, new: Report, *, unlocks: bool = False) -> None:
    """Raise EditError, naming the place, where a sentence that is locked in `old` is gone from `new`, reads otherwise,
    or (unless the change `unlocks`) is locked no longer. Where it stands does not matter.
    """
    locked = [sentence for sentence in _sentences(old) if sentence.locked]
    if not locked:
        return
    there = Counter(_words(sentence) for sentence in _sentences(new))
    still = Counter(_words(sentence) for sentence in _sentences(new) if sentence.locked)
    for sentence in locked:
        words = _words(sentence)
        there[words] -= 1
        still[words] -= 1
        if there[words] < 0:
            raise _refused(old, sentence, "已锁定，不能改动")
        if still[words] < 0 and not unlocks:
            raise _refused(old, sentence, "已锁定，这项改动会解除锁定")


def _sentences(report: Report) -> Iterator[Sentence]:
    return (piece.sentence for piece in pieces(report) if piece.sentence is not None)


def _words(sentence: Sentence) -> str:
    return sentence.text.rstrip(_SEAMS)


def _refused(report: Report, sentence: Sentence, message: str) -> EditError:
    place = place_of(report, sentence)
    where = told(report, place) if place is not None else "正文之外"
    text = sentence.text if len(sentence.text) <= 20 else sentence.text[:20] + "…"
    return EditError(f"“{text}”{message}", where=where, fix="要改先解锁，如“解锁这一句”；或者绕开它")
