"""The polite and the colloquial around what is wanted: 麻烦帮我……一下吧，可以吗？ It is taken off before reading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nigao.chat.reading.said import Said

# What may be said before a wish and changes nothing of it. A denial or an “if” must never stand here.
_BEFORE = (
    *(
        "请(?!问|示|求|教)",
        "麻烦",
        "劳驾",
        "烦请",
        "有劳",
        "辛苦",
        "拜托",
        "帮我们",
        "帮我",
        "帮忙",
        "替我",
        "帮(?!助|扶|办|我|忙)",
        "你",
        "您",
        "咱们",
        "让我(?=[看瞧])",
        "我(?=同意|批准|确认|签发)",
    ),
    *(
        "那么",
        "那就",
        "那(?![一个条句段点些么])",
        "就(?!业|是|要|用|这)",
        "现在",
        "接下来",
        "接着",
        "然后",
        "再(?!次)",
        "还是",
        "先(?![进后不别])",
        "另外",
        "对了",
        "嗯",
        "好(?!差|像|多|不|的)",
        "好的",
        "哦",
    ),
    *(
        "我想要",
        "我想",
        "我要",
        "我需要",
        "我希望",
        "我建议",
        "建议",
        "希望",
        "需要",
        "我们",
        "想要",
        "想",
        "直接",
        "干脆",
        "最好",
        "应该",
        "应当",
    ),
    *("，", "、", "。", "！", "：", "~"),
)
# 能不能……: a wish in the form of a question; then 吗 and ？ belong to it.
_MAY = (
    "可不可以",
    "能不能",
    "可否",
    "能否",
    "是否可以",
    "可以(?=帮|把|将|给|请|麻烦|再|先)",
    "能(?=帮|把|将|给|请|麻烦|再|先)",
)
_OPENING = re.compile(rf"(?:{'|'.join(sorted(_BEFORE, key=len, reverse=True))}|给我(?!一?[份个]|[a-z]|导|出|看))+")
_OPENING_MAY = re.compile(rf"(?P<may>{'|'.join(sorted(_MAY, key=len, reverse=True))})")
_AGREED = r"(?:可以吗|可以么|好吗|好么|好嘛|行吗|行么|行不行|好不好|可不可以|可以不|成吗|成不|中不)"
_THANKS = r"(?:谢谢你|谢谢您|谢谢了|谢谢|多谢|谢了|感谢|辛苦了|辛苦|拜托了|拜托|麻烦了|thanks|thx)"
_CLOSING = re.compile(
    rf"(?:[，。！~…；、]|{_THANKS}|{_AGREED}[？?]?|吧|哈|啊|呀|哦|喔|嘛|哟|就够了?|足够了?|即可|就行了?|就好了?|就可以了?|为好|为宜)+$"
)
_CLOSING_MAY = re.compile(r"(?:吗|么|呢|不)?[？?]+$|(?:吗|么)$")


# In the middle it makes a wish of a question only before 再: 第二条能不能删 is a question, 能不能再精炼些 is none.
_MAY_MORE = re.compile("(?:能不能|可不可以|能否|可否)再|能(?:再)?(?:改|压|写|缩|精简|润色|扩|短|长|调整)[^？]*吗")


@dataclass(frozen=True, slots=True)
class Core:
    """What is left: the words from `start` to `end` of what was said. `may` where it was said as a polite question."""

    start: int
    end: int
    may: bool


def core(said: Said) -> Core:
    """Where the wish itself stands. The editor's own words behind a colon keep their end."""
    plain = said.plain
    start, may = _start(plain)
    may = may or _MAY_MORE.search(plain) is not None
    end = len(plain)
    if "：" in plain[start:]:
        return Core(start, end, may)
    while True:
        closing = _CLOSING.search(plain, start, end)
        if closing is None and may:
            closing = _CLOSING_MAY.search(plain, start, end)
        if closing is None or closing.start() <= start:
            return Core(start, end, may)
        end = closing.start()


def _start(plain: str) -> tuple[int, bool]:
    start, may = 0, False
    while True:
        found = _OPENING.match(plain, start)
        if found is None:
            found = _OPENING_MAY.match(plain, start)
            may = may or found is not None
        if found is None or found.end() == len(plain):
            return start, may
        start = found.end()
