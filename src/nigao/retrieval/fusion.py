"""Join two rankings into one: a convex sum of their min-max-normalised best scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Measured on three Chinese collections: ahead of reciprocal rank fusion and of either side alone.
DEPTH = 100
DENSE_WEIGHT = 0.5


def best(scores: Mapping[str, float], depth: int) -> list[tuple[str, float]]:
    """The highest scores, best first; equal scores in the order of their ids."""
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:depth]


def normalised(scores: Mapping[str, float], depth: int = DEPTH) -> dict[str, float]:
    """The `depth` best scores brought to 0..1; when they are all equal, each is 1."""
    top = best(scores, depth)
    if not top:
        return {}
    high, low = top[0][1], top[-1][1]
    span = high - low
    return {id: (score - low) / span if span > 0 else 1.0 for id, score in top}


def fuse(
    lexical: Mapping[str, float], dense: Mapping[str, float], *, weight: float = DENSE_WEIGHT, depth: int = DEPTH
) -> list[tuple[str, float]]:
    """Ids with their joint score, best first; equal scores in the order of their ids.

    `weight` (0..1) is the dense side's share. An id that one side does not rank among its best counts 0 there.
    """
    words, vectors = normalised(lexical, depth), normalised(dense, depth)
    ids = words.keys() | vectors.keys()
    joint = {id: (1 - weight) * words.get(id, 0.0) + weight * vectors.get(id, 0.0) for id in ids}
    return best(joint, len(joint))


def led(ranked: Sequence[tuple[str, float]], leading: Iterable[str]) -> list[tuple[str, float]]:
    """The leading ids first, in their order, then the others in theirs; the scores are dealt out anew, best first, so
    that an id that was not ranked takes none from another and nothing is scored higher than before.
    """
    order = dict.fromkeys([*leading, *(id for id, _ in ranked)])
    scores = sorted((score for _, score in ranked), reverse=True)
    scores.extend(0.0 for _ in range(len(order) - len(scores)))
    return list(zip(order, scores, strict=True))


def top_positions(scores: NDArray[np.floating[Any]], k: int) -> list[int]:
    """Positions of the `k` highest scores above zero, best first; equal scores in the order of position."""
    import numpy as np

    positive = np.flatnonzero(scores > 0)
    if k <= 0 or not len(positive):
        return []
    if len(positive) > k:
        # All that reach the k-th score, so that ties at the edge are cut by position and not by chance.
        floor = np.partition(scores[positive], len(positive) - k)[len(positive) - k]
        positive = positive[scores[positive] >= floor]
    order = np.argsort(-scores[positive], kind="stable")[:k]
    return [int(i) for i in positive[order]]
