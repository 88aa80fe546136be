"""Walk a document's blocks and tell of every sentence where it stands: section, headings above, locator."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from nigao.corpus.enumerations import ENUMERATIONS, item_labels, split_items
from nigao.corpus.readers.source import Block, BlockKind, SourceText
from nigao.corpus.readers.structure import (
    heading_level,
    is_document_number,
    locator_label,
    names_document,
    ordinal_label,
)
from nigao.text.ordinals import HEADING_LEVEL, Ordinal, OrdinalForm, match_ordinal
from nigao.text.sentences import split_sentences
from nigao.text.spans import Span

# A first sentence up to this length, with this much behind it, heads its paragraph (a run-in heading).
_RUN_IN_CHARS = 36
_RUN_IN_SUPPORT = 60
_SUPPORT_CHARS = 30
_TOPIC_CHARS = 25
_ITEM_LEVEL = 6
_LONGEST_TITLE = 400
_ARTICLE = re.compile("第.+条")


class Opens(IntEnum):
    """What begins with an atom."""

    SENTENCE = 0
    PARAGRAPH = 1
    ITEM = 2


@dataclass(frozen=True, slots=True)
class Atom:
    """What is never cut: a sentence, an item of a long enumeration, or a table row, at `start:end` of the text.

    `section` changes at every heading of level 1 or 2; `place` is the locator in parts, and `number` of `total` counts
    the atoms that share it. `topic`: a short sentence that heads the longer one behind it.
    """

    start: int
    end: int
    section: int
    heading: str
    place: tuple[str, ...]
    number: int
    total: int
    opens: Opens
    topic: bool
    ends: str


@dataclass(frozen=True, slots=True)
class _Step:
    """One heading or ordinal on the way down to a paragraph. Level 0 is the title of an attached document."""

    level: int
    label: str
    heading: str = ""
    bounds: bool = False


@dataclass(frozen=True, slots=True)
class _Paragraph:
    block: Block
    section: int
    heading: str
    base: tuple[str, ...]
    item: str
    count: int
    opens: Opens
    led: bool


def outline(title: str, source: SourceText) -> list[Atom]:
    """The body of a document as atoms in order; headings themselves are no atoms."""
    walk = _Walk(title)
    steps = (walk.step(block, following) for block, following in _with_next(source.blocks))
    paragraphs = [paragraph for paragraph in steps if paragraph is not None]
    totals = Counter((p.section, p.base) for p in paragraphs if p.count)
    return [atom for p in paragraphs for atom in _atoms(p, totals[p.section, p.base])]


def _with_next(blocks: Sequence[Block]) -> Iterator[tuple[Block, Block | None]]:
    """Each block with the next one of the body: what a note stands between still belongs together."""
    following: Block | None = None
    pairs: list[tuple[Block, Block | None]] = []
    for block in reversed(blocks):
        pairs.append((block, following))
        following = following if block.kind is BlockKind.NOTE else block
    return reversed(pairs)


class _Walk:
    """Keeps the trail of headings and ordinals while going down the blocks."""

    def __init__(self, title: str) -> None:
        self._title = _squeeze(title)
        self._trail: list[_Step] = []
        self._section = 0
        self._counts: Counter[tuple[int, tuple[str, ...]]] = Counter()
        self._before = ""
        self._started = False
        self._last_heading: Block | None = None

    def step(self, block: Block, following: Block | None) -> _Paragraph | None:
        """The paragraph that the block is, or None for a heading."""
        if block.kind is BlockKind.NOTE:
            return self._paragraph(block, (block.label,), opens=Opens.PARAGRAPH, counts=False)
        if block.kind is BlockKind.HEADING:
            self._heading(block)
            paragraph = None
        elif block.kind is BlockKind.TABLE_ROW:
            table, _, row = block.label.partition("第")
            base = (table, f"第{row}") if row else (block.label,)
            paragraph = self._paragraph(block, base, opens=Opens.ITEM, counts=False)
        else:
            paragraph = self._body(block, following)
        self._before = block.text
        self._last_heading = block if block.kind is BlockKind.HEADING else None
        return paragraph

    def _heading(self, block: Block) -> None:
        label = ordinal_label(block.text)
        if label:
            self._push(_Step(block.level, label, block.text.rstrip("。：:"), bounds=block.level <= 2))
        elif _squeeze(block.text) == self._title:
            self._pop(0)
            self._section += 1
        elif not self._is_own_title(block.text) and not is_document_number(block.text):
            if self._goes_on(block):
                self._join(block.text)
                return
            level = 0 if block.level == 1 and names_document(block.text) else block.level
            self._push(_Step(level, _quoted(block.text), block.text, bounds=block.level <= 2))

    def _goes_on(self, block: Block) -> bool:
        """Whether a heading is the next line of the title above it; no title goes on for pages."""
        if self._last_heading is None or not self._trail or not block.level == self._last_heading.level == 1:
            return False
        return len(self._trail[-1].heading) + len(block.text) <= _LONGEST_TITLE

    def _join(self, text: str) -> None:
        """A title broken over lines is one title."""
        last = self._trail[-1]
        if ordinal_label(last.heading):
            self._push(_Step(1, _quoted(text), text, bounds=True))
            return
        whole = last.heading + text
        level = 0 if names_document(whole) else last.level
        self._trail[-1] = replace(last, level=level, label=_quoted(whole), heading=whole)

    def _is_own_title(self, text: str) -> bool:
        """Whether a heading at the very top only says the document's title."""
        if self._started or self._trail:
            return False
        squeezed = _squeeze(text)
        return squeezed in self._title or self._title in squeezed or names_document(text)

    def _body(self, block: Block, following: Block | None) -> _Paragraph:
        self._started = True
        ordinal = match_ordinal(block.text)
        in_article = any(_ARTICLE.fullmatch(step.label) for step in self._trail)
        if ordinal is None:
            self._pop(_ITEM_LEVEL)
        elif ordinal.form is OrdinalForm.ARTICLE:
            self._push(_Step(3, re.sub("条.*", "条", ordinal.text)))
        elif self._is_item(ordinal, in_article):
            self._pop(_ITEM_LEVEL if in_article else heading_level(ordinal) or _ITEM_LEVEL)
            label = locator_label(ordinal)
            # Inside an article its list is part of it, so the article is the item.
            opens = Opens.PARAGRAPH if in_article else Opens.ITEM
            return self._paragraph(block, self._base(), item=label, opens=opens, counts=not in_article)
        elif heading_level(ordinal):
            self._push(_ordinal_step(block, ordinal, following))
        opens = Opens.PARAGRAPH if ordinal is None else Opens.ITEM
        return self._paragraph(block, self._base(), opens=opens, led=ordinal is not None)

    def _is_item(self, ordinal: Ordinal, in_article: bool) -> bool:
        """Whether the ordinal numbers an item of a list inside an article or a sentence, and not a heading."""
        if ordinal.form in ENUMERATIONS or ordinal.form is OrdinalForm.CIRCLED:
            return True
        if in_article:
            return ordinal.form is not OrdinalForm.CHAPTER
        return heading_level(ordinal) > 1 and self._before.endswith(("；", ";"))

    def _push(self, step: _Step) -> None:
        self._pop(step.level)
        if step.bounds:
            self._section += 1
        self._trail.append(step)

    def _pop(self, level: int) -> None:
        """Leave everything at this level or below; level 0, the title of an attached document, is left by another."""
        while self._trail and self._trail[-1].level >= level:
            # What follows the end of a section must not be packed with it.
            self._section += self._trail.pop().bounds

    def _base(self) -> tuple[str, ...]:
        trail = self._trail
        article = next((i for i, step in enumerate(trail) if _ARTICLE.fullmatch(step.label)), None)
        if article is not None:
            # Articles are counted through the whole document, whatever chapter they stand in.
            trail = [step for step in trail[:article] if step.level == 0] + trail[article:]
        labels = [step.label for step in trail]
        return tuple(label for i, label in enumerate(labels) if not _said_below(label, labels[i + 1 : i + 2]))

    def _paragraph(
        self,
        block: Block,
        base: tuple[str, ...],
        *,
        opens: Opens,
        item: str = "",
        counts: bool = True,
        led: bool = False,
    ) -> _Paragraph:
        self._started = True
        key = (self._section, base)
        self._counts[key] += counts
        heading = " › ".join(step.heading for step in self._trail if step.heading)
        number = self._counts[key] if counts else 0
        return _Paragraph(block, self._section, heading, base, item, number, opens, led)


