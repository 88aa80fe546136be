"""Indents and spacing as files write them, turned into characters and twips."""

from __future__ import annotations

from nigao.report.gbt9704 import CHAR_SPACING
from nigao.word.ooxml import number
from nigao.word.styles import ParagraphSettings

_LINE = 240


def side_chars(settings: ParagraphSettings, side: str, size: int) -> int:
    """An indent (`left`, `right`) in hundredths of a character; one said in characters wins over one in twips."""
    return number(settings.ind.get(side + "Chars")) or _in_chars(number(settings.ind.get(side)), size)


def first_line_chars(settings: ParagraphSettings, size: int) -> int:
    """How far the first line goes in, or (negative) hangs out, in hundredths of a character."""
    return side_chars(settings, "firstLine", size) - side_chars(settings, "hanging", size)


def spacing_twips(settings: ParagraphSettings, side: str) -> int:
    """Space `before` or `after` the paragraph; automatic space counts as a line."""
    spacing = settings.spacing
    if spacing.get(side + "Autospacing") in ("1", "true", "on"):
        return _LINE
    lines = number(spacing.get(side + "Lines"))
    return lines * _LINE // 100 if lines else number(spacing.get(side))


def _in_chars(twips: int, size: int) -> int:
    # 640 twips are two characters of 16 pt, as are the 631 of characters set closer; both are rounded to the tenth.
    width = max(size, 1) * 10
    found = twips * 100 / width
    condensed = twips * 100 / (width + CHAR_SPACING)
    return round(condensed) if abs(condensed - round(condensed, -1)) < abs(found - round(found, -1)) else round(found)
