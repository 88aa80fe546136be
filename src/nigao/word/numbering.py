"""The numbers that Word writes before paragraphs by itself; they stand in no run."""

from __future__ import annotations

from docx.document import Document

from nigao.text.listnumbers import ListForm, ListLevel, ListNumbers
from nigao.word.ooxml import Element, W, child, has, number, value
from nigao.word.opening import related_root

_LEVELS = range(9)


class Numbering:
    """The lists of one document, counting as paragraphs are met in reading order."""

    def __init__(self, document: Document) -> None:
        root = related_root(document.part, "NUMBERING")
        abstract = {} if root is None else {e.get(W + "abstractNumId"): e for e in root.findall(W + "abstractNum")}
        self._lists = {} if root is None else {e.get(W + "numId"): e for e in root.findall(W + "num")}
        self._abstract = {
            key: _linked(abstract.get(value(e, "abstractNumId")), abstract) for key, e in self._lists.items()
        }
        self._numbers = ListNumbers({key: self._form(key) for key, e in self._abstract.items() if e is not None})

    def level(self, list_id: str, level: int) -> Element | None:
        """The `w:lvl` that sets a level of a list; None where the file has none."""
        own = self._override(list_id, level)
        if own is not None and child(own, "lvl") is not None:
            return child(own, "lvl")
        return _with_level(self._abstract.get(list_id), "lvl", level)

    def next(self, list_id: str, level: int) -> str:
        """Count one paragraph of a list and say what Word shows before it; empty for bullets and unknown lists."""
        return self._numbers.next(list_id, level)

    def _form(self, list_id: str) -> ListForm:
        elements = {level: self.level(list_id, level) for level in _LEVELS}
        starts = {level: value(self._override(list_id, level), "startOverride") for level in _LEVELS}
        levels = {level: _level(e, starts[level]) for level, e in elements.items() if e is not None}
        afresh = frozenset(level for level, start in starts.items() if start)
        return ListForm(value(self._lists[list_id], "abstractNumId"), levels, afresh)

    def _override(self, list_id: str, level: int) -> Element | None:
        return _with_level(self._lists.get(list_id), "lvlOverride", level)


def _linked(element: Element | None, abstract: dict[str, Element]) -> Element | None:
    """The list that sets the levels: another one where this only names the numbering style that it follows."""
    link = value(element, "numStyleLink")
    named = (other for other in abstract.values() if value(other, "styleLink") == link)
    return next(named, element) if link and child(element, "lvl") is None else element


def _with_level(parent: Element | None, name: str, level: int) -> Element | None:
    if parent is None:
        return None
    return next((e for e in parent.findall(W + name) if number(e.get(W + "ilvl"), -1) == level), None)


def _level(element: Element, start: str) -> ListLevel:
    restart = value(element, "lvlRestart")
    return ListLevel(
        form=value(element, "numFmt"),
        template=value(element, "lvlText"),
        start=number(start or value(element, "start"), 1),
        arabic=has(element, "isLgl"),
        restarts=number(restart) if restart else None,
    )
