"""Blanks and template residue, in every disguise."""

from __future__ import annotations

from random import Random

from benchmarks.mutations.model import Change, Clean, Edit, Group, one, operator, replaced

_FIGURE = r"(?<![\d.．])\d+(?:\.\d+)?(?=[名人个次项件份条期篇家户场处万%％])"
_ORGAN = r"(?<=[一-鿿])(?:[一-鿿]{2}(?=(?:科|局|处|办公室|领导小组|支部)[，。、；]))"


def _blank(clean: Clean, rng: Random, new: str) -> Change | None:
    found = one(rng, clean.matches(_FIGURE))
    return replaced(found, new) if found else None


@operator("blank-X", Group.MECHANICAL, "P")
def letter_x(clean: Clean, rng: Random) -> Change | None:
    """28名 → XX名."""
    return _blank(clean, rng, rng.choice(("X", "XX", "XXX", "Ｘ", "x", "xx")))


@operator("blank-cross", Group.MECHANICAL, "P")
def crosses(clean: Clean, rng: Random) -> Change | None:
    """28名 → ××名."""
    return _blank(clean, rng, rng.choice(("×", "××", "×××", "✕✕")))


@operator("blank-circle", Group.MECHANICAL, "P")
def circles(clean: Clean, rng: Random) -> Change | None:
    """28名 → ○○名."""
    return _blank(clean, rng, rng.choice(("○○", "〇〇〇", "○○○")))


@operator("blank-braces", Group.MECHANICAL, "P")
def template_field(clean: Clean, rng: Random) -> Change | None:
    """28名 → {{人数}}名."""
    return _blank(clean, rng, rng.choice(("{{人数}}", "{{ count }}", "${n}", "{{数量}}", "【】", "【填写数量】")))


@operator("blank-line", Group.MECHANICAL, "P")
def underscores(clean: Clean, rng: Random) -> Change | None:
    """28名 → ____名."""
    return _blank(clean, rng, rng.choice(("____", "___", "______", "＿＿＿")))


@operator("blank-somebody", Group.MECHANICAL, "P")
def somebody(clean: Clean, rng: Random) -> Change | None:
    """综合科 → 某科."""
    found = one(rng, clean.matches(_ORGAN))
    return replaced(found, rng.choice(("某", "某某"))) if found else None


@operator("blank-note", Group.MECHANICAL, "P")
def note_to_self(clean: Clean, rng: Random) -> Change | None:
    """A note to the writer left before the end of a sentence."""
    found = one(rng, clean.matches("(?<=[一-鿿])(?=。)"))
    notes = ("（此处补充具体事例）", "（待补）", "（此处待核实）", "（待填：次数）", "（此处写成效）")
    return replaced(found, rng.choice(notes)) if found else None


@operator("blank-title", Group.MECHANICAL, "P", "T", "C4")
def empty_title(clean: Clean, rng: Random) -> Change | None:
    """《…》 → 《》 or 《XX》."""
    found = one(rng, clean.matches("《([^《》\n]{2,40})》", shielded=True))
    return Change((Edit(found.start(1), found.end(1), rng.choice(("", "XX", "××", "　　"))),)) if found else None


@operator("blank-year", Group.MECHANICAL, "P")
def year_template(clean: Clean, rng: Random) -> Change | None:
    """2025年 → 20XX年."""
    found = one(rng, clean.matches(r"(?<!\d)20\d{2}(?=年)"))
    return replaced(found, rng.choice(("20XX", "20××", "202X", "XXXX"))) if found else None
