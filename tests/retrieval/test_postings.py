"""BM25 postings agree with `bm25s`, however the corpus is cut into stretches and wherever they lie."""

from __future__ import annotations

from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nigao.retrieval import postings
from nigao.retrieval.postings import Postings, build_postings

_VOCABULARY = 12
_PASSAGES = st.lists(st.lists(st.integers(0, _VOCABULARY - 1), max_size=9), min_size=1, max_size=12)


def _arrays(passages: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    flat = np.array([token for passage in passages for token in passage], dtype=np.int32)
    return flat, np.cumsum([0, *map(len, passages)], dtype=np.int64)


@settings(max_examples=60)
@given(_PASSAGES, st.lists(st.integers(0, _VOCABULARY - 1), min_size=1, max_size=5), st.integers(1, 30))
def test_scores_are_those_of_bm25s(passages: list[list[int]], query: list[int], stretch: int) -> None:
    flat, offsets = _arrays(passages)
    if not len(flat):
        return
    peer = bm25s.BM25(k1=postings.K1, b=postings.B)
    peer.index((passages, {str(token): token for token in range(_VOCABULARY)}), show_progress=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_STRETCH", stretch)
        own = build_postings(flat, offsets, _VOCABULARY)
    expected = peer.get_scores([str(token) for token in query])
    assert own.sums(np.array(query), len(passages)) == pytest.approx(expected, abs=1e-5)


@settings(max_examples=40)
@given(_PASSAGES)
def test_each_token_has_its_passages_in_order(passages: list[list[int]]) -> None:
    own = build_postings(*_arrays(passages), _VOCABULARY)
    for token in range(_VOCABULARY):
        held = [number for number, passage in enumerate(passages) if token in passage]
        assert own.places[own.starts[token] : own.starts[token + 1]].tolist() == held
    assert own.sizes(np.arange(_VOCABULARY)).sum() == len(own.places)


def test_what_was_built_in_a_folder_is_loaded_from_it(tmp_path: Path) -> None:
    flat, offsets = _arrays([[0, 1, 1], [2], [1, 2, 0, 0]])
    built = build_postings(flat, offsets, 4, tmp_path)
    loaded = Postings.load(tmp_path)
    for query in ([0], [1, 1, 2], [3]):
        assert loaded.sums(np.array(query), 3).tolist() == built.sums(np.array(query), 3).tolist()
    assert isinstance(loaded.data.base, np.memmap)


@pytest.mark.parametrize("passages", [[], [[]], [[], []]])
def test_passages_without_a_word_have_no_postings(tmp_path: Path, passages: list[list[int]]) -> None:
    build_postings(*_arrays(passages), 0, tmp_path)
    assert len(Postings.load(tmp_path).places) == 0
