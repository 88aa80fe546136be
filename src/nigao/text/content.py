"""What a sentence is about, word by word: which of its words its evidence holds, and which it adds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nigao.text.clauses import clauses
from nigao.text.terms import TermKind, checkable_terms, fold
from nigao.text.tokens import words
from nigao.text.vocabulary import CARRYING, CONNECTING

# One character that says how far: as good as a word.
_TELLING = frozenset("均全都皆首最更极")
_JOINING = "与和及或并的了在于由对把被为以从将向给"
_HAN = re.compile("[一-鿿]")
_FIGURES = (TermKind.NUMBER, TermKind.DATE)
_FEWEST_PAIRS = 4
# A clause of so many character pairs, none of which the evidence holds, is of something else.
_CLAUSE_PAIRS = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence at `start:end`."""

    start: int
    end: int
    text: str


def added_words(sentence: str, evidence: str) -> list[Word]:
    """The content words of the sentence that its evidence lacks, in order; numbers, dates and joining words left out.

    Characters blanked out by the caller (`fidelity.mask_unit`) are no words.
    """
    held = _folded(evidence)
    return [word for word in content_words(sentence) if not _holds(held, word.text)]


@lru_cache(maxsize=512)
def content_words(sentence: str) -> tuple[Word, ...]:
    """The words that claim something, but for numbers and dates: of two characters or more, or telling how far (均)."""
    figures = [term for term in checkable_terms(sentence) if term.kind in _FIGURES]
    return tuple(
        word
        for word in placed_words(sentence)
        if word.text not in CARRYING
        and (len(word.text) > 1 or word.text in _TELLING)
        and _HAN.match(word.text)
        and not any(word.start < figure.end and figure.start < word.end for figure in figures)
    )


@lru_cache(maxsize=512)
def placed_words(text: str) -> tuple[Word, ...]:
    """All words of the text in their places."""
    found: list[Word] = []
    at = 0
    for word in words(text):
        start = text.find(word, at)
        # Folded by the tokenizer: Latin or full-width digits, which are no Chinese word.
        if start >= 0:
            at = start + len(word)
            found.append(Word(start, at, word))
    return tuple(found)


def support_share(sentence: str, evidence: str) -> float | None:
    """The share (0–1) of the sentence's telling character pairs that the evidence holds.

    Numbers, and the words that every official text uses, count neither for nor against; None where too little is left
    to judge by.
    """
    pairs = _pairs(content_words(sentence))
    if len(pairs) < _FEWEST_PAIRS:
        return None
    held = _folded(evidence)
    return sum(pair in held for pair in pairs) / len(pairs)


def strange_clauses(sentence: str, evidence: str) -> list[tuple[int, int]]:
    """The clauses (offsets) that have something to tell of which the evidence holds not one character pair."""
    held = _folded(evidence)
    found = []
    for clause in clauses(sentence):
        inside = [word for word in content_words(sentence) if clause.start <= word.start < clause.end]
        pairs = _pairs(inside)
        if len(pairs) >= _CLAUSE_PAIRS and not any(pair in held for pair in pairs):
            found.append((clause.start, clause.end))
    return found


def _pairs(found: Iterable[Word]) -> list[str]:
    telling = (word.text for word in found if word.text not in CONNECTING)
    return [word[i : i + 2] for word in telling for i in range(len(word) - 1)]


# One passage is the evidence of several sentences, and of several rules.
_folded = lru_cache(maxsize=128)(fold)


def _holds(evidence: str, word: str) -> bool:
    """Whether the evidence has the word, or both halves of one that the tokenizer put together (党员干部)."""
    # 科与 is no word: the tokenizer put a joining character to its neighbour.
    bare = word.strip(_JOINING) if len(word) > 1 else word
    if not bare or bare in evidence or (len(bare) == 1 and bare not in _TELLING):
        return True
    if len(word) == 3 and word[0] in "各每该本并均已仍较更" and word[1:] in evidence:
        return True
    halves = [(word[:i], word[i:]) for i in range(2, len(word) - 1)]
    return any(all(half in evidence or half in CARRYING for half in pair) for pair in halves)
