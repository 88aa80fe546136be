"""Numbers as official texts write them: 一百二十三, 123, 1.2万, 百分之三十, 30%, 三分之二."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8}
_ZH = "〇零一二两三四五六七八九十百千万亿"


def parse_integer(written: str) -> int | None:
    """The value of a whole number in Arabic or Chinese digits (`123`, `１２`, `一百二十三`, `二〇二五`), else None."""
    if not written:
        return None
    if written.isdecimal():
        return int(written)
    if all(c in _DIGITS for c in written):
        # 两三 and 一两 mean "two or three": only a longer run or one with a zero is read digit by digit.
        spelled = len(written) == 1 or len(written) > 3 or "〇" in written or "零" in written
        return int("".join(str(_DIGITS[c]) for c in written)) if spelled else None
    return _placed(written)


def _placed(written: str) -> int | None:
    """Chinese number with places: sections below 万/亿 are summed, then scaled."""
    total = section = 0
    digit: int | None = None
    below_place = 1
    for c in written:
        if c in _DIGITS:
            if digit is not None and (digit or _DIGITS[c] == 0):
                return None
            digit = _DIGITS[c]
            below_place = below_place if digit else 1
        elif c in _PLACES:
            section += (1 if digit is None or (digit == 0 and c == "十") else digit) * _PLACES[c]
            digit, below_place = None, _PLACES[c] // 10
        elif c in _SCALES:
            scale = _SCALES[c]
            below = section + (digit or 0)
            # 一万亿: the larger scale multiplies everything before it.
            total = (total + below) * scale if total and scale > 10**4 else total + below * scale
            section, digit, below_place = 0, None, scale // 10
        else:
            return None
    # 三千五 is 3500, 三千零五 is 3005.
    return total + section + (digit or 0) * below_place


def chinese_integer(value: int) -> str:
    """`123` → `一百二十三`, for 0 to 9999. Raises ValueError outside that range."""
    if not 0 <= value <= 9999:
        raise ValueError(f"{value} is outside 0..9999")
    if value == 0:
        return "零"
    out = ""
    zero = False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, place)
        if digit == 0:
            zero = bool(out)
            continue
        if zero:
            out += "零"
            zero = False
        out += "" if (digit == 1 and place == 10 and not out) else "零一二三四五六七八九"[digit]
        out += name
    return out


@dataclass(frozen=True, slots=True)
class Number:
    """A number standing at `start:end`: its exact value, a percentage as a fraction of one."""

    start: int
    end: int
    text: str
    value: Decimal
    percent: bool


_ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_ZH_DIGIT = "〇零一二两三四五六七八九"
# 八成以上 is a share; 组成 and 一成不变 are words.
_SHARE = r"成(?=以上|以下|以内|多|左右|的|[，。；、）\s]|$)"
_NUMBER = re.compile(
    rf"(?P<per>百分之(?P<perv>[{_ZH}点]+|{_ARABIC}))"
    rf"|(?P<frac>(?P<den>[{_ZH}]+|\d+)分之(?P<num>[{_ZH}]+|\d+))"
    rf"|(?P<arab>{_ARABIC})(?P<tail>[%‰]|个百分点|[多余]?[百千]?[万亿]+|{_SHARE})?"
    rf"|(?P<zh>[{_ZH}]*[{_ZH_DIGIT}十][{_ZH}]*(?:点[{_ZH_DIGIT}]+)?)(?P<zhtail>{_SHARE}|个百分点|[多余]?[万亿]+)?"
)


def find_numbers(text: str) -> list[Number]:
    """Every number of the text in order, written in Arabic or Chinese digits. Words that merely contain one
    (一致, 统一, 万众) are for the caller to judge by context; see `terms`.
    """
    folded = fold_digits(text)
    found: list[Number] = []
    for match in _NUMBER.finditer(folded):
        value = _match_value(match)
        if value is not None:
            percent = bool(match["per"] or match["tail"] in ("%", "成") or match["zhtail"] == "成")
            found.append(Number(match.start(), match.end(), text[match.start() : match.end()], value, percent))
    return found


def fold_digits(text: str) -> str:
    """Full-width digits, dots and per cent signs as plain ones, one to one, so that offsets hold."""
    return text.translate(_FOLD)


_FOLD = {ord("０") + i: str(i) for i in range(10)} | {ord("．"): ".", ord("％"): "%"}


def _match_value(match: re.Match[str]) -> Decimal | None:
    if match["per"]:
        value = parse_number(match["perv"])
        return None if value is None else value / 100
    if match["frac"]:
        above, below = parse_number(match["num"]), parse_number(match["den"])
        return None if above is None or not below else above / below
    if match["arab"]:
        value = Decimal(re.sub("[,，]", "", match["arab"]))
        return _scaled(value, match["tail"] or "")
    value = parse_number(match["zh"])
    return None if value is None else _scaled(value, match["zhtail"] or "")


def _scaled(value: Decimal, tail: str) -> Decimal:
    """The value with the sign or scale written behind it; 多 and 余 leave the value as stated."""
    if tail in _PARTS_OF_ONE:
        return value / _PARTS_OF_ONE[tail]
    for c in tail if tail != "个百分点" else "":
        value *= _SCALES.get(c) or _PLACES.get(c) or 1
    return value


_PARTS_OF_ONE = {"%": 100, "‰": 1000, "成": 10}


def parse_number(written: str) -> Decimal | None:
    """The exact value of one number, decimals included (`12.5`, `十二点五`, `1,200`), else None."""
    plain = re.sub("[,，]", "", written)
    if re.fullmatch(r"\d+(\.\d+)?", plain):
        try:
            return Decimal(plain)
        except InvalidOperation:  # pragma: no cover - the pattern admits only decimals
            return None
    whole, point, decimals = written.partition("点")
    value = parse_integer(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    if not decimals or any(c not in _DIGITS for c in decimals):
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS[c]) for c in decimals)}")
