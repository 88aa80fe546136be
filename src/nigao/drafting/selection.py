"""Which of the usable sentences make a point: relevant, from few places, in the order of their source, said once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from nigao.drafting.candidates import Candidate
from nigao.drafting.desk import Desk
from nigao.text.stance import part_of_period
from nigao.text.terms import TermKind, checkable_terms

_MOST_SENTENCES = 4
_LEAST_SENTENCES = 2
_LEAST_CHARACTERS = 90
_MOST_CHARACTERS = 220
# Below this a sentence is about something else: found by measurement, see docs/adr/0003.
FLOOR = 0.3


def relevance(candidate: Candidate, query: str) -> float:
    """0 to 1: how many of the query's words the sentence or its topic uses, how near its passage is, how specific."""
    words = query.split()
    said = sum(word in candidate.text for word in words)
    over = candidate.topic + candidate.hit.passage.heading
    above = sum(word in over and word not in candidate.text for word in words)
    if not said and not above:
        # However near its passage and however specific: it does not speak of the point.
        return 0.0
    overlap = min(1.0, (said + 0.7 * above) / min(3, max(1, len(words))))
    return 0.55 * overlap + 0.3 * candidate.hit.score + (0.15 if candidate.specific else 0.0)


def choose(pool: Sequence[Candidate], query: str, desk: Desk) -> list[Candidate]:
    """Two to four sentences of about 90–220 characters, or none where nothing passes the floor.

    The best block (one topic of one passage) leads; other blocks fill up. What is chosen is recorded on the desk.
    """
    scored = {c: _scored(c, query, desk) for c in pool}
    blocks: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for candidate in pool:
        blocks[candidate.block].append(candidate)
    ranked = sorted(blocks.values(), key=lambda block: _rank(block, scored))
    chosen: list[Candidate] = []
    for block in ranked:
        if max(scored[c] for c in block) < FLOOR or _enough(chosen):
            break
        _take(block, scored, chosen, desk)
    anchor = [c.block for c in chosen[:1]]
    return sorted(chosen, key=lambda c: (c.block not in anchor, c.order))


def _scored(candidate: Candidate, query: str, desk: Desk) -> float:
    """Relevance; where the period is a year, a whole year's figure says more than a part's (全年 before 上半年)."""
    span = desk.brief.span()
    part = span is not None and span.is_calendar_year and part_of_period(candidate.text)
    return relevance(candidate, query) - (0.25 if part else 0.0)


def _rank(block: list[Candidate], scored: dict[Candidate, float]) -> tuple[float, tuple[str, int, int]]:
    best = sorted((scored[c] for c in block), reverse=True)
    return (-(best[0] + 0.3 * (best[1] if len(best) > 1 else 0.0)), block[0].order)


def _enough(chosen: list[Candidate]) -> bool:
    length = sum(len(c.text) for c in chosen)
    return len(chosen) >= _LEAST_SENTENCES and length >= _LEAST_CHARACTERS


def _take(block: list[Candidate], scored: dict[Candidate, float], chosen: list[Candidate], desk: Desk) -> None:
    """Take a block's sentences in their order; from a filling block only those that pass the floor themselves."""
    whole = not chosen
    previous_taken = -2
    for candidate in sorted(block, key=lambda c: c.order):
        if candidate.leans and previous_taken != candidate.index - 1:
            continue
        # In the leading block the neighbours come along, if they are near the point at all.
        floor = 0.0 if candidate.leans else FLOOR * 0.7 if whole else FLOOR
        if scored[candidate] < floor or (not whole and _enough(chosen)) or _figures_told(candidate, chosen):
            continue
        length = sum(len(c.text) for c in chosen) + len(candidate.text)
        full = len(chosen) >= _MOST_SENTENCES or (chosen and length > _MOST_CHARACTERS)
        if full or desk.is_used(candidate.text):
            continue
        desk.use(candidate.text)
        chosen.append(candidate)
        previous_taken = candidate.index


def _figures_told(candidate: Candidate, chosen: list[Candidate]) -> bool:
    """Whether the point already states every figure of the sentence: then it tells the same thing in other words."""
    figures = _figures(candidate)
    return bool(figures) and figures <= {figure for other in chosen for figure in _figures(other)}


def _figures(candidate: Candidate) -> set[str]:
    return {term.key for term in checkable_terms(candidate.text) if term.kind is TermKind.NUMBER}
