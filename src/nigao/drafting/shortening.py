"""Shorter without a model: the sentences that say least go, the rest stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from nigao.report.model import Origin, Sentence
from nigao.text.placeholders import has_own_placeholder
from nigao.text.stance import leans_on_neighbour
from nigao.text.terms import TermKind, checkable_terms


def shortened(runs: Sequence[Sequence[Sentence]], characters: int) -> list[Sentence] | None:
    """Which sentences go so that no more than `characters` remain in all; None where that cannot be reached.

    Each run is an item's sentences as read, its topic sentence first where it has one. The first sentence of a run
    stays, and so do locked sentences, blanks, and what rests on the fact sheet. A sentence that leans on the one before
    goes with it. Of what could go, as little goes as will do.
    """
    groups = [group for run in runs for group in _droppable(run)]
    surplus = sum(len(s.text) for run in runs for s in run) - characters
    if surplus <= 0:
        return []
    if sum(_length(group) for group in groups) < surplus:
        return None
    gone: list[list[Sentence]] = []
    for group in sorted(groups, key=_weight):
        if sum(map(_length, gone)) >= surplus:
            break
        gone.append(group)
    # The heavy ones that need not go after all come back.
    for group in sorted(gone, key=_weight, reverse=True):
        if sum(map(_length, gone)) - _length(group) >= surplus:
            gone.remove(group)
    return [sentence for group in gone for sentence in group]


def least(runs: Sequence[Sequence[Sentence]]) -> int:
    """How many characters remain where all that can go is gone."""
    whole = sum(len(s.text) for run in runs for s in run)
    return whole - sum(_length(group) for run in runs for group in _droppable(run))


def _droppable(run: Sequence[Sentence]) -> list[list[Sentence]]:
    groups: list[list[Sentence]] = []
    for sentence in run[1:]:
        if groups and leans_on_neighbour(sentence.text):
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return [group for group in groups if not any(_stays(sentence) for sentence in group)]


def _stays(sentence: Sentence) -> bool:
    return sentence.locked or sentence.origin is Origin.FACT or has_own_placeholder(sentence.text)


def _length(group: Sequence[Sentence]) -> int:
    return sum(len(sentence.text) for sentence in group)


def _weight(group: Sequence[Sentence]) -> float:
    """How much a group says for its length: figures, titles and set phrases, and whose words they are."""
    terms = [term for sentence in group for term in checkable_terms(sentence.text)]
    figures = sum(term.kind in (TermKind.NUMBER, TermKind.DATE) for term in terms)
    typed = any(sentence.origin is Origin.HUMAN for sentence in group)
    return (2 * figures + len(terms) - figures) / (10 + _length(group)) + (1.0 if typed else 0.0)
