"""Show a spreadsheet's numbers and dates as the sheet shows them: 0.953 under 0.0% is what readers know as 95.3%."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import ROUND_HALF_UP, Decimal

# Formats that Chinese Excel and WPS store by number alone (ECMA-376 part 1, 18.8.30, zh-cn).
CHINESE_DATES = {
    **dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月"),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), "m月d日"),
    30: "m-d-yy",
    31: "yyyy年m月d日",
    32: "h时mm分",
    33: "h时mm分ss秒",
    **dict.fromkeys((34, 55), "上午/下午h时mm分"),
    **dict.fromkeys((35, 56), "上午/下午h时mm分ss秒"),
}
# Number 14 is stored like this and shown as the reader's country writes a short date.
_SHORT_DATES = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm"}
_LOCALE = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_PLACES = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+")
_DATE_TOKEN = re.compile(r"y+|m+|d+|h+|s+|a{3,4}|am/pm|a/p|上午/下午", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(?<=\d) 0{1,2}:00(?::00)?$")
_WEEKDAYS = "一二三四五六日"
# What Excel shows of a number without a format.
_GENERAL_DIGITS = 10
_LARGEST = 10**15
_LONGEST_FORMAT = 255

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


def shown(value: Value, number_format: str) -> str:
    """The cell's text on one line; a value whose format is too unusual is shown plainly rather than wrongly."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return _moment(value, number_format)
    return " ".join(str(value).split())


def _number(value: float, number_format: str) -> str:
    if not math.isfinite(value):
        return str(value)
    # Excel takes no longer format; one from elsewhere is not worth the time.
    section, number = _section(number_format[:_LONGEST_FORMAT], value)
    # Marks of the private use area stand for literals while the placeholders are looked for.
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match.group(1) or match.group(2) or "")
        return chr(0xE000 + len(literals) - 1)

    section = _BRACKETS.sub("", _LITERAL.sub(keep, _LOCALE.sub(lambda m: f'"{m.group(1)}"', section)))
    if "general" in section.lower() or section.strip() in ("", "@"):
        text = re.sub("general", lambda _: _general(number), section, flags=re.IGNORECASE)
        text = _general(number) if section.strip() in ("", "@") else text
    else:
        places = list(_PLACES.finditer(section))
        if len(places) > 1 or re.search(r"[Ee][+-]|/", section):
            return _general(value)
        if not places:
            # "无" stands for the number.
            return _told(section, literals) or _general(value)
        place = places[0]
        scaled = Decimal(repr(number)) * (100 if "%" in section else 1)
        text = section[: place.start()] + _placed(scaled, place.group()) + section[place.end() :]
    return _told(text, literals)


def _told(text: str, literals: list[str]) -> str:
    """The text with its literals back in their places, on one line."""
    return " ".join(re.sub("[\ue000-\uf8ff]", lambda m: literals[ord(m.group()) - 0xE000], text).split())


def _section(number_format: str, value: float) -> tuple[str, float]:
    """The part of the format for a number of this sign, and the number as that part takes it."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)
    if len(sections) > 1 and value < 0 and sections[1].strip():
        return sections[1], -value
    if len(sections) > 2 and value == 0 and sections[2].strip():
        return sections[2], value
    return sections[0], value


def _placed(number: Decimal, place: str) -> str:
    whole, _, decimals = place.partition(".")
    # Commas behind the last digit divide by a thousand each.
    bare = whole.rstrip(",")
    number = number / (Decimal(1000) ** (len(whole) - len(bare)))
    if abs(number) >= _LARGEST or len(decimals) > 30:
        return str(number)
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}" if "," in bare else f"{abs(rounded):f}"
    digits, _, behind = text.partition(".")
    digits = digits.rjust(bare.count("0"), "0")
    least = len(decimals.rstrip("#?"))
    behind = behind[:least] + behind[least:].rstrip("0")
    sign = "-" if rounded < 0 else ""
    return f"{sign}{digits}.{behind}" if behind else f"{sign}{digits}"


def _general(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < _LARGEST):
        return str(int(value))
    text = f"{Decimal(f'{value:.{_GENERAL_DIGITS}g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: dt.datetime | dt.date | dt.time, number_format: str) -> str:
    pattern = _SHORT_DATES.get(number_format.strip().lower(), number_format[:_LONGEST_FORMAT]).split(";")[0]
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match.group(1) or match.group(2) or "")
        return chr(0xE000 + len(literals) - 1)

    pattern = _BRACKETS.sub("", _LITERAL.sub(keep, pattern))
    tokens = list(_DATE_TOKEN.finditer(pattern))
    if not tokens or (isinstance(value, dt.time) and any(t.group()[0] in "yYdD" for t in tokens)):
        return _plain_moment(value)
    half_days = any(token.group().lower() in ("am/pm", "a/p", "上午/下午") for token in tokens)
    parts, end = [], 0
    for i, token in enumerate(tokens):
        before = tokens[i - 1].group()[0].lower() if i else ""
        after = tokens[i + 1].group()[0].lower() if i + 1 < len(tokens) else ""
        minutes = token.group()[0] in "mM" and (before == "h" or after == "s")
        parts += [pattern[end : token.start()], _dated(value, token.group().lower(), minutes, half_days)]
        end = token.end()
    text = _told("".join([*parts, pattern[end:]]), literals)
    # Programs that export days as moments show a midnight that nobody wrote.
    return _MIDNIGHT.sub("", text) if isinstance(value, dt.datetime) else text


def _dated(value: dt.datetime | dt.date | dt.time, token: str, minutes: bool, half_days: bool) -> str:
    hour = getattr(value, "hour", 0)
    if token[0] in "上" or token in ("am/pm", "a/p"):
        return "下午" if hour >= 12 else "上午"
    if token[0] in "hs" or minutes:
        number = {"h": (hour - 1) % 12 + 1 if half_days else hour, "s": getattr(value, "second", 0)}.get(
            token[0], getattr(value, "minute", 0)
        )
        return str(number).rjust(min(len(token), 2), "0")
    if isinstance(value, dt.time):
        return ""
    if token[0] == "a" or (token[0] == "d" and len(token) > 2):
        return ("星期" if len(token) > 3 else "周") + _WEEKDAYS[value.weekday()]
    if token[0] == "y":
        return f"{value.year:04d}" if len(token) > 2 else f"{value.year % 100:02d}"
    number = value.month if token[0] == "m" else value.day
    # Months by name are for English; they are shown by number here.
    return str(number).rjust(len(token) if len(token) < 3 else 1, "0")


def _plain_moment(value: dt.datetime | dt.date | dt.time) -> str:
    if isinstance(value, dt.datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    return value.isoformat(" ", "seconds") if isinstance(value, dt.datetime) else str(value)
