"""How many points a sentence announces (还存在以下四个方面的问题：)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nigao.text.numerals import parse_integer

_NUMBER = r"(?P<number>[两二三四五六七八九十]{1,2}|\d{1,2})"
_COUNTED = (
    "方面|问题|不足|短板|差距|弱项|措施|任务|工作|举措|重点|特点|特征|环节|原因|困难|建议|意见|经验|做法|阶段|步骤"
    "|要求|目标|原则|情况|表现|内容|事项"
)
_MEASURE = "个|项|条|点|大|类|种|方面"
# The number stands in the words that close the sentence, or right behind 以下.
_AT_END = re.compile(rf"{_NUMBER}(?:{_MEASURE})(?:主要|突出|重点|具体)?的?(?:{_COUNTED})?[^，。；：\d]{{0,5}}：$")
_FOLLOWING = re.compile(rf"(?:以下|下列|如下){_NUMBER}(?:{_MEASURE})[^，。；：\d]{{0,10}}[：。]$")
_QUOTED = re.compile("“[^”]*”|《[^》]*》")


@dataclass(frozen=True, slots=True)
class Announced:
    """`count` points are announced at `start:end` of the sentence."""

    start: int
    end: int
    count: int


def announced_count(sentence: str) -> Announced | None:
    """The number of points that a sentence says will follow, or None."""
    plain = _QUOTED.sub(lambda match: "\1" * len(match.group()), sentence.rstrip())
    found = _FOLLOWING.search(plain) or _AT_END.search(plain)
    if found is None:
        return None
    before = plain[: found.start("number")]
    count = 2 if found["number"] == "两" else parse_integer(found["number"])
    # 前三项, 第二项, 每三个, 其他两个: not a count of what follows.
    if count is None or count < 2 or re.search("[第前后首每各另余近上这那其]$|其他|其余", before):
        return None
    return Announced(found.start("number"), found.end("number"), count)
