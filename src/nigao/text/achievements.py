"""Claims that a thing was wholly done, admissions that it was not, and when the two are about the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from nigao.text.clauses import clauses
from nigao.text.vocabulary import CARRYING, CONNECTING


class Aspect(StrEnum):
    """What is claimed of a thing; only the same aspect of it contradicts."""

    COVERED = "covered"
    DONE = "done"
    NONE = "none"
    IN_TIME = "in_time"


_NOT = "(?:未能?|没有?|没能|尚未|仍未|并未|不能)"
_CLAIMS = {
    Aspect.COVERED: re.compile(
        "全覆盖|全部(?=纳入|公开|上网|参加|建立|签订|到位)|(?:每[个名位项家]|各)[一-鿿]{1,6}都|全员"
    ),
    Aspect.DONE: re.compile(
        "(?:圆满|全面|如期|全部|均已?|已全部)(?=完成|办结|整改|落实|到位|化解|销号)|彻底(?=解决|整改|消除)|100[%％]|百分之百|百分百|清零"
    ),
    Aspect.NONE: re.compile(
        "(?:未|没有|从未|均未)(?=发生|出现|发现)|无一(?=例|人|起|件)|(?<![从全])无(?=违|事故|积压|拖欠|逾期|投诉)|零(?=投诉|差错|事故|失误|违|积压|拖欠|延误|逾期)"
    ),
    Aspect.IN_TIME: re.compile("(?:均|全部|都)(?:能|做到)?(?=按时|按期|及时)"),
}
_ADMISSIONS = {
    Aspect.COVERED: re.compile(
        f"{_NOT}[^，。]{{0,6}}(?:覆盖|做到|纳入|开展|建立|签订|参加|公开)|覆盖(?:面|率)?[^，。]{{0,3}}(?:不|偏|未)|空白|死角|盲区|遗漏"
    ),
    Aspect.DONE: re.compile(
        f"{_NOT}[^，。]{{0,6}}(?:完成|办结|整改|落实|到位|化解|解决|销号)|逾期|积压|滞后|拖延|进度[一-鿿]{{0,2}}慢|不到位|不彻底|欠账|反弹"
    ),
    Aspect.NONE: re.compile("(?<![未没有])(?:存在|发生|出现|仍有|时有|还有)|[1-9一二三四五六七八九十]+[起例件次]"),
    Aspect.IN_TIME: re.compile("不(?:够)?及时|逾期|拖延|滞后|超时|超期|延误"),
}
_HAN = re.compile("[一-鿿]+")
# What claims and admissions are made with is not what they are about.
_STANCE = """
    全覆盖 覆盖 全部 圆满 完成 全面 彻底 解决 整改 消除 清零 发生 出现 发现 没有 做到 实现 未能 尚未 不够 不到位
    不足 及时 经常 到位 规范 办结 问题 整改 按时 按期 仍有 还有 存在 逾期 落实
    偏少 偏低 滞后 部分 个别 少数 有的 一些 工作 群众 党员 干部 支部 单位 情况 要求 年内 全年
"""
# So many pairs of neighbouring characters must be of the same topic, and so much of the shorter of the two.
_FEWEST = 3
_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause at `start:end` of its sentence that says a thing is wholly done; `topic` are its telling pairs."""

    start: int
    end: int
    aspect: Aspect
    topic: frozenset[str]


@dataclass(frozen=True, slots=True)
class Admission:
    """A clause that admits a lack; `topic` are its telling pairs."""

    text: str
    aspect: Aspect
    topic: frozenset[str]


def claims(sentence: str) -> list[Claim]:
    """The clauses of a sentence that claim completeness."""
    return [
        Claim(clause.start, clause.end, aspect, _topic(clause.text))
        for clause in clauses(sentence)
        for aspect, pattern in _CLAIMS.items()
        if pattern.search(clause.text)
    ]


def admissions(sentence: str) -> list[Admission]:
    """The clauses of a sentence that admit a lack."""
    return [
        Admission(clause.text, aspect, _topic(clause.text))
        for clause in clauses(sentence)
        for aspect, pattern in _ADMISSIONS.items()
        if pattern.search(clause.text)
    ]


def opposed(claim: Claim, admission: Admission) -> bool:
    """Whether both are about the same aspect of one thing: most of the telling words of one stand in the other."""
    if claim.aspect is not admission.aspect:
        return False
    shared = len(claim.topic & admission.topic)
    return shared >= _FEWEST and shared >= _SHARE * min(len(claim.topic), len(admission.topic))


_GENERIC = re.compile(
    "|".join(sorted(map(re.escape, CARRYING | CONNECTING | frozenset(_STANCE.split())), key=len, reverse=True))
)


def _topic(clause: str) -> frozenset[str]:
    plain = _GENERIC.sub("|", clause)
    return frozenset(run[i : i + 2] for run in _HAN.findall(plain) for i in range(len(run) - 1))
