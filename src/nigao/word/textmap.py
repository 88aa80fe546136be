"""From a place in the plain text that the docx reader gives back to the paragraph and characters of the docx.

The text is matched, not counted: table rows that the reader writes out, numbers that Word writes by itself and
paragraphs that it leaves out cannot shift what follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nigao.report.wordlayout import squeezed
from nigao.word.characters import body_paragraphs, visible_text
from nigao.word.ooxml import Element, W, has
from nigao.word.opening import open_docx, reading_errors
from nigao.word.styles import Styles

# How far ahead a line of the text is looked for: past tables of contents, not through a whole book.
_AHEAD = 400
_TRIMMED = "。；;"


@dataclass(frozen=True, slots=True)
class Place:
    """Characters `start:end` of the paragraph with this index."""

    paragraph: int
    start: int
    end: int


# A visible character's paragraph and offset; None for what the reader added.
_Origin = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Unit:
    """A line of a paragraph, or all cells of a table row: each stretch as its squeezed text with where it came from."""

    stretches: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    number: str = ""
    row: bool = False


class TextMap:
    """The lines of one text, each character with its origin in the docx."""

    def __init__(self, text: str, data: bytes) -> None:
        """`text` is what the reader made of `data`. Raises ReportFileError where `data` is no Word document."""
        with reading_errors():
            units, self._paragraphs = _units(data)
        self._lines = text.split("\n")
        self._origins = _align([squeezed(line) for line in self._lines], units)
        self._known: dict[int, list[_Origin]] = {}

    def place(self, line: int, column: int, end_line: int, end_column: int) -> Place | None:
        """Where the characters from line and column (1-based, the end exclusive) stand in the docx.

        What crosses into another paragraph ends with the first; an empty stretch is its own place. A number that Word
        writes by itself is the place before the words of its paragraph. None where the text there is in no paragraph.
        """
        if (line, column) == (end_line, end_column):
            return self._point(line, column)
        found: list[tuple[int, int]] = []
        for number in range(line, min(end_line, len(self._lines)) + 1):
            start = column - 1 if number == line else 0
            end = end_column - 1 if number == end_line else None
            found += [origin for origin in self._columns(number)[start:end] if origin is not None]
        if not found:
            return self._behind_number(line, column)
        paragraph = found[0][0]
        offsets = [offset for index, offset in found if index == paragraph]
        return Place(paragraph, offsets[0], offsets[-1] + 1)

    def _point(self, line: int, column: int) -> Place | None:
        """The place before a character, or behind the last."""
        columns = self._columns(line) if line <= len(self._lines) else []
        before = columns[column - 2] if 2 <= column <= len(columns) + 1 else None
        after = columns[column - 1] if 1 <= column <= len(columns) else None
        if after is not None:
            return Place(after[0], after[1], after[1])
        return Place(before[0], before[1] + 1, before[1] + 1) if before is not None else None

    def _behind_number(self, line: int, column: int) -> Place | None:
        """The place of the first word of a line whose beginning alone, up to behind the column, is in no paragraph."""
        columns = self._columns(line) if line <= len(self._lines) else []
        first = next((at for at, origin in enumerate(columns) if origin is not None), 0)
        if column > first:
            return None
        rest = [at for at in range(first, len(columns)) if squeezed(self._lines[line - 1][at])]
        paragraphs = {None if (origin := columns[at]) is None else origin[0] for at in rest}
        begin = columns[first]
        return Place(begin[0], begin[1], begin[1]) if begin is not None and len(paragraphs) == 1 else None

    def _columns(self, number: int) -> list[_Origin]:
        """The origin of every character of a line, asked for again by every finding on it."""
        if number not in self._known:
            self._known[number] = self._placed(number)
        return self._known[number]

    def _placed(self, number: int) -> list[_Origin]:
        """The origin of every character of a line, white space included where the docx has the same."""
        line, visible = self._lines[number - 1], self._origins[number - 1]
        if visible is None:
            return [None] * len(line)
        rest = iter(visible)
        columns: list[_Origin] = [next(rest) if squeezed(char) else None for char in line]
        for blanks in re.finditer(r"\s+", line):
            start, end = blanks.span()
            before, after = columns[start - 1] if start else None, columns[end] if end < len(line) else None
            if before is not None and after is not None and before[0] == after[0]:
                between = range(before[1] + 1, after[1])
                typed = [at for at in between if self._paragraphs[before[0]][at].isspace()]
                if len(typed) == end - start:
                    columns[start:end] = [(before[0], at) for at in typed]
        return columns


def _units(data: bytes) -> tuple[list[_Unit], list[str]]:
    """The lines and rows of the docx in reading order, and the text of every paragraph."""
    document = open_docx(data)
    body = document.element.body
    paragraphs = body_paragraphs(body)
    styles = Styles(document)
    texts = [visible_text(paragraph) for paragraph in paragraphs]
    index = {paragraph: number for number, paragraph in enumerate(paragraphs)}
    units: list[_Unit] = []
    carried: list[tuple[str, int, int]] = []
    rows: set[Element] = set()
    for number, paragraph in enumerate(paragraphs):
        numbered = styles.numbered_by(paragraph)
        shown = styles.numbering.next(*numbered) if numbered else ""
        row = next((a for a in paragraph.iterancestors(W + "tr")), None)
        if row is not None:
            top = list(paragraph.iterancestors(W + "tr"))[-1]
            if top not in rows:
                rows.add(top)
                units.append(_row(top, index))
            continue
        carried += [(char, number, offset) for offset, char in enumerate(texts[number])]
        # A deleted paragraph mark joins the paragraph to the next one.
        if has(paragraph, "pPr", "rPr", "del"):
            continue
        units += _lines_of(carried, squeezed(shown))
        carried = []
    return units + _lines_of(carried, ""), texts


def _lines_of(told: list[tuple[str, int, int]], shown: str) -> list[_Unit]:
    units: list[_Unit] = []
    line: list[tuple[str, int, int]] = []
    for char, paragraph, offset in [*told, ("\n", 0, 0)]:
        if char == "\n":
            stretch = _stretch(line)
            if stretch[0]:
                units.append(_Unit((stretch,), "" if units else shown))
            line = []
        else:
            line.append((char, paragraph, offset))
    return units


def _row(row: Element, index: dict[Element, int]) -> _Unit:
    cells = []
    for cell in row.iter(W + "tc"):
        told = [
            (char, index[paragraph], offset)
            for paragraph in cell.iter(W + "p")
            if paragraph in index and next(paragraph.iterancestors(W + "tc")) is cell
            for offset, char in enumerate(visible_text(paragraph))
        ]
        cells.append(_stretch(told))
    return _Unit(tuple(cell for cell in cells if cell[0]), row=True)


def _stretch(told: list[tuple[str, int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    kept = [(char, paragraph, offset) for char, paragraph, offset in told if squeezed(char)]
    return "".join(char for char, _, _ in kept), tuple((paragraph, offset) for _, paragraph, offset in kept)


def _align(lines: list[str], units: list[_Unit]) -> list[list[_Origin] | None]:
    """Each line with the unit that it was made of: the next one ahead that explains it whole."""
    found: list[list[_Origin] | None] = []
    following = 0
    for line in lines:
        origins = None
        for at in range(following, min(following + _AHEAD, len(units))) if line else ():
            origins = _explain(line, units[at])
            if origins is not None:
                following = at + 1
                break
        found.append(origins)
    return found


def _explain(line: str, unit: _Unit) -> list[_Origin] | None:
    if not unit.row:
        words, origins = unit.stretches[0]
        if line == words:
            return list(origins)
        return [None] * len(unit.number) + list(origins) if unit.number and line == unit.number + words else None
    explained: list[_Origin] = [None] * len(line)
    at = 0
    for words, origins in unit.stretches:
        trimmed = words.rstrip(_TRIMMED)
        start = _cell_start(line, trimmed, at)
        if start < 0:
            return None
        explained[start : start + len(trimmed)] = origins[: len(trimmed)]
        at = start + len(trimmed)
    return explained if unit.stretches else None


def _cell_start(line: str, words: str, at: int) -> int:
    """Where a cell's words stand in a written-out row: between its marks, and not as the name of a column."""
    start = line.find(words, at)
    while start >= 0:
        end = start + len(words)
        if (start == 0 or line[start - 1] in "：；|") and (end == len(line) or line[end] in "；|"):
            return start
        start = line.find(words, start + 1)
    return -1
