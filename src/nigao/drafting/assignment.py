"""Which sentence goes to which point: every usable sentence is given to the one point of the report it fits best."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from nigao.drafting.candidates import Candidate, candidates
from nigao.drafting.outline import PointPlan, SectionPlan
from nigao.drafting.selection import relevance
from nigao.report.kinds import Theme
from nigao.retrieval.search import Hit


@dataclass(slots=True)
class Pool:
    """The sentences that belong to one point."""

    section: SectionPlan
    point: PointPlan
    candidates: list[Candidate] = field(default_factory=list)


def fill_pools(
    sections: Sequence[SectionPlan], found: Sequence[Sequence[Sequence[Hit]]], usable: Callable[[Candidate], bool]
) -> list[Pool]:
    """One pool for each point, in the plan's order; `found[i][j]` are the hits for point j of section i.

    A sentence found for several points goes to the one it fits best, and only under a theme that it speaks of.
    """
    pools = [Pool(section, point) for section in sections for point in section.points]
    hits = [point for section in found for point in section]
    told = [[c for hit in point for c in candidates(hit) if usable(c)] for point in hits]
    closeness = ThemeCloseness([s.theme for s in sections], [c.text for c in _distinct(told)])
    best: dict[tuple[str, int], tuple[float, int, Candidate]] = {}
    for place, (pool, found_here) in enumerate(zip(pools, told, strict=True)):
        for candidate in found_here:
            fit = _fit(candidate, pool, closeness)
            key = (candidate.hit.passage.id, candidate.index)
            if fit is not None and (key not in best or fit > best[key][0]):
                best[key] = (fit, place, candidate)
    for _, place, candidate in sorted(best.values(), key=lambda entry: (entry[1], entry[2].order)):
        pools[place].candidates.append(candidate)
    return pools


def _distinct(told: Iterable[Iterable[Candidate]]) -> list[Candidate]:
    seen = {(c.hit.passage.id, c.index): c for found in told for c in found}
    return list(seen.values())


def _fit(candidate: Candidate, pool: Pool, closeness: ThemeCloseness) -> float | None:
    """How well a sentence fits a point; None where it does not belong there at all."""
    near = relevance(candidate, pool.point.query)
    if near == 0.0 or pool.point.asked:
        # Where the brief asks, its own words decide, not the kind's themes.
        return near or None
    mine = closeness(candidate, pool.section.theme)
    if mine is None:
        # Two words of the point itself outweigh what the theme's broad words (党员, 干部) say.
        return near if sum(word in candidate.text for word in pool.point.query.split()) > 1 else None
    return near + 0.35 * mine


class ThemeCloseness:
    """How much a sentence speaks of a theme, 0 to 1 among the themes; words that most sentences use count little."""

    def __init__(self, themes: Sequence[Theme], texts: Sequence[str]) -> None:
        self._themes = themes
        self._weight = {
            word: math.log(1 + len(texts) / (1 + sum(word in text for text in texts)))
            for theme in themes
            for word in theme.words
        }

    def __call__(self, candidate: Candidate, theme: Theme) -> float | None:
        """The theme's share, or None where a sister theme is nearer or the sentence itself speaks only of sisters."""
        own = {t.key: self._said(candidate.text, t) for t in self._themes}
        if not own[theme.key] and any(own.values()):
            return None
        whole = {t.key: own[t.key] + self._above(candidate, t) for t in self._themes}
        mine = whole[theme.key]
        if mine <= 0 or mine < max(whole.values()):
            return None
        return mine / sum(whole.values())

    def _said(self, text: str, theme: Theme) -> float:
        return sum(self._weight[word] for word in theme.words if word in text)

    def _above(self, candidate: Candidate, theme: Theme) -> float:
        heading, title = candidate.hit.passage.heading, candidate.hit.document.title
        near = 0.8 * self._said(candidate.topic, theme) + 0.5 * self._said(heading, theme)
        return near + 0.3 * self._said(title.replace("政治生态", ""), theme)
