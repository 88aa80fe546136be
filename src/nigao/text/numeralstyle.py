"""How figures are written: GB/T 15835—2011, and the numbers of documents after GB/T 9704—2012."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from nigao.text.faults import HAN, Fault, visible

_COUNTED = "多?(?:个(?!体)|名|人|次|天|项|件|家|户|倍|种|位|场|篇|条|岁|小时|分钟|公里|万|亿|元|年(?![级度])|米)"
_NEXT = {**dict(zip("一二三四五六七八", "二三四五六七八九", strict=True)), "两": "三"}
# 三、四十年 is a rough number; 三、四季度 and 一、二等奖 name two.
_ROUGH = re.compile(rf"([一二两三四五六七八])(、)([二三四五六七八九])(?=[十百千万亿]|{_COUNTED})")
_IN_LIST = re.compile(r"[第〇一二三四五六七八九百千万、\d]")
_ROUGH_FIGURES = re.compile(r"(?<![\d、.])([1-8])、([2-9])(?=个(?!体|工作组|季度)|名|次(?!会议)|十)")
_SOME = re.compile(r"\d+几(?=[十百千万个名人次年天项件家户])|(?<=[十百千万])几\d|几\d+(?=[个名人次年天项件家户])")

_NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)[十百千万亿]*"
_UNIT = f"[{HAN}%％]{{0,6}}?"
_TWICE = re.compile(
    rf"(?P<a>大约|约|近|将近|接近)(?P<n>{_NUMBER}){_UNIT}(?P<b>左右|上下)"
    rf"|(?P<c>不低于|不少于|不高于|不超过|不得少于|不得低于|不得超过|至少|最多|最低|最高)(?P<m>{_NUMBER}){_UNIT}"
    r"(?P<d>以上|以下|左右|上下)(?=[，。；、：）的\s]|$)"
    rf"|(?P<e>大约|约|超过|逾|突破)(?P<k>\d+(?:\.\d+)?[万亿千百]*)(?P<f>[多余])(?=[{HAN}])"
)

_RANGE_SIGN = r"\s?(?:—|–|－|-|―|～|~|至|到)\s?"
_PERCENT_RANGE = re.compile(rf"(?<![\d.%．])(\d+(?:\.\d+)?)(?={_RANGE_SIGN}\d+(?:\.\d+)?([%％‰]))")
_SCALE_RANGE = re.compile(rf"(?<![\d.．年])(\d+(?:\.\d+)?)(?={_RANGE_SIGN}\d+(?:\.\d+)?(万|亿)(?![吨千]?瓦))")
_UNITS = (
    "年(?!代)|个|月|日|天|人|名|次|项|件|家|户|倍|种|米|元|万|亿|公里|千米|厘米|毫米"
    "|小时|分钟|岁|吨|亩|级|周|篇|场|平方米|%|％|℃|厘|分(?!之)"
)
_HYPHEN_RANGE = re.compile(
    rf"(?<![\w.\-/—])(\d+(?:\.\d+)?(?:[%％万亿年月日]|万元|亿元)?)(-)(?=\d+(?:\.\d+)?(?:{_UNITS}))", re.ASCII
)

_MIXED = re.compile(
    r"(?<![\d.])(?:\d+万)?\d{1,2}(?:千(?![克米瓦伏卡帕赫焦分位升吨字安公平立万]|人计划)|百(?![货科姓分家帕合]|强)|十(?=多?[个名人次年天项件家户万亿余几]))\d*百?\d*"
)
_MIXED_DATE = re.compile(
    r"[一二][〇零○九一八][〇零○一二三四五六七八九]{2}年\d{1,2}月(?:\d{1,2}日)?|(?<!\d)(?:19|20)\d\d年(?:[一二三四五六七八九]|十[一二]?)月(?:[一二三四五六七八九十]{1,3}日)?"
)
_PER_HUNDRED = re.compile(r"百分之(\d+(?:\.\d+)?)")
_YEAR = re.compile(
    r"(?<![\d一二三四五六七八九十〇零○OＯ])[一二][〇零○OＯ0九一八][〇零○OＯ0-9一二三四五六七八九]{2}(?=年)"
)
# 01月14日, 01—03月: no year need stand before; 1.05日, 2025-03月 and a code (A03月) are other things.
_PADDED = re.compile(r"(?<![\d.．/A-Za-z-])0(?=[1-9](?:[—～~至到]\d{1,2})?[ \u00a0]?[月日])")
_SHORT_YEAR = re.compile(r"\d{2}年(?=(?:1[0-2]|[1-9])月(?!个))|['’‘]\d{2}年")
_LONGER_FIGURE = re.compile("[\\d第〇一二三四五六七八九十—－.-]")
_POINTED_DATE = re.compile(r"(?<![\d.])((?:19|20)\d\d)[./](1[0-2]|0?[1-9])[./](3[01]|[12]\d|0?[1-9])(?![\d./])")
_BARE_DECIMAL = re.compile(rf"(?<=[{HAN}，、（为达至到])\.(?=\d)")
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ][０-９Ａ-Ｚａ-ｚ％．]*|(?<=\d)[．％](?=[０-９])")
_CODE = re.compile(
    rf"(?P<who>[{HAN}])\s?(?P<open>[\[（(【［〔〖])(?P<space>\s*)(?P<year>\d{{4}})\s*(?P<close>[\]）)】］〕〗])"
    r"(?P<gap>\s*)(?P<nth>第\s?)?(?P<zeros>0*)(?P<number>[1-9]\d*)\s*号"
)


def rough_numbers(text: str) -> Iterator[Fault]:
    """A rough number made of two neighbouring digits takes no 、, and with 几 it takes Chinese digits."""
    seen = visible(text)
    for match in _ROUGH.finditer(seen):
        before = seen[match.start() - 1 : match.start()]
        # 第三、四个 and 一、二、三个 list; 十三、四个 does not.
        if _NEXT.get(match.group(1)) == match.group(3) and not _IN_LIST.match(before):
            sure = match.group(1) == "两" or seen[match.end() : match.end() + 1] in tuple("十百千万亿")
            yield Fault(match.start(2), match.end(2), "隔开了表示概数的两个数字", "", safe=sure)
    for match in _ROUGH_FIGURES.finditer(seen):
        if int(match.group(2)) == int(match.group(1)) + 1:
            yield Fault(match.start(), match.end(), "是概数，用汉字数字且中间不加顿号")
    for match in _SOME.finditer(seen):
        yield Fault(match.start(), match.end(), "含“几”的概数，用汉字数字")


def doubly_rough(text: str) -> Iterator[Fault]:
    """约…左右, 不少于…以上, 超过…余: two words of which one contradicts or repeats the other."""
    for match in _TWICE.finditer(visible(text)):
        first = match["a"] or match["c"] or match["e"]
        second = match["b"] or match["d"] or match["f"]
        how = "意思矛盾" if match["c"] or match["e"] in ("超过", "逾", "突破") else "意思重复"
        # 近 with a span of years looks back (近10年左右的…).
        if match["a"] != "近" or not re.search(r"[年月天日]", match.group()):
            yield Fault(match.start(), match.end(), f"“{first}”与“{second}”{how}")


def ranges(text: str) -> Iterator[Fault]:
    """20—30%, 3—5万: the first number lacks what the second has; 5-10名: joined by a hyphen."""
    seen = visible(text)
    for match in _PERCENT_RANGE.finditer(seen):
        if not re.fullmatch(r"(?:19|20)\d\d", match.group(1)):
            sign = match.group(2)
            yield Fault(match.start(), match.end(), f"后面省略了“{sign}”", match.group(1) + sign, safe=True)
    for match in _SCALE_RANGE.finditer(seen):
        if not re.fullmatch(r"(?:19|20)\d\d", match.group(1)):
            note = f"后面省略了“{match.group(2)}”，读来有歧义"
            yield Fault(match.start(), match.end(), note, match.group(1) + match.group(2))


def hyphen_ranges(text: str) -> Iterator[Fault]:
    """5-10名, 2019-2025年: a span joined by a hyphen."""
    seen = visible(text)
    for match in _HYPHEN_RANGE.finditer(seen):
        waves = seen.count("～")
        dash = "～" if waves > len(re.findall(r"\d—\d", seen)) else "—"
        yield Fault(match.start(2), match.end(2), "连接数值起止，不用短横线", dash, safe=True)


def mixed_digits(text: str) -> Iterator[Fault]:
    """3千5百, 百分之30, 二〇二五年3月: Arabic and Chinese digits within one number, other than before 万 and 亿."""
    seen = visible(text)
    for match in (*_MIXED.finditer(seen), *_MIXED_DATE.finditer(seen)):
        yield Fault(match.start(), match.end(), "混用了阿拉伯数字和汉字数字")
    for match in _PER_HUNDRED.finditer(seen):
        yield Fault(match.start(), match.end(), "混用了阿拉伯数字和汉字数字", f"{match.group(1)}%")


def year_zeros(text: str) -> Iterator[Fault]:
    """二零二五年, 二○二五年, 二O二五年: the zero of a year is 〇."""
    for match in _YEAR.finditer(visible(text)):
        written = match.group()
        if re.search("[零○OＯ0-9]", written):
            digits = written.translate(
                {**{ord(c): "〇" for c in "零○OＯ0"}, **{48 + i: "〇一二三四五六七八九"[i] for i in range(10)}}
            )
            # 零 is a Chinese character: a person decides.
            safe = "零" not in written and not re.search("[1-9]", written)
            yield Fault(match.start(), match.end(), "年份中的“0”写作“〇”", digits, safe=safe)


def padded_dates(text: str) -> Iterator[Fault]:
    """2026年09月07日, 01月14日: a month or a day with a leading zero."""
    for match in _PADDED.finditer(visible(text)):
        yield Fault(match.start(), match.end(), "是虚位，月、日不补“0”", "", safe=True)


def loose_dates(text: str) -> Iterator[Fault]:
    """25年3月, 2025.3.5: short and pointed dates."""
    seen = visible(text)
    for match in _SHORT_YEAR.finditer(seen):
        if _LONGER_FIGURE.match(seen[match.start() - 1 : match.start()]):
            continue
        yield Fault(match.start(), match.end(), "年份不简写为两位数字")
    for match in _POINTED_DATE.finditer(seen):
        year, month, day = (int(part) for part in match.groups())
        yield Fault(match.start(), match.end(), "不是规范的日期写法", f"{year}年{month}月{day}日")


def bare_decimals(text: str) -> Iterator[Fault]:
    """.46: a decimal without its zero."""
    for match in _BARE_DECIMAL.finditer(visible(text)):
        yield Fault(match.start(), match.end(), "前面缺少“0”", "0.", safe=True)


def wide_characters(text: str) -> Iterator[Fault]:
    """Full-width digits and Latin letters, with the marks inside the figure."""
    for match in _WIDE.finditer(visible(text)):
        yield Fault(match.start(), match.end(), "是全角字符", unicodedata.normalize("NFKC", match.group()), safe=True)


def document_numbers(text: str) -> Iterator[Fault]:
    """（2025）5号, 〔2025〕第5号, 〔2025〕05号, 〔2025〕 5 号: a 文号 off its form, from its bracket on."""
    for match in _CODE.finditer(visible(text)):
        start = match.end("who")
        written, wanted = text[start : match.end()], f"〔{match['year']}〕{match['number']}号"
        if written == wanted:
            continue
        wrong = [
            note
            for note, found in (
                ("年份用六角括号“〔〕”", match["open"] + match["close"] != "〔〕"),
                ("顺序号不加“第”", bool(match["nth"])),
                ("顺序号不编虚位", bool(match["zeros"])),
            )
            if found
        ]
        yield Fault(start, match.end(), "，".join(wrong) or "文号中没有空格", wanted, safe=not match["nth"])
