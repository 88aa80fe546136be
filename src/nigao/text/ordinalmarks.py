"""The mark behind an ordinal: 一、 （一） 1. （1） 第一， 一是 (GB/T 15834—2011, B.2.5; GB/T 9704—2012, 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nigao.text.faults import HAN, Fault, visible

_ZH = "[一二三四五六七八九十]{1,3}"
_START = r"(?:^|(?<=[。；：\n]))[ \t\u3000]*"
_WORD = f"(?=[ \t\u3000]*[{HAN}“《])"
# 第一、第二产业 and 第三、四季度 list things.
_RANK = re.compile(
    rf"{_START}(?:第{_ZH}|首先|其次|再次|最后|其{_ZH})(、)(?!第|其|[一二三四五六七八九十]){_WORD}", re.MULTILINE
)
_BRACKETED = re.compile(rf"{_START}[（(](?:{_ZH}|\d{{1,2}})[）)]([、，．.]){_WORD}", re.MULTILINE)
_CIRCLED = re.compile(rf"{_START}[①-⑳]([、，．.]){_WORD}", re.MULTILINE)
# 3、4月份, 1、2号楼: a figure follows.
_ARABIC = re.compile(rf"{_START}\d{{1,2}}(、){_WORD}", re.MULTILINE)
_CHINESE = re.compile(rf"^[ \t\u3000]*{_ZH}([.．]){_WORD}", re.MULTILINE)
_ENUMERATED = re.compile(rf"(?:^[ \t\u3000]*|(?<=[。；：]))([一二三四五六七八九十])是([、，：]){_WORD}", re.MULTILINE)

_FIGURES = re.compile(rf"{_START}\d{{1,2}}[、.．]{_WORD}", re.MULTILINE)


def has_one_figure(text: str) -> bool:
    """Whether the text has no more than one ordinal in Arabic figures."""
    return len(_FIGURES.findall(visible(text))) < 2


def ordinal_marks(text: str) -> Iterator[Fault]:
    """The marks that stand wrongly behind an ordinal at the head of a line or a clause."""
    seen = visible(text)
    for match in _RANK.finditer(seen):
        yield Fault(match.start(1), match.end(1), "“第一”“首先”一类的序次语后面用逗号", "，", safe=True)
    for pattern, what in ((_BRACKETED, "带括号的序号"), (_CIRCLED, "带圈的序号")):
        for match in pattern.finditer(seen):
            yield Fault(match.start(1), match.end(1), f"{what}后面不用点号", "", safe=True)
    for match in _ARABIC.finditer(seen):
        yield Fault(match.start(1), match.end(1), "阿拉伯数字序号后面用下脚点", ".", safe=True)
    for match in _CHINESE.finditer(seen):
        yield Fault(match.start(1), match.end(1), "汉字数字序号后面用顿号", "、", safe=True)
    for match in _ENUMERATED.finditer(seen):
        # 问题之一是，… is no ordinal; the first of a list may come alone, the others follow one.
        yield Fault(match.start(2), match.end(2), "“一是”后面不用点号", "", safe=match.group(2) != "：")
