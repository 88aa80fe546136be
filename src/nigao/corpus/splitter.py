"""Split a document into passages that a report can cite and a person can find again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from nigao.corpus.model import Passage
from nigao.corpus.outline import Atom, outline
from nigao.corpus.packing import pack
from nigao.corpus.readers.source import SourceText


def split_passages(document_id: str, title: str, source: SourceText) -> list[Passage]:
    """Passages of about 150 to 400 characters in reading order, `position` counted from 1.

    Each is exactly `source.text[start:end]`. Every character that is neither white space nor in a heading is in
    exactly one passage. No sentence is cut, save that 一是…；二是… within a long one may be taken apart, and no passage
    crosses a heading of level 1 or 2.
    """
    passages = []
    for position, atoms in enumerate(pack(outline(title, source)), 1):
        start, end = atoms[0].start, atoms[-1].end
        text = source.text[start:end]
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        passages.append(
            Passage(
                id=f"{document_id}-{position:03d}-{digest}",
                document_id=document_id,
                position=position,
                text=text,
                locator=_locator(atoms),
                heading=atoms[0].heading,
                start=start,
                end=end,
            )
        )
    return passages


def _locator(atoms: Sequence[Atom]) -> str:
    first, last = atoms[0], atoms[-1]
    if first.place == last.place:
        return _written(first.place) + _sentences(first, last)
    shared = 0
    while first.place[shared : shared + 1] == last.place[shared : shared + 1] != ():
        shared += 1
    # 二、第3段至一是: the end named down to its own paragraph reads as one place.
    start, end = first.place[shared:], last.place[shared:]
    if not start or not end:
        shared -= 1 if shared else 0
        start, end = first.place[shared:], last.place[shared:]
    return f"{_written(first.place)}至{_written(end)}"


def _sentences(first: Atom, last: Atom) -> str:
    """Which sentences of the place, where the passage holds only some."""
    if last.number - first.number + 1 == first.total:
        return ""
    return f"第{first.number}句" if first.number == last.number else f"第{first.number}—{last.number}句"


def _written(place: Sequence[str]) -> str:
    """二、 and （三） are written 二（三）."""
    text = "".join(place).replace("、（", "（").replace("、(", "(")
    return text.rstrip("、")
