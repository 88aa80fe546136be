"""What is left behind in a text besides plain blanks: empty brackets, a template's labels, notes, dummy values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Residue(StrEnum):
    """The sort of thing left behind."""

    EMPTY = "empty"
    LABEL = "label"
    DATE = "date"
    PENDING = "pending"
    NOTE = "note"
    DUMMY = "dummy"


@dataclass(frozen=True, slots=True)
class Left:
    """Residue at `start:end`. `wanted` names what belongs there, where the words themselves say so."""

    kind: Residue
    start: int
    end: int
    text: str
    wanted: str = ""


# What a form asks for. （单位） alone abbreviates in 部门（单位）, so there it takes a whole label to tell.
_NAMED = (
    "单位名称|部门名称|机构名称|姓名|职务|职称|日期|时间|年份|年度|地点|金额|数字|数据|人数|数量|比例|文号|标题|落款"
    "|名称|内容|联系人|联系电话|电话|签名|盖章"
)
_LABEL_END = (
    "(?:名称|姓名|职务|日期|时间|年份|年度|地点|金额|数字|数据|人数|数量|比例|文号|标题|内容|名单|情况|单位|部门|电话"
    "|全称|简称|级别|负责人)"
)
_BLANK = "[ \\t\\u3000\\u00a0]"
# Each form with the characters of which a text must hold one to be worth looking through.
_PATTERNS: tuple[tuple[Residue, tuple[str, ...], str], ...] = (
    (
        Residue.EMPTY,
        ("”", "’", "」", "》", "〉", "〕", "）", ")", "］", "]"),
        rf"“{_BLANK}*”|‘{_BLANK}*’|「{_BLANK}*」|《{_BLANK}*》|〈{_BLANK}*〉|〔{_BLANK}*〕|（{_BLANK}*）|\({_BLANK}*\)"
        rf"|［{_BLANK}*］|\[{_BLANK}*\]",
    ),
    # 2025年 月 日: nothing but white space where the month or the day belongs.
    (
        Residue.DATE,
        ("年 ", "年\u3000", "月 ", "月\u3000", "年月日"),
        rf"(?:\d{{2,4}})?{_BLANK}*年{_BLANK}+月(?:{_BLANK}*日)?|\d{{1,2}}月{_BLANK}+日|年月日(?=$|[。，；）])",
    ),
    (
        Residue.LABEL,
        ("[", "［", "<", "＜", "〈", "{", "｛"),
        rf"[［\[<＜〈{{｛](?:请?(?:填写|输入|插入))?[一-鿿]{{0,8}}{_LABEL_END}[］\]>＞〉}}｝]",
    ),
    (
        Residue.LABEL,
        ("）", ")"),
        r"[（(](?:本)?(?:单位|部门|机构)(?:名称|全称|简称)[）)]|[（(](?:填写|请填写|插入|输入)[一-鿿]{1,12}[）)]"
        rf"|[（(](?:{_NAMED})[）)](?=[，。；：\s]|$)",
    ),
    (
        Residue.PENDING,
        ("待",),
        r"(?:数据|数字|人数|金额|时间|日期|内容|情况|名单|文号)?暂?待(?:定|核实?|补充?|填写?|确认|更新|续|提供|查证?)"
        r"(?=[，。；、）)】\]名人个件项次]|$)",
    ),
    (Residue.PENDING, ("？？", "??"), "[？?]{2,}"),
    (
        Residue.NOTE,
        ("）", ")"),
        r"[（(](?:[^（）()\n]{0,12}(?:请[一-鿿]{0,8}|(?:需|待|须)(?:进一步|再|另行)?)"
        r"(?:补充|核实|核对|填写|填报|提供|修改|更新|删除)[^（）()\n]{0,20}"
        r"|(?:注意|提示|批注)[：:][^（）()\n]{1,40}|(?:补充|填写|插入)[一-鿿]{2,16})[）)]",
    ),
    (
        Residue.DUMMY,
        ("00", "1234", "年0", "月0", *(str(n) * 5 for n in range(1, 10))),
        r"(?<![\d.．,，〇零])0{2,}(?=[名人个件项次万亿元家户篇场期份%％年月日])"
        r"|(?<!\d)(?:123456?7?8?9?|([1-9])\1{4,})(?=[名人个件项次万亿元家户篇场期份])"
        r"|(?:19|20)\d{2}年(?:00|0)月|月(?:00|0)日",
    ),
    (
        Residue.DUMMY,
        ("orem", "asdf", "qwerty", "测试测试", "占位", "示例文字", "样例文本", "待录入"),
        r"[Ll]orem ipsum|asdf+|qwerty|(?:测试){2,}|占位符|占位(?=[，。]|$)|示例文字|样例文本|待录入",
    ),
)
_COMPILED = tuple((kind, marks, re.compile(pattern, re.MULTILINE)) for kind, marks, pattern in _PATTERNS)
# 12345热线, 电话11111.
_NUMBER_NAMES = re.compile("(?:热线|电话|号|平台|编号)[：:]?$")


@lru_cache(maxsize=1024)
def find_residue(text: str) -> tuple[Left, ...]:
    """Everything left behind in the text, in order, nothing twice."""
    found: list[Left] = []
    for kind, marks, pattern in _COMPILED:
        if not any(mark in text for mark in marks):
            continue
        for match in pattern.finditer(text):
            taken = any(left.start < match.end() and match.start() < left.end for left in found)
            named = kind is Residue.DUMMY and _NUMBER_NAMES.search(text[: match.start()])
            if not taken and not named:
                found.append(Left(kind, match.start(), match.end(), match.group(), _named(match.group(), kind)))
    return tuple(sorted(found, key=lambda left: left.start))


def _named(written: str, kind: Residue) -> str:
    """What a template's label asks for: 单位名称 of ［单位名称］."""
    return re.sub("^(?:请?(?:填写|输入|插入))", "", written[1:-1]).strip() if kind is Residue.LABEL else ""
