"""The numbers that Word writes before paragraphs by itself; they stand in no run."""

from __future__ import annotations

import re

from docx.document import Document

from nigao.text.numerals import chinese_integer
from nigao.word.ooxml import Element, W, child, has, number, value
from nigao.word.opening import related_root

_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "japaneseCounting",
    "japaneseDigitalTenThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_SILENT = {"bullet", "none"}
_PLACE = re.compile(r"%([1-9])")
_LAST_CIRCLED = 20


class Numbering:
    """The lists of one document, counting as paragraphs are met in reading order."""

    def __init__(self, document: Document) -> None:
        root = related_root(document.part, "NUMBERING")
        abstract = {} if root is None else {e.get(W + "abstractNumId"): e for e in root.findall(W + "abstractNum")}
        self._lists = {} if root is None else {e.get(W + "numId"): e for e in root.findall(W + "num")}
        self._abstract = {key: abstract.get(value(e, "abstractNumId")) for key, e in self._lists.items()}
        self._counts: dict[int, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def level(self, list_id: str, level: int) -> Element | None:
        """The `w:lvl` that sets a level of a list; None where the file has none."""
        own = self._override(list_id, level)
        if own is not None and child(own, "lvl") is not None:
            return child(own, "lvl")
        return _with_level(self._abstract.get(list_id), "lvl", level)

    def next(self, list_id: str, level: int) -> str:
        """Count one paragraph of a list and say what Word shows before it; empty for bullets and unknown lists."""
        abstract = self._abstract.get(list_id)
        if abstract is None:
            return ""
        counts = self._counts.setdefault(id(abstract), {})
        start = self._start(list_id, level)
        fresh = (list_id, level) not in self._restarted and bool(value(self._override(list_id, level), "startOverride"))
        self._restarted.add((list_id, level))
        counts[level] = start if fresh or level not in counts else counts[level] + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        return self._shown(list_id, level, counts)

    def _shown(self, list_id: str, level: int, counts: dict[int, int]) -> str:
        element = self.level(list_id, level)
        plain = has(element, "isLgl")

        def place(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            form = value(self.level(list_id, at), "numFmt")
            return _written(counts.get(at, self._start(list_id, at)), "decimal" if plain else form)

        silent = value(element, "numFmt") in _SILENT
        return "" if element is None or silent else _PLACE.sub(place, value(element, "lvlText"))

    def _start(self, list_id: str, level: int) -> int:
        override = value(self._override(list_id, level), "startOverride")
        return number(override or value(self.level(list_id, level), "start"), 1)

    def _override(self, list_id: str, level: int) -> Element | None:
        return _with_level(self._lists.get(list_id), "lvlOverride", level)


def _with_level(parent: Element | None, name: str, level: int) -> Element | None:
    if parent is None:
        return None
    return next((e for e in parent.findall(W + name) if number(e.get(W + "ilvl"), -1) == level), None)


def _written(count: int, form: str) -> str:
    if form in _CHINESE and 0 < count < 100:
        return chinese_integer(count)
    if form in _CIRCLED and 0 < count <= _LAST_CIRCLED:
        return chr(ord("①") + count - 1)
    return str(count)
