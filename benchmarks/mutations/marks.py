"""Punctuation, spacing and number forms gone wrong (GB/T 15834, GB/T 15835)."""

from __future__ import annotations

import re
from random import Random

from benchmarks.mutations.model import Change, Clean, Edit, Group, one, operator, replaced

from nigao.text.numerals import chinese_integer

_HAN = "[一-鿿]"
_HALF = {"，": ",", "；": ";", "：": ":", "。": ".", "（": "(", "）": ")", "！": "!", "？": "?"}
_PAIRS = ("“”", "《》", "（）")


@operator("half-width-mark", Group.MECHANICAL, "T", "C4")
def half_width(clean: Clean, rng: Random) -> Change | None:
    """， → , between Chinese characters."""
    found = one(rng, clean.matches(f"(?<={_HAN})[，；：](?={_HAN})|(?<={_HAN})。"))
    return replaced(found, _HALF[found.group()]) if found else None


@operator("half-width-bracket", Group.MECHANICAL, "T", "C4")
def half_width_bracket(clean: Clean, rng: Random) -> Change | None:
    """（…） → (…), both or one of them."""
    found = one(rng, clean.matches("（([^（）\n]{2,40})）", shielded=True))
    if found is None:
        return None
    left, right = rng.choice((("(", ")"), ("(", "）"), ("（", ")")))
    return replaced(found, left + found.group(1) + right)


@operator("straight-quotes", Group.MECHANICAL, "T", "C4")
def straight_quotes(clean: Clean, rng: Random) -> Change | None:
    """“…” → "…"."""
    found = one(rng, clean.matches("“([^“”\n]{2,40})”", shielded=True))
    return replaced(found, f'"{found.group(1)}"') if found else None


@operator("unpaired-mark", Group.MECHANICAL, "T", "C4")
def unpaired(clean: Clean, rng: Random) -> Change | None:
    """One of “”, 《》 or （） lost; the finding may be anywhere in that sentence."""
    found = one(rng, clean.matches("“[^“”\n]{2,40}”|《[^《》\n]{2,40}》|（[^（）\n]{2,40}）", shielded=True))
    if found is None:
        return None
    place = rng.choice((found.start(), found.end() - 1))
    body = clean.body_at(place)
    return Change((Edit(place, place + 1, ""),), also=((body.start, body.end),) if body else ())


@operator("doubled-mark", Group.MECHANICAL, "T", "C4")
def doubled_mark(clean: Clean, rng: Random) -> Change | None:
    """， → ，， and the like."""
    found = one(rng, clean.matches(f"(?<={_HAN})[，。、；](?={_HAN}|\n|$)"))
    if found is None:
        return None
    mark = found.group()
    mixed = {
        "，": ("，，", "，、", "、，"),
        "。": ("。。", "，。", "。，"),
        "、": ("、、", "、，"),
        "；": ("；；", "；，"),
    }
    return replaced(found, rng.choice(mixed[mark]))


@operator("comma-between-quotes", Group.MECHANICAL, "T", "C4")
def enumeration_comma(clean: Clean, rng: Random) -> Change | None:
    """“甲”“乙” → “甲”、“乙”, and the same for 《》 (GB/T 15834—2011, 4.5.3.5)."""
    found = one(rng, clean.matches("(?<=”)[和与及、]?(?=“)|(?<=》)[和与及、]?(?=《)", shielded=True))
    return replaced(found, "、") if found else None


@operator("comma-before-and", Group.MECHANICAL, "T", "C4")
def comma_before_and(clean: Clean, rng: Random) -> Change | None:
    """甲、乙和丙 → 甲、乙、和丙."""
    found = one(rng, clean.matches(f"(?<=、)({_HAN}{{2,8}})([和及])(?={_HAN}{{2}})"))
    return Change((Edit(found.start(2), found.start(2), "、"),)) if found else None


@operator("space-inside", Group.MECHANICAL, "T", "C4")
def space_inside(clean: Clean, rng: Random) -> Change | None:
    """A blank between two Chinese characters."""
    found = one(rng, clean.matches(f"(?<={_HAN})(?={_HAN})"))
    return replaced(found, rng.choice((" ", "  ", "　"))) if found else None


