"""Line breaks after a change: what comes first on a line begins it, whoever stands there now.

A drafted report has no gaps and needs none. In a parsed one each node holds the exact white space that stood before
it; a node that takes another's place takes that too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from nigao.report.editing.marks import is_closed
from nigao.report.editing.numbering import lists_of
from nigao.report.model import Item, Part, Report, Sentence
from nigao.report.places import walk_items

# A waiver in a gap belongs to the line above it and is never copied.
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)


def is_parsed(report: Report) -> bool:
    """Whether the report's text was parsed, so that its line breaks stand in gaps."""
    return any(sentence.gap is not None for sentence in report.sentences())


def head_gap(item: Item) -> str | None:
    """The gap before whatever is read first in an item."""
    if item.ordinal:
        return item.gap
    first = next(item.walk(), None)
    return first.gap if first is not None else None


def set_head_gap(item: Item, gap: str | None) -> None:
    """Set the gap before whatever is read first in an item."""
    if item.ordinal:
        item.gap = gap
    elif (first := next(item.walk(), None)) is not None:
        first.gap = gap


def body_gap(item: Item) -> str | None:
    """The gap between an item's heading and what follows it; None where there is none, or nothing follows."""
    if item.heading is None:
        return None
    if item.sentences:
        return item.sentences[0].gap
    return head_gap(item.items[0]) if item.items else None


def set_body_gap(item: Item, gap: str | None) -> None:
    """Set the gap between an item's heading and what follows it."""
    if item.sentences:
        item.sentences[0].gap = gap
    elif item.items:
        set_head_gap(item.items[0], gap)


def breaks(gap: str | None) -> bool:
    """Whether the gap ends a line."""
    return gap is not None and "\n" in gap


def copied(gap: str | None) -> str | None:
    """The gap for another node of the same rank."""
    return _COMMENT.sub("", gap) if gap is not None else None


def take_out(held: list[Sentence], index: int) -> Sentence:
    """Remove a sentence from a run; where it began a paragraph, the next one begins it."""
    sentence = held.pop(index)
    if index < len(held) and breaks(sentence.gap) and not breaks(held[index].gap):
        held[index].gap = sentence.gap
    return sentence


def put_in(held: list[Sentence], index: int, sentences: Sequence[Sentence], *, parsed: bool) -> None:
    """Put sentences into a run before `index`: those that come first in a paragraph begin it."""
    for sentence in sentences:
        sentence.gap = "" if parsed else None
    if index < len(held) and (index == 0 or breaks(held[index].gap)):
        sentences[0].gap = held[index].gap
        held[index].gap = "" if parsed or held[index].gap is not None else None
    held[index:index] = sentences


class Gaps:
    """How the items of every list followed each other, to follow so once the lists have changed."""

    def __init__(self, report: Report) -> None:
        self._parsed = is_parsed(report)
        self._lists = {
            id(owner): [(item, head_gap(item), body_gap(item)) for item in members if isinstance(item, Item)]
            for owner, members in lists_of(report)
        }
        self._neighbours = {(id(one), id(other)) for run in _runs(report) for one, other in pairwise(run)}

    def settle(self, report: Report) -> None:
        """Give every item that took another's place, or came from elsewhere, the gap that belongs there."""
        if not self._parsed:
            return
        for owner, members in lists_of(report):
            items = [item for item in members if isinstance(item, Item)]
            were = self._lists.get(id(owner), [])
            if owner is None or (
                len(were) == len(items) and all(a is b for (a, _, _), b in zip(were, items, strict=True))
            ):
                continue
            for at, item in enumerate(items):
                self._place(owner, item, at, were)
        for run in _runs(report):
            for one, other in pairwise(run):
                # A line that no mark closes stays a line.
                if not is_closed(one.text) and (id(one), id(other)) not in self._neighbours and not breaks(other.gap):
                    other.gap = "\n"

    def _place(self, owner: Part | Item, item: Item, at: int, were: list[tuple[Item, str | None, str | None]]) -> None:
        known = next((i for i, (other, _, _) in enumerate(were) if other is item), None)
        if at == 0:
            set_head_gap(item, were[0][1] if were else _first_gap(owner))
        elif known is None or known == 0:
            set_head_gap(item, _next_gap(were, at))
        if not item.ordinal and item.heading is None and not breaks(head_gap(item)):
            # Nothing but its own line would show that a point begins.
            set_head_gap(item, _line_gap(were))
        if known is None:
            likes = [body for _, _, body in were if body is not None]
            if likes and item.heading is not None and (breaks(likes[0]) or is_closed(item.heading.text)):
                set_body_gap(item, copied(likes[0]))


def _runs(report: Report) -> list[list[Sentence]]:
    items = [item for part in report.parts for _, item in walk_items(part)]
    return [report.opening, *(part.lead for part in report.parts), *(item.sentences for item in items)]


def _next_gap(were: list[tuple[Item, str | None, str | None]], at: int) -> str | None:
    """The gap before an item that is not its list's first."""
    if len(were) > 1:
        return copied(were[min(at, len(were) - 1)][1])
    gap = were[0][1] if were else "\n"
    return copied(gap) if breaks(gap) else ""


def _line_gap(were: list[tuple[Item, str | None, str | None]]) -> str:
    return next((copied(gap) or "\n" for _, gap, _ in were if breaks(gap)), "\n")


def _first_gap(owner: Part | Item) -> str | None:
    """The gap before the only item of what had none: on a line of its own, indented like what stands there."""
    said = owner.lead if isinstance(owner, Part) else owner.sentences
    line = next((sentence.gap for sentence in said if breaks(sentence.gap)), None)
    return copied(line) if line is not None else "\n"
