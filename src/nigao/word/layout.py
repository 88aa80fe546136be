"""The named styles that the writer lays a report out with, by the values of GB/T 9704—2012."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nigao.report.gbt9704 import (
    BODY_SIZE,
    FANGSONG,
    HEITI,
    KAITI,
    LABEL_SIZE,
    LINE_PITCH,
    PAGE_NUMBER_SIZE,
    SMALL_SIZE,
    SONGTI,
    TITLE_SIZE,
    TWO_CHARS,
    XIAOBIAOSONG,
)


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
    ATTACHMENT_NOTE = "附件说明"
    ATTACHMENT_HEAD = "附件字样"
    ANNEX_TITLE = "附件标题"
    TABLE_HEAD = "表头文字"
    TABLE_TEXT = "表格文字"
    TABLE_HEAD_SMALL = "表头小字"
    TABLE_TEXT_SMALL = "表格小字"
    TABLE_END = "表后行"


TOPIC_STYLE = "点题句"
TABLE_STYLE, TABLE_STYLE_ID = "公文表格", "GwTable"
# Where the name of an only attachment begins: two in, then the three characters of 附件：.
NOTE_NAME = 500
# 小四: what a table's text is set in where it fits, else 五号.
TABLE_SIZE = 24
# Twips beside a cell's text, and above and below it.
CELL_PADDING, CELL_ROOM = 85, 40
HEADING_STYLES = {1: Style.HEADING_1, 2: Style.HEADING_2, 3: Style.HEADING_3, 4: Style.HEADING_4}


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """One paragraph style. Indents are hundredths of a character; lines are exactly `line` twips high, without
    `exact` as high as their text.
    """

    id: str
    name: str
    font: str = FANGSONG
    size: int = BODY_SIZE
    jc: Jc = Jc.BOTH
    first_line_chars: int = 0
    left_chars: int = 0
    right_chars: int = 0
    hanging_chars: int = 0
    new_page: bool = False
    line: int = LINE_PITCH
    outline: int | None = None
    exact: bool = True
    color: str = ""
    custom: bool = True


PARAGRAPH_STYLES: tuple[ParagraphStyle, ...] = (
    ParagraphStyle("GwTitle", Style.TITLE, XIAOBIAOSONG, TITLE_SIZE, Jc.CENTER),
    ParagraphStyle("GwRecipient", Style.RECIPIENT, jc=Jc.LEFT),
    ParagraphStyle("GwBody", Style.BODY, first_line_chars=TWO_CHARS),
    ParagraphStyle("GwHeading1", Style.HEADING_1, HEITI, first_line_chars=TWO_CHARS, outline=0),
    ParagraphStyle("GwHeading2", Style.HEADING_2, KAITI, first_line_chars=TWO_CHARS, outline=1),
    ParagraphStyle("GwHeading3", Style.HEADING_3, first_line_chars=TWO_CHARS, outline=2),
    ParagraphStyle("GwHeading4", Style.HEADING_4, first_line_chars=TWO_CHARS, outline=3),
    ParagraphStyle("GwSignature", Style.SIGNATURE, jc=Jc.RIGHT, right_chars=TWO_CHARS),
    ParagraphStyle("GwDate", Style.DATE, jc=Jc.RIGHT, right_chars=TWO_CHARS),
    # 附件： stands two in and the name behind it; further lines of a name stand below its first.
    ParagraphStyle(
        "GwAttachmentNote", Style.ATTACHMENT_NOTE, left_chars=NOTE_NAME, hanging_chars=NOTE_NAME - TWO_CHARS
    ),
    ParagraphStyle("GwAttachmentHead", Style.ATTACHMENT_HEAD, HEITI, jc=Jc.LEFT, new_page=True),
    ParagraphStyle("GwAnnexTitle", Style.ANNEX_TITLE, XIAOBIAOSONG, TITLE_SIZE, Jc.CENTER),
    ParagraphStyle("GwTableHead", Style.TABLE_HEAD, HEITI, TABLE_SIZE, Jc.CENTER, exact=False),
    ParagraphStyle("GwTableText", Style.TABLE_TEXT, size=TABLE_SIZE, jc=Jc.LEFT, exact=False),
    ParagraphStyle("GwTableHeadSmall", Style.TABLE_HEAD_SMALL, HEITI, SMALL_SIZE, Jc.CENTER, exact=False),
    ParagraphStyle("GwTableTextSmall", Style.TABLE_TEXT_SMALL, size=SMALL_SIZE, jc=Jc.LEFT, exact=False),
    ParagraphStyle("GwTableEnd", Style.TABLE_END, size=2, jc=Jc.LEFT, line=20),
    # Ids that Word and python-docx expect; not custom, so that Word shows its own localised names.
    ParagraphStyle("Header", "header", SONGTI, LABEL_SIZE, Jc.RIGHT, exact=False, color="7F7F7F", custom=False),
    ParagraphStyle("Footer", "footer", SONGTI, PAGE_NUMBER_SIZE, Jc.RIGHT, exact=False, custom=False),
    ParagraphStyle("CommentText", "annotation text", SONGTI, SMALL_SIZE, Jc.LEFT, exact=False, custom=False),
    ParagraphStyle("EndnoteText", "endnote text", FANGSONG, SMALL_SIZE, Jc.LEFT, exact=False, custom=False),
)

BY_NAME = {style.name: style for style in PARAGRAPH_STYLES}
