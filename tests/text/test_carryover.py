"""Sentences taken over from an earlier text are found, others are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.carryover import EarlierSentences

OLD = (
    "一年来，中心组织集中学习24次，班子成员带头到基层支部讲党课6场。中心深化窗口服务改革，推行查档预约和上门办理，"
    "群众等候时间明显缩短。\n二是干部队伍结构不够合理，三十五岁以下的年轻干部偏少，专业人才缺乏。\n很好。"
    "查档热线全年受理诉求4.3万件，满意率91.6%。核定编制12名，内设3个科室。"
)
KNOWN = EarlierSentences([("去年的报告", OLD)])


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("一年来，中心组织集中学习24次，班子成员带头到基层支部讲党课6场。", True),
        ("一年来中心组织集中学习31次、班子成员带头到基层支部讲党课6场。", True),
        ("三是干部队伍结构不够合理，三十五岁以下的年轻干部偏少，专业人才缺乏。", True),
        ("中心深化窗口服务改革，新增自助终端四台，群众办事更加便捷高效。", False),
        ("查档热线全年受理诉求4.3万件，满意率91.6%。", True),
        ("查档热线全年受理诉求5.1万件，满意率91.6%。", False),
        ("查档热线全年受理诉求4.3万件，满意率93.2%。", False),
        ("核定编制12名，内设3个科室。", False),
        ("很好。", False),
        ("", False),
    ],
)
def test_what_was_taken_over(sentence: str, found: bool) -> None:
    earlier = KNOWN.find(sentence)
    assert (earlier is not None) is found
    if earlier is not None:
        assert earlier.title == "去年的报告"
        assert earlier.text in OLD


@given(
    st.lists(
        st.text(alphabet="党建责任落实机关干部学习纪律监督群众服务", min_size=22, max_size=60), min_size=1, max_size=8
    )
)
def test_every_sentence_of_the_text_itself_is_found(sentences: list[str]) -> None:
    known = EarlierSentences([("甲", "。".join(sentences))])
    for sentence in sentences:
        pairs = {sentence[i : i + 2] for i in range(len(sentence) - 1)}
        if len(pairs) >= 20:
            assert known.find(f"{sentence}。") is not None
