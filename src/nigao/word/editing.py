"""Replacing words in a docx across runs, plainly or as tracked changes, each character's look and every mark kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nigao.word.changes import Changes, Signature, empty_like
from nigao.word.characters import Character, body_paragraphs, characters
from nigao.word.cutting import cut_before
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


def replace_text(
    data: bytes, edits: Sequence[TextEdit], *, by: Signature | None = None
) -> tuple[bytes, list[TextEdit]]:
    """The file with the edits made, and those refused: out of range, overlapping one made, holding a line break, or
    touching a field, a link or a tracked change. Where none is made these are the very same bytes.

    `by`: they are made as tracked changes of this author; accepting them gives what a plain edit gives. Raises
    ReportFileError where `data` is no Word document.
    """
    with reading_errors():
        document = open_docx(data)
        body = document.element.body
        paragraphs = body_paragraphs(body)
        write: _Plain = _Plain() if by is None else _Tracked(Changes(body), by)
        refused: list[TextEdit] = []
        made = 0
        lines: dict[int, _Line] = {}
        # From the back, so that the offsets of those before stay true.
        for edit in sorted(edits, key=lambda edit: (edit.paragraph, edit.start, edit.end), reverse=True):
            if not 0 <= edit.paragraph < len(paragraphs):
                refused.append(edit)
                continue
            if edit.paragraph not in lines:
                lines[edit.paragraph] = _Line(paragraphs[edit.paragraph])
            if lines[edit.paragraph].make(edit, write):
                made += 1
            else:
                refused.append(edit)
        refused.reverse()
        return (document_bytes(document) if made else data), refused


class _Line:
    """A paragraph that is edited from the back: what was found in it stays true for what stands before."""

    def __init__(self, paragraph: Element) -> None:
        self.found = characters(paragraph)
        self.cuts: set[int] = set()
        self._fields = _in_fields(paragraph)
        self._changes = _changes_before(paragraph)
        self._free = len(self.found)

    def make(self, edit: TextEdit, write: _Plain) -> bool:
        """Whether the edit was made."""
        if not 0 <= edit.start <= edit.end <= self._free or not self.found or "\n" in edit.text:
            return False
        start, end, text = self._trimmed(edit)
        touched = self.found[start:end] or self.found[max(0, start - 1) : max(1, start)]
        if any(self._is_tied(character) for character in touched) or self._spans_change(touched):
            return False
        if start < end or text:
            write(self, start, end, xml_text(text))
        self._free = edit.start
        return True

    def _trimmed(self, edit: TextEdit) -> tuple[int, int, str]:
        """The edit without what it leaves as it is at its ends."""
        start, end, text = edit.start, edit.end, edit.text
        while start < end and text and self.found[start].char == text[0]:
            start, text = start + 1, text[1:]
        while start < end and text and self.found[end - 1].char == text[-1]:
            end, text = end - 1, text[:-1]
        return start, end, text

    def _is_tied(self, character: Character) -> bool:
        if character.run is None or character.node.tag != W + "t" or character.run in self._fields:
            return True
        return any(ancestor.tag in _TIED for ancestor in character.node.iterancestors())

    def _spans_change(self, touched: Sequence[Character]) -> bool:
        """Whether somebody's tracked change stands between the first and the last of the characters."""
        return self._changes[touched[0].node] != self._changes[touched[-1].node]


class _Plain:
    """Writes an edit as if it had always stood there."""

    def __call__(self, line: _Line, start: int, end: int, text: str) -> None:
        if start == end:
            anchor = line.found[max(0, start - 1)]
            at = anchor.at + (start > 0)
            self._write(anchor.node, at, at, text)
            return
        touched = line.found[start:end]
        places: dict[Element, list[int]] = {}
        for character in touched:
            places.setdefault(character.node, []).append(character.at)
        for node, spots in places.items():
            self._write(node, spots[0], spots[-1] + 1, text if node is touched[0].node else "")

    @staticmethod
    def _write(node: Element, start: int, end: int, text: str) -> None:
        old = node.text or ""
        node.text = old[:start] + text + old[end:]
        node.set(XML_SPACE, "preserve")


class _Tracked(_Plain):
    """Writes an edit as what goes and what comes."""

    def __init__(self, changes: Changes, by: Signature) -> None:
        self._changes = changes
        self._by = by

    def __call__(self, line: _Line, start: int, end: int, text: str) -> None:
        anchor = line.found[start if start < end else max(0, start - 1)]
        look = empty_like(anchor.run)
        self._cut(line, end)
        place = self._delete(line, start, end) if start < end else self._outermost(anchor.run)
        line.cuts |= {start, end}
        if not text:
            return
        part = look.makeelement(W + "t")
        part.text = text
        part.set(XML_SPACE, "preserve")
        look.append(part)
        come = self._changes.wrap("ins", [look], anchor.run, self._by)
        if start == end == 0:
            place.addprevious(come)
        else:
            place.addnext(come)

    @staticmethod
    def _cut(line: _Line, at: int) -> None:
        """Let a run begin at a character, where one does not yet."""
        inside = 0 < at < len(line.found) and line.found[at].run is line.found[at - 1].run
        if inside and at not in line.cuts:
            cut_before(line.found[at])

    def _delete(self, line: _Line, start: int, end: int) -> Element:
        """Track the characters as gone; gives the first change, behind which comes what takes their place."""
        touched = line.found[start:end]
        runs = list(dict.fromkeys(character.run for character in touched))
        runs[0] = cut_before(touched[0])
        gone = [self._changes.wrap_in_place("del", run, self._by) for run in runs]
        return gone[0]

    @staticmethod
    def _outermost(run: Element) -> Element:
        """The run, or the change of ours that it stands in since."""
        above = run.getparent()
        return above if above.tag == W + "del" else run


def _changes_before(paragraph: Element) -> dict[Element, int]:
    """For each element that holds words, how many tracked changes begin before it."""
    found: dict[Element, int] = {}
    count = 0
    for element in paragraph.iter():
        count += element.tag in _TRACKED
        found[element] = count
    return found


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
