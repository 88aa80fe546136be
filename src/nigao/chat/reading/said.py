"""What was typed, folded for matching (half width, no spaces, lower case), and the way back to the very words."""

from __future__ import annotations

import re

from nigao.text.numerals import fold_digits

_LIKE = {
    "(": "（",
    ")": "）",
    ",": "，",
    ":": "：",
    ";": "；",
    "?": "？",
    "!": "！",
    "「": "“",
    "」": "”",
    "『": "“",
    "』": "”",
    "【": "“",
    "】": "”",
    "‘": "“",
    "’": "”",
    "～": "~",
    "＝": "=",
    "﹁": "“",
    "﹂": "”",
} | {chr(code): chr(code - 0xFEE0).lower() for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_TAIL = re.compile(r"[。．.！!～~\s]+$")


class Said:
    """`plain` is folded; `verbatim` gives back what was typed for a stretch of it."""

    def __init__(self, typed: str) -> None:
        self.typed = typed
        digits = fold_digits(typed)
        self._at = [i for i, c in enumerate(digits) if not c.isspace() and c not in "\u200b\ufeff"]
        self.plain = _quoted("".join(_folded(digits, i) for i in self._at))

    def verbatim(self, start: int, end: int) -> str:
        """The words as typed of `plain[start:end]`, without white space around."""
        if start >= end or start >= len(self._at):
            return ""
        return self.typed[self._at[start] : self._at[min(end, len(self._at)) - 1] + 1].strip()


def _folded(text: str, i: int) -> str:
    c = text[i]
    between = text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()
    if c in ",，:：" and between:
        # 1,200 and 10:30 keep theirs; 1，3 is a list.
        return "," if c == "," and len(text[i + 1 : i + 4]) == 3 and text[i + 1 : i + 4].isdigit() else "，"
    low = c.lower()
    return _LIKE.get(c, low if len(low) == 1 else c)


def _quoted(text: str) -> str:
    """Straight quotation marks as curly pairs."""
    out: list[str] = []
    opened = False
    for c in text:
        if c in "\"'":
            out.append("”" if opened else "“")
            opened = not opened
        else:
            out.append(c)
    return "".join(out)


def unquoted(words: str) -> str:
    """Words without the one pair of quotation marks around all of them."""
    marks = {"“": "”", '"': '"', "'": "'", "‘": "’", "「": "」", "『": "』", "【": "】"}
    if len(words) > 1 and marks.get(words[0]) == words[-1] and words[-1] not in words[1:-1]:
        return words[1:-1].strip()
    return words


def unfinished(plain: str) -> bool:
    """Whether a quotation is opened and not closed."""
    return plain.count("“") != plain.count("”")


def without_mark(words: str) -> str:
    """Words without closing full stops and exclamation marks."""
    return _TAIL.sub("", words)
