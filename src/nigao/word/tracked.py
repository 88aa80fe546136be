"""States of a report as one Word file: the newest one, with what came and went since the oldest as tracked changes.

Accepting all changes leaves the newest report, rejecting all the oldest one, whoever each is signed by.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import docx
from docx.document import Document
from lxml import etree

from nigao.report.model import Report
from nigao.word.blame import Blame
from nigao.word.changes import Changes, Signature, runs_of
from nigao.word.characters import Character, characters, visible_text
from nigao.word.matching import block_pairs, cells, row_pairs, rows, wording
from nigao.word.ooxml import Element, W, child, drop, properties
from nigao.word.options import CitationStyle, WordOptions
from nigao.word.package import document_bytes
from nigao.word.writer import docx_bytes

_P, _TBL = W + "p", W + "tbl"
# Marks that stand in the text; where a sentence is new, they are too.
_IN_TEXT = (CitationStyle.COMMENTS, CitationStyle.ENDNOTES)


@dataclass(frozen=True, slots=True)
class RevisionState:
    """A revision of a report: what it says, who made it, and when."""

    report: Report
    author: str
    when: dt.datetime


def changes_docx(states: Sequence[RevisionState], options: WordOptions) -> bytes:
    """The last report laid out as `docx_bytes` does, with what differs from the first one tracked. The states are the
    revisions in order, oldest first, at least one.

    Every change has the author and time of the revision that made it; what was put in and taken out again in between
    does not show. How a paragraph is set, and what no single revision explains, is signed by the last. Tables whose
    number of columns changed, and the sections of annexes that are gone, are not changed but replaced. The same
    arguments give the same bytes.
    """
    # The evidence belongs to the newest words; what the old ones rested on is not told again.
    plain = replace(options, citations=CitationStyle.NONE) if options.citations in _IN_TEXT else options
    documents = [_opened(state.report, plain) for state in states[:-1]]
    documents.append(_opened(states[-1].report, options))
    bodies = [document.element.body for document in documents]
    signatures = [Signature(state.author, state.when) for state in states]
    _Comparison(Blame(bodies), Changes(bodies[-1]), signatures).track(bodies[0], bodies[-1])
    return document_bytes(documents[-1])


def _opened(report: Report, options: WordOptions) -> Document:
    return docx.Document(io.BytesIO(docx_bytes(report, options)))


# Something of a paragraph and whether it stayed, came or went, and by which revision.
_Told = tuple[str, int, Character | Element]


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Puts changes into the newest body, each signed by the number of its revision."""

    blame: Blame
    changes: Changes
    signatures: Sequence[Signature]

    def track(self, old: Element, new: Element) -> None:
        """Track what differs between two bodies or cells, block by block."""
        if old is new:
            return
        pairs = block_pairs(old, new)
        for one, other in pairs:
            if one is None and other is not None:
                self._insert(other)
            elif one is not None and other is not None:
                (self._change if other.tag == _P else self._track_rows)(one, other)
        gone = [(one if other is None else None, other) for one, other in pairs]
        self._put_back(gone, new)

    def _track_rows(self, old: Element, new: Element) -> None:
        pairs = row_pairs(old, new)
        for one, other in pairs:
            if one is None and other is not None:
                self._insert_row(other)
            elif one is not None and other is not None:
                for was, now in zip(cells(one), cells(other), strict=True):
                    self.track(was, now)
        self._put_back([(one if other is None else None, other) for one, other in pairs], new)

    def _put_back(self, pairs: Sequence[tuple[Element | None, Element | None]], parent: Element) -> None:
        """What is gone goes in front of what stood behind it."""
        behind = child(parent, "sectPr")
        for gone, there in reversed(pairs):
            if gone is not None:
                deleted = self._deleted(gone)
                if behind is None:
                    parent.append(deleted)
                else:
                    behind.addprevious(deleted)
                behind = deleted
            elif there is not None:
                behind = there

    # ---- what has come ----

    def _insert(self, block: Element) -> None:
        if block.tag == _TBL:
            for row in rows(block):
                self._insert_row(row)
            return
        numbers = self.blame.came(block)
        self.changes.mark(block, "ins", self.signatures[numbers[-1]])
        told = [*_taken(deque(_items(block)), "ins", numbers[:-1])]
        self._refill(block, told)

    def _insert_row(self, row: Element) -> None:
        self._mark_row(row, "ins", self.blame.came(row)[0])
        for paragraph in row.iter(_P):
            self._insert(paragraph)

    # ---- what has gone ----

    def _deleted(self, old: Element) -> Element:
        """A copy of a paragraph, table or row of the oldest body, all of it tracked as gone."""
        gone = copy.deepcopy(old)
        for one, other in zip(old.iter(_P), gone.iter(_P), strict=True):
            numbers = self.blame.went(one)
            drop(properties(other, "pPr"), "sectPr")
            self.changes.mark(other, "del", self.signatures[numbers[-1]])
            self._refill(other, [*zip(itertools.repeat("del"), numbers, characters(other), strict=False)])
        for one, other in zip(old.iter(W + "tr"), gone.iter(W + "tr"), strict=True):
            self._mark_row(other, "del", self.blame.went(one)[0])
        return gone

    # ---- what has changed ----

    def _change(self, old: Element, new: Element) -> None:
        """Track what differs within a paragraph: its words, and how it is set."""
        if visible_text(old) != visible_text(new):
            self._refill(new, list(self._reworded(old, new)))
        before = _bare_properties(old)
        if etree.tostring(before) != etree.tostring(_bare_properties(new)):
            self.changes.record(properties(new, "pPr"), "pPrChange", before, self.signatures[-1])

    def _reworded(self, old: Element, new: Element) -> Iterator[_Told]:
        were, now = characters(old), deque(_items(new))
        went, came = self.blame.went(old), self.blame.came(new)
        left = right = 0
        for piece in wording(old, new):
            size = len(piece.text)
            if piece.op == "del":
                yield from zip(
                    itertools.repeat("del"), went[left : left + size], were[left : left + size], strict=False
                )
            else:
                numbers = came[right : right + size] if piece.op == "ins" else [0] * size
                yield from _taken(now, piece.op, numbers)
            left += size if piece.op != "ins" else 0
            right += size if piece.op != "del" else 0
        for item in now:
            yield "same", 0, item

    # ---- writing ----

    def _refill(self, paragraph: Element, told: Sequence[_Told]) -> None:
        """Put the contents behind the paragraph's properties."""
        for element in [element for element in paragraph if element.tag != W + "pPr"]:
            paragraph.remove(element)
        for (op, number), group in itertools.groupby(told, key=lambda one: one[:2]):
            written = list(_written([item for _, _, item in group]))
            if op != "same":
                written = [self.changes.wrap(op, written, paragraph, self.signatures[number])]
            paragraph.extend(written)

    def _mark_row(self, row: Element, name: str, number: int) -> None:
        own = row.find(W + "trPr")
        if own is None:
            own = row.makeelement(W + "trPr")
            exceptions = row.find(W + "tblPrEx")
            row.insert(0 if exceptions is None else 1, own)
        own.append(self.changes.make(row, name, self.signatures[number]))


