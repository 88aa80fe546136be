"""Three-way merging of lines: nothing that only one side changed is lost, and what both changed is told."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nigao.word.returning.merging import Clash, merge

BASE = ["一、基本情况", "编制36名。现有干部33人。", "二、主要特征", "学习11次。调研4次。"]


def test_different_sentences_of_one_paragraph_are_both_taken() -> None:
    mine = [*BASE[:1], "编制36名。现有干部34人。", *BASE[2:]]
    theirs = [*BASE[:1], "编制38名。现有干部33人。", *BASE[2:]]
    assert merge(BASE, mine, theirs) == ([*BASE[:1], "编制38名。现有干部34人。", *BASE[2:]], [])


def test_what_both_changed_stays_as_it_is_now_and_is_told() -> None:
    mine = [*BASE[:3], "学习12次。调研4次。"]
    theirs = [*BASE[:3], "学习13次。调研4次。"]
    assert merge(BASE, mine, theirs) == (theirs, [Clash("学习11次。", "学习13次。", "学习12次。")])


def test_the_same_change_on_both_sides_is_no_clash() -> None:
    now = [*BASE[:3], "学习12次。调研4次。"]
    assert merge(BASE, now, now) == (now, [])


def test_new_lines_and_lost_ones_come_together() -> None:
    mine = [*BASE, "三、存在的问题"]
    theirs = BASE[1:]
    assert merge(BASE, mine, theirs) == ([*BASE[1:], "三、存在的问题"], [])


_LINES = st.lists(st.sampled_from(["甲。", "乙。丙。", "丁。", "一、戊", "己。庚。辛。"]), max_size=6)


@settings(max_examples=100)
@given(_LINES, _LINES, _LINES)
def test_one_side_alone_wins_and_nothing_vanishes(base: list[str], mine: list[str], theirs: list[str]) -> None:
    assert merge(base, mine, base) == (mine, [])
    assert merge(base, base, theirs) == (theirs, [])
    merged, clashes = merge(base, mine, theirs)
    told = "".join(merged) + "".join(clash.left_out for clash in clashes)
    for sentence in {s for line in mine for s in line.split("。") if s} - {
        s for line in base for s in line.split("。")
    }:
        assert sentence in told
