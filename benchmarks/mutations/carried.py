"""Text from the wrong place: an earlier year's figure, a 范文's sentence, another unit's doing, a sentence twice."""

from __future__ import annotations

import re
from random import Random

from benchmarks.mutations.model import Body, Change, Clean, Edit, Group, one, operator

_FIGURE = re.compile(r"([一-鿿]{2,6})(\d+(?:\.\d+)?)(万?[一-鿿%])")


def _ends(clean: Clean) -> list[Body]:
    return [b for b in clean.bodies if b.part and not b.heading and b.text.endswith("。")]


def _inserted(clean: Clean, rng: Random, sentences: tuple[str, ...]) -> Change | None:
    fits = [s for s in sentences if s not in clean.text]
    told = [b for b in _ends(clean) if b.part in ("basics", "features")]
    body, sentence = one(rng, told), one(rng, fits)
    return Change((Edit(body.end, body.end, sentence),), parts=(body.part,)) if body and sentence else None


@operator("repeated-sentence", Group.MECHANICAL, "C4", "T")
def repeated_sentence(clean: Clean, rng: Random) -> Change | None:
    """A sentence said again at another place."""
    long = [b for b in _ends(clean) if len(b.text) >= 15]
    said, body = one(rng, long), one(rng, _ends(clean))
    if said is None or body is None:
        return None
    return Change((Edit(body.end, body.end, said.text),), also=((said.start, said.end),))


@operator("exemplar-sentence", Group.SEMANTIC, "C4", "G")
def exemplar_sentence(clean: Clean, rng: Random) -> Change | None:
    """A sentence of last year's report, with last year's figure."""
    with_figure = tuple(s for s in clean.beyond.exemplars if re.search(r"\d", s) and len(s) > 14)
    return _inserted(clean, rng, tuple(s for s in with_figure if not re.search("如下|以下简称", s)))


@operator("other-units-doing", Group.SEMANTIC, "G", "C4")
def other_units_doing(clean: Clean, rng: Random) -> Change | None:
    """A sentence of another unit's document told as one's own."""
    return _inserted(clean, rng, tuple(s for s in clean.beyond.others if len(s) > 14))


@operator("other-years-figure", Group.SEMANTIC, "G", "C")
def other_years_figure(clean: Clean, rng: Random) -> Change | None:
    """A figure that an earlier year's document gives for the same thing, instead of this year's."""
    known: dict[tuple[str, str], set[str]] = {}
    for sentence in clean.beyond.earlier:
        for before, figure, unit in _FIGURE.findall(sentence):
            known.setdefault((before[-4:], unit), set()).add(figure)
    spots = [
        (m, figure)
        for m in clean.matches(_FIGURE.pattern)
        for figure in sorted(known.get((m.group(1)[-4:], m.group(3)), set()))
        if figure != m.group(2)
    ]
    spot = one(rng, spots)
    if spot is None:
        return None
    found, figure = spot
    return Change((Edit(found.start(2), found.end(2), figure),), also=((found.start(), found.end()),))
