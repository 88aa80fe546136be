"""How one text became another: pieces that are the same, gone and new, broken at words and never inside a number."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from pydantic import BaseModel, ConfigDict

from nigao.text.content import placed_words

_WHOLE = re.compile(r"\d+(?:[.．,，:：/]\d+)*[%％‰]?|[〇零一二三四五六七八九十百千万亿]{2,}|[A-Za-z]+")
# Fewer characters than this left standing between two changes only confuse.
_LEAST_KEPT = 2


class Piece(BaseModel):
    """A stretch of text: in both, in the old one only, or in the new one only."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    op: Literal["same", "del", "ins"]
    text: str


def pieces_of(old: str, new: str) -> list[Piece]:
    """The pieces in reading order: all but `ins` make the old text, all but `del` the new one."""
    left, right = _tokens(old), _tokens(new)
    found: list[tuple[str, str, str]] = []
    for op, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        same = op == "equal"
        gone, come = "".join(left[a:b]), "".join(right[c:d])
        thin = same and found and b < len(left) and d < len(right) and len(gone) < _LEAST_KEPT and found[-1][0] == ""
        if found and found[-1][0] == "" and (not same or thin):
            found[-1] = ("", found[-1][1] + gone, found[-1][2] + come)
        else:
            found.append((gone, "", "") if same else ("", gone, come))
    return [piece for same, gone, come in found for piece in _pieces(same, gone, come)]


def _pieces(same: str, gone: str, come: str) -> Iterator[Piece]:
    if same:
        yield Piece(op="same", text=same)
    if gone:
        yield Piece(op="del", text=gone)
    if come:
        yield Piece(op="ins", text=come)


def _tokens(text: str) -> list[str]:
    """Numbers, words and single marks; joined they are the text."""
    bounds = {0, len(text), *(at for word in placed_words(text) for at in (word.start, word.end))}
    bounds |= {at for at, c in enumerate(text) if not c.isalnum()} | {
        at + 1 for at, c in enumerate(text) if not c.isalnum()
    }
    for match in _WHOLE.finditer(text):
        bounds -= set(range(match.start() + 1, match.end()))
        bounds |= {match.start(), match.end()}
    cuts = sorted(bounds)
    return [text[a:b] for a, b in itertools.pairwise(cuts)]
