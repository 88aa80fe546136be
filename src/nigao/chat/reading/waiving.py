"""Letting findings stand: 忽略G209，理由：领导同志讲话原文."""

from __future__ import annotations

import re

from nigao.chat.commands import WaiveCommand
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.said import unquoted, without_mark
from nigao.chat.reading.turn import Turn
from nigao.chat.reading.wordlists import any_of

_LET = any_of(
    """
    不用管[它他P]?了? 别管[它他P]了? 忽略(?:掉|了)?
    (?:可以)?先?(?:不用|不必|无需|不需要|不要)再?(?:管|改|理|处理|报|提示|提醒|理会)了? 不管了? 不改了?
    放过 豁免 保留(?:原样|不改)? 不处理 跳过 免了 不算(?:错|问题) 没问题 不用改了? 别管了? 别报了? 别再报了? 不是问题
    不采纳 可以接受 屏蔽 不再提示 留着不改 关掉 放行
    """
)
_CALLED = any_of("意见 提示 问题 规则 检查 错误 警告")
_CODES = rf"(?:规则|意见|检查|提示|编号)?(?P<codes>C(?:[和与、，及跟]?C)*)号?(?:[这那]一?[条个处]|P)?的?{_CALLED}?"
_AT = r"(?:(?:在|把|将)?(?P<place>P)(?:里|中)?的?)?"
_WHY = (
    r"(?:[，。；、]?(?:(?:理由|原因|说明)(?:是|为|：)?：?|因为|由于|：|，(?!把|将|再|然后|并|请|同时|顺便|接着))"
    r"(?P<reason>(?<=，)[^LSRCF，]+|(?<!，).+))?"
)
_FORMS = (
    re.compile(rf"{_LET}(?:一下)?{_AT}{_CODES}{_WHY}"),
    re.compile(rf"{_AT}(?:把|将)?{_CODES}(?:，)?(?:都|就|先|给|可以|这里|全部|予以|也)*{_LET}(?:一下|吧)?{_WHY}"),
    re.compile(rf"(?:因为|由于|鉴于)(?P<reason>[^，]+)，(?:所以)?{_AT}(?:把|将)?{_CODES}(?:都|就|先|可以)*{_LET}"),
    re.compile(rf"(?:因为|由于|鉴于)(?P<reason>[^，]+)，(?:所以)?{_LET}(?:一下)?{_AT}{_CODES}"),
)


def read(turn: Turn) -> Outcome:
    """The reading as a waiver; empty where the words are none."""
    for form in _FORMS:
        found = form.fullmatch(turn.text)
        if found is None:
            continue
        codes = [m.upper() for m in re.findall(r"[a-z]{1,2}\d{3}", turn.skeleton.plain(*found.span("codes")))]
        reason = without_mark(unquoted(turn.skeleton.verbatim(*found.span("reason")))) if found["reason"] else ""
        waived = WaiveCommand(codes=tuple(codes), reason=reason)
        return _at(turn, waived, *found.span("place")) if found["place"] else Outcome.of(waived)
    return Outcome()


def _at(turn: Turn, waived: WaiveCommand, start: int, end: int) -> Outcome:
    """The waiver of one place."""
    mentions = [slot.mention for slot in turn.skeleton.slots_in(start, end) if slot.mention is not None]
    ways, why = turn.ways(mentions)
    return turn.decided(
        ways, lambda way: waived.model_copy(update={"place": way[0][0]}) if len(way[0]) == 1 else None, why
    )
