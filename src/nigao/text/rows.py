"""Table rows written out as one line, `列名：内容；列名：内容`: recognised and taken apart again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.text.spans import Span

_LABEL = re.compile(r"(?:^|；)([一-鿿]{2,12})：")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its column's name, and its text with offsets into the line."""

    label: str
    start: int
    end: int
    text: str


def row_cells(line: str) -> list[Cell]:
    """The cells of a row line, or an empty list where the line is prose: a row starts with a label and has two."""
    labels = list(_LABEL.finditer(line))
    if len(labels) < 2 or labels[0].start() != 0:
        return []
    ends = [label.start() for label in labels[1:]] + [len(line)]
    return [_cell(line, label, end) for label, end in zip(labels, ends, strict=True)]


def table_rows(text: str) -> Iterator[tuple[int, int, list[Cell]]]:
    """The row lines of a text: where each stands, `start:end` with its line break, and its cells."""
    offset = 0
    for line in text.splitlines(keepends=True):
        cells = row_cells(line.strip())
        if cells:
            yield offset, offset + len(line), cells
        offset += len(line)


def _cell(line: str, label: re.Match[str], end: int) -> Cell:
    text = line[label.end() : end].strip()
    start = line.index(text, label.end())
    return Cell(label.group(1), start, start + len(text), text)


def cell_entries(text: str) -> list[Span]:
    """The entries of a cell (`1.… 2.…`, or one to a sentence), without their numbers and closing marks."""
    entries: list[Span] = []
    for match in re.finditer(
        r"(?:(?<=^)|(?<=[\s。；]))\s*(?:[（(]?\d{1,2}[.．、)）]\s*)?([^。；\n]{2,}?)(?=[。；\n]|\s+(?:[（(]\d{1,2}[)）]|\d{1,2}[.．、])|$)",
        text,
    ):
        text = match.group(1).rstrip()
        entries.append(Span(match.start(1), match.start(1) + len(text), text))
    return entries
