"""Sentence splitting that keeps quotations and brackets whole."""

from __future__ import annotations

import re

from nigao.text.spans import Span

_ENDS = "。！？!?"
_OPEN = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "[": "]",
    "〔": "〕",
}
_CLOSE = set(_OPEN.values())
_BRACKET = re.compile(f"[{re.escape(''.join((*_OPEN, *_OPEN.values())))}]")
# A bracket that never closes must not swallow the rest of the text.
_LONGEST_BRACKET = 400


def split_sentences(text: str) -> list[Span]:
    """Sentences with their offsets, surrounding white space left out.

    A sentence ends at 。！？ outside quotes and brackets (a closing quote or bracket right behind goes with it), and at
    a line break anywhere. Every non-space character belongs to exactly one sentence.
    """
    sentences: list[Span] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        for start, end in _line_sentences(line):
            sentences.append(Span(offset + start, offset + end, line[start:end]))
        offset += len(line)
    return sentences


def _line_sentences(line: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    partners: dict[int, int] | None = None
    start = i = 0
    while i < len(line):
        c = line[i]
        if c in _OPEN:
            partners = _partners(line) if partners is None else partners
            partner = partners.get(i, len(line))
            i = partner + 1 if partner < i + _LONGEST_BRACKET and partner < len(line) else i + 1
            # 他说：“可以。” ends with the quotation when nothing but a new sentence follows.
            if line[i - 1] in _CLOSE and i >= 2 and line[i - 2] in _ENDS and _sentence_may_start(line, i):
                spans.append((start, i))
                start = i
            continue
        i += 1
        if c in _ENDS:
            while i < len(line) and line[i] in _ENDS + "”’」』）)】":
                i += 1
            spans.append((start, i))
            start = i
    spans.append((start, len(line)))
    return [s for s in (_strip(line, a, b) for a, b in spans) if s[0] < s[1]]


def _partners(line: str) -> dict[int, int]:
    """Where each bracket that is closed is closed, each kind counted by itself; linear even in a line of brackets."""
    waiting: dict[str, list[int]] = {closing: [] for closing in _CLOSE}
    partners: dict[int, int] = {}
    for found in _BRACKET.finditer(line):
        c = found.group()
        if c in _OPEN:
            waiting[_OPEN[c]].append(found.start())
        elif waiting[c]:
            partners[waiting[c].pop()] = found.start()
    return partners


def _sentence_may_start(line: str, i: int) -> bool:
    """Whether a new sentence, rather than the rest of this one, begins at `i` (behind a closing quote)."""
    return i >= len(line) or line[i].isspace() or line[i] not in "，。；、：！？,;:的等和与及或”’」』》）)】"


def _strip(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return start, end
