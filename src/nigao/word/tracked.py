"""Two states of a report as one Word file: the new one, with what came and went as tracked changes.

Accepting all changes leaves the new report, rejecting all the old one.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

import docx
from docx.document import Document
from lxml import etree

from nigao.report.editing.matching import Likeness, pair_in_order
from nigao.report.editing.wording import pieces_of
from nigao.report.model import Report
from nigao.word.characters import Character, body_paragraphs, characters, visible_text
from nigao.word.ooxml import XML_SPACE, Element, W, child, drop, properties, put, value
from nigao.word.options import CitationStyle, WordOptions
from nigao.word.package import document_bytes
from nigao.word.writer import docx_bytes
from nigao.word.xmltext import xml_text

# A paragraph is told as changed rather than as another where it keeps so much of its wording.
_SAME_PARAGRAPH = 0.4
_AUTHOR_LONGEST = 255


def comparison_docx(old: Report, new: Report, author: str, when: dt.datetime, *, ai_label: bool = True) -> bytes:
    """The new report laid out as `docx_bytes` does (without citations), with what differs from the old one tracked.

    `author` and `when` stand on every change. The same arguments give the same bytes.
    """
    options = WordOptions(citations=CitationStyle.NONE, ai_label=ai_label)
    document = _opened(new, options)
    _Comparison(document, author, when).track(_opened(old, options))
    return document_bytes(document)


def _opened(report: Report, options: WordOptions) -> Document:
    return docx.Document(io.BytesIO(docx_bytes(report, options)))


@dataclass(slots=True)
class _Comparison:
    """Puts changes into the paragraphs of `document`."""

    document: Document
    author: str
    when: dt.datetime
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def track(self, old: Document) -> None:
        """Track what differs from `old`, paragraph by paragraph."""
        were, now = (body_paragraphs(one.element.body) for one in (old, self.document))
        pairs = _aligned(were, now)
        for one, other in pairs:
            if one is None and other is not None:
                self._insert(other)
            elif other is not None and one is not None:
                self._change(one, other)
        # What is gone goes in front of what stood behind it.
        behind: Element | None = None
        for one, other in reversed(pairs):
            if one is not None and other is None:
                gone = self._deleted(one)
                if behind is None:
                    self.document.element.body.insert(_end(self.document), gone)
                else:
                    behind.addprevious(gone)
                behind = gone
            elif other is not None:
                behind = other

    def _insert(self, paragraph: Element) -> None:
        self._mark(paragraph, "ins")
        found = characters(paragraph)
        _refill(paragraph, [self._tracked("ins", runs) for runs in [_runs(found)] if runs])

    def _deleted(self, paragraph: Element) -> Element:
        gone = copy.deepcopy(paragraph)
        self._mark(gone, "del")
        runs = _runs(characters(gone))
        _refill(gone, [self._tracked("del", runs)] if runs else [])
        return gone

    def _change(self, old: Element, new: Element) -> None:
        """Track what differs within a paragraph: its words, and how it is set."""
        were, now = characters(old), characters(new)
        written: list[Element] = []
        left = right = 0
        for piece in pieces_of(visible_text(old), visible_text(new)):
            size = len(piece.text)
            if piece.op == "del":
                written.append(self._tracked("del", _runs(were[left : left + size])))
                left += size
                continue
            runs = _runs(now[right : right + size])
            written += runs if piece.op == "same" else [self._tracked("ins", runs)]
            right += size
            left += size if piece.op == "same" else 0
        if visible_text(old) != visible_text(new):
            _refill(new, written)
        self._change_setting(old, new)

    def _change_setting(self, old: Element, new: Element) -> None:
        before = _bare_properties(old)
        if etree.tostring(before) == etree.tostring(_bare_properties(new)):
            return
        change = put(properties(new, "pPr"), "pPrChange", **self._signature())
        change.append(before)

    def _mark(self, paragraph: Element, name: str) -> None:
        """Track the end of the paragraph itself."""
        looks = put(properties(paragraph, "pPr"), "rPr")
        mark = looks.makeelement(W + name, {W + key: text for key, text in self._signature().items()})
        looks.insert(0, mark)

    def _tracked(self, name: str, runs: list[Element]) -> Element:
        """The runs as what has come (`ins`) or gone (`del`)."""
        change = runs[0].makeelement(W + name, {W + key: text for key, text in self._signature().items()})
        for run in runs:
            for text in run.findall(W + "t") if name == "del" else ():
                text.tag = W + "delText"
            change.append(run)
        return change

    def _signature(self) -> dict[str, str]:
        moment = self.when.astimezone(dt.UTC).replace(microsecond=0)
        return {
            "id": str(next(self._ids)),
            "author": xml_text(self.author)[:_AUTHOR_LONGEST],
            "date": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }


_Pair = tuple[Element | None, Element | None]


def _aligned(old: Sequence[Element], new: Sequence[Element]) -> list[_Pair]:
    """The paragraphs of both in one order, those that are the same or were reworded side by side.

    The last ones always are: the end of the last paragraph of a file can neither come nor go.
    """
    if not old or not new:
        return [*((one, None) for one in old), *((None, other) for other in new)]
    were, now = ([f"{value(p, 'pPr', 'pStyle')} {visible_text(p)}" for p in some[:-1]] for some in (old, new))
    found: list[_Pair] = []
    for op, a, b, c, d in SequenceMatcher(None, were, now, autojunk=False).get_opcodes():
        if op == "equal":
            found += zip(old[a:b], new[c:d], strict=True)
        else:
            found += _reworded(old[a:b], new[c:d])
    return [*found, (old[-1], new[-1])]


def _reworded(old: Sequence[Element], new: Sequence[Element]) -> list[_Pair]:
    """Paragraphs between two that are the same: those alike in pairs, the others as gone or come."""
    like = Likeness()

    def share(one: Element, other: Element) -> float:
        same_style = value(one, "pPr", "pStyle") == value(other, "pPr", "pStyle")
        return like(visible_text(one), visible_text(other)) if same_style else 0.0

    found: list[_Pair] = []
    i = j = 0
    for one, other in [*pair_in_order(old, new, share, _SAME_PARAGRAPH), (None, None)]:
        left = len(old) if one is None else next(at for at, p in enumerate(old) if p is one)
        right = len(new) if other is None else next(at for at, p in enumerate(new) if p is other)
        found += [(gone, None) for gone in old[i:left]]
        found += [(None, come) for come in new[j:right]]
        if one is not None:
            found.append((one, other))
        i, j = left + 1, right + 1
    return found


def _runs(found: Sequence[Character]) -> list[Element]:
    """New runs with these characters, each looking as it did."""
    runs: list[Element] = []
    for source, of_run in itertools.groupby(found, key=lambda character: character.run):
        run = source.makeelement(W + "r")
        looks = source.find(W + "rPr")
        if looks is not None:
            run.append(copy.deepcopy(looks))
        for node, of_node in itertools.groupby(of_run, key=lambda character: character.node):
            part = copy.deepcopy(node)
            if node.tag == W + "t":
                part.text = "".join(character.char for character in of_node)
                part.set(XML_SPACE, "preserve")
            run.append(part)
        runs.append(run)
    return runs


def _refill(paragraph: Element, contents: Sequence[Element]) -> None:
    """Put new contents behind the paragraph's properties."""
    for element in [element for element in paragraph if element.tag != W + "pPr"]:
        paragraph.remove(element)
    paragraph.extend(contents)


def _bare_properties(paragraph: Element) -> Element:
    """How a paragraph is set, without what is about its mark; none of its own is an empty element."""
    own = child(paragraph, "pPr")
    bare = copy.deepcopy(own) if own is not None else paragraph.makeelement(W + "pPr")
    drop(bare, "rPr", "sectPr", "pPrChange")
    return bare


def _end(document: Document) -> int:
    """Where in the body the section's properties begin."""
    body = document.element.body
    return next((at for at, element in enumerate(body) if element.tag == W + "sectPr"), len(body))
