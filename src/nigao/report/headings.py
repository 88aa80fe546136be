"""Which lines of a text head its parts: by their numbering where there is one, else by the kind's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nigao.report.kinds import Kind
from nigao.report.tokens import Token
from nigao.text.ordinals import OrdinalForm, match_ordinal

_LONGEST = 20
# 基本情况：我局… and 基本情况　我局…: a heading with its text behind it on the same line.
_RUN_IN = re.compile(r"[^。；，：:\s]{2,20}(?:[：:]|(?=[ \t\u3000]))")
_NUMBERED = (OrdinalForm.SECTION, OrdinalForm.ARABIC, OrdinalForm.PAREN_ARABIC)


def part_headings(tokens: Sequence[Token], kind: Kind) -> list[int]:
    """Indices of the tokens that head a part.

    Where 第一部分 or 一、 numbers the parts, （一） and 1. stand below them whatever their words. Without such numbers
    a line of its own is a heading if the kind knows its words.
    """
    form = _numbering(tokens, kind)
    if form is not None:
        numbered = {i for i, token in enumerate(tokens) if token.starts_line and _form(token) is form}
        taken = {kind.key_of(tokens[i].body) for i in numbered}
        # One heading may have lost its number; a sub-heading that repeats a numbered part's words has not.
        bare = {i for i in _known_lines(tokens, kind, None) if kind.key_of(tokens[i].body) not in taken | {"other"}}
        return sorted(numbered | bare)
    for lower in _NUMBERED:
        known = _known_lines(tokens, kind, lower)
        if len({kind.key_of(tokens[i].body) for i in known}) > 1:
            return known
    return _known_lines(tokens, kind, None)


def _form(token: Token) -> OrdinalForm | None:
    return token.ordinal.form if token.ordinal else None


def _numbering(tokens: Sequence[Token], kind: Kind) -> OrdinalForm | None:
    """The form that numbers the parts. A sentence may begin with 第一部分: alone, it counts only before known words."""
    lines = [token for token in tokens if token.starts_line]
    largest = [token.body for token in lines if _form(token) is OrdinalForm.REPORT_PART]
    if len(largest) > 1 or any(kind.key_of(words) != "other" for words in largest):
        return OrdinalForm.REPORT_PART
    return OrdinalForm.CHAPTER if any(_form(token) is OrdinalForm.CHAPTER for token in lines) else None


def _known_lines(tokens: Sequence[Token], kind: Kind, form: OrdinalForm | None) -> list[int]:
    """Lines of this numbering (None: unnumbered) that stand alone and hold the words of a part the kind knows."""
    found: list[int] = []
    for i, token in enumerate(tokens):
        alone = i + 1 == len(tokens) or tokens[i + 1].starts_line
        if not (token.starts_line and alone and _form(token) is form):
            continue
        if form is None and match_ordinal(token.text) is not None:
            # 第一条 numbers a rule's articles.
            continue
        words = token.body.rstrip("：:")
        short = len(words) <= _LONGEST and not re.search("[。；，]", words)
        known = kind.key_of(words) != "other" or kind.knows_extra(words)
        # The very first line is the title, even where it ends in words such as 工作情况.
        title = i == 0 and len(tokens) > 1 and form is None and words not in {part.heading for part in kind.parts}
        if short and known and not title:
            found.append(i)
    return found


def split_run_in_heading(token: Token, kind: Kind) -> list[Token]:
    """A part heading with text behind it on its line as two tokens; any other token as it is."""
    if (
        not token.starts_line
        or token.ordinal is None
        or _form(token)
        not in (
            OrdinalForm.REPORT_PART,
            OrdinalForm.CHAPTER,
        )
    ):
        return [token]
    start = len(token.text) - len(token.text[token.ordinal.end :].lstrip())
    found = _RUN_IN.match(token.text, start)
    if found is None or kind.key_of(found.group()) == "other":
        return [token]
    rest = token.text[found.end() :]
    words = rest.lstrip()
    if not words:
        return [token]
    gap = rest[: len(rest) - len(words)]
    head = Token(token.gap, token.text[: found.end()], token.start, token.ordinal, True)
    return [head, Token(gap, words, token.end - len(words), None, False)]
