"""Builds a part's items from its tokens: nested by ordinal level, with run-in points recognised by their form."""

from __future__ import annotations

import re

from nigao.report.model import Item, Sentence
from nigao.report.tokens import Token
from nigao.text.ordinals import HEADING_LEVEL, OrdinalForm

# A run-in point is deeper than any numbered heading and holds enumerations.
_POINT_LEVEL = 5.5
_ENUMERATION_LEVEL = 6
_HEADING_LONGEST = {OrdinalForm.SECTION: 60, OrdinalForm.ENUMERATION: 42, OrdinalForm.RANK: 42}
_OTHER_HEADING_LONGEST = 45
_TOPIC_LENGTH = range(6, 24)


class ItemBuilder:
    """Collects tokens in reading order into `lead` and `items`."""

    def __init__(self, *, run_in: bool) -> None:
        self.lead: list[Sentence] = []
        self.items: list[Item] = []
        self._run_in = run_in
        self._stack: list[tuple[float, Item]] = []

    def add(self, token: Token, following: Token | None) -> None:
        """Take the next token; `following` decides whether a short sentence is a heading or all there is."""
        if token.ordinal is not None and token.ordinal.form in HEADING_LEVEL:
            self._open(token, float(HEADING_LEVEL[token.ordinal.form]), following)
        elif self._is_topic(token, following):
            self._push(_POINT_LEVEL, Item(heading=token.sentence()))
        else:
            target = self._stack[-1][1].sentences if self._stack else self.lead
            target.append(token.sentence())

    def _open(self, token: Token, level: float, following: Token | None) -> None:
        assert token.ordinal is not None
        item = Item(ordinal=token.ordinal.text, gap=token.gap)
        body = token.body_sentence()
        if is_heading(token, following):
            item.heading = body
        else:
            item.sentences.append(body)
        self._push(level, item)

    def _push(self, level: float, item: Item) -> None:
        while self._stack and self._stack[-1][0] >= level:
            self._stack.pop()
        (self._stack[-1][1].items if self._stack else self.items).append(item)
        self._stack.append((level, item))

    def _is_topic(self, token: Token, following: Token | None) -> bool:
        """A run-in topic sentence: 8–20 characters or so, ending in 。, with its support right behind."""
        if not self._run_in or not self._stack or following is None:
            return False
        inside = self._stack[-1][0] >= _ENUMERATION_LEVEL and not token.starts_line
        if inside and not _begins_enumeration(following):
            return False
        text = token.text
        plain = text.endswith("。") and len(text) - 1 in _TOPIC_LENGTH and not re.search(r"[\d《：；]", text)
        supported = not following.starts_line and len(following.text) > len(text) and following.ordinal is None
        return plain and text.count("，") <= 1 and (supported or _begins_enumeration(following))


def _begins_enumeration(token: Token) -> bool:
    """Whether 一是 stands there: a short sentence right before it is the topic of what is enumerated."""
    ordinal = token.ordinal
    return ordinal is not None and ordinal.form is OrdinalForm.ENUMERATION and ordinal.value == 1


def is_heading(token: Token, following: Token | None) -> bool:
    """Whether the sentence behind an ordinal heads the item, rather than being its text."""
    assert token.ordinal is not None
    longest = _HEADING_LONGEST.get(token.ordinal.form, _OTHER_HEADING_LONGEST)
    body = token.body
    if len(body) > longest:
        return False
    if body.endswith(("；", ";", "，", ",")):
        return False
    alone = following is None or following.starts_line or following.ordinal is not None
    if token.ordinal.form in (OrdinalForm.ENUMERATION, OrdinalForm.RANK):
        return not alone or len(body) <= 25
    # A numbered line without closing punctuation is a heading whatever follows.
    return not alone or not body.endswith("。") or token.ordinal.form is OrdinalForm.SECTION
