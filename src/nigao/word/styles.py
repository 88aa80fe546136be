"""What takes effect: the properties of paragraphs and runs through defaults, styles, numbering and their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.document import Document
from lxml import etree

from nigao.word.fonts import Theme
from nigao.word.numbering import Numbering
from nigao.word.ooxml import Element, W, child, is_on, number, value
from nigao.word.opening import related_root

_IND = ("left", "leftChars", "right", "rightChars", "firstLine", "firstLineChars", "hanging", "hangingChars")
_SPACING = ("before", "beforeLines", "beforeAutospacing", "after", "afterLines", "afterAutospacing", "line", "lineRule")
# The transitional names that Word writes and the strict ones that mean the same.
_ALIASES = {"start": "left", "startChars": "leftChars", "end": "right", "endChars": "rightChars"}
_DEFAULT_SIZE = 20
# Styles of real files rest on three or four others; a chain of thousands is made to keep a reader busy.
_DEEPEST = 50


@dataclass(slots=True)
class ParagraphSettings:
    """Effective `w:pPr`: indents and spacing by attribute name as files write them, and the rest by name."""

    ind: dict[str, str] = field(default_factory=dict)
    spacing: dict[str, str] = field(default_factory=dict)
    jc: str = "left"
    snap: bool = True
    page_break: bool = False


@dataclass(slots=True)
class RunSettings:
    """Effective `w:rPr`. `spacing` is in twips, `size` in half-points; empty `color` is automatic."""

    font: str = ""
    latin: str = ""
    size: int = _DEFAULT_SIZE
    bold: bool = False
    color: str = ""
    spacing: int = 0
    raised: bool = False


class Styles:
    """The styles of one document, asked again and again: chains are found once."""

    def __init__(self, document: Document) -> None:
        root = related_root(document.part, "STYLES")
        found = [] if root is None else list(root.iter(W + "style"))
        self._by_id = {style.get(W + "styleId"): style for style in found}
        self._defaults = child(root, "docDefaults")
        self._default_paragraph = self._default_of(found, "paragraph")
        self._chains: dict[str, list[Element]] = {}
        self._looks: dict[tuple[str, bytes], RunSettings] = {}
        self._asked: tuple[Element, str] | None = None
        self.theme = Theme(document)
        self.numbering = Numbering(document)

    @staticmethod
    def _default_of(found: list[Element], kind: str) -> str:
        for style in found:
            if style.get(W + "type") == kind and style.get(W + "default") in ("1", "true", "on"):
                return str(style.get(W + "styleId") or "")
        return ""

    def chain(self, style_id: str) -> list[Element]:
        """The style and those it is based on, the most basic first; empty for one that is not there."""
        if style_id not in self._chains:
            found: list[Element] = []
            current = style_id
            while current in self._by_id and self._by_id[current] not in found and len(found) < _DEEPEST:
                found.insert(0, self._by_id[current])
                current = value(self._by_id[current], "basedOn")
            self._chains[style_id] = found
        return self._chains[style_id]

    def style_id(self, paragraph: Element) -> str:
        """The paragraph's style, the document's default one where it names none or one that is not there."""
        named = value(paragraph, "pPr", "pStyle")
        return named if named in self._by_id else self._default_paragraph

    def names(self, paragraph: Element) -> list[str]:
        """The names of the paragraph's style and of those below it."""
        return [value(style, "name") for style in self.chain(self.style_id(paragraph))]

    def numbered_by(self, paragraph: Element) -> tuple[str, int] | None:
        """The list (`w:numId`) and the level that number the paragraph, from itself or from its style.

        None where its mark is deleted: it is part of the next paragraph.
        """
        if child(paragraph, "pPr", "rPr", "del") is not None:
            return None
        sources = [child(style, "pPr", "numPr") for style in self.chain(self.style_id(paragraph))]
        sources.append(child(paragraph, "pPr", "numPr"))
        list_id, level = "", 0
        for source in sources:
            if source is not None:
                list_id = value(source, "numId") or list_id
                level = number(value(source, "ilvl"), level)
        return (list_id, level) if list_id not in ("", "0") else None

    def paragraph(self, paragraph: Element) -> ParagraphSettings:
        """The properties that take effect on a paragraph."""
        settings = ParagraphSettings()
        levels = [child(style, "pPr") for style in self.chain(self.style_id(paragraph))]
        numbered = self.numbered_by(paragraph)
        if numbered:
            # A list named by the paragraph overrules its style; one named by the style is overruled by it.
            own = child(paragraph, "pPr", "numPr") is not None
            levels.insert(len(levels) if own else 0, child(self.numbering.level(*numbered), "pPr"))
        levels = [child(self._defaults, "pPrDefault", "pPr"), *levels, child(paragraph, "pPr")]
        for level in levels:
            if level is not None:
                _merge_paragraph(settings, level)
        return settings

    def run(self, paragraph: Element, run: Element | None) -> RunSettings:
        """The properties that take effect on a run; None: on the paragraph's text in general. Not to be changed: runs
        that say the same share them.
        """
        own = child(run, "rPr")
        # Asked for run by run, and looking for what a paragraph of thousands of runs has not takes as many steps.
        if self._asked is None or self._asked[0] is not paragraph:
            self._asked = (paragraph, self.style_id(paragraph))
        key = (self._asked[1], b"" if own is None else etree.tostring(own, with_tail=False))
        if key not in self._looks:
            self._looks[key] = self._run(paragraph, run)
        return self._looks[key]

    def _run(self, paragraph: Element, run: Element | None) -> RunSettings:
        settings = RunSettings()
        base = child(self._defaults, "rPrDefault", "rPr")
        if base is not None:
            self._merge_run(settings, base)
        own = child(run, "rPr")
        toggles: list[bool] = []
        for style_id in (self.style_id(paragraph), value(own, "rStyle")):
            switch: bool | None = None
            for style in self.chain(style_id):
                properties = child(style, "rPr")
                if properties is not None:
                    self._merge_run(settings, properties)
                    bold = child(properties, "b")
                    switch = is_on(bold) if bold is not None else switch
            toggles.append(bool(switch))
        # A switch in two kinds of style cancels itself; the run's own word is final.
        settings.bold = settings.bold or (toggles[0] != toggles[1])
        if own is not None:
            self._merge_run(settings, own)
            bold = child(own, "b")
            settings.bold = settings.bold if bold is None else is_on(bold)
        return settings

    def base_size(self) -> int:
        """The size of the default paragraph style, which the document grid's cells are made for."""
        settings = RunSettings()
        for level in self._run_levels():
            self._merge_run(settings, level)
        return settings.size

    def _run_levels(self) -> Iterator[Element]:
        sources = [child(self._defaults, "rPrDefault", "rPr")]
        sources += [child(style, "rPr") for style in self.chain(self._default_paragraph)]
        return (source for source in sources if source is not None)

    def _merge_run(self, settings: RunSettings, properties: Element) -> None:
        fonts = child(properties, "rFonts")
        if fonts is not None:
            settings.font = self.theme.font(fonts, "eastAsia") or settings.font
            settings.latin = self.theme.font(fonts, "ascii") or settings.latin
        settings.size = number(value(properties, "sz"), settings.size)
        settings.spacing = number(value(properties, "spacing"), settings.spacing)
        color = value(properties, "color")
        if color:
            settings.color = "" if color == "auto" else color.upper()
        raised = value(properties, "vertAlign")
        if raised:
            settings.raised = raised != "baseline"


def _merge_paragraph(settings: ParagraphSettings, properties: Element) -> None:
    for name, names, known in (("ind", _IND, settings.ind), ("spacing", _SPACING, settings.spacing)):
        found = child(properties, name)
        if found is None:
            continue
        written = {_ALIASES.get(key, key): text for key, text in ((k.removeprefix(W), v) for k, v in found.items())}
        # A hanging first line takes the place of an indented one, and the other way round.
        for one, other in (("firstLine", "hanging"), ("hanging", "firstLine")):
            if any(key in written for key in (one, one + "Chars")):
                known.pop(other, None)
                known.pop(other + "Chars", None)
        known.update({key: text for key, text in written.items() if key in names})
    settings.jc = value(properties, "jc") or settings.jc
    snap, page = child(properties, "snapToGrid"), child(properties, "pageBreakBefore")
    settings.snap = is_on(snap) if snap is not None else settings.snap
    settings.page_break = is_on(page) if page is not None else settings.page_break