def _items(paragraph: Element) -> list[Character | Element]:
    """The paragraph's characters, and what stands between its runs: marks of comments and notes."""
    by_run: dict[Element, list[Character]] = {}
    for character in characters(paragraph):
        by_run.setdefault(character.run, []).append(character)
    items: list[Character | Element] = []
    for element in paragraph:
        if element.tag != W + "pPr":
            items += by_run.get(element, [element])
    return items


def _taken(items: deque[Character | Element], op: str, numbers: Sequence[int]) -> Iterator[_Told]:
    """As many characters from the front as there are numbers, with the marks before and the closing marks behind."""
    number = 0
    waiting = list(numbers[::-1])
    while items and (waiting or _closes(items[0])):
        item = items.popleft()
        if isinstance(item, Character):
            number = waiting.pop()
            yield op, number, item
        else:
            yield op, number or (waiting[-1] if waiting else 0), item


def _closes(item: Character | Element) -> bool:
    """Whether a mark belongs to the words before it."""
    return not isinstance(item, Character) and item.tag in (W + "commentRangeEnd", W + "r")


def _written(items: Sequence[Character | Element]) -> Iterator[Element]:
    for plain, group in itertools.groupby(items, key=lambda item: isinstance(item, Character)):
        some = list(group)
        yield from runs_of([c for c in some if isinstance(c, Character)]) if plain else some


def _bare_properties(paragraph: Element) -> Element:
    """How a paragraph is set, without what is about its mark; none of its own is an empty element."""
    own = child(paragraph, "pPr")
    bare = copy.deepcopy(own) if own is not None else paragraph.makeelement(W + "pPr")
    drop(bare, "rPr", "sectPr", "pPrChange")
    return bare
