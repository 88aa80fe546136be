"""How a Word file is laid out, as data: what the Word reader sees and the layout rules judge, without any XML.

Lengths are in twips (1/1440 inch), font sizes in half-points, indents in hundredths of a full-width character of the
paragraph's own size. All values are those that take effect, wherever the file says them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

# Rules whose finding can be mended by machine without touching a word of the text.
MENDABLE = frozenset(
    ("L601", "L602", "L603", "L604", "L605", "L607", "L608", "L609", "L610", "L612", "L614", "L616", "L617", "L618")
)
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")


class Role(StrEnum):
    """What a paragraph is in the document; OTHER is what the standard's rules for the main part do not speak of."""

    TITLE = "title"
    RECIPIENT = "recipient"
    HEADING_1 = "heading_1"
    HEADING_2 = "heading_2"
    HEADING_3 = "heading_3"
    HEADING_4 = "heading_4"
    BODY = "body"
    ATTACHMENT_NOTE = "attachment_note"
    SIGNATURE = "signature"
    DATE = "date"
    ATTACHMENT_HEAD = "attachment_head"
    BLANK = "blank"
    TABLE = "table"
    OTHER = "other"


HEADINGS = {1: Role.HEADING_1, 2: Role.HEADING_2, 3: Role.HEADING_3, 4: Role.HEADING_4}


@dataclass(frozen=True, slots=True)
class LaidRun:
    """Characters `start:end` of a paragraph that look alike. `font` is the one for Chinese characters, `latin` the
    other; `color` is RRGGBB, empty for automatic. `raised`: a superscript or subscript.
    """

    start: int
    end: int
    font: str
    latin: str
    size: int
    bold: bool = False
    color: str = ""
    spacing: int = 0
    raised: bool = False


@dataclass(frozen=True, slots=True)
class LaidParagraph:
    """One paragraph. `index` counts every paragraph of the file's body, those in tables included.

    `number` is what automatic numbering shows before `text`. `text` has changes accepted, line breaks as line breaks.
    `first_line` is negative where the first line hangs out. `line_rule` is `auto` (`line` in 240ths of a line),
    `exact` or `atLeast`. `line_grid` and `char_grid`: whether the page's grid holds it to its lines and cells.
    `fixed` is False where a picture or formula stands in the line, which an exact line height would cut.
    """

    index: int
    text: str
    role: Role
    runs: tuple[LaidRun, ...] = ()
    number: str = ""
    section: int = 0
    alignment: str = "left"
    left: int = 0
    right: int = 0
    first_line: int = 0
    before: int = 0
    after: int = 0
    line: int = 240
    line_rule: str = "auto"
    line_grid: bool = False
    char_grid: bool = False
    starts_page: bool = False
    fixed: bool = True

    @property
    def lines(self) -> list[str]:
        """The text's lines without white space around, blank ones left out: as a reader of plain text has them."""
        return [line.strip() for line in self.text.split("\n") if line.strip()]

    @property
    def lead(self) -> int:
        """Where the first line begins, typed white space included."""
        typed = self.text[: len(self.text) - len(self.text.lstrip())]
        return self.left + self.first_line + sum(100 if char == "\u3000" else 50 for char in typed)


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A page number in a footer. `inset` is its distance from the side it is aligned to; `mark` is what stands around
    it (`— —`). In a box of its own (`boxed`) the inset is unknown and `alignment` may be `outside`.
    """

    alignment: str
    inset: int
    font: str
    size: int
    mark: str
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Footer:
    """The foot of the pages of one kind: `default` (odd ones, or all), `even` or `first`."""

    kind: str
    number: PageNumber | None = None


@dataclass(frozen=True, slots=True)
class PageSection:
    """Pages set alike. `grid` is the document grid's type (empty: none), `char_space` what it adds to a character, in
    4096ths of a point; `char_size` is the size of the grid's own character. `footers` are those that its pages show.
    """

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    gutter: int = 0
    grid: str = ""
    line_pitch: int = 0
    char_space: int = 0
    char_size: int = 21
    footers: tuple[Footer, ...] = ()

    @property
    def landscape(self) -> bool:
        """Whether the page lies on its side, as one with a wide table may."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class WordLayout:
    """A whole file. `odd_and_even`: odd and even pages have feet of their own."""

    sections: tuple[PageSection, ...]
    paragraphs: tuple[LaidParagraph, ...]
    odd_and_even: bool = False

    def of(self, *roles: Role) -> list[LaidParagraph]:
        """The paragraphs of these roles in reading order."""
        return [paragraph for paragraph in self.paragraphs if paragraph.role in roles]


def squeezed(text: str) -> str:
    """The text without white space and invisible characters: what two readings of one paragraph have in common."""
    return "".join(char for char in text if unicodedata.category(char) not in _UNSEEN)
