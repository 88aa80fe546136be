"""Near wordings, figures in their context, and the fidelity of a sentence to its quotation, as pure functions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.contexts import number_in_context
from nigao.text.fidelity import repeats
from nigao.text.phrases import as_title, find_phrases, nearest, slips
from nigao.text.terms import TermKind, checkable_terms

HAN = st.text(alphabet="学习工作制度管理办法党组会议清单公开", min_size=0, max_size=16)


@pytest.mark.parametrize(
    ("written", "approved", "expected"),
    [
        ("三会两课", "三会一课", 1),
        ("一网统办", "一网通办", 1),
        ("双随机一公开", "双随机、一公开", 1),
        ("档案利用工作办法条例", "档案利用工作管理办法条例", 2),
        # Two things, not a slip.
        ("十三五", "十四五", 0),
        ("十一连增", "十二连增", 0),
        ("上半年工作总结", "下半年工作总结", 0),
        ("2024年工作要点", "2025年工作要点", 0),
        ("第一批整改清单", "第二批整改清单", 0),
        ("理论学习工作年度计划", "理论培训工作年度计划", 0),
        ("中国品牌日", "中国品牌", 0),
        ("中华人民共和国专利法", "中华人民共和国宪法", 0),
        ("四风", "四诊", 0),
    ],
)
def test_slips(written: str, approved: str, expected: int) -> None:
    assert slips(written, approved) == slips(approved, written) == expected


@given(HAN, HAN)
def test_slips_are_few_and_symmetric(one: str, other: str) -> None:
    apart = slips(one, other)
    assert apart == slips(other, one)
    assert 0 <= apart <= 2
    assert slips(one, one) == 0


def test_phrases_and_the_nearest_of_them() -> None:
    approved = list(find_phrases("落实“三会一课”，印发《学习制度》和「清风」。"))
    assert [(p.is_title, p.key) for p in approved] == [(False, "三会一课"), (True, "学习制度"), (False, "清风")]
    (written,) = find_phrases("“三会两课”")
    assert nearest(written, approved) == approved[0]
    assert nearest(approved[0], approved) is None
    # A title is compared with titles only.
    assert nearest(as_title("三会两课"), approved) is None


@given(HAN.filter(bool))
def test_a_sentence_repeats_itself_under_any_name_of_the_unit(words: str) -> None:
    assert repeats(f"县水务局{words}。", [f"我局{words}；"], ["岚溪县水务局", "县水务局"])
    assert repeats(words, [f"前言{words}后语"], [])


@given(HAN)
def test_a_figure_stands_in_its_own_sentence(words: str) -> None:
    sentence = f"{words}12次。"
    for term in checkable_terms(sentence):
        if term.kind is TermKind.NUMBER:
            assert number_in_context(f"标题\n{sentence}", sentence, term)
