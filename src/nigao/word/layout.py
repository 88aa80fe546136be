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
    # Ids that Word and python-docx expect; not custom, so that Word shows its own localised names.
    ParagraphStyle("Header", "header", SONGTI, LABEL_SIZE, Jc.RIGHT, exact=False, color="7F7F7F", custom=False),
    ParagraphStyle("Footer", "footer", SONGTI, PAGE_NUMBER_SIZE, Jc.RIGHT, exact=False, custom=False),
    ParagraphStyle("CommentText", "annotation text", SONGTI, SMALL_SIZE, Jc.LEFT, exact=False, custom=False),
    ParagraphStyle("EndnoteText", "endnote text", FANGSONG, SMALL_SIZE, Jc.LEFT, exact=False, custom=False),
)

BY_NAME = {style.name: style for style in PARAGRAPH_STYLES}
