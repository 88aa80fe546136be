"""A name or a unit of measure in the place of another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.replacing import replaced_bodies, replaced_units

SOURCE = "综合科每月核查查档登记台账，把9项任务分解到人。核定编制28名，发放指南46份。"


@pytest.mark.parametrize(
    ("sentence", "words", "old"),
    [
        ("法制科每月核查查档登记台账，把9项任务分解到人。", "法制科", "综合科"),
        ("信息资源中心每月核查查档登记台账。", "信息资源中心", "综合科"),
        ("各科室每月核查查档登记台账。", "", ""),
        ("综合科每月核查查档登记台账。", "", ""),
        ("5家科室核查台账。", "", ""),
    ],
)
def test_bodies(sentence: str, words: str, old: str) -> None:
    expected = [(words, old)] if words else []
    assert [(sentence[r.start : r.end], r.old) for r in replaced_bodies(sentence, [SOURCE])] == expected


def test_a_short_form_is_the_same_body() -> None:
    given_ = "发展改革委每月通报项目进展和资金拨付情况。"
    assert list(replaced_bodies("发改委每月通报项目进展和资金拨付情况。", [given_])) == []


@pytest.mark.parametrize(
    ("sentence", "written", "other"),
    [
        ("综合科每月核查查档登记台账，把9件任务分解到人。", "9件", "9项"),
        ("核定编制28家，发放指南46份。", "28家", "28名"),
        ("核定编制28人，发放指南46份。", "", ""),
        ("核定编制26名，发放指南46份。", "", ""),
    ],
)
def test_units(sentence: str, written: str, other: str) -> None:
    expected = [(written, other)] if written else []
    assert [(a.text, b.text) for a, b, _ in replaced_units(sentence, [SOURCE])] == expected


@given(
    st.text(alphabet="综合科法制每月核查，。9项件人次", max_size=20),
    st.text(alphabet="综合科每月核查，。9项", max_size=20),
)
def test_what_is_reported_stands_in_the_sentence(sentence: str, source: str) -> None:
    for replaced in replaced_bodies(sentence, [source]):
        assert replaced.old in source
        assert sentence[replaced.start : replaced.end] != replaced.old
    for amount, other, clause in replaced_units(sentence, [source]):
        assert sentence[amount.start : amount.end] == amount.text
        assert other.text in clause
