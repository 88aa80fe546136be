"""How a document's paragraphs, runs and pages were set before something changed it, to track the change."""

from __future__ import annotations

import copy

from lxml import etree

from nigao.word.changes import Changes, Signature
from nigao.word.ooxml import Element, W, drop, properties
from nigao.word.reading import section_marks

# What a change's own account of the settings before it may not hold: marks, nested accounts, parts of the file.
_LEFT_OUT = {
    "pPr": ("rPr", "sectPr", "pPrChange"),
    "rPr": ("rPrChange", "ins", "del", "moveFrom", "moveTo"),
    "sectPr": ("headerReference", "footerReference", "sectPrChange"),
}


class Recorder:
    """Taken before the changes, it tracks them afterwards. Feet and the settings of the whole file are not tracked:
    Word knows no such change.
    """

    def __init__(self, body: Element) -> None:
        self._body = body
        self._paragraphs = {p: _bare(p.find(W + "pPr"), p, "pPr") for p in body.iter(W + "p")}
        self._runs = {run: _bare(run.find(W + "rPr"), run, "rPr") for run in body.iter(W + "r")}
        self._sections = {mark: _bare(mark, mark, "sectPr") for mark in section_marks(body)}

    def track(self, by: Signature) -> None:
        """Note on everything that is set otherwise now how it was; a paragraph that is new is one that has come."""
        changes = Changes(self._body)
        for paragraph in list(self._body.iter(W + "p")):
            if paragraph in self._paragraphs:
                self._note(changes, paragraph, "pPr", self._paragraphs[paragraph], by)
            else:
                changes.mark(paragraph, "ins", by)
        for run, before in self._runs.items():
            self._note(changes, run, "rPr", before, by)
        for mark, before in self._sections.items():
            if _differ(before, _bare(mark, mark, "sectPr")):
                changes.record(mark, "sectPrChange", before, by)

    @staticmethod
    def _note(changes: Changes, element: Element, name: str, before: Element, by: Signature) -> None:
        if _differ(before, _bare(element.find(W + name), element, name)):
            changes.record(properties(element, name), f"{name}Change", before, by)


def _bare(own: Element | None, owner: Element, name: str) -> Element:
    """A copy of the settings without what is no setting; none is an empty element."""
    if own is None:
        return owner.makeelement(W + name)
    bare = copy.deepcopy(own)
    bare.tail = None
    drop(bare, *_LEFT_OUT[name])
    return bare


def _differ(one: Element, other: Element) -> bool:
    return bool(etree.tostring(one, method="c14n") != etree.tostring(other, method="c14n"))
