"""Read Word files as a person with all changes accepted would: insertions in, deletions out, automatic numbers written
out, tables row by row.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers.archive import check_archive
from nigao.corpus.readers.notes import Notes
from nigao.corpus.readers.numbering import shown_numbers
from nigao.corpus.readers.source import BlockKind, Piece, SourceText
from nigao.corpus.readers.structure import assemble
from nigao.corpus.readers.tables import row_pieces
from nigao.errors import AdmissionError
from nigao.text.listnumbers import numbered_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"

_TEXT = {_W + "t", _M + "t"}
_BREAKS = {_W + "br", _W + "cr"}
# Deleted or moved away, or read elsewhere: properties, text boxes, the old-Word twin of a drawing, ruby notes.
_SKIPPED = {_W + name for name in ("del", "moveFrom", "pPr", "rt", "txbxContent")} | {_MC + "Fallback"}
_CONTAINERS = {_W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"(?:toc|目录)\s*(?:\d|heading)", re.IGNORECASE)
# A paragraph in a heading style that runs on like this is body in the wrong style.
_HEADING_CHARS = 80
# Styles of real files rest on three or four others.
_DEEPEST_STYLE = 50

# lxml elements come without types; they are read here and go no further.
_Element = Any


def read_docx(data: bytes, name: str, limits: AdmissionLimits, *, notes: bool = True) -> SourceText:
    """Body in reading order; headers, footers, watermarks, text boxes and the file's properties as margins.

    `notes`: foot- and endnotes are told behind their paragraphs; otherwise they are margins.

    Raises AdmissionError (`archive`, `unreadable`).
    """
    check_archive(data, name, limits)
    import docx

    try:
        word = docx.Document(io.BytesIO(data))
        body = _Body(_style_levels(word), shown_numbers(word), Notes(word, _text_of))
        body.read(word.element.body)
        told = body.finish()
        pieces = [piece for piece in told if notes or piece.kind is not BlockKind.NOTE]
        margins = [*_properties(word), *_headers(word), *body.boxes]
        margins += [piece.text for piece in told if not notes and piece.kind is BlockKind.NOTE]
    except (MemoryError, RecursionError):
        raise
    # The file is untrusted and python-docx and lxml raise whatever comes: KeyError, ValueError, XMLSyntaxError, …
    except Exception as exc:
        raise AdmissionError(
            f"docx 解析失败（{type(exc).__name__}）",
            reason=RefusalReason.UNREADABLE,
            where=name,
            fix="用 Word 或 WPS 打开后另存为 docx",
        ) from None
    styled = any(piece.level for piece in pieces)
    return assemble(name, pieces, margins, guess_titles=not styled)


class _Body:
    """Walks the body once, gathering pieces and, apart, the text of text boxes."""

    def __init__(self, style_levels: dict[str, int], numbers: dict[_Element, str], notes: Notes) -> None:
        self.pieces: list[Piece] = []
        self.boxes: list[str] = []
        self._levels = style_levels
        self._numbers = numbers
        self._notes = notes
        self._tables = 0
        self._carried = ""
        self._carried_notes: list[Piece] = []

    def read(self, parent: _Element) -> None:
        for child in parent:
            if child.tag == _W + "p":
                self._paragraph(child)
            elif child.tag == _W + "tbl":
                self._table(child)
            elif child.tag in _CONTAINERS:
                self.read(child)

    def finish(self) -> list[Piece]:
        """The pieces, with what a deleted last paragraph mark left over."""
        if self._carried:
            self.pieces.append(Piece(self._carried))
            self._carried = ""
        self.pieces.extend(self._carried_notes)
        return self.pieces

    def _paragraph(self, paragraph: _Element) -> None:
        self.boxes.extend(_box_texts(paragraph))
        style = _child_value(paragraph, "pPr", "pStyle")
        level = self._levels.get(style, 0)
        if level < 0:
            return
        text = self._carried + _text_of(paragraph)
        notes = self._carried_notes + self._notes.below(paragraph)
        # A deleted paragraph mark joins the paragraph to the next one.
        if _has(paragraph, "pPr", "rPr", "del"):
            self._carried, self._carried_notes = text, notes
            return
        self._carried, self._carried_notes = "", []
        text = numbered_text(self._numbers.get(paragraph, ""), text)
        outline = _child_value(paragraph, "pPr", "outlineLvl")
        if outline.isdecimal():
            level = int(outline) + 1 if int(outline) < 9 else 0
        heading = level > 0 and len(text) <= _HEADING_CHARS and "\n" not in text.strip()
        self.pieces.append(Piece(text, min(level, 4) if heading else None))
        self.pieces.extend(notes)

    def _table(self, table: _Element) -> None:
        self._tables += 1
        rows: list[list[str]] = []
        headed = False
        for row in _rows(table):
            headed = headed or (not rows and _has(row, "trPr", "tblHeader"))
            rows.append(_cells(row, rows[-1] if rows else []))
        self.boxes.extend(_box_texts(table))
        self.pieces.extend(row_pieces(rows, self._tables, headed=True if headed else None))
        self.pieces.extend(self._notes.below(table))


def _text_of(parent: _Element) -> str:
    """Visible text with changes accepted; soft line breaks as line breaks, tabs as spaces."""
    return "".join(_runs(parent))


def _runs(parent: _Element) -> Iterator[str]:
    for child in parent:
        tag = child.tag
        if tag in _SKIPPED:
            continue
        if tag in _TEXT:
            yield child.text or ""
        elif tag in _BREAKS:
            yield "\n"
        elif tag == _W + "tab":
            yield " "
        elif tag == _W + "noBreakHyphen":
            yield "-"
        elif not (tag == _W + "r" and _has(child, "rPr", "vanish")):
            yield from _runs(child)


def _box_texts(parent: _Element) -> list[str]:
    """Text of the text boxes below `parent`, once each although Word stores a drawing twice; and of word art."""
    texts: list[str] = []
    for box in parent.iter(_W + "txbxContent"):
        if not any(ancestor.tag == _MC + "Fallback" for ancestor in box.iterancestors()):
            texts.extend(_text_of(paragraph) for paragraph in box.iter(_W + "p"))
    return texts + [art.get("string") or "" for art in parent.iter(_VML + "textpath")]


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag == _W + "tr" and not _has(child, "trPr", "del"):
            yield child
        elif child.tag in _CONTAINERS:
            yield from _rows(child)


def _cells(row: _Element, above: list[str]) -> list[str]:
    """The row's cells; one merged downwards repeats the cell above it, one merged sideways fills its columns."""
    cells: list[str] = []
    for cell in _cell_elements(row):
        column = len(cells)
        merged = _child(_child(cell, "tcPr"), "vMerge")
        continued = merged is not None and merged.get(_W + "val", "continue") == "continue"
        text = above[column] if continued and column < len(above) else _cell_text(cell)
        span = _child_value(cell, "tcPr", "gridSpan")
        cells.extend([text] + [""] * (min(int(span), 64) - 1 if span.isdecimal() else 0))
    return cells


