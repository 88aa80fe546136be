"""Figures that changed places in a rewording: the right numbers, said of one another's things, or in another order."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from nigao.text.terms import Term, TermKind, checkable_terms

_BEFORE = re.compile("([一-鿿]{2,4}?)(?:各?分别|总?共计?|合计|累计|约|近|超过?|达到?|为|是|有|了|至|到)?$")

_RUN_BEFORE = re.compile("([一-鿿]+?)(?:各?分别|总?共计?|合计|累计|约|近|超过?|达到?|为|是|有|了|至|到)?$")


def swapped_figures(sentence: str, evidence: str) -> list[Term]:
    """The figures that the sentence gives to what the evidence gives another figure (大会13次 for 大会5次)."""
    told = _figures(sentence)
    given = _given(evidence) if told else ()
    found: list[Term] = []
    for term in told:
        name = _named_before(sentence, term)
        own = {other for figure, other in given if figure.key == term.key}
        others = {other for figure, other in given if figure.key != term.key}
        if name and own and "" not in own and name not in own and name in others:
            found.append(term)
    return found


def reordered_figures(sentence: str, evidence: str) -> list[Term]:
    """The sentence's figures, where the evidence holds each of them once and in another order; else nothing."""
    keys = [term.key for term, _ in _given(evidence)]
    told = [term for term in _figures(sentence) if keys.count(term.key) == 1]
    places = [keys.index(term.key) for term in told]
    return told if any(one > other for one, other in pairwise(places)) else []


@lru_cache(maxsize=128)
def _given(evidence: str) -> tuple[tuple[Term, str], ...]:
    """The figures of the evidence, line by line, each with what it is said of."""
    return tuple((term, _named_before(line, term)) for line in evidence.splitlines() for term in _figures(line))


def _figures(text: str) -> list[Term]:
    return [term for term in checkable_terms(text) if term.kind is TermKind.NUMBER]


def _named_before(text: str, figure: Term) -> str:
    """The two characters right before a figure (before 共, 为 and the like); empty where there are none."""
    found = _BEFORE.search(text[max(0, figure.start - 8) : figure.start])
    return found.group(1)[-2:] if found is not None else ""


def exchanged_figures(sentence: str, evidence: str) -> list[Term]:
    """Figures of the sentence that a line of the evidence gives to one another's things, all the words before them
    being the same (文书档案36卷、声像档案520卷 for 文书档案520卷、声像档案36卷).
    """
    told = [(term, _words_before(sentence, term)) for term in _figures(sentence)]
    found: list[Term] = []
    for line in evidence.splitlines() if len(told) > 1 else ():
        given = {_words_before(line, term): term.key for term in _figures(line)}
        found += [
            term
            for term, name in told
            if len(name) > 1
            and given.get(name, term.key) != term.key
            and any(other is not term and other.key == given[name] and given.get(of) == term.key for other, of in told)
        ]
    return found


def _words_before(text: str, figure: Term) -> str:
    """The Chinese characters right before a figure, six at most, without 共, 为 and the like."""
    found = _RUN_BEFORE.search(text[max(0, figure.start - 10) : figure.start])
    return found.group(1)[-6:] if found is not None else ""
