"""A waiver (忽略标记) says why an editor lets a finding stand. It is part of the report, and the reason stays with it.

In text and Markdown it is a comment at a line's end, or on a line of its own above it:
`<!-- nigao 忽略 G221：确为本单位的提法 -->`; 全文忽略 waives a rule for the whole report. In Word it is a comment that
begins with 忽略 or 全文忽略.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field

_BLANK = r"[ \t　]*"
_CODES = rf"[A-Za-z]\d*(?:{_BLANK}[,，、]{_BLANK}[A-Za-z]\d*)*"
_WORDS = rf"(全文)?忽略{_BLANK}({_CODES}){_BLANK}(?:[:：，,]{_BLANK}(.*?))?{_BLANK}"
_COMMENT = re.compile(rf"{_BLANK}<!--{_BLANK}nigao[ \t　]+{_WORDS}-->(?={_BLANK}(?:<!--|\r?$))", re.MULTILINE)
_NOTE = re.compile(rf"{_BLANK}(?:nigao[ \t　]+)?{_WORDS}\Z", re.DOTALL)
_MARKUP = re.compile(r"[\s#*>_`]+")


class Waiver(BaseModel):
    """`codes` are rule codes or prefixes. `text` is the line that it holds for, without white space and mark-up; empty
    where it holds for the whole report. `by` and `on` are known where Word recorded them.
    """

    model_config = ConfigDict(extra="forbid")

    codes: list[str] = Field(min_length=1)
    reason: str = ""
    text: str = ""
    by: str = ""
    on: str = ""

    def covers(self, code: str, line: str) -> bool:
        """Whether a finding of that code in that line of the report is waived. Without a reason nothing is."""
        if not self.reason or not any(code.startswith(known) for known in self.codes):
            return False
        return not self.text or self.text == bare(line)


def bare(line: str) -> str:
    """A line as waivers compare it: without white space and Markdown's marks."""
    return _MARKUP.sub("", line)


def find_waivers(text: str) -> list[Waiver]:
    """The waivers written as comments into a text, in order."""
    return [_waiver(match, _line_of(text, match)) for match in _COMMENT.finditer(text)]


def mask_waivers(text: str) -> str:
    """The text with blanks for its waivers, which are read as white space; every other character in its place."""
    return _COMMENT.sub(lambda match: " " * len(match.group()), text)


def waiver_in_note(note: str, line: str, by: str = "", on: str = "") -> Waiver | None:
    """The waiver that a Word comment on this line states, or None for another comment."""
    match = _NOTE.match(note.strip())
    return _waiver(match, line, by, on) if match is not None else None


def _waiver(match: re.Match[str], line: str, by: str = "", on: str = "") -> Waiver:
    codes = re.split(rf"{_BLANK}[,，、]{_BLANK}", match.group(2).upper())
    reason = (match.group(3) or "").strip()
    return Waiver(codes=codes, reason=reason, text="" if match.group(1) else bare(line), by=by, on=on)


def _line_of(text: str, match: re.Match[str]) -> str:
    """The line that a comment holds for: its own, else the next that says something."""
    own = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    if _COMMENT.sub("", own).strip():
        return _COMMENT.sub("", own)
    return next(_lines(text[match.end() :]), "")


def _lines(text: str) -> Iterator[str]:
    return (line for line in _COMMENT.sub("", text).splitlines() if line.strip())
