"""Structure gone wrong: ordinals, parts, subsections, headings, front matter."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

from benchmarks.mutations.layout import Block, blocks, items, part, sisters
from benchmarks.mutations.model import Change, Clean, Edit, Group, one, operator

from nigao.report.kinds import load_kind
from nigao.text.ordinals import OrdinalForm, format_ordinal

_OTHER_FORMS = {
    OrdinalForm.CHAPTER: (OrdinalForm.SECTION, OrdinalForm.ARABIC),
    OrdinalForm.SECTION: (OrdinalForm.ARABIC, OrdinalForm.PAREN_ARABIC),
    OrdinalForm.ENUMERATION: (OrdinalForm.RANK, OrdinalForm.PAREN_ARABIC),
    OrdinalForm.ARABIC: (OrdinalForm.PAREN_ARABIC, OrdinalForm.CIRCLED),
    OrdinalForm.PAREN_ARABIC: (OrdinalForm.ARABIC, OrdinalForm.CIRCLED),
}


def _renumbered(clean: Clean, block: Block, form: OrdinalForm, value: int) -> Change:
    end = block.start + len(block.ordinal)
    # A finding about a part's ordinal stands at its heading; where numbers run on, the next one no longer follows.
    later = (b for b in blocks(clean) if b.start > block.start and b.depth == block.depth)
    following = next(
        ((b.start, b.heading[1]) for b in later if b.form and block.form and b.form.form is block.form.form), None
    )
    also = (block.heading, following) if following else (block.heading,)
    return Change((Edit(block.start, end, format_ordinal(form, value)),), also=also)


def _last_sister(clean: Clean, rng: Random) -> tuple[Block, int, OrdinalForm] | None:
    run = one(rng, sisters(clean))
    form = run[-1].form if run else None
    return (run[-1], form.value, form.form) if run and form else None


@operator("ordinal-skipped", Group.MECHANICAL, "S", "C4")
def skipped(clean: Clean, rng: Random) -> Change | None:
    """一是 二是 四是."""
    last = _last_sister(clean, rng)
    return _renumbered(clean, last[0], last[2], last[1] + 1) if last else None


@operator("ordinal-repeated", Group.MECHANICAL, "S", "C4")
def repeated(clean: Clean, rng: Random) -> Change | None:
    """一是 二是 二是."""
    last = _last_sister(clean, rng)
    return _renumbered(clean, last[0], last[2], last[1] - 1) if last else None


@operator("ordinal-mixed", Group.MECHANICAL, "S", "C4")
def mixed(clean: Clean, rng: Random) -> Change | None:
    """（一） （二） 3."""
    last = _last_sister(clean, rng)
    if last is None or last[2] not in _OTHER_FORMS:
        return None
    block, value, form = last
    change = _renumbered(clean, block, rng.choice(_OTHER_FORMS[form]), value)
    # Read as another level, it is missed in its part's count, and what it holds is counted elsewhere.
    whole = part(clean, block.part) if block.depth else None
    also = ((block.start, block.end), *((whole.heading,) if whole else ()))
    return Change(change.edits, also=also, parts=() if block.depth else (block.part,))


@operator("missing-part", Group.MECHANICAL, "S1")
def missing_part(clean: Clean, rng: Random) -> Change | None:
    """A whole part left out; its number and its absence show at the next heading."""
    gone = one(rng, _known_parts(clean))
    if gone is None:
        return None
    after = next((b for b in blocks(clean) if b.depth == 0 and b.start >= gone.end), None)
    also = ((after.start, after.heading[1]),) if after else ()
    return Change((Edit(gone.before, gone.end, ""),), also=also, parts=(gone.part,))


@operator("swapped-parts", Group.MECHANICAL, "S1")
def swapped_parts(clean: Clean, rng: Random) -> Change | None:
    """Two parts change places; the ordinals stay where they were."""
    known = _known_parts(clean)
    pairs = [(a, b) for a, b in pairwise(known) if b.before == a.end]
    pair = one(rng, pairs)
    if pair is None:
        return None
    (a, b), text = pair, clean.text
    first, second = text[a.heading[0] : a.end], text[b.heading[0] : b.end]
    return Change((Edit(a.heading[0], a.end, second), Edit(b.heading[0], b.end, first)), parts=(a.part, b.part))


@operator("empty-part", Group.MECHANICAL, "S1")
def empty_part(clean: Clean, rng: Random) -> Change | None:
    """A heading with nothing under it."""
    gone = one(rng, _known_parts(clean))
    return Change((Edit(gone.heading[1], gone.end, ""),), also=(gone.heading,), parts=(gone.part,)) if gone else None


@operator("missing-subsection", Group.MECHANICAL, "S1")
def missing_subsection(clean: Clean, rng: Random) -> Change | None:
    """Three subsections where the kind wants four; those behind are numbered anew."""
    found = items(clean, "features")
    forms = [b.form for b in found]
    whole = part(clean, "features")
    if whole is None or len(found) != 4 or not all(f and f.form is OrdinalForm.SECTION for f in forms):
        return None
    gone = rng.randrange(4)
    edits = [Edit(found[gone].before, found[gone].end, "")]
    for value, block in enumerate(found[gone + 1 :], start=gone + 1):
        edits.append(Edit(block.start, block.start + len(block.ordinal), format_ordinal(OrdinalForm.SECTION, value)))
    return Change(tuple(edits), also=(whole.heading,), parts=("features",))


@operator("empty-subsection", Group.MECHANICAL, "S1")
def empty_subsection(clean: Clean, rng: Random) -> Change | None:
    """A subsection's heading with nothing under it."""
    found = one(rng, [b for b in items(clean, "features") if b.heading[1] < b.end])
    return Change((Edit(found.heading[1], found.end, ""),), also=(found.heading,)) if found else None


