"""An edited Word file as it stands with the tracked changes of some people taken and those of others not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from docx.document import Document

from nigao.word.characters import SIGNS, SKIPPED, TEXT, body_paragraphs, visible_text
from nigao.word.comments import Comment, comments_of
from nigao.word.ooxml import MC, Element, W, child, has, value
from nigao.word.opening import open_docx, reading_errors, related_root
from nigao.word.options import Stamp
from nigao.word.ownstyles import SOURCE_NOTE, own_style_id
from nigao.word.sources import sources_start
from nigao.word.stamp import read_stamp
from nigao.word.styles import Styles

_COME, _GONE = (W + "ins", W + "moveTo"), (W + "del", W + "moveFrom")
_PASSED_OVER = SKIPPED - {W + name for name in ("del", "moveFrom")}
_WRITTEN = TEXT | {W + "delText"}
_BOX, _ROW, _TABLE = W + "txbxContent", W + "tr", W + "tbl"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who made a tracked change, and when (ISO 8601 as the file writes it)."""

    author: str
    date: str


Accepts = Callable[[Signature], bool]


@dataclass(frozen=True, slots=True)
class _Fate:
    """Under whose changes something came and went; None where under nobody's."""

    come: Signature | None = None
    gone: Signature | None = None

    def is_there(self, accepts: Accepts) -> bool:
        return (self.come is None or accepts(self.come)) and (self.gone is None or not accepts(self.gone))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """The stretches of a paragraph, its end, and the row of a table that it stands in, each with its fate."""

    stretches: tuple[tuple[str, _Fate], ...]
    end: _Fate
    row: _Fate
    number: str
    cell: Element | None


class EditedFile:
    """One file, read. `signatures` are of its tracked changes, earliest first; `left_out` is what stands outside the
    text and so outside any report (boxes, notes, pictures), told in words.
    """

    def __init__(self, data: bytes) -> None:
        """Raises ReportFileError where `data`, which the caller has guarded against bombs, is no Word document."""
        with reading_errors():
            document = open_docx(data)
            self.stamp: Stamp | None = read_stamp(document)
            self.last_author = (document.core_properties.last_modified_by or "").strip()
            self.comments: list[Comment] = comments_of(document)
            self._paragraphs = list(_paragraphs(document))
            self.left_out = list(_outside(document))
        fates = [fate for p in self._paragraphs for fate in (p.row, p.end, *(fate for _, fate in p.stretches))]
        found = {sign for fate in fates for sign in (fate.come, fate.gone) if sign is not None}
        self.signatures = sorted(found, key=lambda sign: (sign.date, sign.author))

    def lines(self, accepts: Accepts) -> list[str]:
        """The lines of the text outside tables, with the changes that `accepts` takes taken and the others not."""
        found: list[str] = []
        carried = ""
        for paragraph in self._paragraphs:
            if paragraph.cell is not None:
                continue
            words = _words(paragraph, accepts)
            carried += words if carried else paragraph.number + words
            if paragraph.end.is_there(accepts):
                found += carried.split("\n")
                carried = ""
        return [line.strip() for line in [*found, *carried.split("\n")] if line.strip()]

    def tables(self, accepts: Accepts) -> list[list[list[str]]]:
        """The cells of every table, row by row; a table of which no row is there is not."""
        found: dict[Element, dict[Element, dict[Element, list[str]]]] = {}
        for paragraph in self._paragraphs:
            if paragraph.cell is None or not paragraph.row.is_there(accepts):
                continue
            row = next(paragraph.cell.iterancestors(_ROW))
            rows = found.setdefault(next(row.iterancestors(_TABLE)), {})
            words = paragraph.number + _words(paragraph, accepts)
            rows.setdefault(row, {}).setdefault(paragraph.cell, []).append(words.strip())
        return [
            [["\n".join(filter(None, lines)) for lines in cells.values()] for cells in rows.values()]
            for rows in found.values()
        ]


def _below_sources(body: Element) -> list[Element]:
    """The paragraphs outside tables that stand below the heading of our own table of sources."""
    start = sources_start(body)
    return [] if start is None else [element for element in start.itersiblings() if element.tag == W + "p"]


def _words(paragraph: _Paragraph, accepts: Accepts) -> str:
    return "".join(words for words, fate in paragraph.stretches if fate.is_there(accepts))


def _paragraphs(document: Document) -> Iterator[_Paragraph]:
    """The paragraphs of the body up to our own table of sources."""
    styles = Styles(document)
    sources = sources_start(document.element.body)
    for paragraph in body_paragraphs(document.element.body):
        if paragraph is sources:
            return
        numbered = styles.numbered_by(paragraph)
        row = next(paragraph.iterancestors(_ROW), None)
        yield _Paragraph(
            tuple(_stretches(paragraph, _Fate())),
            _fate(child(paragraph, "pPr", "rPr")),
            _fate(child(row, "trPr")),
            styles.numbering.next(*numbered) if numbered else "",
            next(paragraph.iterancestors(W + "tc"), None),
        )


def _stretches(parent: Element, fate: _Fate) -> Iterator[tuple[str, _Fate]]:
    for element in parent:
        tag = element.tag
        if tag in _PASSED_OVER:
            continue
        if tag in _WRITTEN:
            yield element.text or "", fate
        elif tag in SIGNS:
            yield SIGNS[tag], fate
        elif tag in _COME:
            yield from _stretches(element, replace(fate, come=_signature(element)))
        elif tag in _GONE:
            yield from _stretches(element, replace(fate, gone=_signature(element)))
        elif tag != W + "r" or not has(element, "rPr", "vanish"):
            yield from _stretches(element, fate)


def _fate(properties: Element | None) -> _Fate:
    """The fate that the properties of a paragraph's end or of a row tell."""
    marks = [] if properties is None else list(properties)
    come = next((_signature(mark) for mark in marks if mark.tag in _COME), None)
    gone = next((_signature(mark) for mark in marks if mark.tag in _GONE), None)
    return _Fate(come, gone)


def _signature(mark: Element) -> Signature:
    return Signature(str(mark.get(W + "author") or "").strip(), str(mark.get(W + "date") or ""))


def _outside(document: Document) -> Iterator[str]:
    body = document.element.body
    ours = own_style_id(document.styles.element, SOURCE_NOTE)
    for box in body.iter(_BOX):
        words = "".join(visible_text(paragraph) for paragraph in box.iter(W + "p")).strip()
        if words and not any(ancestor.tag == MC + "Fallback" for ancestor in box.iterancestors()):
            yield f"文本框：{words}"
    for kind, name in (("FOOTNOTES", "脚注"), ("ENDNOTES", "尾注")):
        root = related_root(document.part, kind)
        for note in () if root is None else root:
            words = "".join(visible_text(paragraph) for paragraph in note.iter(W + "p")).strip()
            if words and not (ours and value(note, "p", "pPr", "pStyle") == ours):
                yield f"{name}：{words}"
    for paragraph in _below_sources(body):
        if visible_text(paragraph).strip():
            yield f"出处对照表之后的文字：{visible_text(paragraph).strip()}"
    pictures = sum(1 for _ in body.iter(W + "drawing", W + "pict", W + "object"))
    boxes = sum(1 for box in body.iter(_BOX))
    if pictures > boxes:
        yield f"图片或图形 {pictures - boxes} 处"
