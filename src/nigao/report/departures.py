"""Where a layout departs from GB/T 9704—2012: the one judgement that the rules report and the mender acts on.

Equivalents pass: fonts of other foundries, typed full-width blanks for indents, a grid in place of exact spacing, the
place of 署名 with or without a seal. Each function says what it found as a short Chinese phrase, or nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.report.gbt9704 import (
    CHARS_PER_LINE,
    HEITI,
    KAITI,
    LAYOUTS,
    LINE_PITCH,
    TWO_CHARS,
    closing_indents,
    same_font,
    size_name,
)
from nigao.report.wordlayout import HEADINGS, LaidParagraph, LaidRun, Role, WordLayout
from nigao.text.ordinals import HEADING_LEVEL, match_ordinal
from nigao.text.titlelines import display_width

# Whose lines make up the 22 of a page.
LINED = (
    Role.TITLE, Role.RECIPIENT, Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4, Role.BODY,
    Role.ATTACHMENT_NOTE, Role.SIGNATURE, Role.DATE, Role.ATTACHMENT_HEAD,
)  # fmt: skip
RUNNING = (Role.BODY, Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4)
# Styles of word processors colour these as a whole; elsewhere colour is somebody's mark.
_STYLED = (Role.TITLE, Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4)
_HAN = re.compile("[㐀-鿿〇]")
_OPENING_END = re.compile("[。：；！？\u3000 ]")
_INDENT_TOLERANCE = 30
_CLOSING_TOLERANCE = 75
_SEALED_RIGHT = 400


@dataclass(frozen=True, slots=True)
class Look:
    """A font and a size that stand where others should; `text` is the words that look so."""

    font: str
    size: int
    text: str
    colored: bool = False

    def __str__(self) -> str:
        font = (self.font or "未指定字体") if _HAN.search(self.text) else ""
        return f"{font}{size_name(self.size)}{'彩色' if self.colored else ''}"


def wrong_looks(paragraph: LaidParagraph) -> list[Look]:
    """The stretches whose Chinese font or size is not the role's."""
    layout = LAYOUTS.get(paragraph.role)
    if layout is None:
        return []
    found = []
    for run in paragraph.runs:
        words = paragraph.text[run.start : run.end]
        if run.raised or not words.strip():
            continue
        colored = paragraph.role in _STYLED and not is_black(run.color)
        if not font_fits(paragraph, run) or run.size != layout.size or colored:
            found.append(Look(run.font, run.size, words, colored))
    return found


def font_fits(paragraph: LaidParagraph, run: LaidRun) -> bool:
    """Whether the run's Chinese characters, if it has any, are in a font that its paragraph's role allows there."""
    if not _HAN.search(paragraph.text, run.start, run.end):
        return True
    allowed = (LAYOUTS[paragraph.role].font, *_also_allowed(paragraph, run))
    return any(same_font(run.font, font) for font in allowed)


def judged_runs(paragraph: LaidParagraph) -> Iterator[LaidRun]:
    """The runs that hold Chinese characters and stand on the line."""
    for run in paragraph.runs:
        if not run.raised and _HAN.search(paragraph.text, run.start, run.end):
            yield run


def _also_allowed(paragraph: LaidParagraph, run: LaidRun) -> tuple[str, ...]:
    """Fonts besides the role's own. A run-in heading, a topic sentence or 第一条 may be set off at a paragraph's head;
    where a level's heading is run in, its words belong to the paragraph.
    """
    if paragraph.role is not Role.BODY:
        return ()
    text = paragraph.text
    begun = len(text) - len(text.lstrip())
    ordinal = match_ordinal(paragraph.number + text.lstrip())
    skipped = begun + max(0, ordinal.end - len(paragraph.number)) if ordinal else begun
    opening = _OPENING_END.search(text, skipped)
    if opening is not None and opening.end() < len(text.rstrip()):
        return (HEITI, KAITI) if run.end <= opening.end() else ()
    level = HEADING_LEVEL.get(ordinal.form, 0) if ordinal else 0
    return (LAYOUTS[HEADINGS[level]].font,) if level in HEADINGS else ()


def wrong_indent(paragraph: LaidParagraph) -> str:
    """Where the first line begins, if that is not where the role's should."""
    layout = LAYOUTS.get(paragraph.role)
    if layout is None or layout.indent is None:
        return ""
    if paragraph.role in RUNNING and paragraph.left > _INDENT_TOLERANCE:
        return f"整段缩进{paragraph.left / 100:.2g}字"
    if paragraph.role is Role.TITLE or abs(paragraph.lead - layout.indent) <= _INDENT_TOLERANCE:
        return ""
    if paragraph.role is Role.ATTACHMENT_NOTE and _goes_on(paragraph):
        return ""
    if paragraph.alignment in ("center", "right") and layout.alignment not in ("center", "right"):
        return "居中" if paragraph.alignment == "center" else "居右"
    return "顶格" if abs(paragraph.lead) <= _INDENT_TOLERANCE else f"空{paragraph.lead / 100:.2g}字"


def _goes_on(paragraph: LaidParagraph) -> bool:
    """The second and later attachments stand below the first, somewhere behind 附件：."""
    return not paragraph.text.lstrip().startswith("附") and paragraph.lead >= TWO_CHARS


