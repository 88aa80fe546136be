"""All tracked changes of a file accepted: what came stays, what went is gone, and no mark of either is left."""

from __future__ import annotations

from nigao.word.characters import visible_text
from nigao.word.ooxml import Element, W, child

_SETTINGS = [
    W + name
    for name in (
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
        "tblPrExChange", "numberingChange", "cellIns", "cellMerge",
    )
]  # fmt: skip
_MARKS = [
    W + name
    for name in (
        "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
        "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart",
        "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd",
    )
]  # fmt: skip
_COME, _GONE = (W + "ins", W + "moveTo"), (W + "del", W + "moveFrom")
_ROW_PROPERTIES, _MARK_PROPERTIES = W + "trPr", W + "rPr"


def accept_changes(root: Element) -> int:
    """Accept every change below an element, in place; how many there were."""
    count = sum(1 for _ in root.iter(*_SETTINGS, *_COME, *_GONE, W + "cellDel"))
    for found in list(root.iter(*_SETTINGS, *_MARKS)):
        _remove(found)
    for row in list(root.iter(W + "tr")):
        _accept_row(row)
    paragraphs = [p for p in root.iter(W + "p") if _mark(p, _GONE) is not None]
    for found in list(root.iter(*_GONE)):
        if found.getparent() is not None and found.getparent().tag not in (_ROW_PROPERTIES, _MARK_PROPERTIES):
            _remove(found)
    for found in list(root.iter(*_COME)):
        if found.getparent().tag in (_ROW_PROPERTIES, _MARK_PROPERTIES):
            _unmark(found)
        else:
            _unwrap(found)
    for paragraph in paragraphs:
        if paragraph.getparent() is not None:
            _join(paragraph)
    return count


def _accept_row(row: Element) -> None:
    """A row that is gone goes, and with the last one the table; of the others the cells that are gone."""
    table = row.getparent()
    if any(child(row, "trPr", name) is not None for name in ("del", "moveFrom")):
        _remove(row)
    for cell in row.findall(W + "tc"):
        if child(cell, "tcPr", "cellDel") is not None:
            row.remove(cell)
    if row.getparent() is not None and row.find(W + "tc") is None:
        _remove(row)
    if table is not None and table.tag == W + "tbl" and table.getparent() is not None and table.find(W + "tr") is None:
        _remove(table)


def _mark(paragraph: Element, names: tuple[str, ...]) -> Element | None:
    looks = child(paragraph, "pPr", "rPr")
    return None if looks is None else next((looks.find(name) for name in names if looks.find(name) is not None), None)


def _join(paragraph: Element) -> None:
    """The end of the paragraph is gone: its words begin the next one, which keeps its own setting."""
    for name in _GONE:
        mark = child(paragraph, "pPr", "rPr", name.removeprefix(W))
        if mark is not None:
            _unmark(mark)
    following = paragraph.getnext()
    if child(paragraph, "pPr", "sectPr") is not None:
        return
    if following is not None and following.tag == W + "p":
        words = [element for element in paragraph if element.tag != W + "pPr"]
        start = 0 if following.find(W + "pPr") is None else 1
        following[start:start] = words
        _remove(paragraph)
    elif not visible_text(paragraph) and not _needed(paragraph):
        _remove(paragraph)


def _needed(paragraph: Element) -> bool:
    """Whether the file needs a paragraph here: at a cell's end, and as the last of everything."""
    following = paragraph.getnext()
    if paragraph.getparent().tag == W + "tc":
        return following is None
    return following is None or following.tag == W + "sectPr"


def _unwrap(element: Element) -> None:
    for inside in list(element):
        element.addprevious(inside)
    _remove(element)


def _unmark(mark: Element) -> None:
    """Take out a mark, and the properties that held nothing else."""
    holder = mark.getparent()
    holder.remove(mark)
    if len(holder) == 0:
        _remove(holder)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
