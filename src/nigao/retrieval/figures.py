"""Exact hits on figures: who asks for 46人次 or 3.2万元 wants the passages that say just that."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from nigao.retrieval.fusion import DEPTH, best, led
from nigao.text.terms import TermKind, checkable_terms, fold

# A figure that more of the candidates have tells nothing: 4人 is in many a text, 2024年 in most.
_FEW = 10
# Measured (docs/adr/0010-retrieval.md): the figures' share in the query's length, times this, is added to the score. So
# they decide where they are what is asked for, and weigh little in a long query.
_WEIGHT = 1.5


def figures_in(query: str) -> list[str]:
    """The figures and dates of a query with their units, folded, each once."""
    terms = checkable_terms(query)
    return list(dict.fromkeys(fold(t.text) for t in terms if t.kind in (TermKind.NUMBER, TermKind.DATE)))


def by_figures(
    ranked: Sequence[tuple[str, float]],
    query: str,
    likely: Callable[[Sequence[str], Sequence[str]], Mapping[str, str]],
) -> list[tuple[str, float]]:
    """The ranking, those of the best candidates moved up that have the query's figures. No score is higher than before.

    `likely` gives, for figures and ids, the texts of at least those ids that have one of the figures. It is not called
    for a query without any, as most are.
    """
    figures = figures_in(query)
    if not figures:
        return list(ranked)
    top = dict(ranked[:DEPTH])
    folded = {id: fold(text) for id, text in likely(figures, list(top)).items()}
    weight = _WEIGHT * min(1.0, sum(map(len, figures)) / len(fold(query))) / len(figures)
    for figure in figures:
        said = _as_written(figure)
        holders = [id for id, text in folded.items() if said.search(text)]
        for id in holders if len(holders) <= _FEW else ():
            top[id] += weight
    # By the joint score first, so that equals stay in their order.
    return led(ranked, [id for id, _ in best(top, len(top))])


def _as_written(figure: str) -> re.Pattern[str]:
    """The figure where it stands by itself: 6人 is neither 46人 nor 6人次, and 1.5 is not 1.52."""
    before = r"(?<![\d.])" if figure[0].isdigit() else ""
    behind = r"(?!\.?\d)" if figure[-1].isdigit() else "(?!次|百分点)"
    return re.compile(before + re.escape(figure) + behind)
