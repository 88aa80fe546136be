"""A remark before the wish: 套话多了点，重新组织一下语言. It is left out, unless it denies, binds or wishes itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.pieces import loose
from nigao.chat.reading.turn import Turn
from nigao.chat.reading.wordlists import any_of

_LONGEST = 14
# A place may be remarked on only where it stands first: 领导说第二条很好 is about what somebody said.
_REMARK = re.compile(rf"(?P<remark>(?P<place>P)?[^PLSRCFQ，：。；？]{{1,{_LONGEST}}})[，。；](?P<wish>[^？]+)")
# Words that deny, set a condition or a time, tell what was done, or take something up.
_BINDS = re.compile(
    any_of(
        """
        不 没 别 未 勿 非 如 若 假 要是 等 除 的话 以后 之后 之前 以前 前$ 后$ 完$ 再 先
        万一 比如 例如 譬如 只要 只有 哪怕
        即使
        把 将 吗 呢 什么 怎么 哪 谁 几 多少 说 讲 认为 觉得 建议 问(?!题) 昨天
        曾 已经 可能 也许 或 讨论 考虑 打算 准备 计划
        明天 下周
        回头
        """
    )
)
_HARMLESS = frozenset(
    ("show", "status", "help", "facts", "outline", "why", "placeholders", "resize", "compare", "lengthen", "pair")
)


def read(turn: Turn, understand: Callable[[Turn], Outcome]) -> Outcome:
    """The reading of what stands behind a remark; empty where there is none that may be left out."""
    found = _REMARK.fullmatch(turn.text)
    if found is None or _BINDS.search(found["remark"]) or set(loose(found["remark"])) - _HARMLESS:
        return Outcome()
    scene = turn.scene
    if found["place"]:
        ways, _ = turn.ways(turn.skeleton.mentions[:1])
        if len(ways) != 1 or len(ways[0][0]) != 1:
            return Outcome()
        # What is wished is of the place that was remarked on.
        scene = replace(scene, focus=ways[0][0][0])
    rest = Turn(turn.skeleton.verbatim(*found.span("wish")), scene)
    outcome = understand(rest)
    return outcome if outcome.sure and not outcome.why else Outcome()
