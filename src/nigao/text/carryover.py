"""Sentences of one text that stand, word for word or nearly so, in others: found by their rarest character pairs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nigao.text.sentences import split_sentences

SHORTEST = 20
# So much of a sentence's character pairs must stand in one sentence of the other text.
NEARLY_ALL = 0.9
# A shorter one is taken over where it is the same to the letter, with figures that do not agree by chance.
_FEWEST = 10
_FEWEST_FIGURES = 2
_TELLING = re.compile(r"\d\.\d|\d{3}")
_PLAIN = re.compile("[一-鿿]+|[A-Za-z0-9.%％]+")
# A figure brought up to date leaves the sentence carried over.
_FIGURE = re.compile(r"[\d.]+")
_ORDINAL = re.compile("[（(]?[一二三四五六七八九十]+(?:[）)、]|[是要](?=[一-鿿]))|\\d{1,2}[.、．]")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A sentence of an earlier text, and that text's title."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _Known:
    earlier: Earlier
    pairs: frozenset[str]


class EarlierSentences:
    """The sentences of some texts (title and text each), for looking up one that was taken over."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self._known: list[_Known] = []
        self._holders: dict[str, list[int]] = defaultdict(list)
        self._short: dict[str, Earlier] = {}
        self._found: dict[str, Earlier | None] = {}
        for title, text in texts:
            for sentence in split_sentences(text):
                self._add(Earlier(title, sentence.text))

    def _add(self, earlier: Earlier) -> None:
        pairs = frozenset(_pairs(earlier.text))
        if len(pairs) + 1 >= SHORTEST:
            for pair in pairs:
                self._holders[pair].append(len(self._known))
            self._known.append(_Known(earlier, pairs))
        elif _tells_figures(earlier.text):
            self._short.setdefault(_bare(earlier.text), earlier)

    def find(self, sentence: str) -> Earlier | None:
        """The nearest sentence that holds nearly all of this one; the very same where it has fewer than `SHORTEST`
        characters and several figures; else None.
        """
        if sentence not in self._found:
            self._found[sentence] = self._nearest(sentence)
        return self._found[sentence]

    def _nearest(self, sentence: str) -> Earlier | None:
        pairs = frozenset(_pairs(sentence))
        if len(pairs) + 1 < SHORTEST:
            return self._short.get(_bare(sentence)) if self._short and _tells_figures(sentence) else None
        missing = int(len(pairs) * (1 - NEARLY_ALL))
        # Whatever holds nearly all of the pairs holds one of any `missing + 1` of them.
        rarest = sorted(pairs, key=lambda pair: len(self._holders.get(pair, ())))[: missing + 1]
        candidates = Counter(place for pair in rarest for place in self._holders.get(pair, ()))
        best: tuple[float, int] | None = None
        for place in candidates:
            known = self._known[place]
            shared = len(pairs & known.pairs)
            rank = (shared / len(pairs | known.pairs), -place)
            if shared >= len(pairs) - missing and (best is None or rank > best):
                best = rank
        return self._known[-best[1]].earlier if best is not None else None


@lru_cache(maxsize=4)
def earlier_sentences(texts: tuple[tuple[str, str], ...]) -> EarlierSentences:
    """The same, made once for the same texts."""
    return EarlierSentences(texts)


def _tells_figures(sentence: str) -> bool:
    plain = _bare(sentence)
    return len(plain) >= _FEWEST and len(_FIGURE.findall(plain)) >= _FEWEST_FIGURES and bool(_TELLING.search(plain))


def _bare(sentence: str) -> str:
    head = _ORDINAL.match(sentence)
    return "".join(_PLAIN.findall(sentence[head.end() :] if head else sentence))


def _pairs(sentence: str) -> list[str]:
    """Neighbouring characters, marks left out and figures all alike; an ordinal at the head is no part of them."""
    plain = _FIGURE.sub("0", _bare(sentence))
    return [plain[i : i + 2] for i in range(len(plain) - 1)]