@operator("space-at-mark", Group.MECHANICAL, "T", "C4")
def space_at_mark(clean: Clean, rng: Random) -> Change | None:
    """A blank before or behind a punctuation mark."""
    found = one(rng, clean.matches(f"(?<={_HAN})(?=[，。；])|(?<=[，；])(?={_HAN})"))
    return replaced(found, " ") if found else None


@operator("full-width-digits", Group.MECHANICAL, "T", "C4")
def full_width_digits(clean: Clean, rng: Random) -> Change | None:
    """28 → ２８."""
    found = one(rng, clean.matches(r"(?<![\d.．])\d+(?![\d.．])"))
    return (
        replaced(found, found.group().translate({ord("0") + i: chr(ord("０") + i) for i in range(10)}))
        if found
        else None
    )


@operator("padded-date", Group.MECHANICAL, "T", "C4")
def padded_date(clean: Clean, rng: Random) -> Change | None:
    """9月7日 → 09月07日, in the text or in the closing line."""
    found = one(rng, list(re.finditer(r"(?<!\d)\d月\d{1,2}日|(?<!\d)1[0-2]月\d日", clean.text)))
    if found is None:
        return None
    return replaced(found, re.sub(r"(?<!\d)\d(?!\d)", lambda m: "0" + m.group(), found.group()))


@operator("number-brackets", Group.MECHANICAL, "T", "C4", "G")
def number_brackets(clean: Clean, rng: Random) -> Change | None:
    """〔2025〕3号 → [2025]3号."""
    found = one(rng, clean.matches(r"〔((?:19|20)\d{2})〕(?=\d+号)", shielded=True))
    left, right = rng.choice(("[]", "（）", "()", "【】", "［］"))
    return replaced(found, left + found.group(1) + right) if found else None


@operator("number-padding", Group.MECHANICAL, "T", "C4", "G")
def number_padding(clean: Clean, rng: Random) -> Change | None:
    """〔2025〕3号 → 〔2025〕03号 or 〔2025〕第3号."""
    found = one(rng, clean.matches(r"(?<=〕)(\d{1,3})(?=号)", shielded=True))
    return replaced(found, rng.choice(("第", "0")) + found.group(1)) if found else None


def _in_other_style(found: re.Match[str], new: str, alike: list[re.Match[str]]) -> Change:
    """Another style in one place; the finding may be at any of the places that are alike."""
    return Change(
        replaced(found, new).edits, also=tuple((m.start(), m.end()) for m in alike if m.start() != found.start())
    )


@operator("year-style", Group.MECHANICAL, "T", "C4")
def year_style(clean: Clean, rng: Random) -> Change | None:
    """2025年 → 二〇二五年 in one place."""
    hits = clean.matches(r"(?<!\d)(?:19|20)\d{2}(?=年)")
    found = one(rng, hits) if len(hits) > 1 else None
    if found is None:
        return None
    return _in_other_style(found, "".join("〇一二三四五六七八九"[int(c)] for c in found.group()), hits)


@operator("figure-style", Group.MECHANICAL, "T", "C4")
def figure_style(clean: Clean, rng: Random) -> Change | None:
    """28名 → 二十八名 where the text writes Arabic figures before the same unit."""
    hits = clean.matches(r"(?<![\d.．])([1-9]\d{1,2})(?=([名人次项件份条期家户场]))")
    found = one(rng, [m for m in hits if sum(o.group(2) == m.group(2) for o in hits) > 1])
    if found is None:
        return None
    alike = [m for m in hits if m.group(2) == found.group(2)]
    return _in_other_style(found, chinese_integer(int(found.group(1))), alike)


@operator("percent-style", Group.MECHANICAL, "T", "C4")
def percent_style(clean: Clean, rng: Random) -> Change | None:
    """34% → 百分之三十四 where the text has other percentages."""
    others = clean.matches(r"(?<![\d.．])\d+(?:\.\d+)?%")
    found = one(rng, clean.matches(r"(?<![\d.．])(\d{1,3})%")) if len(others) > 1 else None
    return _in_other_style(found, "百分之" + chinese_integer(int(found.group(1))), others) if found else None
