"""What a tracked change is in a Word file: who made it when, under a number of its own."""

from __future__ import annotations

import copy
import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nigao.word.characters import Character
from nigao.word.ooxml import XML_SPACE, Element, W, number, properties, put
from nigao.word.xmltext import xml_text

_AUTHOR_LONGEST = 255
# What is numbered together with changes and may be in somebody's file already.
_NUMBERED = [
    W + name
    for name in (
        "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "rPrChange", "pPrChange",
        "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "cellIns", "cellDel", "cellMerge", "numberingChange",
        "tblGridChange", "tblPrExChange", "bookmarkStart", "commentRangeStart",
    )
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signature:
    """Who changed something, and when."""

    author: str
    when: dt.datetime


def written_time(moment: dt.datetime) -> str:
    """A time as changes and comments bear it: UTC, to the second."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Changes:
    """Makes the changes of one document, each with a number that no other has."""

    def __init__(self, body: Element) -> None:
        taken = (number(found.get(W + "id")) for found in body.iter(*_NUMBERED))
        self._ids = itertools.count(max(taken, default=0) + 1)

    def make(self, owner: Element, name: str, by: Signature) -> Element:
        """An empty `w:name` (`ins`, `del`, `pPrChange`, …), not yet anywhere."""
        change: Element = owner.makeelement(W + name)
        change.set(W + "id", str(next(self._ids)))
        change.set(W + "author", xml_text(by.author)[:_AUTHOR_LONGEST])
        change.set(W + "date", written_time(by.when))
        return change

    def mark(self, paragraph: Element, name: str, by: Signature) -> None:
        """Track the end of a paragraph as come (`ins`) or gone (`del`)."""
        put(properties(paragraph, "pPr"), "rPr").insert(0, self.make(paragraph, name, by))

    def wrap(self, name: str, contents: Iterable[Element], owner: Element, by: Signature) -> Element:
        """These runs, and the marks between them, as what has come (`ins`) or gone (`del`), not yet anywhere."""
        return fill(self.make(owner, name, by), contents)

    def wrap_in_place(self, name: str, run: Element, by: Signature) -> Element:
        """The run as what has come or gone, where it stands."""
        change = self.make(run, name, by)
        run.addprevious(change)
        return fill(change, [run])

    def record(self, owner: Element, name: str, before: Element, by: Signature) -> None:
        """Note in a `w:pPr`, `w:rPr` or `w:sectPr` how it was before. An earlier note stays: what it tells is older."""
        if owner.find(W + name) is None:
            change = self.make(owner, name, by)
            change.append(before)
            owner.append(change)


def fill(change: Element, contents: Iterable[Element]) -> Element:
    """Put runs into a change; the words of what has gone have a name of their own."""
    for element in contents:
        for text in element.findall(W + "t") if change.tag == W + "del" else ():
            text.tag = W + "delText"
        change.append(element)
    return change


def runs_of(found: Sequence[Character]) -> list[Element]:
    """New runs with these characters, each looking as it did."""
    runs: list[Element] = []
    for source, of_run in itertools.groupby(found, key=lambda character: character.run):
        run = empty_like(source)
        for node, of_node in itertools.groupby(of_run, key=lambda character: character.node):
            part = copy.deepcopy(node)
            part.tail = None
            if node.tag == W + "t":
                part.text = "".join(character.char for character in of_node)
                part.set(XML_SPACE, "preserve")
            run.append(part)
        runs.append(run)
    return runs


def empty_like(run: Element) -> Element:
    """An empty run that looks the same."""
    new: Element = run.makeelement(W + "r")
    looks = run.find(W + "rPr")
    if looks is not None:
        new.append(copy.deepcopy(looks))
    return new
