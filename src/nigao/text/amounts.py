"""Figures as a reader compares them: how much, of what, how exactly, and among which words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from math import prod

from nigao.text.moments import find_moments
from nigao.text.numerals import find_numbers, fold_digits
from nigao.text.ordinals import match_ordinal

_MEASURES = (
    "个小时|个百分点|个季度|个年头|人次|场次|件次|家次|户次|批次|条次|架次|台次|车次|班次|个?工作日|平方公里|平方千米|平方米|立方米|平方|立方"
    "|万?公里|千米|厘米|毫米|海里|公顷|公斤|千克|毫克|摄氏度|千瓦时|千瓦|兆瓦|美元|欧元|英镑|日元|港元|港币|卢布|韩元|人民币|周岁|周年|年级"
    "|年代|世纪|小时|分钟|秒钟|季度|课时|学时|学年|个月|月份|字节"
    "|[次人名个件项场期篇份条户家处起宗套台辆元天日周月年倍轮批堂页字类级届岁位支间所座亩吨米部本册幅班队组款则只门例笔层艘架尾头匹棵株克]"
    "|[升度国时点分秒枚颗粒瓶箱袋包盒桶斤里列节课首曲集张片块根双对副排连代席票校县市区村镇乡站线路口步成档种样股栋幢号楼室厅栏版卷章]"
    "|人员|[强环刻夜晚声发案庭折把桩盏顶顷营团师军院刀串扇]"
)
_UNIT = re.compile(rf"\s*(?P<more>[余多来]?)(?P<unit>{_MEASURES})?")
# A Chinese digit claims a quantity only in front of one of these, and 一 in front of most of them is an article.
_ZH_MEASURE = re.compile(
    "[余多来]?(?:人次|场次|件次|家次|户次|批次|条次|个工作日|工作日|平方公里|平方米|立方米|公里|公顷|公斤|美元|欧元|英镑|日元|港元|周岁|周年"
    "|小时|分钟|季度|课时|学时|个月|[次人名个件项场期篇份条户家处起宗套台辆元天日周月年倍轮批堂页字届岁位支间所座亩吨米部本册幅班款只门例笔层]"
    "|[艘架尾头匹棵株克枚颗粒瓶箱袋盒桶张])"
)
_ARTICLE = re.compile(
    "一(?!个?小时|分钟|岁|倍|公里|公顷|公斤|吨|米|亩|万|亿|元|美元|个月|课时|学时|个?工作日|百|千|十)"
)
_IDIOM = re.compile(
    r"三位一体|五位一体|一人一|一户一|一件一|一事一|一年一度|十年如一日|一件件|一个个|百年大计|千家万户|千人一面"
)
_NAMING = "第统唯万同专逐之某任另数几每初近上头前这那哪各"
_ROUGH_BEFORE = re.compile("(?:约|近|将近|接近|大约|超过?|逾|不足|不到|不下|至少|最多|上|过|达到?近|最高|大概|左右)$")
_ROUGH_AFTER = re.compile("左右|上下|以上|以下|以内")
_FRACTION = re.compile(r"(?<![\d/.])(?P<above>[1-9])/(?P<below>[2-9]|10)(?![\d/])")
_CODE = re.compile(
    r"(?<![A-Za-z\d])(?:\d+(?:[·:：]\d+)+|[A-Za-z]+\d+[A-Za-z]*(?:-[A-Za-z]*\d+[A-Za-z]*)+|[A-Za-z]+[-—]?\d+[A-Za-z\d]*)(?![%％\d])"
)
# Units that count the same, by the one that stands for them.
_ONE_KIND = {
    written: unit
    for unit, others in {
        "人": "名 位 人员",
        "岁": "周岁",
        "年": "周年 学年 年代 个年头",
        "月": "月份 个月",
        "场": "场次",
        "批": "批次",
        "条": "条次",
        "工作日": "个工作日",
        "平方公里": "平方千米",
        "公里": "千米 万公里",
        "千克": "公斤",
        "立方米": "立方",
        "平方米": "平方",
        "港元": "港币",
        "秒": "秒钟",
        "日": "天",
        "元": "人民币",
        "时": "点",
        "班": "班次",
        "级": "年级",
        "小时": "个小时",
        "季度": "个季度",
    }.items()
    for written in others.split()
}
# 第一, 第二 and 第三 rank or begin an enumeration more often than they number.
_FIRST_FEW = ("一", "二", "三", "一二", "二三")
_NO_RANK = frozenset("，、,：是 ")
_TWO = re.compile("两(?:天|年|周|个月|个小时|小时|次|场|名|件|项|家|部|架|艘|辆|倍|岁|期|批|届|笔|起)")
# 上万起, 近千名, 数百家: a figure with no digit.
_BARE = re.compile(
    "(?<=[上近过逾超数成几])(?P<bare>[百千万亿]+)(?=[余多]?(?:人次|场次|[名人个家户件起项次场套条份辆台吨亩元公里册棵株种]))"
)
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_COUNTING = frozenset("个家所座处间户起件宗例条项款篇份本册部次场轮批只头尾匹枚颗台辆架艘套支张片块门种类样名人层栋幢")
_LARGE = 100
_CLOCK = ("时", "分", "日", "号")
_BEFORE, _AFTER = 12, 8
_SCALED = re.compile("[万亿.．]")
_FEWEST_DIGITS = 2
_STOP = re.compile("[。；！？\n]")
_CLAUSE = re.compile("[，：、。；！？\n]")
_HAN = re.compile("[一-鿿A-Za-z]+")


class Rough(Enum):
    """How far from the figure the truth may lie."""

    NO = 0
    ABOUT = 1  # 约30, 近30, 超过30: a tenth
    MORE = 2  # 30多: up to the next round figure
    SEVERAL = 3  # 数万: from one to ten of it


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure at `start:end`, from the digits to the unit.

    `value` of 30% is 30, with unit `%`; `rough` tells how 约, 近, 多 and the like widen it; `ordinal` for 第3;
    `noun` is the word counted, where one follows at once; `near` the character pairs of the words around it.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    rough: Rough
    ordinal: bool
    noun: str
    near: frozenset[str]


@lru_cache(maxsize=8192)
def find_amounts(text: str) -> tuple[Amount, ...]:
    """Every figure of a sentence or a paragraph that states how many or which one; dates are left out."""
    taken = [(date.start, date.end) for date in find_moments(text)] + [code.span() for code in find_codes(text)]
    taken += [match.span() for match in _FRACTION.finditer(text)]
    head = match_ordinal(text)
    if head is not None:
        taken.append((0, head.end))
    found = []
    for number in find_numbers(text):
        start, end = number.start, number.end
        if any(first < end and start < last for first, last in taken):
            continue
        if _IDIOM.search(text[max(0, start - 3) : end + 4]):
            continue
        arabic = any(c.isdecimal() for c in number.text)
        scaled = number.percent or number.text.endswith("个百分点") or "分之" in number.text
        if arabic or scaled or _states(text, number.text, start, end):
            found.append(_amount(text, start, end, number.value, number.percent, number.text))
    for match in _FRACTION.finditer(text):
        value = Decimal(int(match["above"])) / int(match["below"])
        found.append(_amount(text, match.start(), match.end(), value, True, match.group()))
    for match in _BARE.finditer(text):
        scale = Decimal(prod([_SCALES[c] for c in match.group()]))
        several = text[match.start() - 1] in "数成几"
        amount = _amount(text, match.start(), match.end(), scale, False, f"{match.group()}余")
        found.append(replace(amount, rough=Rough.SEVERAL) if several else amount)
    return tuple(sorted(found, key=lambda amount: amount.start))


def find_codes(text: str) -> list[re.Match[str]]:
    """Figures that name rather than count (G20, 787-9, 10·24, 3:2), in their places."""
    return list(_CODE.finditer(fold_digits(text)))


def _states(text: str, written: str, start: int, end: int) -> bool:
    """Whether Chinese digits count something: 十二次, 二十万元, 第七巡视组; not 一致, 第一, 两个维护."""
    if start > 0 and text[start - 1] == "第":
        return written not in _FIRST_FEW and text[end : end + 1] not in _NO_RANK
    if not _ZH_MEASURE.match(text, end) or _ARTICLE.match(text, start):
        return False
    named = start > 0 and text[start - 1] in _NAMING
    return not named and written != "零" and (written != "两" or _TWO.match(text, start) is not None)


def _amount(text: str, start: int, end: int, value: Decimal, percent: bool, written: str) -> Amount:
    unit, stop, more = "", end, ""
    if written.endswith("个百分点"):
        unit = "个百分点"
    elif percent or "分之" in written:
        unit, value = "%", value * 100
    elif (match := _UNIT.match(text, end)) is not None and match["unit"]:
        unit, stop, more = _ONE_KIND.get(match["unit"], match["unit"]), match.end(), match["more"]
    before = text[max(0, start - 4) : start]
    rough = Rough.NO
    if more or re.search("[多余来]", written) or re.match("[多余来]", text[stop:]):
        rough = Rough.MORE
    elif _ROUGH_BEFORE.search(before) or _ROUGH_AFTER.match(text[stop : stop + 2]):
        rough = Rough.ABOUT
    after = _CLAUSE.split(text[stop : stop + _AFTER])[0]
    noun = match_noun.group() if (match_noun := _HAN.match(after)) is not None else ""
    near, ordinal = _near(text, start, stop, after), before.endswith("第")
    # 第 belongs to the figure.
    start -= ordinal
    return Amount(start, stop, text[start:stop], value, unit, rough, ordinal, noun, near)


def _near(text: str, start: int, end: int, after: str) -> frozenset[str]:
    before = _STOP.split(text[max(0, start - _BEFORE) : start])[-1]
    return frozenset(
        run[i : i + 2] for part in (before, after) for run in _HAN.findall(part) for i in range(len(run) - 1)
    )


def same_value(said: Amount, given: Amount) -> bool:
    """Whether a reader takes both for one figure: equal, or equal as far as a rough one (约, 多, 近) goes."""
    if said.value == given.value or _rounds(said, given.value) or _rounds(given, said.value):
        return True
    return _reaches(said, given.value) or _reaches(given, said.value)


def _rounds(short: Amount, value: Decimal) -> bool:
    """Whether the figure is the value rounded or cut off, told in 万 or 亿 or with a decimal (1.3亿 for 12976万)."""
    if not _SCALED.search(short.text):
        return False
    _, digits, exponent = short.value.normalize().as_tuple()
    if not isinstance(exponent, int) or len(digits) < _FEWEST_DIGITS:
        return False
    last = Decimal(1).scaleb(exponent)
    return abs(short.value - value) < last and value != short.value and value % last != 0


def _reaches(rough: Amount, value: Decimal) -> bool:
    if rough.rough is Rough.NO or rough.unit in _CLOCK:
        return False
    if rough.rough is Rough.ABOUT:
        return abs(rough.value - value) * 10 <= abs(rough.value)
    if rough.rough is Rough.SEVERAL:
        return rough.value <= value < rough.value * 10
    return 0 <= value - rough.value <= _step(rough.value)


def _step(value: Decimal) -> Decimal:
    """One of the last digit that is not zero: 100 for 2600, and a half of the whole at most; nothing for 16."""
    _, digits, exponent = value.normalize().as_tuple()
    if digits == (0,) or exponent == 0:
        return Decimal(0)
    return min(Decimal(1).scaleb(int(exponent)), abs(value) / 2)


def same_unit(said: Amount, given: Amount) -> bool:
    """Whether both are in one unit. A figure without a unit goes with any but a share; words that count (个, 家, 起)
    stand for one another where the figure is large or stands among the same words.
    """
    if said.unit == given.unit:
        return True
    if "%" in (said.unit, given.unit) or "个百分点" in (said.unit, given.unit):
        return False
    if not said.unit or not given.unit:
        return True
    if said.unit in _COUNTING and given.unit in _COUNTING:
        return said.value >= _LARGE or not said.near.isdisjoint(given.near)
    return False
