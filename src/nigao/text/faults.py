"""A slip of writing found in a text by its form alone, and the text with all that no rule of form may touch hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nigao.text.placeholders import find_placeholders
from nigao.text.spans import rewritten

HAN = "〇㐀-䶿一-鿿"
# Stands for every hidden character: none of the patterns knows it.
_HIDDEN = "\ue000"
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s一-鿿，。；、）》”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """A slip at `start:end`, told in Chinese by `note`.

    `fix` would replace exactly those characters; None where only a person can tell. A `safe` fix is one that any
    careful editor would apply unseen: it never changes a Chinese character.
    """

    start: int
    end: int
    note: str
    fix: str | None = None
    safe: bool = False


@lru_cache(maxsize=8)
def visible(text: str) -> str:
    """The text with addresses and blanks hidden character by character, so that offsets stay."""
    found = [match.span() for match in _ADDRESS.finditer(text)]
    found += [(blank.start, blank.end) for blank in find_placeholders(text)]
    for start, end in found:
        text = text[:start] + _HIDDEN * (end - start) + text[end:]
    return text


def apply_fixes(text: str, faults: list[Fault], *, safe_only: bool = True) -> str:
    """The text with the fixes applied; of two that overlap, the earlier one."""
    edits: list[tuple[int, int, str]] = []
    for fault in sorted(faults, key=lambda fault: (fault.start, fault.end)):
        behind = not edits or fault.start >= edits[-1][1]
        if fault.fix is not None and behind and (fault.safe or not safe_only):
            edits.append((fault.start, fault.end, fault.fix))
    return rewritten(text, edits)
