"""Footnotes and endnotes of a Word file, to be told right behind the paragraph that refers to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from nigao.corpus.readers.source import BlockKind, Piece

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What is deleted refers to nothing, and a drawing's twin for old versions would refer twice.
_GONE = {_W + "del", _W + "moveFrom", _MC + "Fallback"}
_NAMES = {_W + "footnoteReference": "注", _W + "endnoteReference": "尾注"}

# lxml elements come without types; they are read here and go no further.
_Element = Any


def note_piece(label: str, text: str) -> Piece:
    """A note as a block of its own: in brackets, so that no sentence of it is taken for one of the body."""
    return Piece(f"〔{label}：{' '.join(text.split())}〕", 0, BlockKind.NOTE, label)


class Notes:
    """The notes of one document, numbered as they are referred to; footnotes and endnotes each from 1."""

    def __init__(self, word: WordDocument, text_of: Callable[[_Element], str]) -> None:
        self._texts = {
            _W + f"{kind}Reference": _texts(_related(word, f"/{kind}s"), kind, text_of)
            for kind in ("footnote", "endnote")
        }
        self._counts = dict.fromkeys(_NAMES, 0)

    def below(self, element: _Element) -> list[Piece]:
        """The notes that a paragraph or a table refers to, in order."""
        pieces: list[Piece] = []
        for reference in _references(element):
            text = self._texts[reference.tag].get(reference.get(_W + "id"), "")
            label = _NAMES[reference.tag]
            # A mark of the author's own (*) does not count.
            if reference.get(_W + "customMarkFollows") in (None, "0", "false", "off"):
                self._counts[reference.tag] += 1
                label += str(self._counts[reference.tag])
            if text.strip():
                pieces.append(note_piece(label, text))
        return pieces


def _references(element: _Element) -> Iterator[_Element]:
    for child in element:
        if child.tag in _NAMES:
            yield child
        elif child.tag not in _GONE:
            yield from _references(child)


def _texts(root: _Element | None, kind: str, text_of: Callable[[_Element], str]) -> dict[str, str]:
    """The note texts by id; Word's separators between body and notes have a type and are left out."""
    if root is None:
        return {}
    notes = [note for note in root.iter(_W + kind) if note.get(_W + "type") in (None, "normal")]
    return {note.get(_W + "id"): " ".join(text_of(p).strip() for p in note.iter(_W + "p")) for note in notes}


def _related(word: WordDocument, ending: str) -> _Element | None:
    from docx.oxml.parser import parse_xml

    for relationship in word.part.rels.values():
        if relationship.reltype.endswith(ending) and not relationship.is_external:
            return parse_xml(relationship.target_part.blob)
    return None
