"""Reading a .docx as a layout reader would: the parts as XML, and properties as they take effect."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def w(name: str) -> str:
    return W + name


def path(*names: str) -> str:
    return "/".join(w(name) for name in names)


@dataclass
class Docx:
    """One document; paragraphs and runs are lxml elements."""

    members: dict[str, bytes]
    _parsed: dict[str, etree._Element] = field(default_factory=dict)

    @classmethod
    def read(cls, source: bytes | Path) -> Docx:
        content = source if isinstance(source, bytes) else source.read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            return cls({name: archive.read(name) for name in archive.namelist()})

    def xml(self, name: str) -> etree._Element:
        """The root of a part, parsed once: elements can be compared."""
        if name not in self._parsed:
            self._parsed[name] = etree.fromstring(self.members[name])
        return self._parsed[name]

    @property
    def body(self) -> etree._Element:
        return self.xml("word/document.xml")[0]

    @property
    def section(self) -> etree._Element:
        return self.body.find(w("sectPr"))

    def paragraphs(self) -> list[etree._Element]:
        return list(self.body.iter(w("p")))

    def paragraph(self, start: str) -> etree._Element:
        """The paragraph whose text begins so."""
        return next(p for p in self.paragraphs() if text_of(p).startswith(start))

    def style_name(self, paragraph: etree._Element) -> str:
        return self._styles()[self._style_id(paragraph)].find(w("name")).get(w("val"))

    def paragraph_property(self, paragraph: etree._Element, name: str, attribute: str = "val") -> str | None:
        """The effective attribute: the paragraph's own, else that of its style or a style below it."""
        own = paragraph.find(w("pPr"))
        sources = [own, *(style.find(w("pPr")) for style in self._chain(self._style_id(paragraph)))]
        return _first(sources, name, attribute)

    def run_property(
        self, paragraph: etree._Element, run: etree._Element, name: str, attribute: str = "val"
    ) -> str | None:
        """The effective attribute: the run's own, else its character style's, the paragraph style's, the defaults'."""
        own = run.find(w("rPr"))
        style = own.find(w("rStyle")) if own is not None else None
        chains = self._chain(style.get(w("val"))) if style is not None else []
        chains += self._chain(self._style_id(paragraph))
        defaults = self.xml("word/styles.xml").find(path("docDefaults", "rPrDefault", "rPr"))
        return _first([own, *(s.find(w("rPr")) for s in chains), defaults], name, attribute)

    def fonts(self, paragraph: etree._Element) -> set[str]:
        """Effective East Asian fonts of the paragraph's text."""
        return {self.run_property(paragraph, run, "rFonts", "eastAsia") or "" for run in text_runs(paragraph)}

    def sizes(self, paragraph: etree._Element) -> set[str]:
        return {self.run_property(paragraph, run, "sz") or "" for run in text_runs(paragraph)}

    def _styles(self) -> dict[str, etree._Element]:
        return {style.get(w("styleId")): style for style in self.xml("word/styles.xml").iter(w("style"))}

    def _style_id(self, paragraph: etree._Element) -> str:
        found = paragraph.find(path("pPr", "pStyle"))
        return found.get(w("val")) if found is not None else "Normal"

    def _chain(self, style_id: str) -> list[etree._Element]:
        styles, chain = self._styles(), []
        current: str | None = style_id
        while current is not None:
            chain.append(styles[current])
            base = styles[current].find(w("basedOn"))
            current = base.get(w("val")) if base is not None else None
        return chain


def text_of(element: etree._Element) -> str:
    """Text as read: line breaks as newlines, nothing for field codes."""
    parts = {w("t"): lambda e: e.text or "", w("br"): lambda e: "\n"}
    return "".join(parts[e.tag](e) for e in element.iter(*parts))


def text_runs(paragraph: etree._Element) -> list[etree._Element]:
    return [run for run in paragraph.iter(w("r")) if run.find(w("t")) is not None]


def _first(sources: list[etree._Element | None], name: str, attribute: str) -> str | None:
    for source in sources:
        found = source.find(w(name)) if source is not None else None
        if found is not None and found.get(w(attribute)) is not None:
            return str(found.get(w(attribute)))
    return None


def anchored(document: Docx) -> dict[str, str]:
    """Comment id → the words that lie between its range marks."""
    found: dict[str, str] = {}
    open_ids: set[str] = set()
    for element in document.body.iter(w("commentRangeStart"), w("commentRangeEnd"), w("t")):
        if element.tag == w("commentRangeStart"):
            open_ids.add(element.get(w("id")))
        elif element.tag == w("commentRangeEnd"):
            open_ids.remove(element.get(w("id")))
        for comment in open_ids if element.tag == w("t") else ():
            found[comment] = found.get(comment, "") + (element.text or "")
    assert not open_ids
    return found
