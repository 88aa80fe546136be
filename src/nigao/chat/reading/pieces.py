"""Cutting a turn into known pieces: it is understood by a verb only where the pieces cover all of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from nigao.chat.reading.beside import BESIDE, FILLERS
from nigao.chat.reading.wording import VERBS

FILLER = "filler"
# Pieces cost one each; a filler a little more, so that of two cuts the one that explains more is taken.
_COST, _FILLER_COST = 10, 11


@dataclass(frozen=True, slots=True)
class Piece:
    """`text[start:end]` read as of that class: the verb's name, a class of BESIDE, `filler`, or a slot's sign."""

    name: str
    start: int
    end: int
    text: str


def cut(text: str, verb: str, beside: tuple[str, ...], signs: str) -> list[Piece] | None:
    """The pieces of the text read by one verb, or None where they do not cover it or the verb is not said."""
    classes = (verb, *beside, FILLER)
    # Best way to each offset: cost, whether the verb was said, the last piece.
    best: list[dict[bool, tuple[int, Piece | None]]] = [{} for _ in range(len(text) + 1)]
    best[0][False] = (0, None)
    for pos in range(len(text)):
        if not best[pos]:
            continue
        for name, end in _pieces(text, pos, classes, signs):
            for said, (cost, _) in best[pos].items():
                now = said or name == verb
                price = cost + (_FILLER_COST if name == FILLER else _COST)
                if now not in best[end] or price < best[end][now][0]:
                    best[end][now] = (price, Piece(name, pos, end, text[pos:end]))
    return _back(best, verb) if True in best[-1] else None


def first_piece(text: str, pos: int, verb: str, beside: tuple[str, ...], signs: str) -> Piece | None:
    """The longest piece at an offset, for reading what is not covered."""
    found = _pieces(text, pos, (verb, *beside), signs)
    if not found:
        return None
    name, end = max(found, key=lambda piece: piece[1])
    return Piece(name, pos, end, text[pos:end])


def loose(text: str) -> list[str]:
    """The verbs whose words occur somewhere in the text, longest words first, for guessing what may be meant."""
    found = [(max(len(m.group()) for m in hits), verb) for verb, hits in _hits(text)]
    return [verb for _, verb in sorted(found, key=lambda hit: -hit[0])]


def is_said(words: str) -> bool:
    """Whether words are a verb and what may stand around it, and name nothing themselves."""
    return any(pattern(verb).fullmatch(words) for verb in (*VERBS, FILLER)) or any(
        pattern(verb).match(words)
        and re.fullmatch("(?:一下|下|掉|了|把|将|请|给|帮我|麻烦)*", pattern(verb).sub("", words, count=1))
        for verb in VERBS
    )


def said(text: str, verb: str) -> bool:
    """Whether a word of the verb occurs in the text."""
    return pattern(verb).search(text) is not None


def _hits(text: str) -> list[tuple[str, list[re.Match[str]]]]:
    hits = [(verb, list(pattern(verb).finditer(text))) for verb in VERBS]
    return [(verb, found) for verb, found in hits if found]


def _pieces(text: str, pos: int, classes: tuple[str, ...], signs: str) -> list[tuple[str, int]]:
    if text[pos].isupper():
        return [(text[pos], pos + 1)] if text[pos] in signs else []
    found: list[tuple[str, int]] = []
    for name in classes:
        found += [(name, end) for end in _ends(text, pos, name)]
    return found


@lru_cache(maxsize=4096)
def _ends(text: str, pos: int, name: str) -> tuple[int, ...]:
    """Where words of the class end that stand here: a shorter one may leave what the next piece needs."""
    if pattern(name).match(text, pos) is None:
        return ()
    ends = {word.end() for one in _words(name) for word in [one.match(text, pos)] if word is not None}
    return tuple(sorted(end for end in ends if end > pos))


def _back(best: list[dict[bool, tuple[int, Piece | None]]], verb: str) -> list[Piece]:
    pieces: list[Piece] = []
    end, said_before = len(best) - 1, True
    while end > 0:
        cost, piece = best[end][said_before]
        if piece is None:
            break
        pieces.append(piece)
        price = _FILLER_COST if piece.name == FILLER else _COST
        before = best[piece.start]
        end = piece.start
        if said_before and piece.name == verb:
            # The verb may have been said before as well; take the way whose cost adds up.
            said_before = True in before and before[True][0] == cost - price
    return pieces[::-1]


@cache
def _words(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _listed(name)))


def _listed(name: str) -> tuple[str, ...]:
    return FILLERS if name == FILLER else VERBS.get(name) or BESIDE[name]


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The words of a class of pieces as one pattern."""
    words = _listed(name)
    # The longest first, as far as that can be told.
    return re.compile("|".join(f"(?:{word})" for word in sorted(words, key=len, reverse=True)))
