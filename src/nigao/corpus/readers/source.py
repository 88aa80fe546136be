"""What every reader hands on: one text, the blocks it is made of, and what stood outside the body."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    TABLE_ROW = "table_row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, table row or foot- or endnote: exactly `SourceText.text[start:end]`, one line, never blank.

    `level` is 0 for body and 1 to 4 for headings; `label` places a table row (`表1第3行`, counted as on the page) or a
    note (`注2`), which stands right behind the paragraph that refers to it.
    """

    text: str
    start: int
    end: int
    level: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH
    label: str = ""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document's text. Between two blocks of `text` there is only white space.

    `margins` is what a reader of the page sees but the body does not hold: page headers and footers, watermarks, text
    boxes, front matter, the file's own title. It is screened for markings and never becomes evidence.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    margins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document on its way into a SourceText. `level` None: its words tell whether it is a heading."""

    text: str
    level: int | None = None
    kind: BlockKind = BlockKind.PARAGRAPH
    label: str = ""