@operator("heading-form", Group.MECHANICAL, "S1")
def heading_form(clean: Clean, rng: Random) -> Change | None:
    """A subsection heading unlike its sisters."""
    asked = load_kind("political-ecology").part("features")
    form = asked.heading_form if asked else ""
    fits = [b for b in items(clean, "features") if re.match(form, clean.text[slice(*b.heading)])]
    found = one(rng, fits) if len(fits) > 1 else None
    if found is None:
        return None
    plain = ("关于这方面工作的几点情况。", "有关工作开展情况。", "其他方面的做法和体会。")
    broken = re.sub("聚焦“([^”]+)”", r"聚焦\1", clean.text[slice(*found.heading)])
    return Change((Edit(*found.heading, rng.choice((*plain, broken))),))


@operator("missing-lead", Group.MECHANICAL, "S1")
def missing_lead(clean: Clean, rng: Random) -> Change | None:
    """The sentences that open a part of numbered items left out."""
    spots = []
    for whole in _known_parts(clean):
        inside = items(clean, whole.part)
        if inside and inside[0].before > whole.heading[1]:
            spots.append((whole, inside[0]))
    spot = one(rng, spots)
    if spot is None:
        return None
    whole, first = spot
    return Change((Edit(whole.heading[1], first.before, ""),), also=(whole.heading, first.heading), parts=(whole.part,))


@operator("missing-title", Group.MECHANICAL, "S1")
def missing_title(clean: Clean, rng: Random) -> Change | None:
    """No title."""
    title = clean.report.title
    at = clean.text.find(title.text) if title else -1
    if title is None or at < 0 or not _known_parts(clean):
        return None
    end = at + len(title.text)
    return Change((Edit(at, end + len(clean.text[end:]) - len(clean.text[end:].lstrip()), ""),), also=((0, end + 2),))


def _known_parts(clean: Clean) -> list[Block]:
    """The parts that the kind asks for."""
    kind = load_kind(clean.report.kind)
    return [b for b in blocks(clean) if b.depth == 0 and kind.part(b.part) is not None]
