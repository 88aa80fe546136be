"""Figures gone wrong: numbers, units, percentages, dates, document numbers, totals."""

from __future__ import annotations

import re
from random import Random

from benchmarks.mutations.model import Change, Clean, Edit, Group, one, operator, replaced

_COUNTED = "(?=余?(?:[名人个次项件份条篇期家户场批处起天台辆套座轮](?!月)|万[元件人次户]|亿元|小时|工作日|公里|平方米))"
_PLAIN = r"(?<![\d.．〔年月第])(?<![A-Za-z])(\d+(?:\.\d+)?)"
_UNITS = {
    "人": ("人次", "名次"),
    "名": ("家", "次"),
    "次": ("场", "人"),
    "件": ("份", "项"),
    "项": ("次", "件"),
    "个": ("家", "次"),
    "万": ("亿", "千"),
    "亿": ("万",),
    "%": ("‰", "个百分点"),
    "期": ("次",),
    "份": ("件", "次"),
    "条": ("项", "次"),
}


def other_figure(written: str, rng: Random) -> str:
    """The figure with one digit changed and as many digits as before."""
    places = [i for i, c in enumerate(written) if c.isdigit()]
    i = rng.choice(places)
    lowest = 1 if i == 0 else 0
    digits = [d for d in "0123456789"[lowest:] if d != written[i]]
    return written[:i] + rng.choice(digits) + written[i + 1 :]


@operator("number-changed", Group.SEMANTIC, "G", "C")
def number_changed(clean: Clean, rng: Random) -> Change | None:
    """28名 → 23名."""
    found = one(rng, clean.matches(_PLAIN + _COUNTED))
    if found is None:
        return None
    # Its total may now be wrong, in the same sentence.
    body = clean.body_at(found.start())
    changed = replaced(found, other_figure(found.group(1), rng))
    return Change(changed.edits, also=((body.start, body.end),) if body else ())


@operator("unit-changed", Group.SEMANTIC, "G", "C")
def unit_changed(clean: Clean, rng: Random) -> Change | None:
    """28人 → 28人次, 3万元 → 3亿元."""
    found = one(
        rng, clean.matches(_PLAIN + "(人(?!次)|[名件项期份条%]|次|个(?!月|工作日|百分点)|万(?=[元件人户])|亿(?=元))")
    )
    if found is None:
        return None
    new = rng.choice(_UNITS[found.group(2)])
    return Change((Edit(found.start(2), found.end(2), new),), also=((found.start(), found.end()),))


@operator("percentage-changed", Group.SEMANTIC, "G", "C")
def percentage_changed(clean: Clean, rng: Random) -> Change | None:
    """34.6% → 84.6%."""
    found = one(rng, clean.matches(_PLAIN + "(?=%|％|个百分点)"))
    return replaced(found, other_figure(found.group(1), rng)) if found else None


@operator("date-changed", Group.SEMANTIC, "G", "C")
def date_changed(clean: Clean, rng: Random) -> Change | None:
    """1月14日 → 1月19日, or another month or year."""
    hits = clean.matches(r"(?<!\d)(?:(20\d\d)年(?!度))?(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
    found = one(rng, [m for m in hits if m.group(2)])
    if found is None:
        return None
    group = rng.choice([g for g in (1, 2, 3) if found.group(g)])
    value = int(found.group(group))
    lowest, highest = {1: (value - 3, value + 2), 2: (1, 12), 3: (1, 28)}[group]
    new = rng.choice([v for v in range(lowest, highest + 1) if v != value])
    return Change((Edit(found.start(group), found.end(group), str(new)),), also=((found.start(), found.end()),))


@operator("document-number-digit", Group.SEMANTIC, "G", "C")
def document_number(clean: Clean, rng: Random) -> Change | None:
    """〔2025〕3号 → 〔2025〕8号."""
    found = one(rng, clean.matches(r"[一-鿿]{2,6}〔(?:19|20)\d{2}〕(\d{1,4})号", shielded=True))
    if found is None:
        return None
    new = other_figure(found.group(1), rng)
    return Change((Edit(found.start(1), found.end(1), new),), also=((found.start(), found.end()),))


@operator("total-not-sum", Group.SEMANTIC, "C", "G", alone=True)
def total_not_sum(clean: Clean, rng: Random) -> Change | None:
    """37项，其中12项、9项、6项、10项 → 36项，其中…: the parts need not be all of it, but never more."""
    sums = []
    for m in clean.matches(r"(?<![\d.])(\d+)([一-鿿]{1,3})，其中[^。；\n]{4,60}(?=[。；，])"):
        rest = clean.text[m.end(2) : m.end()]
        parts = [int(n) for n in re.findall(rf"(?<![\d.])(\d+){re.escape(m.group(2))}", rest)]
        if len(parts) > 1 and sum(parts) == int(m.group(1)):
            sums.append(m)
    found = one(rng, sums)
    if found is None:
        return None
    total = int(found.group(1))
    new = str(max(1, total + rng.choice((-3, -2, -1))))
    return Change((Edit(found.start(1), found.end(1), new),), also=((found.start(), found.end()),))


@operator("count-not-list", Group.SEMANTIC, "C", "G", alone=True)
def count_not_list(clean: Clean, rng: Random) -> Change | None:
    """甲、乙、丙3个科室 → 甲、乙、丙4个科室."""
    lists = []
    for m in clean.matches(r"((?:[一-鿿]{2,8}、){2,8}[一-鿿]{2,8}?)(\d+)(?=个|项|类|种|家)"):
        if m.group(1).count("、") + 1 == int(m.group(2)):
            lists.append(m)
    found = one(rng, lists)
    if found is None:
        return None
    new = str(int(found.group(2)) + rng.choice((-1, 1, 2)))
    return Change((Edit(found.start(2), found.end(2), new),), also=((found.start(), found.end()),))


@operator("two-figures", Group.SEMANTIC, "C", "G", alone=True)
def two_figures(clean: Clean, rng: Random) -> Change | None:
    """核定编制28名 … 核定编制31名: the same said again elsewhere with another figure."""
    hits = clean.matches(
        "(?<=[，。；])([一-鿿]{4,12})"
        + r"(\d+(?:\.\d+)?)"
        + "([名人个次项件份条篇期家户场批处起](?![月工])|万[元件人])(?=[，。；])"
    )
    found = one(rng, hits)
    ends = [b.end for b in clean.bodies if b.text.endswith("。") and b.part and not b.heading]
    if found is None or not ends:
        return None
    at = rng.choice(ends)
    new = f"{found.group(1)}{other_figure(found.group(2), rng)}{found.group(3)}。"
    return Change((Edit(at, at, new),), also=((found.start(), found.end()),))
