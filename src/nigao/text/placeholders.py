"""Blanks left in a text, in nigao's own form and in the disguises people use."""

from __future__ import annotations

import re
from functools import lru_cache

from nigao.text.spans import Span

# Own form first: what else stands inside it is part of it.
_PATTERNS = (
    # 云政办【2023】27号 has the wrong brackets and no blank.
    r"【(?!(?:19|20)\d\d】\s?第?\s?\d+\s?号)[^【】\n]{0,200}】",
    r"\{\{[^{}\n]{0,80}\}\}",
    r"\$\{[^{}\n]{0,80}\}",
    r"[（(]此处[^（）()\n]{0,60}[）)]",
    r"[（(](?:(?:待补|待填)[^（）()\n]{0,40}|(?:待定|待核实?|空)(?:[：:，,][^（）()\n]{0,40})?)[）)]",
    # 1+X证书, X射线, X轴, Model X: a letter with a meaning of its own.
    r"(?<![A-Za-z0-9.+＋=＝])(?<![A-Za-z0-9] )[XxＸｘ]{1,8}"
    r"(?![A-Za-z0-9+＋=＝-]|(?:坐标|轴|光|射?线|染色体|证书|代表|表示|[、，和与][YyＹｙ]))",
    # 20XX年, 〔202X〕
    r"(?<=\d)[XxＸｘ]{1,3}(?=[年〕\]）)])",
    r"[×✕╳]{2,8}",
    r"(?<![\d\s.])×(?=[年月日人名个件项次市县区局委办组])",
    # 二〇〇〇年 is a year.
    r"(?<![〇○一二三四五六七八九])(?:○{2,}|[○〇]{3,})(?![〇○一二三四五六七八九])",
    r"[_＿]{3,}",
    r"(?<![\w])(?:TODO|TBD|todo|tbd)(?![\w])",
    # 某市 某局 某同志 某某: but not 某些, 某种, 某一; behind a surname (李某处理) only what cannot be a verb.
    r"某某+|(?<!\w)某(?=[省办处])"
    r"|某(?=同志|单位|部门|领导(?!力)|市(?!场)|县|区(?!域|间)|局(?!部|面)|科(?!技|学)|委(?!托|派))",
)
# No blank is without one of these; most sentences are.
_TELLTALE = re.compile(r"[【{XxＸｘ×✕╳○〇_＿Tt某]|[（(](?:此处|待|空)")
_PLACEHOLDER = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
_OWN = re.compile(r"【待补：([^【】\n]*)】")


def placeholder(what: str) -> str:
    """Nigao's own visible blank for something that neither corpus nor brief supplies."""
    return f"【待补：{what}】"


@lru_cache(maxsize=16384)
def find_placeholders(text: str) -> tuple[Span, ...]:
    """Every blank of the text in order."""
    if _TELLTALE.search(text) is None:
        return ()
    return tuple(Span(m.start(), m.end(), m.group()) for m in _PLACEHOLDER.finditer(text))


def wanted(text: str) -> str:
    """What nigao's own placeholder asks for, or an empty string for another form of blank."""
    found = _OWN.fullmatch(text)
    return found.group(1) if found else ""


def has_own_placeholder(text: str) -> bool:
    """Whether the text holds a blank in nigao's own form."""
    return _OWN.search(text) is not None
