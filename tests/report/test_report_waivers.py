"""Waivers: comments that the parser takes as white space, so that no character of the text is lost or moved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nigao.report.kinds import Kind, load_kind
from nigao.report.parse import parse_report
from nigao.report.render import render_text
from nigao.report.waivers import Waiver, find_waivers, mask_waivers, waiver_in_note

KIND = load_kind("political-ecology")
LINE = "落实“三会一课”制度，全年召开支部会议12次。"


def test_a_comment_at_a_lines_end_holds_for_that_line() -> None:
    (waiver,) = find_waivers(f"前文。\n{LINE}<!-- nigao 忽略 G221，t5：与上级文件一致 -->\n后文。\n")
    assert (waiver.codes, waiver.reason) == (["G221", "T5"], "与上级文件一致")
    assert waiver.covers("G221", LINE)
    assert waiver.covers("T501", f"　　{LINE}")
    assert not waiver.covers("G220", LINE)
    assert not waiver.covers("G221", "后文。")


def test_a_comment_on_a_line_of_its_own_holds_for_the_next() -> None:
    (waiver,) = find_waivers(f"<!-- nigao 忽略 G221：确认无误 -->\n\n　　{LINE}\n")
    assert waiver.covers("G221", LINE)


def test_a_waiver_for_the_whole_report() -> None:
    (waiver,) = find_waivers(f"<!-- nigao 全文忽略 S109：篇幅经领导同意 -->\n{LINE}\n")
    assert waiver.covers("S109", "随便哪一行")


def test_without_a_reason_nothing_is_waived() -> None:
    (waiver,) = find_waivers(f"{LINE}<!-- nigao 忽略 G221 -->\n")
    assert not waiver.covers("G221", LINE)


def test_two_waivers_on_one_line() -> None:
    text = f"{LINE} <!-- nigao 忽略 G221：甲 --> <!-- nigao 忽略 T501：乙 -->\n"
    assert [w.reason for w in find_waivers(text) if w.covers(w.codes[0], LINE)] == ["甲", "乙"]


def test_other_comments_are_left_alone() -> None:
    text = "正文。<!-- 请领导审阅 -->\n<!-- nigao -->\n"
    assert find_waivers(text) == []
    assert mask_waivers(text) == text


def test_a_word_comment_is_a_waiver_where_it_says_so() -> None:
    waiver = waiver_in_note("忽略 G221：确为我单位提法", LINE, "李敏", "2025-12-20")
    assert waiver == Waiver(codes=["G221"], reason="确为我单位提法", text=LINE, by="李敏", on="2025-12-20")
    assert waiver_in_note("请核对数字", LINE) is None


def test_the_parser_reads_them_as_white_space(kind: Kind) -> None:
    text = f"一、基本情况\n　　{LINE}<!-- nigao 忽略 G221：有据 -->\n<!-- nigao 忽略 T5：有据 -->\n　　全年无违纪。\n"
    report = parse_report(text, kind)
    assert render_text(report) == text
    assert [sentence.text for sentence in report.sentences()] == [LINE, "全年无违纪。"]
    assert len(report.waivers) == 2


@given(
    st.lists(
        st.sampled_from(["一、基本情况", LINE, "　　", "\n", "<!-- nigao 忽略 G2：甲 -->", "<!-- ", "-->", "（一）"])
    )
)
def test_no_character_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert render_text(parse_report(text, KIND)) == text
    assert len(mask_waivers(text)) == len(text)