def _cell_elements(row: _Element) -> Iterator[_Element]:
    for child in row:
        if child.tag == _W + "tc":
            yield child
        elif child.tag in _CONTAINERS:
            yield from _cell_elements(child)


def _cell_text(cell: _Element) -> str:
    paragraphs = [p for p in cell.iter(_W + "p") if not _inside_box(p, cell)]
    return " ".join(" ".join(_text_of(paragraph).split()) for paragraph in paragraphs).strip()


def _inside_box(paragraph: _Element, cell: _Element) -> bool:
    for ancestor in paragraph.iterancestors():
        if ancestor is cell:
            return False
        if ancestor.tag in _SKIPPED:
            return True
    return False


def _headers(word: WordDocument) -> list[str]:
    """Every header and footer part, whichever pages it is for."""
    texts: list[str] = []
    for part in word.part.package.iter_parts():
        if part.content_type.endswith(("header+xml", "footer+xml")):
            root: _Element = getattr(part, "element", None)
            if root is not None:
                texts.extend(_text_of(paragraph) for paragraph in root.iter(_W + "p"))
                texts.extend(_box_texts(root))
    return texts


def _properties(word: WordDocument) -> list[str]:
    """The texts of the file's properties, where offices also note the marking."""
    core = word.core_properties
    return [core.title, core.subject, core.keywords, core.category, core.content_status]


def _style_levels(word: WordDocument) -> dict[str, int]:
    """Heading level by style id, from its own outline level or name or its base style's; -1 for a table of contents."""
    styles = {style.get(_W + "styleId"): style for style in word.styles.element if style.tag == _W + "style"}
    return {key: _style_level(key, styles) for key in styles if key}


def _style_level(key: str, styles: dict[str, _Element]) -> int:
    for _ in range(min(len(styles), _DEEPEST_STYLE)):
        style = styles.get(key)
        if style is None:
            return 0
        name = _child_value(style, "name")
        outline = _child_value(style, "pPr", "outlineLvl")
        if _CONTENTS_STYLE.match(name):
            return -1
        if outline.isdecimal():
            return int(outline) + 1 if int(outline) < 9 else 0
        if name.lower() in ("title", "标题"):
            return 1
        named = _HEADING_STYLE.match(name)
        if named:
            return int(named.group(1))
        key = _child_value(style, "basedOn")
    return 0


def _child(element: _Element, *path: str) -> _Element:
    for name in path:
        element = None if element is None else element.find(_W + name)
    return element


def _child_value(element: _Element, *path: str) -> str:
    found = _child(element, *path)
    return "" if found is None else str(found.get(_W + "val") or "")


def _has(element: _Element, *path: str) -> bool:
    """Whether the property is there and not switched off."""
    found = _child(element, *path)
    return found is not None and found.get(_W + "val") not in ("0", "false", "off")
