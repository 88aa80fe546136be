"""Closing marks at the seams: of 一是…；二是…。 the last ends in 。, and so does what no longer ends an item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nigao.report.editing.numbering import lists_of
from nigao.report.model import Item, Part, Report, Sentence
from nigao.report.render import PieceKind, pieces

_STOP = "。"
_JOINT = re.compile("[；;，,]$")
_CHANGEABLE = re.compile("[。；;，,]$")
_CLOSED = re.compile("[。！？；：…!?;:][”’」』）)】]*$")
_COLON = ("：", ":")


def is_closed(text: str) -> bool:
    """Whether a mark that may end a sentence or an item stands at the end."""
    return _CLOSED.search(text) is not None


def closed(text: str) -> str:
    """The text as a sentence of its own: ending in 。 unless it ends in ！ or ？ or within a quotation."""
    bare = _JOINT.sub("", text.rstrip())
    return bare if is_closed(bare) and not bare.endswith(_COLON) else bare.rstrip("：:、") + _STOP


def with_mark(text: str, mark: str) -> str:
    """The text with its final 。 or ； replaced; as it is where another mark, or none, ends it."""
    return text[:-1] + mark if _CHANGEABLE.search(text) else text


def last_sentence(item: Item) -> Sentence | None:
    """The sentence that is read last in an item."""
    found = None
    for sentence in item.walk():
        found = sentence
    return found


@dataclass(frozen=True, slots=True)
class _Ending:
    """How the items of one list ended: `joint` closes all but the last; `ends` are the last sentences, in order."""

    joint: str
    ends: list[Sentence | None]

    def keeps(self, sentence: Sentence, *, final: bool) -> bool:
        """Whether that very sentence ended an item in the same way before."""
        return any(sentence is end and final == (at + 1 == len(self.ends)) for at, end in enumerate(self.ends))


class Marks:
    """How the seams of a report were closed, to be closed in the same way once it has changed."""

    def __init__(self, report: Report) -> None:
        # Held, so that no new object takes the place of an old one.
        self._kept = report.model_copy()
        self._lists = {id(owner): _ending(items) for owner, items in _item_lists(report)}
        self._ends = [end for ending in self._lists.values() for end in ending.ends if end is not None]
        self._colons = _introducing(report)

    def settle(self, report: Report) -> None:
        """Close what ends differently now than it did."""
        lists = list(_item_lists(report))
        ends = [last_sentence(item) for _, items in lists for item in items]
        for sentence in self._ends:
            if not any(sentence is end for end in ends):
                sentence.text = _JOINT.sub(_STOP, sentence.text)
        # The innermost list first: what ends the last inner item ends the outer one too.
        for owner, items in reversed(lists):
            before = self._lists.get(id(owner), _Ending(_STOP, []))
            for at, item in enumerate(items):
                end, final = last_sentence(item), at + 1 == len(items)
                if end is not None and not before.keeps(end, final=final):
                    end.text = with_mark(end.text, _STOP if final else before.joint)
        introducing = _introducing(report)
        for sentence in self._colons:
            if not any(sentence is other for other in introducing):
                sentence.text = sentence.text[:-1] + _STOP if sentence.text.endswith(_COLON) else sentence.text


def _item_lists(report: Report) -> list[tuple[Part | Item, Sequence[Item]]]:
    return [
        (owner, [item for item in members if isinstance(item, Item)]) for owner, members in lists_of(report) if owner
    ]


def _ending(items: Sequence[Item]) -> _Ending:
    ends = [last_sentence(item) for item in items]
    marks = Counter(end.text[-1] for end in ends[:-1] if end is not None and _CHANGEABLE.search(end.text))
    return _Ending(marks.most_common(1)[0][0] if marks else _STOP, ends)


def _introducing(report: Report) -> list[Sentence]:
    """The sentences ending in ： right behind which an item begins."""
    found: list[Sentence] = []
    before: Sentence | None = None
    for piece in pieces(report):
        if piece.kind is PieceKind.ORDINAL and piece.depth and before is not None and before.text.endswith(_COLON):
            found.append(before)
        before = piece.sentence
    return found
