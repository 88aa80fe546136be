"""Custom properties of a Word file: a name and a text each, for machines; Word shows them on request."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from nigao.word.opening import part_root
from nigao.word.xmltext import xml_text

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_RELATIONSHIP = f"{_OFFICE}/relationships/custom-properties"
_USER_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_ID = 2


def write_properties(document: Document, properties: Mapping[str, str]) -> None:
    """Give a document that has none these custom properties; none at all writes nothing."""
    if not properties:
        return
    items = "".join(
        f'<property fmtid="{_USER_PROPERTIES}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(xml_text(text))}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(properties.items(), start=_FIRST_ID)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">{items}</Properties>'
    )
    package = document.part.package
    package.relate_to(Part(PackURI("/docProps/custom.xml"), _CONTENT_TYPE, xml.encode(), package), _RELATIONSHIP)


def read_properties(document: Document) -> dict[str, str]:
    """The custom properties of a document by name, as text."""
    for relationship in document.part.package.rels.values():
        if relationship.reltype == _RELATIONSHIP and not relationship.is_external:
            root = part_root(relationship.target_part)
            return {str(one.get("name") or ""): "".join(one.itertext()) for one in root}
    return {}


def drop_property(document: Document, name: str) -> bool:
    """Take a custom property out of a document, and with the last one their part; whether there was one."""
    for key, relationship in document.part.package.rels.items():
        if relationship.reltype == _RELATIONSHIP and not relationship.is_external:
            root = part_root(relationship.target_part)
            gone = [one for one in root if one.get("name") == name]
            for one in gone:
                root.remove(one)
            if gone and not len(root):
                document.part.package.rels.pop(key)
            elif gone:
                relationship.target_part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            return bool(gone)
    return False
