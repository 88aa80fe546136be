"""The measures of a ranking against graded judgements, as trec_eval defines them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def ndcg(ranked: Sequence[str], judged: Mapping[str, int], k: int) -> float:
    """Discounted gain of the first `k` ids over that of the best order possible, 0 to 1; the gain is the grade itself.

    What was not judged, or judged below 1, gains nothing. 0 where nothing is relevant.
    """
    ideal = sorted((grade for grade in judged.values() if grade > 0), reverse=True)
    best = _discounted(ideal[:k])
    return _discounted([max(0, judged.get(id, 0)) for id in ranked[:k]]) / best if best else 0.0


def recall(ranked: Sequence[str], judged: Mapping[str, int], k: int) -> float:
    """Share of the relevant ids (graded 1 or more) that are among the first `k`; 0 where nothing is relevant."""
    relevant = {id for id, grade in judged.items() if grade > 0}
    return len(relevant.intersection(ranked[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranked: Sequence[str], judged: Mapping[str, int], k: int) -> float:
    """One over the rank of the first relevant id among the first `k`; 0 where there is none."""
    return next((1.0 / rank for rank, id in enumerate(ranked[:k], start=1) if judged.get(id, 0) > 0), 0.0)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
