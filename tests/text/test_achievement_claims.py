"""A claim and an admission contradict only where they are about the same aspect of one thing."""

from __future__ import annotations

import pytest

from nigao.text.achievements import admissions, claims, opposed
from nigao.text.announced import announced_count


def contradict(claimed: str, admitted: str) -> bool:
    return any(opposed(claim, lack) for claim in claims(claimed) for lack in admissions(admitted))


@pytest.mark.parametrize(
    ("claimed", "admitted"),
    [
        ("党员谈心谈话实现全覆盖。", "部分党员谈心谈话没有做到全覆盖。"),
        ("廉政谈话实现全覆盖。", "对新任职干部的廉政谈话存在空白。"),
        ("巡察反馈问题全部整改到位。", "巡察反馈问题整改不到位。"),
        ("来信来访全部办结。", "来信来访仍有3件逾期未办结。"),
        ("全年未发生违规收受礼品问题。", "个别干部存在违规收受礼品现象。"),
        ("年度档案移交任务全面完成。", "档案移交任务进度偏慢。"),
    ],
)
def test_contradictions(claimed: str, admitted: str) -> None:
    assert contradict(claimed, admitted)


@pytest.mark.parametrize(
    ("claimed", "admitted"),
    [
        ("廉政谈话实现全覆盖。", "廉政谈话针对性不够强。"),
        ("政务公开事项全部上网。", "政务公开事项目录更新不及时。"),
        ("全年未发生安全生产事故。", "安全生产责任落实不够。"),
        ("党员谈心谈话实现全覆盖。", "部分支部主题党日没有做到全覆盖。"),
        ("组织集中学习12次。", "集中学习没有做到全覆盖。"),
    ],
)
def test_another_aspect_or_another_thing(claimed: str, admitted: str) -> None:
    assert not contradict(claimed, admitted)


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("还存在以下四个方面的问题：", 4),
        ("主要存在三个问题：", 3),
        ("重点抓好两项工作：", 2),
        ("将采取以下5条措施。", 5),
        ("针对上述四个问题，将从以下方面整改：", None),
        ("牢固树立“四个意识”，做到：", None),
        ("前三项工作已经完成：", None),
        ("还存在以下问题：", None),
        ("全年召开四次会议。", None),
    ],
)
def test_how_many_points_are_announced(sentence: str, count: int | None) -> None:
    found = announced_count(sentence)
    assert (found.count if found else None) == count
    if found:
        assert 0 <= found.start < found.end <= len(sentence)
