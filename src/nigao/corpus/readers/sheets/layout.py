"""What of an xlsx openpyxl's reading mode leaves out: merged cells, hidden rows and columns, texts beside the cells."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from nigao.corpus.readers.sheets.rows import Row

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_R = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_RANGE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})")
_OUTSIDE = re.compile(r"xl/(?:comments|threadedComments|drawings)[^_]*\.xml")
# &C&"宋体,常规"&12秘密★1年: the codes between the words of a page head.
_HEAD_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[A-Z])')
_MERGES = 20_000

# lxml elements come without types; they are read here and go no further.
_Element = Any


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """Of one sheet: hidden rows and columns (from 1), columns of cells merged downwards, page heads and feet.

    `merged` tells by row and column in which row above the cell stands that shows there; `uncalculated` is the first
    formula saved without a value.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merged: dict[int, dict[int, int]] = field(default_factory=dict)
    heads: tuple[str, ...] = ()
    uncalculated: str = ""

    def split(self, rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
        """The rows as shown, and the texts that are hidden, with the page heads."""
        kept: list[Row] = []
        margins = list(self.heads)
        for number, cells in rows:
            if number in self.hidden_rows:
                margins.append(" ".join(filter(None, cells)))
                continue
            hidden = [column for column in range(1, len(cells) + 1) if self._is_hidden(column)]
            margins += [cells[column - 1] for column in hidden if cells[column - 1]]
            kept.append((number, [cell for i, cell in enumerate(cells, 1) if i not in hidden]))
        return kept, margins

    def filled(self, kept: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
        """The kept rows with cells merged downwards filled from the top one."""
        if not self.merged:
            return list(kept)
        whole = dict(rows)
        filled: list[Row] = []
        for number, _ in kept:
            cells = list(whole[number])
            for column, top in self.merged.get(number, {}).items():
                above = whole.get(top, ())
                if column <= len(above):
                    cells += [""] * (column - len(cells))
                    cells[column - 1] = cells[column - 1] or above[column - 1]
            filled.append((number, [cell for i, cell in enumerate(cells, 1) if not self._is_hidden(i)]))
        return filled

    def _is_hidden(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)


def read_layouts(data: bytes) -> dict[str, SheetLayout]:
    """The layout of each sheet by its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: _layout(archive, path) for name, path in _sheet_paths(archive)}


def outside_texts(data: bytes) -> list[str]:
    """The texts of comments and of text boxes."""
    texts: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if _OUTSIDE.fullmatch(name):
                words = [text.strip() for text in _parse(archive.read(name)).itertext()]
                texts.append("\n".join(filter(None, words)))
    return texts


def _parse(content: bytes) -> _Element:
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _sheet_paths(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    names = set(archive.namelist())
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("xl", relation.get("Target", ""))).removeprefix("/")
        for relation in _parse(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in _parse(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet", f"{_STRICT}sheet"):
        path = targets.get(next((sheet.get(key) for key in _R if sheet.get(key)), ""), "")
        if path in names:
            yield sheet.get("name", ""), path


def _layout(archive: zipfile.ZipFile, path: str) -> SheetLayout:
    from lxml import etree

    rows: set[int] = set()
    columns: list[tuple[int, int]] = []
    merged: dict[int, dict[int, int]] = {}
    spans = 0
    heads: list[str] = []
    uncalculated = ""
    row_number = 0
    with archive.open(path) as file:
        for _, element in etree.iterparse(file, resolve_entities=False, no_network=True, load_dtd=False):
            tag = etree.QName(element).localname
            if tag == "c":
                uncalculated = uncalculated or _uncalculated(element)
            elif tag == "row":
                row_number = int(element.get("r", row_number + 1))
                if element.get("hidden") in ("1", "true"):
                    rows.add(row_number)
                element.clear()
            elif tag == "col" and element.get("hidden") in ("1", "true"):
                columns.append((int(element.get("min", 0)), int(element.get("max", 0))))
            elif tag == "mergeCell" and spans < _MERGES:
                spans += _merge(element.get("ref", ""), merged)
            elif tag in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
                heads.append(_HEAD_CODES.sub(" ", element.text or ""))
    return SheetLayout(frozenset(rows), tuple(columns), merged, tuple(heads), uncalculated)


def _uncalculated(cell: _Element) -> str:
    """The cell's name if it has a formula without a value; an empty text is a value."""
    parts = {child.tag.rpartition("}")[2]: child.text for child in cell}
    if "f" not in parts or parts.get("v") or ("v" in parts and cell.get("t") == "str"):
        return ""
    return str(cell.get("r", "?"))


def _merge(reference: str, merged: dict[int, dict[int, int]]) -> int:
    """Note the cells below the first row of a merged range, and tell how many; only its first column says anything."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        return 0
    column, top, bottom = _column(match.group(1)), int(match.group(2)), int(match.group(4))
    below = range(top + 1, min(bottom, top + _MERGES) + 1)
    for row in below:
        merged.setdefault(row, {})[column] = top
    return len(below)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
