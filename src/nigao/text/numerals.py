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
        return int("".join(str(_DIGITS[c]) for c in written))
    return _placed(written)


def _placed(written: str) -> int | None:
    """Chinese number with places: sections below 万/亿 are summed, then scaled."""
    total = section = 0
    digit: int | None = None
    for c in written:
        if c in _DIGITS:
            if digit and c != "零":
                return None
            digit = _DIGITS[c]
        elif c in _PLACES:
            section += (1 if digit is None or (digit == 0 and c == "十") else digit) * _PLACES[c]
            digit = None
        elif c in _SCALES:
            scale = _SCALES[c]
            below = section + (digit or 0)
            # 一万亿: the larger scale multiplies everything before it.
            total = (total + below) * scale if total and scale > 10**4 else total + below * scale
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0)


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


_ARABIC = r"\d+(?:[,，]\d{3})*(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?P<per>百分之(?P<perv>[{_ZH}点]+|{_ARABIC}))"
    rf"|(?P<frac>(?P<den>[{_ZH}]+|\d+)分之(?P<num>[{_ZH}]+|\d+))"
    rf"|(?P<arab>{_ARABIC})(?P<tail>[%％‰]|个百分点|[百千]?[万亿]+)?"
    rf"|(?P<zh>[{_ZH}]*[{_ZH[:12]}][{_ZH}]*(?:点[{_ZH[:12]}]+)?|十[{_ZH[1:12]}]?)(?P<zhtail>成|个百分点)?"
)


def find_numbers(text: str) -> list[Number]:
    """Every number of the text in order, written in Arabic or Chinese digits. Words that merely contain one
    (一致, 统一, 万众) are for the caller to judge by context; see `terms`.
    """
    folded = text.translate(_FOLD)
    found: list[Number] = []
    for match in _NUMBER.finditer(folded):
        value = _match_value(match)
        if value is not None:
            percent = bool(match["per"] or match["tail"] in ("%", "％") or match["zhtail"] == "成")
            found.append(Number(match.start(), match.end(), text[match.start() : match.end()], value, percent))
    return found


# Full-width digits and dots fold one to one, so that offsets hold.
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
        tail = match["tail"] or ""
        if tail == "%":
            return value / 100
        if tail == "‰":
            return value / 1000
        for c in tail if tail != "个百分点" else "":
            value *= _SCALES.get(c) or _PLACES[c]
        return value
    value = parse_number(match["zh"])
    return None if value is None else (value / 10 if match["zhtail"] == "成" else value)


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
