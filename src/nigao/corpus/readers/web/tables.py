"""Tables of a web page: which hold data, and their cells; the others only lay out the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"}
    | {
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_WIDEST = 64
# A cell this long that holds most of its table is a page laid out as a table.
_LAYOUT_CHARS, _LAYOUT_SHARE = 500, 0.6

# lxml elements come without types; they are read here and go no further.
_Element = Any


def data_rows(table: _Element) -> list[list[str]]:
    """The rows of a table of data; empty for one that only lays out a page.

    A cell merged downwards holds in each row, one merged sideways in its first column.
    """
    if table.find(".//table") is not None:
        return []
    rows: list[list[str]] = []
    spans: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        reaching: dict[int, tuple[int, str]] = {}
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            _repeat(spans, cells)
            text = _cell_text(cell)
            down = _span(cell, "rowspan")
            for i in range(_span(cell, "colspan")):
                if down > 1:
                    reaching[len(cells)] = (down, "" if i else text)
                cells.append("" if i else text)
        _repeat(spans, cells)
        spans = {column: (left - 1, text) for column, (left, text) in (spans | reaching).items() if left > 1}
        rows.append(cells[:_WIDEST])
    lengths = [len(cell) for row in rows for cell in row]
    longest = max(lengths, default=0)
    laid_out = longest > _LAYOUT_CHARS and longest > _LAYOUT_SHARE * sum(lengths)
    wide = max((sum(map(bool, row)) for row in rows), default=0)
    return rows if len(rows) > 1 and wide > 1 and not laid_out else []


def _repeat(spans: dict[int, tuple[int, str]], cells: list[str]) -> None:
    """Cells that reach down from a row above hold for this row as well."""
    while len(cells) in spans and len(cells) < _WIDEST:
        cells.append(spans[len(cells)][1])


def _cell_text(cell: _Element) -> str:
    return " ".join("".join(_words(cell)).split())


def _words(element: _Element) -> Iterator[str]:
    """The element's words, with a space where a block or a line begins or ends."""
    yield element.text or ""
    for child in element:
        apart = " " if child.tag in BLOCKS or child.tag == "br" else ""
        yield apart
        yield from _words(child)
        yield apart + (child.tail or "")


def _span(cell: _Element, name: str) -> int:
    stated = (cell.get(name) or "").strip()
    return max(1, min(int(stated), _WIDEST)) if stated.isascii() and stated.isdecimal() and len(stated) < 5 else 1
