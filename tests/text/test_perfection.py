"""Praise and an admitted lack contradict only where the praise leaves nothing over, or says what the lack denies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.report.kinds import load_kind
from nigao.text.perfection import lacks, praises, taken_back

LACK_WORDS = load_kind("political-ecology").lack_words


def contradict(praised: str, admitted: str) -> bool:
    admissions = lacks(admitted, LACK_WORDS, heads=True)
    return any(taken_back(praise, lack) for praise in praises(praised) for lack in admissions)


@pytest.mark.parametrize(
    ("praised", "admitted"),
    [
        ("谈话提醒工作已不存在任何问题。", "谈话提醒仍有薄弱环节。"),
        ("调研成果运用全面到位，没有发现任何问题。", "调研成果运用还不够充分。"),
        ("调研成果运用中，没有发现任何问题。", "调研成果运用还不够充分。"),
        ("预约办理的渠道全部达到要求，无一遗漏。", "预约办理的渠道不够畅通。"),
        ("支部活动形式无可挑剔。", "支部活动形式比较单一。"),
        ("窗口服务全面到位。", "窗口服务水平与群众期盼有差距。"),
        ("彻底解决窗口排队时间偏长问题。", "窗口排队时间偏长。"),
        ("窗口排队时间偏长问题得到彻底解决。", "窗口排队时间偏长。"),
        ("组织生活严格规范。", "组织生活不够规范。"),
        ("廉政责任落实到位。", "廉政责任落实不到位。"),
        ("警示教育成效显著。", "警示教育成效不够明显。"),
        ("财务审核严格。", "财务审核不严。"),
    ],
)
def test_praise_that_the_admission_takes_back(praised: str, admitted: str) -> None:
    assert contradict(praised, admitted)


@pytest.mark.parametrize(
    ("praised", "admitted"),
    [
        # Results granted, and a lack admitted all the same.
        ("理论学习抓在经常。", "理论学习联系实际还不够。"),
        ("理论学习实现全覆盖。", "理论学习联系实际还不够。"),
        ("窗口服务水平明显提升。", "窗口服务水平有待提高。"),
        ("圆满完成招商引资任务。", "招商引资质量不高。"),
        ("组织生活严格规范。", "组织生活的质量有待提高。"),
        ("内控制度逐步完善。", "内控制度不够完善。"),
        ("内控制度更加完善。", "内控制度不够完善。"),
        # Only some of it.
        ("组织生活严格规范。", "个别支部组织生活不够规范。"),
        # A count, a wish, something particular, something else.
        ("全部解决群众反映问题285件。", "群众反映渠道不够畅通。"),
        ("确保廉政责任全面到位。", "廉政责任传导仍有薄弱环节。"),
        ("窗口服务没有发现任何违纪违法问题。", "窗口服务不够规范。"),
        ("责任全面落实到位。", "安全生产责任落实不够。"),
        ("党组会议纪要归档全面到位。", "理论学习联系实际还不够。"),
    ],
)
def test_praise_that_stands(praised: str, admitted: str) -> None:
    assert not contradict(praised, admitted)


@given(st.text("理论学习全面到位不够问题没有任何的，。；0一", max_size=40))
def test_places_are_inside_the_sentence(sentence: str) -> None:
    for praise in praises(sentence):
        assert 0 <= praise.start < praise.end <= len(sentence)
        assert len(praise.thing) >= 3
    for lack in lacks(sentence, LACK_WORDS):
        assert lack.text in sentence