def wrong_note(paragraph: LaidParagraph) -> str:
    """What is wrong with the words of a line of the 附件说明: its colon, its numbers, a mark at its end."""
    text = paragraph.text.strip()
    if re.match(r"附\s*件\s*:", text):
        return "的冒号是半角"
    if re.match(r"附\s*件\s*：\s*[（(]?[一二三四五六七八九十]+[、）)]", text):
        return "的顺序号不是阿拉伯数字"
    return f"末尾有“{text[-1]}”" if text.endswith(("。", "；", "，", "、", ";", ",", ".")) else ""


def wrong_title(paragraph: LaidParagraph) -> list[str]:
    """What is wrong with how a title's line is set, its font apart."""
    found = []
    if paragraph.alignment != "center":
        found.append("未居中")
    elif abs(paragraph.left + paragraph.first_line - paragraph.right) > _INDENT_TOLERANCE:
        found.append("缩进使标题偏离正中")
    if any(run.bold for run in judged_runs(paragraph)):
        found.append("加粗")
    return found


def closing_of(layout: WordLayout) -> tuple[list[LaidParagraph], LaidParagraph | None]:
    """署名 (one line or several) and 成文日期."""
    dates = layout.of(Role.DATE)
    return layout.of(Role.SIGNATURE), dates[0] if dates else None


def wrong_closing(layout: WordLayout) -> list[tuple[LaidParagraph, str]]:
    """The closing lines that stand neither as without a seal (7.3.5.2) nor as with one (7.3.5.1)."""
    signatures, date = closing_of(layout)
    if date is None or len(signatures) > 1:
        # Several units that sign are set side by side or by table; no one place is right.
        return []
    lines = [*signatures, date]
    words = [line.text.strip() for line in lines]
    due = closing_indents(words[0] if signatures else "", words[-1])
    rights = [due[0], due[1]] if signatures else [due[1]]
    gaps = [right_gap(line) for line in lines]
    if all(abs(gap - right) <= _CLOSING_TOLERANCE for gap, right in zip(gaps, rights, strict=True)):
        return []
    if _is_sealed(words, gaps):
        return []
    return [
        (line, f"右空{gap / 100:.2g}字" if gap > _INDENT_TOLERANCE else "右侧顶边")
        for line, gap, right in zip(lines, gaps, rights, strict=True)
        if abs(gap - right) > _CLOSING_TOLERANCE
    ]


def _is_sealed(words: list[str], gaps: list[int]) -> bool:
    middles = [gap + display_width(text) * 50 for text, gap in zip(words, gaps, strict=True)]
    return (
        abs(gaps[-1] - _SEALED_RIGHT) <= _CLOSING_TOLERANCE and abs(middles[0] - middles[-1]) <= 2 * _CLOSING_TOLERANCE
    )


def right_gap(paragraph: LaidParagraph) -> int:
    """How far from the right the line ends, in hundredths of a character, however it was pushed there."""
    text = paragraph.text
    width = round(display_width(text.strip()) * 100)
    trailing = sum(100 if char == "\u3000" else 50 for char in text[len(text.rstrip()) :])
    if paragraph.alignment == "right":
        return paragraph.right + trailing
    room = CHARS_PER_LINE * 100 - width
    if paragraph.alignment == "center":
        return (room - paragraph.lead + paragraph.right) // 2
    return room - paragraph.lead


def coloured(paragraph: LaidParagraph) -> str:
    """The words that are not black, in paragraphs whose colour is not their style's."""
    if paragraph.role not in LINED or paragraph.role in _STYLED:
        return ""
    words = [paragraph.text[r.start : r.end] for r in judged_runs(paragraph) if not is_black(r.color)]
    return "".join(words)


def is_black(color: str) -> bool:
    """Automatic, black, or a grey so dark that print does not tell it from black."""
    try:
        parts = [int(color[i : i + 2], 16) for i in (0, 2, 4)]
    except ValueError:
        return True
    return max(parts) <= 0x50 and max(parts) - min(parts) <= 0x10


def missing_blank(layout: WordLayout) -> list[tuple[LaidParagraph, str]]:
    """Paragraphs above which a blank line is due and missing: the first below the title, the first of the closing."""
    written = [p for p in layout.paragraphs if p.role is not Role.BLANK]
    due = []
    for above, below in itertools.pairwise(written):
        if above.role is Role.TITLE and below.role is Role.RECIPIENT:
            due.append((below, "标题与主送机关之间"))
        elif below.role is Role.ATTACHMENT_NOTE and above.role is not Role.ATTACHMENT_NOTE:
            due.append((below, "正文与附件说明之间"))
        elif below.role in (Role.SIGNATURE, Role.DATE) and above.role in (Role.BODY, *RUNNING, Role.ATTACHMENT_NOTE):
            due.append((below, "正文与署名之间" if above.role is not Role.ATTACHMENT_NOTE else "附件说明与署名之间"))
    return [(below, where) for below, where in due if not _has_blank_above(layout, below)]


def _has_blank_above(layout: WordLayout, paragraph: LaidParagraph) -> bool:
    above = layout.paragraphs[paragraph.index - 1]
    # Space of about a line serves as one; so does a new page.
    gap = above.role is Role.BLANK or paragraph.before + above.after >= LINE_PITCH * 3 // 4
    return gap or paragraph.starts_page or above.text.endswith("\n") or paragraph.text.startswith("\n")
