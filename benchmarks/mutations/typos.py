"""Characters gone wrong: doubled, left out, or taken for another of the same sound or shape; words in two spellings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import pairwise
from random import Random

import rjieba
from benchmarks.mutations.confusable import VARIANTS, same_shape, same_sound
from benchmarks.mutations.model import Change, Clean, Edit, Group, one, operator, replaced

from nigao.text import lexicon

# A word of the general dictionary at least so frequent is common.
_COMMON = 300


@lru_cache(maxsize=64)
def _common_words(text: str) -> tuple[tuple[int, str], ...]:
    """Common words of two to four Chinese characters, none of them a numeral, with their offsets."""
    words: list[tuple[int, str]] = []
    offset = 0
    for word in rjieba.cut(text, hmm=False):
        plain = re.fullmatch("(?:(?![一二三四五六七八九十百千万])[一-鿿]){2,4}", word)
        if plain and lexicon.count(word) >= _COMMON:
            words.append((offset, word))
        offset += len(word)
    return tuple(words)


def _words(clean: Clean) -> list[tuple[int, str]]:
    """Common words in the sentences, outside titles and quotations."""
    found = _common_words(clean.text)
    return [(at, w) for at, w in found if clean.body_at(at) and not clean.is_shielded(at, at + len(w))]


def _some(clean: Clean, rng: Random, bad: Callable[[Clean, int, str, Random], Change | None]) -> Change | None:
    """The first success among randomly ordered words."""
    words = _words(clean)
    for at, word in rng.sample(words, min(len(words), 40)):
        change = bad(clean, at, word, rng)
        if change is not None:
            return change
    return None


def _is_word_around(text: str, start: int, end: int) -> bool:
    """Whether the new characters make a word of the dictionary with a neighbour, so that they might be meant."""
    around = text[max(0, start - 1) : end + 1]
    return any(lexicon.count(a + b) > 0 for a, b in pairwise(around))


@operator("doubled-character", Group.MECHANICAL, "T", "C4")
def doubled_character(clean: Clean, rng: Random) -> Change | None:
    """落实 → 落落实, but not 常 → 常常."""

    def bad(clean: Clean, at: int, word: str, rng: Random) -> Change | None:
        i = at + rng.randrange(len(word))
        c = clean.text[i]
        if lexicon.count(c + c) or c in "一二三四五六七八九十百千万":
            return None
        return Change((Edit(i, i + 1, c + c),))

    return _some(clean, rng, bad)


@operator("doubled-word", Group.MECHANICAL, "T", "C4")
def doubled_word(clean: Clean, rng: Random) -> Change | None:
    """落实 → 落实落实."""

    def bad(clean: Clean, at: int, word: str, rng: Random) -> Change | None:
        return Change((Edit(at, at + len(word), word + word),)) if len(word) == 2 else None

    return _some(clean, rng, bad)


def _swapped(like: Callable[[str], str], clean: Clean, at: int, word: str, rng: Random) -> Change | None:
    i = rng.randrange(len(word))
    fits = [c for c in like(word[i]) if not _is_word(word, i, c)]
    if not fits:
        return None
    new = rng.choice(fits)
    text = clean.text[: at + i] + new + clean.text[at + i + 1 :]
    if _is_word_around(text, at + i, at + i + 1):
        return None
    return Change((Edit(at + i, at + i + 1, new),), also=((at, at + len(word)),))


def _is_word(word: str, i: int, c: str) -> bool:
    return lexicon.count(word[:i] + c + word[i + 1 :]) > 0


@operator("wrong-sound", Group.MECHANICAL, "T", "C4", "G")
def wrong_sound(clean: Clean, rng: Random) -> Change | None:
    """部署 → 部属 where that makes no word."""
    return _some(clean, rng, partial(_swapped, same_sound))


@operator("wrong-shape", Group.MECHANICAL, "T", "C4", "G")
def wrong_shape(clean: Clean, rng: Random) -> Change | None:
    """贷款 → 货款 where that makes no word."""
    return _some(clean, rng, partial(_swapped, same_shape))


@operator("missing-character", Group.MECHANICAL, "T", "C4", "G")
def missing_character(clean: Clean, rng: Random) -> Change | None:
    """加强建设 → 加强设, where neither the rest nor its neighbours make a word."""

    def bad(clean: Clean, at: int, word: str, rng: Random) -> Change | None:
        i = at + rng.randrange(len(word))
        rest = word[: i - at] + word[i - at + 1 :]
        if len(rest) > 1 and lexicon.count(rest):
            return None
        text = clean.text[:i] + clean.text[i + 1 :]
        if _is_word_around(text, max(at, i - 1), i) or _is_word_around(text, i, i + 1):
            return None
        return Change((Edit(i, i + 1, ""),), also=((at, at + len(word)),))

    return _some(clean, rng, bad)


def _variant_pairs() -> Iterator[tuple[str, str]]:
    for one_way, other_way in VARIANTS:
        yield one_way, other_way
        yield other_way, one_way


@operator("two-spellings", Group.MECHANICAL, "C4", "T", "G")
def two_spellings(clean: Clean, rng: Random) -> Change | None:
    """巡察 → 巡查 in one place of a text that has it at least twice."""
    pairs = [(a, b) for a, b in _variant_pairs() if clean.text.count(a) > 1 and b not in clean.text]
    pair = one(rng, pairs)
    found = one(rng, clean.matches(re.escape(pair[0]))) if pair else None
    others = clean.matches(re.escape(pair[0])) if pair else []
    if found is None or pair is None or len(others) < 2:
        return None
    also = tuple(sorted((m.start(), m.end()) for m in others if m.start() != found.start()))
    return Change(replaced(found, pair[1]).edits, also=also)


@operator("short-name-unintroduced", Group.MECHANICAL, "C4", "G", "S")
def unintroduced(clean: Clean, rng: Random) -> Change | None:
    """（以下简称…） lost, so that the short name comes from nowhere."""
    found = one(rng, clean.matches("（以下(?:统)?简称[“]?([^“”（）]{2,12})[”]?）", shielded=True))
    if found is None:
        return None
    name = re.escape(found.group(1))
    uses = tuple((m.start(), m.end()) for m in re.finditer(name, clean.text) if m.start() > found.end())
    return Change((Edit(found.start(), found.end(), ""),), also=uses[:40]) if uses else None


@operator("slogan-mark", Group.MECHANICAL, "C4", "G", "T")
def slogan_mark(clean: Clean, rng: Random) -> Change | None:
    """“甲、乙、丙” → “甲，乙，丙” in one of the places that have it."""
    hits = clean.matches("“([^“”\n]{1,20}[、，][^“”\n]{1,30})”", shielded=True)
    twice = [m for m in hits if sum(o.group() == m.group() for o in hits) > 1]
    found = one(rng, twice)
    if found is None:
        return None
    new = found.group().translate(str.maketrans("、，", "，、"))
    also = tuple((m.start(), m.end()) for m in hits if m.group() == found.group() and m.start() != found.start())
    return Change((Edit(found.start(), found.end(), new),), also=also)
