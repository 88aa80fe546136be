"""The measures and named styles of GB/T 9704—2012 as one table, because both the writer and its tests lean on them.

Lengths are in twips (1/1440 inch) and font sizes in half-points unless a name says otherwise, as in WordprocessingML.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

FANGSONG = "仿宋_GB2312"
HEITI = "黑体"
KAITI = "楷体_GB2312"
XIAOBIAOSONG = "方正小标宋简体"
SONGTI = "宋体"

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
MARGIN_TOP, MARGIN_LEFT, MARGIN_BOTTOM, MARGIN_RIGHT = 2098, 1588, 1984, 1474
HEADER_DISTANCE = 1134
# The dash of the page number lies 7 mm below the text area, 28 mm above the paper's edge.
FOOTER_DISTANCE = 1418

CHARS_PER_LINE, LINES_PER_PAGE = 28, 22
# 22 lines of 28.95 pt make 224.7 of the 225 mm.
LINE_PITCH = 579
BODY_SIZE, TITLE_SIZE, PAGE_NUMBER_SIZE, SMALL_SIZE, LABEL_SIZE = 32, 44, 28, 21, 18
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
CHAR_PITCH = TEXT_WIDTH / CHARS_PER_LINE
# Added to each 16 pt character, so that 28 of them fit. Said as character spacing and not as the grid's w:charSpace,
# which Word treats alike but LibreOffice rounds up to two cells a character.
CHAR_SPACING = math.floor(CHAR_PITCH - BODY_SIZE * 10)


class Jc(StrEnum):
    """Paragraph alignment as `w:jc` writes it."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"
    BOTH = "both"


class Style(StrEnum):
    """Names of the paragraph styles that carry the report's text; what a person sees in Word's style list."""

    TITLE = "公文标题"
    RECIPIENT = "主送机关"
    BODY = "公文正文"
    HEADING_1 = "一级标题"
    HEADING_2 = "二级标题"
    HEADING_3 = "三级标题"
    HEADING_4 = "四级标题"
    SIGNATURE = "署名"
    DATE = "成文日期"


TOPIC_STYLE = "点题句"
HEADING_STYLES = {1: Style.HEADING_1, 2: Style.HEADING_2, 3: Style.HEADING_3, 4: Style.HEADING_4}


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """One paragraph style. Indents are hundredths of a character; without `exact` lines have their natural height."""

    id: str
    name: str
    font: str = FANGSONG
    size: int = BODY_SIZE
    jc: Jc = Jc.BOTH
    first_line_chars: int = 0
    left_chars: int = 0
    right_chars: int = 0
    outline: int | None = None
    exact: bool = True
    color: str = ""
    custom: bool = True


_TWO_CHARS = 200

PARAGRAPH_STYLES: tuple[ParagraphStyle, ...] = (
    ParagraphStyle("GwTitle", Style.TITLE, XIAOBIAOSONG, TITLE_SIZE, Jc.CENTER),
    ParagraphStyle("GwRecipient", Style.RECIPIENT, jc=Jc.LEFT),
    ParagraphStyle("GwBody", Style.BODY, first_line_chars=_TWO_CHARS),
    ParagraphStyle("GwHeading1", Style.HEADING_1, HEITI, first_line_chars=_TWO_CHARS, outline=0),
    ParagraphStyle("GwHeading2", Style.HEADING_2, KAITI, first_line_chars=_TWO_CHARS, outline=1),
    ParagraphStyle("GwHeading3", Style.HEADING_3, first_line_chars=_TWO_CHARS, outline=2),
    ParagraphStyle("GwHeading4", Style.HEADING_4, first_line_chars=_TWO_CHARS, outline=3),
    ParagraphStyle("GwSignature", Style.SIGNATURE, jc=Jc.RIGHT, right_chars=_TWO_CHARS),
    ParagraphStyle("GwDate", Style.DATE, jc=Jc.RIGHT, right_chars=_TWO_CHARS),
    # Ids that Word and python-docx expect; not custom, so that Word shows its own localised names.
    ParagraphStyle("Header", "header", SONGTI, LABEL_SIZE, Jc.RIGHT, exact=False, color="7F7F7F", custom=False),
    ParagraphStyle("Footer", "footer", SONGTI, PAGE_NUMBER_SIZE, Jc.RIGHT, exact=False, custom=False),
    ParagraphStyle("CommentText", "annotation text", SONGTI, SMALL_SIZE, Jc.LEFT, exact=False, custom=False),
    ParagraphStyle("EndnoteText", "endnote text", FANGSONG, SMALL_SIZE, Jc.LEFT, exact=False, custom=False),
)

BY_NAME = {style.name: style for style in PARAGRAPH_STYLES}


def chars_to_twips(chars: int, size: int = BODY_SIZE) -> int:
    """Width in twips of `chars` hundredths of a full-width character of `size` half-points."""
    return round(chars / 100 * (size * 10 + (CHAR_SPACING if size == BODY_SIZE else 0)))
