"""Fusion of two rankings, as properties."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nigao.retrieval.fusion import best, fuse, normalised, top_positions

_FINITE = st.floats(-100, 100, allow_nan=False, width=32)
_SCORES = st.dictionaries(st.text("abcde", min_size=1, max_size=3), _FINITE, max_size=30)


def test_the_sum_of_normalised_scores() -> None:
    ranked = fuse({"a": 10.0, "b": 5.0, "c": 0.0}, {"c": 4.0, "b": 3.0, "d": 2.0})
    assert ranked == [("a", 0.5), ("b", 0.5), ("c", 0.5), ("d", 0.0)]


def test_equal_scores_are_all_one() -> None:
    assert normalised({"a": 3.0, "b": 3.0}) == {"a": 1.0, "b": 1.0}
    assert normalised({}) == {}


@given(_SCORES, _SCORES, st.floats(0, 1))
def test_fusion_ranks_every_candidate_between_zero_and_one(
    lexical: dict[str, float], dense: dict[str, float], weight: float
) -> None:
    ranked = fuse(lexical, dense, weight=weight)
    assert {id for id, _ in ranked} == lexical.keys() | dense.keys()
    assert all(-1e-9 <= score <= 1 + 1e-9 for _, score in ranked)
    assert ranked == sorted(ranked, key=lambda pair: (-pair[1], pair[0]))


@given(_SCORES, _SCORES)
def test_the_order_of_input_does_not_matter(lexical: dict[str, float], dense: dict[str, float]) -> None:
    turned = dict(reversed(lexical.items())), dict(reversed(dense.items()))
    assert fuse(*turned) == fuse(lexical, dense)


@given(_SCORES, _SCORES)
def test_a_side_without_weight_only_adds_candidates(lexical: dict[str, float], dense: dict[str, float]) -> None:
    assert dict(fuse(lexical, dense, weight=0.0)) == {id: normalised(lexical).get(id, 0.0) for id in lexical | dense}


@given(_SCORES, st.floats(0.5, 8), st.integers(-50, 50))
def test_scale_and_offset_do_not_change_the_ends(scores: dict[str, float], scale: float, offset: int) -> None:
    moved = normalised({id: score * scale + offset for id, score in scores.items()})
    if len(set(scores.values())) > 1 and len(set(moved.values())) > 1:
        assert max(moved.values()) == 1.0
        assert min(moved.values()) == 0.0


@given(_SCORES, st.integers(0, 40))
def test_depth_bounds_the_candidates(scores: dict[str, float], depth: int) -> None:
    assert list(normalised(scores, depth)) == [id for id, _ in best(scores, depth)]


@given(st.lists(st.integers(-3, 6), max_size=60), st.integers(-1, 70))
def test_top_positions_are_those_of_a_full_sort(values: list[int], k: int) -> None:
    scores = np.array(values, dtype=np.float32)
    expected = sorted((i for i, value in enumerate(values) if value > 0), key=lambda i: (-values[i], i))
    assert top_positions(scores, k) == expected[: max(k, 0)]
