from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.evaluation.measures import EvaluationOutput, Measures


def test_what_nothing_was_counted_for_is_none() -> None:
    empty = Measures.of(found=0, right=0, expected=0)
    assert (empty.precision, empty.recall, empty.f1, empty.false_alarms_per_10k) == (None, None, None, None)


def test_shares_and_rates() -> None:
    told = Measures.of(found=4, right=3, expected=6, false_alarms=1, clean_characters=20_000)
    assert told.precision == 0.75
    assert told.recall == 0.5
    assert told.f1 == pytest.approx(0.6)
    assert told.false_alarms_per_10k == 0.5
    assert Measures.of(found=1, right=0, expected=1).f1 == 0.0


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_shares_are_shares(found: int, right: int, expected: int) -> None:
    right = min(right, found)
    told = Measures.of(found=found, right=right, expected=expected, recalled=min(right, expected))
    assert all(share is None or 0 <= share <= 1 for share in (told.precision, told.recall, told.f1))
    assert EvaluationOutput.model_validate_json(EvaluationOutput(data="x", total=told).model_dump_json()).total == told
