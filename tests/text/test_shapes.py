"""Which heading departs from the form that its sisters share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.shapes import departures

FOUR = [
    "突出政治引领，聚焦“学用结合”思想建设走深走实。",
    "夯实组织根基，聚焦“规范有序”组织建设提质增效。",
    "从严正风肃纪，聚焦“抓早抓小”纪律建设有力有效。",
    "坚持求真务实，聚焦“马上就办”作风建设持续向好。",
]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("夯实组织根基，聚焦组织建设提质增效。", ["没有引号"]),
        ("夯实组织根基，紧扣“规范有序”组织建设提质增效。", ["没有用“聚焦”"]),
        ("夯实组织根基，聚焦“规范有序”组织建设提质增效", ["末尾没有标点"]),
        ("夯实组织根基，聚焦“规范有序”，推动组织建设提质增效。", ["3个分句"]),
        ("组织建设情况。", ["1个分句", "没有引号", "没有用“聚焦”", "字"]),
    ],
)
def test_a_departure_is_told(other: str, told: list[str]) -> None:
    found = departures([FOUR[0], other, *FOUR[2:]])
    assert {departure.index for departure in found} == {1}
    assert len(found) == len(told)
    for words in told:
        assert any(words in departure.told for departure in found), words


@pytest.mark.parametrize(
    "headings",
    [
        FOUR,
        FOUR[:3],
        [*FOUR[:2], "组织建设情况。", "作风建设情况。"],
        ["推进改革。", "抓好“三农”工作。", "扩大开放。", "保障民生。"],
        ["强化学习，提升素质。", "坚持标准，严格要求。", "突出重点，带动全面。", "注重实效，久久为功。"],
        [],
    ],
)
def test_sisters_that_agree_or_do_not_agree_at_all(headings: list[str]) -> None:
    assert departures(headings) == []


@given(st.lists(st.text(alphabet="聚焦落实“”，。；工作一", max_size=20), max_size=7))
def test_every_departure_is_of_a_heading(headings: list[str]) -> None:
    for departure in departures(headings):
        assert 0 <= departure.index < len(headings)
        assert departure.told
