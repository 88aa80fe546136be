"""Opening a unit's sample or template and leaving of it only what lays a report out: page, styles, heads and feet."""

from __future__ import annotations

import copy
import io
import zipfile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from nigao.errors import ReportFileError
from nigao.word.ooxml import Element, M, R, W, child, drop
from nigao.word.reading import section_marks

_TYPES = "[Content_Types].xml"
_TEMPLATE, _DOCUMENT = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
_MOST_UNPACKED, _MOST_PARTS = 200_000_000, 5_000
# What the document goes on relating to; comments, notes, pictures of the text and macros stay behind.
_KEPT = ("styles", "settings", "fontTable", "theme", "numbering", "webSettings", "header", "footer")
_KEPT_OF_PACKAGE = ("officeDocument",)
# What a sample's settings say about itself: where it came from, that it may not be changed, that changes are tracked.
_DROPPED_SETTINGS = (
    "attachedTemplate", "documentProtection", "writeProtection", "trackRevisions", "trackChanges", "mailMerge",
    "footnotePr", "endnotePr", "rsids", "docVars", "revisionView", "linkStyles", "readModeInkLockDown",
)  # fmt: skip
_BEHIND_COMPAT = (
    "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping", "captions", "shapeDefaults",
    "decimalSymbol", "listSeparator",
)  # fmt: skip
_FOR_ONE_SECTION = ("type", "sectPrChange", "footnotePr", "endnotePr", "lnNumType", "vAlign", "formProt")


def open_house(data: bytes) -> Document:
    """The document of a docx or dotx. Raises ReportFileError for one with macros; call inside `reading_errors`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
            raise ReportFileError("模板文件解开后过大", where="模板", fix="删去样稿中的图片和正文后再试")
        types = archive.read(_TYPES)
        if b"macroEnabled" in types or any(entry.filename.endswith("vbaProject.bin") for entry in entries):
            raise ReportFileError("模板文件带有宏", where="模板", fix="用 Word 或 WPS 另存为 .docx 或 .dotx（不含宏）")
        if _TEMPLATE in types:
            data = _as_document(archive, types)
    return docx.Document(io.BytesIO(data))


def _as_document(archive: zipfile.ZipFile, types: bytes) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in archive.infolist():
            member = archive.read(entry.filename)
            target.writestr(entry.filename, types.replace(_TEMPLATE, _DOCUMENT) if entry.filename == _TYPES else member)
    return changed.getvalue()


def keep_layout_only(document: Document, section: int) -> None:
    """Empty the document but for one section's pages, with the heads and feet that they show."""
    body = document.element.body
    mark = _section_alone(body, section)
    for element in list(body):
        body.remove(element)
    body.append(mark)
    shown = {str(reference.get(R + "id")) for reference in mark if reference.get(R + "id")}
    part = document.part
    for key, relationship in list(part.rels.items()):
        kind = relationship.reltype.rsplit("/", 1)[-1]
        unused = kind in ("header", "footer") and key not in shown
        if kind not in _KEPT or relationship.is_external or unused:
            part.rels.pop(key)
    for key, relationship in list(part.package.rels.items()):
        if relationship.reltype.rsplit("/", 1)[-1] not in _KEPT_OF_PACKAGE:
            part.package.rels.pop(key)
    _clean_settings(document)


def _section_alone(body: Element, section: int) -> Element:
    """The properties of a section with the heads and feet that it takes over from those before it."""
    marks = section_marks(body)
    references: dict[tuple[str, str], Element] = {}
    for mark in marks[: section + 1]:
        for name in ("headerReference", "footerReference"):
            for reference in mark.findall(W + name):
                references[name, str(reference.get(W + "type") or "default")] = reference
    alone = copy.deepcopy(marks[section]) if marks else parse_xml(f"<w:sectPr {nsdecls('w')}/>")
    drop(alone, "headerReference", "footerReference", *_FOR_ONE_SECTION)
    for reference in reversed([*references.values()]):
        alone.insert(0, copy.deepcopy(reference))
    numbering = child(alone, "pgNumType")
    if numbering is not None:
        numbering.attrib.pop(W + "start", None)
    return alone


def _clean_settings(document: Document) -> None:
    element = document.settings.element
    drop(element, *_DROPPED_SETTINGS)
    for relationship in document.part.rels.values():
        if relationship.reltype.endswith("/settings"):
            relationship.target_part.rels.clear()
    if child(element, "compat") is None:
        behind = {W + name for name in _BEHIND_COMPAT} | {M + "mathPr"}
        later = next((at for at, e in enumerate(element) if e.tag in behind), len(element))
        element.insert(later, parse_xml(f"<w:compat {nsdecls('w')}/>"))