def _said_below(label: str, below: Sequence[str]) -> bool:
    """Whether the next label holds this one: 2.1.3 says 2 and 2.1 already."""
    return label[0].isdigit() and bool(below) and below[0].startswith(f"{label.strip()}.")


def _ordinal_step(block: Block, ordinal: Ordinal, following: Block | None) -> _Step:
    """A numbered paragraph. With a short first sentence and support, it has a run-in heading and bounds a section."""
    level = heading_level(ordinal)
    first = split_sentences(block.text)[0].text
    stands_over = _stands_over(level, following)
    support = len(block.text) - len(first)
    short = len(first) <= _TOPIC_CHARS and support > len(first)
    run_in = short or (len(first) <= _RUN_IN_CHARS and (stands_over or support >= _RUN_IN_SUPPORT))
    heading = first.rstrip("。！？：:") if run_in else ""
    return _Step(level, locator_label(ordinal), heading, bounds=(run_in or stands_over) and level <= 2)


def _stands_over(level: int, following: Block | None) -> bool:
    """Whether the next block belongs under a numbered paragraph of this level: a lower item, a table, a paragraph."""
    if following is None or following.kind is BlockKind.HEADING:
        return following is not None and following.level > level
    ordinal = match_ordinal(following.text)
    if ordinal is None or following.kind is BlockKind.TABLE_ROW:
        # Shorter ones are signatures and dates.
        return len(following.text) >= _SUPPORT_CHARS
    return HEADING_LEVEL.get(ordinal.form, 0) > level


