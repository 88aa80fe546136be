"""A new report in free words: 起草一份2025年政治生态报告, 根据要求.yaml写个初稿."""

from __future__ import annotations

import re

from nigao.chat.commands import DraftCommand
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.turn import Turn

_WRITE = r"(?:起草|草拟|拟写|拟|写|撰写|生成|出|做|来|弄|搞)(?:一下|出)?"
_WHAT = r"(?:[^PLSRCFQ，。；：？不没别]{0,40})(?:报告|稿子|初稿|草稿|材料|总结|汇报|文稿)"
_NEW = re.compile(
    rf"(?:(?:根据|按照?|用|以|依据|照)(?P<brief>F)(?:的要求|来|，)?)?{_WRITE}(?:一)?[份篇个](?:新的?)?{_WHAT}(?:，?(?:要求(?:用|见|在|是)?|用|根据|按照?)(?P<brief2>F))?"
)


def read(turn: Turn) -> Outcome:
    """The reading as a wish for a new report; empty where the words are none."""
    found = _NEW.fullmatch(turn.text)
    if found is None:
        return Outcome()
    name = "brief" if found["brief"] else "brief2"
    brief = turn.skeleton.verbatim(*found.span(name)) if found[name] else ""
    if brief and not brief.lower().endswith((".yaml", ".yml")):
        return Outcome.asking("拟稿要求是一个 .yaml 文件")
    return Outcome.of(DraftCommand(brief=brief))
