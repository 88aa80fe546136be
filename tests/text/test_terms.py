"""Checkable terms: what is a claim, where it stands, and that two spellings of one thing have one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.terms import TermKind, checkable_terms, fold


def of_kind(text: str, kind: TermKind) -> list[tuple[str, str]]:
    return [(term.text, term.key) for term in checkable_terms(text) if term.kind is kind]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("培训12次", [("12次", "12次")]),
        ("培训十二次", [("十二次", "12次")]),
        ("十二次培训全部完成", [("十二次", "12次")]),
        ("参加46人次", [("46人次", "46人次")]),
        ("参加46余人次", [("46余人次", "46人次")]),
        ("达到百分之三十", [("百分之三十", "30%")]),
        ("达到30%", [("30%", "30%")]),
        ("达到３０％", [("３０％", "30%")]),
        ("提高2.50个百分点", [("2.50个百分点", "2.5个百分点")]),
        ("提高三个百分点", [("三个百分点", "3个百分点")]),
        ("投入10万元", [("10万元", "100000元")]),
        ("投入十万元", [("十万元", "100000元")]),
        ("投入十余万元", [("十余万元", "100000元")]),
        ("投入100,000元", [("100,000元", "100000元")]),
        ("八成以上群众满意", [("八成", "80%")]),
        ("热线12345", [("12345", "12345")]),
        ("占三分之二", [("三分之二", "0.6666666666666666666666666667")]),
    ],
)
def test_numbers(text: str, found: list[tuple[str, str]]) -> None:
    assert of_kind(text, TermKind.NUMBER) == found


@pytest.mark.parametrize(
    "text",
    [
        "思想统一、步调一致",
        "落实“一岗双责”",
        "新一轮机构改革",
        "过去一年",
        "同群众坐在一起",
        "一个支部",
        "两个维护",
        "第三次会议",
        "一成不变",
        "数十次",
        "几百名群众",
        "两三次",
        "万众一心",
    ],
)
def test_chinese_digits_that_claim_nothing(text: str) -> None:
    assert of_kind(text, TermKind.NUMBER) == []


def test_the_ordinal_at_the_head_claims_nothing() -> None:
    assert of_kind("1.开展培训3次", TermKind.NUMBER) == [("3次", "3次")]
    assert of_kind("三是召开会议四次", TermKind.NUMBER) == [("四次", "4次")]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2025年12月26日", "2025-12-26"),
        ("二〇二五年十二月二十六日", "2025-12-26"),
        ("2025年", "2025--"),
        ("3月5日", "-3-5"),
        ("三月五日", "-3-5"),
    ],
)
def test_dates_have_one_key(text: str, key: str) -> None:
    assert of_kind(f"会议于{text}召开", TermKind.DATE) == [(text, key)]


def test_a_span_of_years_is_two_dates() -> None:
    assert [key for _, key in of_kind("2023—2025年规划", TermKind.DATE)] == ["2023--", "2025--"]
    assert of_kind("2023—2025年规划", TermKind.NUMBER) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("落实《首问负责办法（试行）》要求", "首问负责办法(试行)"),
        ("转发《关于印发〈值班规则〉的通知》", "关于印发〈值班规则〉的通知"),
        ("转发《关于印发《值班规则》的通知》", "关于印发《值班规则》的通知"),
        ("《2025年工作要点》", "2025年工作要点"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert [key for _, key in of_kind(text, TermKind.TITLE)] == [title]
    assert of_kind(text, TermKind.DATE) == []


def test_quoted_terms_in_either_style() -> None:
    assert of_kind("落实“首问 负责”和「一次办结」", TermKind.QUOTED) == [
        ("“首问 负责”", "首问负责"),
        ("「一次办结」", "一次办结"),
    ]
    assert of_kind("“" + "长" * 61 + "”", TermKind.QUOTED) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("（云政办发〔2025〕3号）", "云政办发〔2025〕3号"),
        ("根据云政办发〔2025〕3号文件", "云政办发〔2025〕3号"),
        ("认真贯彻落实云办发[2025]第12号", "云办发[2025]第12号"),
        ("和政发（2024）7号", "和政发（2024）7号"),
    ],
)
def test_document_numbers_begin_with_the_issuers_code(text: str, number: str) -> None:
    assert [found for found, _ in of_kind(text, TermKind.DOCUMENT_NUMBER)] == [number]
    assert of_kind(text, TermKind.NUMBER) == []


def test_one_key_for_two_brackets() -> None:
    assert fold("云办发[2025]3号") == fold("云办发〔2025〕3号")
    assert fold("“甲　乙”—Ａ") == fold("「甲乙」-A")


def test_terms_come_in_reading_order() -> None:
    text = "2025年，按照《办法》开展“回头看”3次，整改完成率达98%。"
    assert [term.kind for term in checkable_terms(text)] == [
        TermKind.DATE,
        TermKind.TITLE,
        TermKind.QUOTED,
        TermKind.NUMBER,
        TermKind.NUMBER,
    ]


PIECES = st.sampled_from(
    [
        "2025年",
        "3月5日",
        "十二次",
        "12",
        "万元",
        "%",
        "百分之",
        "三十",
        "《",
        "》",
        "“",
        "”",
        "云办发",
        "〔2025〕",
        "3号",
        "，",
        "。",
        "一、",
        "一是",
        "个百分点",
        "成以上",
        "—",
        "党",
        "名",
        " ",
        "\n",
        "３",
        ".",
        "5",
        "多",
        "余",
    ]
)


@given(st.lists(st.one_of(PIECES, st.characters()), max_size=25).map("".join))
def test_offsets_hold_and_terms_of_a_kind_do_not_overlap(text: str) -> None:
    ends: dict[TermKind, int] = {}
    starts: list[int] = []
    for term in checkable_terms(text):
        assert text[term.start : term.end] == term.text
        assert term.start >= ends.get(term.kind, 0)
        ends[term.kind] = term.end
        starts.append(term.start)
    count = len(checkable_terms(text))
    assert starts[:count] == sorted(starts[:count])


@given(st.text(alphabet='甲乙“”「」『』"—–-－[]〔〕（）()Ａ１ 　\n％%', max_size=30))
def test_folding_is_settled_at_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert not any(c.isspace() for c in fold(text))
