"""What of an edited text is what of the report: paragraphs that are the same first, then words, then sentences.

A sentence is known again wherever it stands now. The cuts between sentences are the report's own where nobody touched
them, and the splitter's where somebody typed.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from nigao.report.editing.matching import bare, pair_in_order
from nigao.report.editing.wording import pieces_of
from nigao.report.tokens import tokenize
from nigao.word.returning.likeness import LikenessIndex
from nigao.word.returning.units import Unit

# A typed sentence is one of the report's where it keeps this part of the shorter one's characters in their order, and
# so many, or this part of the longer one's.
_KEPT, _KEPT_CHARS, _KEPT_OF_LONGER = 0.5, 6, 0.5
# One that stands elsewhere must share so much of its wording.
_MOVED = 0.7
# Regions of more pairs of characters than this are first divided into paragraphs that are alike.
_WIDE, _ALIKE, _MOST_PAIRS = 1_500_000, 0.5, 300_000

_Origin = tuple[Unit, int] | None


@dataclass(eq=False, slots=True)
class Token:
    """A sentence of the edited text, its ordinal included. `unit` is what it is in the report, None where it is new."""

    text: str
    starts: bool
    unit: Unit | None = None

    @property
    def is_kept(self) -> bool:
        """Whether it reads as in the report."""
        return self.unit is not None and self.text == self.unit.text


_Share = tuple[int, Token, Unit]


def align(paragraphs: Sequence[Sequence[Unit]], lines: Sequence[str]) -> list[Token]:
    """The sentences of the lines (without white space around) in reading order, each with the unit that it is."""
    texts = ["".join(unit.text for unit in units) for units in paragraphs]
    same = _same_lines(texts, lines)
    tokens: dict[int, list[Token]] = {}
    shares: list[_Share] = []
    taken = set(same.values())
    for number, at in same.items():
        tokens[number] = [Token(unit.text, nth == 0, unit) for nth, unit in enumerate(paragraphs[at])]
    for base, edited in _regions(texts, lines, same):
        old = [(at, texts[at]) for at in base if at not in taken]
        new = [(number, lines[number]) for number in edited if number not in same]
        for olds, news in _divided(old, new):
            origins = _origins([paragraphs[at] for at in olds], [lines[number] for number in news])
            for number, found in zip(news, origins, strict=True):
                tokens[number] = _cut(lines[number], found)
                shares += _shares(lines[number], found, tokens[number])
    _match(shares)
    every = [token for number in range(len(lines)) for token in tokens.get(number, [])]
    _match_moved([unit for units in paragraphs for unit in units], every)
    return every


def _same_lines(texts: Sequence[str], lines: Sequence[str]) -> dict[int, int]:
    """Lines that are a paragraph unchanged: those in their order, then those that stand elsewhere."""
    same: dict[int, int] = {}
    for op, a, b, c, _ in SequenceMatcher(None, texts, lines, autojunk=False).get_opcodes():
        if op == "equal":
            same.update({c + nth: a + nth for nth in range(b - a)})
    free: dict[str, deque[int]] = {}
    taken = set(same.values())
    for at, text in enumerate(texts):
        if at not in taken:
            free.setdefault(text, deque()).append(at)
    for number, line in enumerate(lines):
        if number not in same and free.get(line):
            same[number] = free[line].popleft()
    return same


def _regions(texts: Sequence[str], lines: Sequence[str], same: dict[int, int]) -> list[tuple[range, range]]:
    """What lies between the paragraphs that stand unchanged in their order."""
    ordered: list[tuple[int, int]] = []
    for number, at in sorted(same.items()):
        if not ordered or at > ordered[-1][0]:
            ordered.append((at, number))
    found: list[tuple[range, range]] = []
    before = (-1, -1)
    for anchor in [*ordered, (len(texts), len(lines))]:
        found.append((range(before[0] + 1, anchor[0]), range(before[1] + 1, anchor[1])))
        before = anchor
    return [region for region in found if region[0] or region[1]]


def _divided(old: list[tuple[int, str]], new: list[tuple[int, str]]) -> list[tuple[list[int], list[int]]]:
    """A region as it is, or, where comparing all of its words would take long, by paragraphs that are alike."""
    size = sum(len(text) for _, text in old) * sum(len(text) for _, text in new)
    if size <= _WIDE:
        return [([at for at, _ in old], [number for number, _ in new])]
    index = LikenessIndex([text for _, text in old])
    shares = {number: index.shares(text, _ALIKE) for number, text in new}
    like = [number for number, found in shares.items() if found]
    # With more than that to choose from, only sentences that are the same will be known again.
    like = like if len(like) * len(old) <= _MOST_PAIRS else []
    pairs = pair_in_order(range(len(old)), like, lambda one, number: shares[number].get(one, 0.0), _ALIKE)
    found = [([old[one][0]], [number]) for one, number in pairs]
    paired = {number for _, number in pairs}
    return [*found, *(([], [number]) for number, _ in new if number not in paired)]


def _origins(paragraphs: Sequence[Sequence[Unit]], lines: Sequence[str]) -> list[list[_Origin]]:
    """For each character of each line the unit and offset that it stood at, or None where it was typed."""
    if not paragraphs:
        return [[None] * len(line) for line in lines]
    were: list[_Origin] = []
    for units in paragraphs:
        were += [(unit, offset) for unit in units for offset in range(len(unit.text))]
        were.append(None)
    old = "".join("".join(unit.text for unit in units) + "\n" for units in paragraphs)
    new = "".join(line + "\n" for line in lines)
    now: list[_Origin] = []
    at = 0
    for piece in pieces_of(old, new):
        if piece.op == "same":
            now += were[at : at + len(piece.text)]
        elif piece.op == "ins":
            now += [None] * len(piece.text)
        at += len(piece.text) if piece.op != "ins" else 0
    found: list[list[_Origin]] = []
    start = 0
    for line in lines:
        found.append(now[start : start + len(line)])
        start += len(line) + 1
    return found


def _cut(line: str, origins: list[_Origin]) -> list[Token]:
    """The sentences of an edited line."""
    cuts = {token.start for token in tokenize(line)}
    for at in range(1, len(line)):
        before, after = origins[at - 1], origins[at]
        if before is None or after is None:
            continue
        if before[0] is after[0] and after[1] == before[1] + 1:
            cuts.discard(at)
        elif before[0] is not after[0] and before[1] + 1 == len(before[0].text) and after[1] == 0:
            cuts.add(at)
    texts = [line[start:end] for start, end in pairwise([0, *sorted(cuts - {0}), len(line)])]
    return [Token(text, nth == 0) for nth, text in enumerate(texts) if text.strip()]


def _shares(line: str, origins: list[_Origin], tokens: Sequence[Token]) -> list[_Share]:
    """How many characters each token of a line keeps of each unit that it may be."""
    found: list[_Share] = []
    start = 0
    for token in tokens:
        start = line.index(token.text, start)
        kept = Counter(origin[0] for origin in origins[start : start + len(token.text)] if origin is not None)
        found += [(count, token, unit) for unit, count in kept.items() if _is_same(count, token.text, unit.text)]
        start += len(token.text)
    return found


def _is_same(kept: int, text: str, was: str) -> bool:
    short, long = sorted((len(text), len(was)))
    return kept >= _KEPT * short and (kept >= _KEPT_CHARS or kept >= _KEPT_OF_LONGER * long)


def _match(shares: list[_Share]) -> None:
    """Give each token at most one unit and each unit at most one token, those that share most first."""
    taken: set[Unit] = set()
    for _, token, unit in sorted(shares, key=lambda share: -share[0]):
        if token.unit is None and unit not in taken:
            token.unit = unit
            taken.add(unit)


def _match_moved(units: Sequence[Unit], tokens: Sequence[Token]) -> None:
    """Sentences that stand elsewhere now: equal ones, then those much alike."""
    taken = {token.unit for token in tokens if token.unit is not None}
    left = [unit for unit in units if unit not in taken and unit.sentence is not None]
    new = [token for token in tokens if token.unit is None]
    by_text: dict[str, list[Unit]] = {}
    for unit in left:
        by_text.setdefault(bare(unit.shown), []).append(unit)
    for token in new:
        same = next((by_text[text] for text in _readings(token.text) if by_text.get(text)), None)
        if same:
            token.unit = same.pop(0)
            taken.add(token.unit)
    left = [unit for unit in left if unit not in taken]
    index = LikenessIndex([unit.text for unit in left])
    for token in new:
        shares = index.shares(token.text, _MOVED) if token.unit is None else {}
        for number in sorted(shares, key=lambda number: -shares[number]):
            if left[number] not in taken:
                token.unit = left[number]
                taken.add(left[number])
                break


def _readings(text: str) -> list[str]:
    """The words as they stand, and without an ordinal at their head."""
    words = next((token.body for token in tokenize(text)), text) if text else text
    return [bare(text), bare(words)]
