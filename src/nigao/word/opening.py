"""Opening a docx that somebody else made: its parts by what they are, and one error for whatever goes wrong."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from lxml import etree

from nigao.errors import NigaoError, ReportFileError
from nigao.word.ooxml import Element

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


@contextmanager
def reading_errors() -> Iterator[None]:
    """Whatever python-docx and lxml raise on an untrusted file becomes a ReportFileError."""
    try:
        yield
    except NigaoError:
        raise
    # They raise whatever comes: KeyError, ValueError, XMLSyntaxError, BadZipFile, …
    except Exception as exc:
        raise ReportFileError(f"docx 解析失败（{type(exc).__name__}）", fix="用 Word 或 WPS 打开后另存为 docx") from exc


def open_docx(data: bytes) -> Document:
    """The document of these bytes, which the caller has guarded against bombs. Call inside `reading_errors`."""
    return docx.Document(io.BytesIO(data))


def related_root(part: Part, kind: str) -> Element | None:
    """The root of the first part that `part` relates to by this RELATIONSHIP_TYPE name; None where there is none."""
    wanted = getattr(RELATIONSHIP_TYPE, kind)
    for relationship in part.rels.values():
        if relationship.reltype == wanted and not relationship.is_external:
            return part_root(relationship.target_part)
    return None


def part_root(part: Part) -> Element:
    """The root element of a part, parsed where python-docx keeps it as bytes (the theme)."""
    element: Element | None = getattr(part, "element", None)
    return etree.fromstring(part.blob, _PARSER) if element is None else element
