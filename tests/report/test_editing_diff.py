"""How two states of a report differ, in the words that an editor would use."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable

import pytest
from editing_samples import REPORTS, at, item_edits, items_of, parsed, sentence_edits, typed, whole
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import KIND, drafted_reports

from nigao.errors import EditError
from nigao.report.editing.diff import Change, diff_reports
from nigao.report.editing.items import add_item, delete_places, move, swap
from nigao.report.editing.parting import merge, split
from nigao.report.editing.sentences import replace_sentence, set_heading
from nigao.report.editing.wording import pieces_of
from nigao.report.model import Item, Report
from nigao.report.places import Place
from nigao.report.render import pieces


def differences(*edits: Callable[[Report], object]) -> tuple[str, list[str]]:
    old = whole()
    new = old.model_copy(deep=True)
    for edit in edits:
        edit(new)
    diff = diff_reports(old, new)
    for change in diff.changes:
        _assert_pieces(change)
    return diff.summary(), diff.text().splitlines()


def _assert_pieces(change: Change) -> None:
    if change.pieces:
        assert "".join(piece.text for piece in change.pieces if piece.op != "ins") == change.old
        assert "".join(piece.text for piece in change.pieces if piece.op != "del") == change.new


def test_no_difference() -> None:
    assert differences() == ("没有差别", [])


@pytest.mark.parametrize(
    ("edit", "summary", "lines"),
    [
        (
            lambda r: replace_sentence(r, at("basics s1"), [typed("本中心为市委直属事业单位，核定编制13名。")]),
            "修改1处",
            ["修改　一第1句：本中心为市委直属事业单位，核定编制〔删：12〕〔增：13〕名。"],
        ),
        (
            lambda r: delete_places(r, KIND, [at("problems 1")]),
            "删除1处",
            ["删除　三、一是：一是学习转化还不够。结合业务研讨偏少；"],
        ),
        (
            lambda r: delete_places(r, KIND, [at("problems 2 s2")]),
            "删除1处",
            ["删除　三、二是第2句：窗口服务评价偏低。"],
        ),
        (
            lambda r: add_item(
                r, KIND, at("problems"), Item(heading=typed("丙不足。"), sentences=[typed("丁。")]), False
            ),
            "增加1处",
            ["增加　三、三是：三是丙不足。丁。"],
        ),
        (
            lambda r: swap(r, KIND, at("problems 1"), at("problems 2")),
            "移动1处",
            ["移动　三、二是 → 三、一是：一是作风建设有差距。窗口服务评价偏低；"],
        ),
        (
            lambda r: (add_item(r, KIND, at("problems 1"), Item(sentences=[typed("丙。")]), True), _swap_ends(r)),
            "增加1处、移动1处",
            [
                "移动　三、二是 → 三、一是：一是作风建设有差距。窗口服务评价偏低；",
                "增加　三、二是：二是丙；",
            ],
        ),
        (
            lambda r: move(r, KIND, at("problems 1 s2"), "into", at("problems 2")),
            "移动1处",
            ["移动　三、一是第2句 → 三、二是第3句：结合业务研讨偏少〔删：；〕〔增：。〕"],
        ),
        (
            lambda r: move(r, KIND, at("features 2.1"), "into", at("features 1")),
            "移动1处",
            ["移动　二（二）第一点 → 二（一）第三点：组织生活严格规范。党支部按月召开党员大会。"],
        ),
        (
            lambda r: split(r, KIND, at("measures 1 s2")),
            "移动1处",
            ["移动　四、一是第2句 → 四、二是第1句：围绕业务难题开展研讨。"],
        ),
        (
            lambda r: merge(r, KIND, [at("measures 1"), at("measures 2")]),
            "移动2处",
            [
                "移动　四、二是第1句 → 四、一是第3句：改进工作作风，提升窗口服务效能。",
                "移动　四、二是第2句 → 四、一是第4句：建立评价回访机制。",
            ],
        ),
        (
            lambda r: set_heading(r, at("features 2"), typed("夯实组织根基，聚焦“规范有序”组织建设有力")),
            "修改1处",
            ["修改　二（二）标题：夯实组织根基，聚焦“规范有序”组织建设〔删：提质增效〕〔增：有力〕"],
        ),
        (
            lambda r: setattr(r.parts[3].items[0], "addresses", [2]),
            "修改1处",
            ["修改　四、一是的对应关系：针对问题〔删：1〕〔增：2〕"],
        ),
        (
            lambda r: setattr(r.parts[2].items[0].sentences[0], "text", "结合业务研讨偏少。"),
            "修改1处",
            ["修改　三、一是第2句：结合业务研讨偏少〔删：；〕〔增：。〕"],
        ),
    ],
)
def test_changes_are_told_as_they_were_made(edit: Callable[[Report], object], summary: str, lines: list[str]) -> None:
    told, written = differences(edit)
    assert told == summary
    assert [line.replace("第一部分", "一") for line in written] == lines


def test_title_and_closing_lines_are_compared_too() -> None:
    def edit(report: Report) -> None:
        set_heading(report, at("title"), typed("关于政治生态情况的报告"))
        assert report.date is not None
        assert report.recipient is not None
        assert report.signature is not None
        report.date.text = "2025年12月28日"
        report.recipient.text = "市委第三巡察组："
        report.signature = None

    summary, lines = differences(edit)
    assert summary == "修改3处、删除1处"
    assert [line.partition("：")[0] for line in lines] == [
        "修改　标题",
        "修改　主送机关",
        "删除　署名",
        "修改　成文日期",
    ]
    assert lines[3] == "修改　成文日期：2025年12月〔删：26〕〔增：28〕日"


def test_a_changed_and_moved_item_is_told_as_both() -> None:
    def edit(report: Report) -> None:
        move(report, KIND, at("features 2"), "before", at("features 1"))
        replace_sentence(report, at("features 1.1 s2"), [typed("党支部按季召开党员大会。")])

    summary, lines = differences(edit)
    assert summary == "修改1处、移动1处"
    assert lines[1] == "修改　二（一）第一点第2句：党支部〔删：按月〕〔增：按季〕召开党员大会。"


def _swap_ends(report: Report) -> None:
    swap(report, KIND, at("problems 1"), at("problems 3"))


def test_what_keeps_its_place_has_not_moved() -> None:
    old = parsed("    一是甲不够。\n    二是乙不足。\n    三是丙不强。\n")
    new = old.model_copy(deep=True)
    _swap_ends(new)
    told = diff_reports(old, new).text()
    assert told.splitlines() == ["移动　一、三是 → 一、一是：一是丙不强。", "移动　一、一是 → 一、三是：三是甲不够。"]


@given(st.text(alphabet="学习12.5%个次，。", max_size=30), st.text(alphabet="学习12.5%个次，。", max_size=30))
def test_pieces_make_both_texts_and_break_no_number(old: str, new: str) -> None:
    pieces = pieces_of(old, new)
    assert "".join(piece.text for piece in pieces if piece.op != "ins") == old
    assert "".join(piece.text for piece in pieces if piece.op != "del") == new
    for op, text in (("ins", old), ("del", new)):
        numbers = {match.span() for match in re.finditer(r"\d+(?:\.\d+)*%?", text)}
        at = 0
        for piece in pieces:
            if piece.op != op:
                at += len(piece.text)
                assert not any(start < at < end for start, end in numbers)


@settings(max_examples=40)
@given(REPORTS, st.data())
def test_any_change_is_told_and_what_is_told_is_so(old: Report, data: st.DataObject) -> None:
    assert diff_reports(old, old.model_copy(deep=True)).changes == []
    new = old.model_copy(deep=True)
    for _ in range(data.draw(st.integers(1, 3))):
        if items_of(new):
            with contextlib.suppress(EditError):
                data.draw(st.one_of(item_edits(new), sentence_edits(new)))[1](new)
    diff = diff_reports(old, new)
    was, now = _flat(old), _flat(new)
    said = [change for change in diff.changes if not change.label.endswith("对应关系")]
    assert said or was == now
    for change in said:
        _assert_pieces(change)
        assert change.old in was
        assert change.new in now
        assert change.label


def _flat(report: Report) -> str:
    return "".join(piece.text for piece in pieces(report))


@settings(max_examples=25)
@given(drafted_reports(), st.data())
def test_items_that_swap_are_only_moved(report: Report, data: st.DataObject) -> None:
    part = report.part("measures")
    assert part is not None
    texts = ["".join(s.text for s in item.walk()) for item in part.items]
    if len(set(texts)) < len(texts) or len(texts) < 2:
        return
    new = report.model_copy(deep=True)
    one, other = data.draw(st.lists(st.integers(1, len(texts)), min_size=2, max_size=2, unique=True))
    swap(new, KIND, Place(part="measures", item=(one,)), Place(part="measures", item=(other,)))
    assert {change.kind for change in diff_reports(report, new).changes} == {"moved"}
