"""Replacing words in a docx across runs, each character's look and every mark around it kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nigao.word.characters import Character, body_paragraphs, characters
from nigao.word.ooxml import XML_SPACE, Element, W
from nigao.word.opening import open_docx, reading_errors
from nigao.word.package import document_bytes
from nigao.word.xmltext import xml_text

# Words inside these are Word's own, another's proposal, or tied to something that a plain edit would break.
_TIED = {W + name for name in ("ins", "moveTo", "hyperlink", "fldSimple", "ruby")}
_TRACKED = {W + name for name in ("del", "moveFrom", "ins", "moveTo")}


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Write `text` in place of characters `start:end` of a paragraph; an empty stretch is an insertion."""

    paragraph: int
    start: int
    end: int
    text: str


def replace_text(data: bytes, edits: Sequence[TextEdit]) -> tuple[bytes, list[TextEdit]]:
    """The file with the edits made, and those refused: out of range, overlapping one made, holding a line break, or
    touching a field, a link or a tracked change. Where none is made these are the very same bytes.

    Raises ReportFileError where `data` is no Word document.
    """
    with reading_errors():
        document = open_docx(data)
        paragraphs = body_paragraphs(document.element.body)
        refused: list[TextEdit] = []
        made = 0
        first_kept: dict[int, int] = {}
        # From the back, so that the offsets of those before stay true.
        for edit in sorted(edits, key=lambda edit: (edit.paragraph, edit.start, edit.end), reverse=True):
            limit = first_kept.get(edit.paragraph)
            inside = 0 <= edit.paragraph < len(paragraphs) and (limit is None or edit.end <= limit)
            if not inside or not _replace(paragraphs[edit.paragraph], edit):
                refused.append(edit)
                continue
            first_kept[edit.paragraph] = edit.start
            made += 1
        refused.reverse()
        return (document_bytes(document) if made else data), refused


def _replace(paragraph: Element, edit: TextEdit) -> bool:
    found = characters(paragraph)
    if not 0 <= edit.start <= edit.end <= len(found) or not found or "\n" in edit.text:
        return False
    fields = _in_fields(paragraph)
    touched = found[edit.start : edit.end] or found[max(0, edit.start - 1) : max(1, edit.start)]
    if any(_is_tied(character, fields) for character in touched) or _spans_change(paragraph, touched):
        return False
    if edit.start == edit.end:
        anchor = touched[0]
        _write(anchor.node, anchor.at + (edit.start > 0), anchor.at + (edit.start > 0), edit.text)
        return True
    first, *_ = touched
    for node in {id(c.node): c.node for c in reversed(touched)}.values():
        places = [c.at for c in touched if c.node is node]
        _write(node, places[0], places[-1] + 1, edit.text if node is first.node else "")
    return True


def _write(node: Element, start: int, end: int, text: str) -> None:
    old = node.text or ""
    node.text = old[:start] + xml_text(text) + old[end:]
    node.set(XML_SPACE, "preserve")


def _is_tied(character: Character, fields: set[Element]) -> bool:
    if character.run is None or character.node.tag != W + "t" or character.run in fields:
        return True
    return any(ancestor.tag in _TIED for ancestor in character.node.iterancestors())


def _spans_change(paragraph: Element, touched: list[Character]) -> bool:
    """Whether somebody's tracked change stands between the first and the last of the characters."""
    nodes = {character.node for character in touched}
    seen = 0
    for element in paragraph.iter():
        if element in nodes:
            seen += 1
        elif 0 < seen < len(nodes) and element.tag in _TRACKED:
            return True
    return False


def _in_fields(paragraph: Element) -> set[Element]:
    """The runs between a field's begin and end."""
    depth, found = 0, set()
    for run in paragraph.iter(W + "r"):
        for mark in run.iter(W + "fldChar"):
            kind = mark.get(W + "fldCharType")
            depth += (kind == "begin") - (kind == "end")
        if depth > 0 or run.find(W + "fldChar") is not None:
            found.add(run)
    return found
