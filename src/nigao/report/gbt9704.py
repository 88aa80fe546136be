"""The values of GB/T 9704—2012 in one place: what the writer writes, the checker expects and the mender restores.

Lengths are in twips (1/1440 inch), font sizes in half-points and indents in hundredths of a full-width character, as
in WordprocessingML. Where the standard fixes lines and characters rather than points, the value is derived from them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from nigao.report.wordlayout import Role
from nigao.text.titlelines import display_width

FANGSONG = "仿宋_GB2312"
HEITI = "黑体"
KAITI = "楷体_GB2312"
XIAOBIAOSONG = "方正小标宋简体"
SONGTI = "宋体"

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
MARGIN_TOP, MARGIN_LEFT, MARGIN_BOTTOM, MARGIN_RIGHT = 2098, 1588, 1984, 1474
# 5.2.1 allows 1 mm at the top and the left; the text area follows from all four.
MARGIN_TOLERANCE = 57
HEADER_DISTANCE = 1134
# The dash of the page number lies 7 mm below the text area, 28 mm above the paper's edge.
FOOTER_DISTANCE = 1418

CHARS_PER_LINE, LINES_PER_PAGE = 28, 22
# 22 lines of 28.95 pt make 224.7 of the 225 mm.
LINE_PITCH = 579
BODY_SIZE, TITLE_SIZE, PAGE_NUMBER_SIZE, SMALL_SIZE, LABEL_SIZE = 32, 44, 28, 21, 18
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
CHAR_PITCH = TEXT_WIDTH / CHARS_PER_LINE
# Added to each 16 pt character, so that 28 of them fit. Said as character spacing and not as the grid's w:charSpace,
# which Word treats alike but LibreOffice rounds up to two cells a character.
CHAR_SPACING = math.floor(CHAR_PITCH - BODY_SIZE * 10)
TWO_CHARS = 200

_SIZE_NAMES = {
    84: "初号", 72: "小初", 52: "一号", 48: "小一", 44: "二号", 36: "小二", 32: "三号", 30: "小三",
    28: "四号", 24: "小四", 21: "五号", 18: "小五", 15: "六号", 13: "小六",
}  # fmt: skip

# The families under all the names that foundries and systems give them; the standard names no foundry.
_FAMILIES = {
    FANGSONG: ("仿宋", "fangsong", "fang song"),
    KAITI: ("楷", "kaiti", "simkai"),
    HEITI: ("黑体", "simhei", "heiti"),
    XIAOBIAOSONG: ("小标宋", "xiaobiaosong", "fzxbs"),
    SONGTI: ("宋体", "simsun", "songti"),
}


@dataclass(frozen=True, slots=True)
class RoleLayout:
    """How a paragraph of one role is set. `indent` is where its first line begins; None leaves that open."""

    name: str
    clause: str
    font: str
    size: int = BODY_SIZE
    alignment: str = "both"
    indent: int | None = TWO_CHARS


LAYOUTS: dict[Role, RoleLayout] = {
    Role.TITLE: RoleLayout("标题", "7.3.1", XIAOBIAOSONG, TITLE_SIZE, "center", 0),
    Role.RECIPIENT: RoleLayout("主送机关", "7.3.2", FANGSONG, alignment="left", indent=0),
    Role.BODY: RoleLayout("正文", "7.3.3", FANGSONG),
    Role.HEADING_1: RoleLayout("第一层标题", "7.3.3", HEITI),
    Role.HEADING_2: RoleLayout("第二层标题", "7.3.3", KAITI),
    Role.HEADING_3: RoleLayout("第三层标题", "7.3.3", FANGSONG),
    Role.HEADING_4: RoleLayout("第四层标题", "7.3.3", FANGSONG),
    Role.ATTACHMENT_NOTE: RoleLayout("附件说明", "7.3.4", FANGSONG),
    Role.SIGNATURE: RoleLayout("发文机关署名", "7.3.5", FANGSONG, alignment="right", indent=None),
    Role.DATE: RoleLayout("成文日期", "7.3.5", FANGSONG, alignment="right", indent=None),
    Role.ATTACHMENT_HEAD: RoleLayout("“附件”字样", "7.3.7", HEITI, alignment="left", indent=0),
}


def size_name(half_points: int) -> str:
    """The size as Chinese typesetters call it (`三号`), else in points."""
    return _SIZE_NAMES.get(half_points) or f"{half_points / 2:g}磅"


def same_font(written: str, standard: str) -> bool:
    """Whether a font is the standard's or an equivalent of another foundry (仿宋, 方正仿宋_GBK, FangSong …)."""
    name = written.lower()
    if standard == SONGTI and same_font(written, FANGSONG):
        return False
    return any(word in name for word in _FAMILIES[standard])


def chars_to_twips(chars: int, size: int = BODY_SIZE) -> int:
    """Width in twips of `chars` hundredths of a full-width character of `size` half-points."""
    return round(chars / 100 * (size * 10 + (CHAR_SPACING if size == BODY_SIZE else 0)))


def closing_indents(signature: str, date: str) -> tuple[int, int]:
    """Right indents of 署名 and 成文日期 in hundredths of a character (7.3.5.2, without a seal).

    署名 stands two characters from the right and the date's first character two to the right of its own; where the date
    is the longer one it takes the two characters and 署名 moves left. One of them alone stands two from the right.
    """
    if not signature or not date:
        return TWO_CHARS, TWO_CHARS
    excess = round((display_width(date) - display_width(signature)) * 100)
    if excess > 0:
        return TWO_CHARS * 2 + excess, TWO_CHARS
    return TWO_CHARS, -excess