def _atoms(paragraph: _Paragraph, total: int) -> Iterator[Atom]:
    block = paragraph.block
    whole = block.kind in (BlockKind.TABLE_ROW, BlockKind.NOTE)
    pieces = [Span(0, len(block.text), block.text)] if whole else split_items(block.text)
    items = item_labels(pieces)
    places = [_place(paragraph, total, item) for item in items]
    counts = Counter(places)
    seen: Counter[tuple[str, ...]] = Counter()
    for i, (piece, place) in enumerate(zip(pieces, places, strict=True)):
        seen[place] += 1
        begins_item = i > 0 and items[i] != items[i - 1]
        after = pieces[i + 1].text if i + 1 < len(pieces) else ""
        yield Atom(
            start=block.start + piece.start,
            end=block.start + piece.end,
            section=paragraph.section,
            heading=paragraph.heading,
            place=place,
            number=seen[place],
            total=counts[place],
            opens=paragraph.opens if i == 0 else Opens.ITEM if begins_item else Opens.SENTENCE,
            topic=len(piece.text) <= _TOPIC_CHARS and len(after) > len(piece.text),
            ends=piece.text[-1],
        )


def _place(paragraph: _Paragraph, total: int, inline: str) -> tuple[str, ...]:
    """The locator's parts; the paragraph's number is left out where the ordinal it begins with says it all."""
    parts = list(paragraph.base)
    if paragraph.item:
        parts.append(paragraph.item)
    elif paragraph.count and not (total == 1 and (paragraph.led or inline)):
        parts.append(f"第{paragraph.count}段")
    if inline and inline != paragraph.item:
        parts.append(inline)
    return tuple(parts)


def _quoted(heading: str) -> str:
    return f"“{heading[:12]}…”" if len(heading) > 13 else f"“{heading}”"


def _squeeze(text: str) -> str:
    return "".join(text.split())
