"""The parts of a Word file that hold text, open for changing at once; python-docx keeps some of them as bytes."""

from __future__ import annotations

from docx.document import Document
from docx.opc.part import Part, XmlPart
from lxml import etree

from nigao.word.ooxml import Element
from nigao.word.opening import part_root

_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TEXT = tuple(f"{_WML}{name}+xml" for name in ("header", "footer", "footnotes", "endnotes", "comments", "glossary"))


class OpenParts:
    """Roots by part. What was changed in a part that python-docx keeps as bytes is put back by `close`."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._roots: dict[Part, Element] = {}

    def root(self, part: Part) -> Element:
        """The part's root element, the same one every time."""
        if part not in self._roots:
            self._roots[part] = part_root(part)
        return self._roots[part]

    def texts(self) -> list[Element]:
        """The roots of the body and of every header, footer, note and comment part."""
        parts = [part for part in self.document.part.package.iter_parts() if part.content_type in _TEXT]
        return [self.document.element, *map(self.root, parts)]

    def related(self, *endings: str) -> list[tuple[str, Part]]:
        """The parts that the document relates to by a type that ends so, with the relationship's id."""
        rels = self.document.part.rels
        return [
            (key, relationship.target_part)
            for key, relationship in rels.items()
            if not relationship.is_external and relationship.reltype.rsplit("/", 1)[-1] in endings
        ]

    def drop(self, key: str) -> None:
        """Leave a part out of the file."""
        relationship = self.document.part.rels.pop(key)
        self._roots.pop(relationship.target_part, None)

    def close(self) -> None:
        """Put changed roots back into their parts."""
        for part, root in self._roots.items():
            if not isinstance(part, XmlPart):
                part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
