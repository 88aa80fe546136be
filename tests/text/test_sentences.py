"""Sentences keep quotations and brackets whole and lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.sentences import split_sentences


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学习有计划。研讨有记录！落实了吗？", ["学习有计划。", "研讨有记录！", "落实了吗？"]),
        ("第一行没有句号\n第二行。", ["第一行没有句号", "第二行。"]),
        ("甲。\r\n\r\n  乙。  \n", ["甲。", "乙。"]),
        ("怎么办？！再想想。", ["怎么办？！", "再想想。"]),
        ("坚持“不忘初心。牢记使命”主题教育。完成。", ["坚持“不忘初心。牢记使命”主题教育。", "完成。"]),
        ("他说：“可以办。”随后签了字。", ["他说：“可以办。”", "随后签了字。"]),
        ("他说“可以办。”的时候很坚决。", ["他说“可以办。”的时候很坚决。"]),
        ("会议通过了（见附件。）并印发。", ["会议通过了（见附件。）", "并印发。"]),
        ("会议通过了（见附件。），并印发。", ["会议通过了（见附件。），并印发。"]),
        ("执行《办法。试行》规定。", ["执行《办法。试行》规定。"]),
        ("《关于印发〈办法。〉的通知》已下发。归档。", ["《关于印发〈办法。〉的通知》已下发。", "归档。"]),
        ("他写道：“未完。下一句。", ["他写道：“未完。", "下一句。"]),
        ("“引号跨行\n不合拢。下一句。", ["“引号跨行", "不合拢。", "下一句。"]),
        ("说完了。”下一句。", ["说完了。”", "下一句。"]),
        ("甲；乙；丙。", ["甲；乙；丙。"]),
        ("增长12.5%。达到1.2万件。", ["增长12.5%。", "达到1.2万件。"]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_bracket_that_never_closes_swallows_nothing() -> None:
    text = "（" + "说明情况。" * 200 + "结束）。"
    assert len(texts(text)) > 100


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("。！？“”（）《》【】\n\r 　，甲乙丙x1.!?"), st.characters()), max_size=80
    )
)
def test_every_visible_character_is_in_exactly_one_sentence(text: str) -> None:
    covered = [0] * len(text)
    end = 0
    for sentence in split_sentences(text):
        assert sentence.text == text[sentence.start : sentence.end]
        assert sentence.text
        assert sentence.text == sentence.text.strip()
        assert len(sentence.text.splitlines()) == 1
        assert sentence.start >= end
        end = sentence.end
        for i in range(sentence.start, sentence.end):
            covered[i] += 1
    assert all(count == 1 or (count == 0 and char.isspace()) for char, count in zip(text, covered, strict=True))
