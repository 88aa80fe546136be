"""Take 一是…二是… within a paragraph apart, so that one problem or one measure can be cited alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nigao.corpus.readers.structure import locator_label
from nigao.text.ordinals import OrdinalForm, match_ordinal
from nigao.text.sentences import split_sentences
from nigao.text.spans import Span

ENUMERATIONS = (OrdinalForm.ENUMERATION, OrdinalForm.RANK)
_ITEM_EDGE = re.compile(r"(?:^|(?<=[；;：:]))(?=[第一二三四五六七八九十])")
# 一是…；二是… within one sentence is taken apart only where the sentence is this long.
_LONG_SENTENCE = 200


def split_items(text: str) -> list[Span]:
    """The sentences of a paragraph.

    Two kinds are taken apart: 以下问题：一是… where 二是 begins a later sentence, and a long one with 一是…；二是….
    """
    sentences = split_sentences(text)
    goes_on = any(_enumerated(sentence.text) == 2 for sentence in sentences)
    pieces: list[Span] = []
    for sentence in sentences:
        cuts = _enumeration_cuts(sentence.text, goes_on)
        for start, end in zip([0, *cuts], [*cuts, len(sentence.text)], strict=True):
            pieces.append(Span(sentence.start + start, sentence.start + end, sentence.text[start:end]))
    return pieces


def _enumerated(text: str, start: int = 0) -> int:
    """2 where 二是, 二要 or 第二， stands at `start`; 0 where no such ordinal does."""
    ordinal = match_ordinal(text, start)
    return ordinal.value if ordinal is not None and ordinal.form in ENUMERATIONS else 0


def _enumeration_cuts(sentence: str, goes_on: bool) -> list[int]:
    cuts: list[int] = []
    wanted = 1
    for found in _ITEM_EDGE.finditer(sentence):
        if _enumerated(sentence, found.start()) == wanted:
            wanted += 1
            if found.start() and (wanted > 2 or sentence[found.start() - 1] in "：:"):
                cuts.append(found.start())
    whole = wanted > 2 and len(sentence) > _LONG_SENTENCE
    return cuts if whole or (goes_on and wanted == 2) else []


def item_labels(pieces: Sequence[Span]) -> list[str]:
    """For each piece the 一是 or 二是 it belongs to; empty before the first, and for all where there is only one."""
    labels: list[str] = []
    current, wanted = "", 1
    for piece in pieces:
        if _enumerated(piece.text) == wanted:
            wanted += 1
            found = match_ordinal(piece.text)
            current = locator_label(found) if found else current
        labels.append(current)
    return labels if wanted > 2 else [""] * len(pieces)
