"""Whether evidence holds a term: by value and unit, by precision, or word for word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.support import supports
from nigao.text.terms import TermKind, checkable_terms


def held(evidence: str, sentence: str) -> bool:
    """Whether the evidence supports every term of the sentence; there must be one."""
    terms = checkable_terms(sentence)
    assert terms
    return all(supports(evidence, term) for term in terms)


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        ("全年培训12次。", "培训十二次"),
        ("办结率百分之三十", "办结率达30%"),
        ("投入10万元", "投入100,000元"),
        ("投入1700余万元", "投入1700多万元"),
        ("开展12场次", "开展12场"),
        ("“回头看”12次见“第3期简报”", "简报3期"),
        ("落实《12次例会纪要》", "例会12次"),
        ("2025年3月5日召开", "2025年3月召开"),
        ("二〇二五年三月五日召开", "2025年召开"),
        ("2025年3月5日召开", "3月5日召开"),
        ("执行《首问负责办法》", "落实《首问负责办法》"),
        ("树立首问负责的理念", "坚持“首问负责”"),
        ("坚持「首问负责」", "坚持“首问负责”"),
        ("《通知》（云办发[2025]3号）", "根据云办发〔2025〕3号要求"),
        ("提高3个百分点", "提高三个百分点"),
        ("甲\n培训12次\n乙", "培训12次"),
    ],
)
def test_held(evidence: str, sentence: str) -> None:
    assert held(evidence, sentence)


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        ("全年培训12次。", "培训13次"),
        ("全年培训12次。", "培训12场"),
        ("参加12人次", "参加12人"),
        ("参加12人", "参加12人次"),
        ("办结12件", "编号12"),
        ("编号12", "办结12件"),
        ("提高30%", "提高30个百分点"),
        ("提高30个百分点", "提高30%"),
        ("投入10元", "投入10万元"),
        ("2025年3月召开", "2025年3月5日召开"),
        ("2025年召开", "2024年召开"),
        ("3月5日召开", "2025年3月5日召开"),
        ("执行《首问负责办法（试行）》", "落实《首问负责办法》"),
        ("执行首问负责办法", "落实《首问负责办法》"),
        ("坚持“首问负责制”", "坚持“首问包干”"),
        ("云办发〔2025〕13号", "根据云办发〔2025〕3号要求"),
        ("", "培训12次"),
    ],
)
def test_not_held(evidence: str, sentence: str) -> None:
    assert not held(evidence, sentence)


@given(st.integers(0, 10**6), st.sampled_from(["次", "名", "件", "人次", "%", "个百分点", "元", ""]))
def test_a_statement_supports_itself_and_no_other_figure(value: int, unit: str) -> None:
    sentence = f"共计{value}{unit}，完成"
    assert held(sentence, sentence)
    assert not held(f"共计{value + 1}{unit}，完成", sentence)


@given(
    st.lists(
        st.sampled_from(
            ["2025年", "3月5日", "12次", "《办法》", "“提法”", "云办发〔2025〕3号", "三十人", "，", "和", "。"]
        ),
        max_size=10,
    ).map("".join)
)
def test_every_text_supports_its_own_terms(text: str) -> None:
    for term in checkable_terms(text):
        if term.kind is not TermKind.DOCUMENT_NUMBER or text.count("云办发") == 1:
            assert supports(text, term)
