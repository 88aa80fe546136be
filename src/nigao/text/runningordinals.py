"""一是…；二是…；（3）…: an enumeration inside a line that goes on with an ordinal of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nigao.text.ordinals import Ordinal, OrdinalForm, match_ordinal

_LINE = re.compile("[^\n]+")
# Lines without one of each need no closer look.
_ENUMERATED = re.compile("[一二三四五六七八九十][是要]|第[一二三四五六七八九十]")
_FOLLOWED = re.compile(r"[。；;][ \t　]*(?:[（(][\d一二三四五六七八九十]|[①-⑳]|\d{1,2}[.．、])")
_QUIET = re.compile("“[^”\n]*”|《[^》\n]*》")
# Where a point of an enumeration may begin inside a line.
_PLACE = re.compile("(?:^|(?<=[。；：，;]))[ \t　]*(?=[一二三四五六七八九十第首（(\\d①-⑳])")
_ENUMERATING = (OrdinalForm.ENUMERATION, OrdinalForm.RANK)
# Behind a full stop （二） and 2. may head the next section of a text that lost its line breaks.
_STRAY = {
    OrdinalForm.PAREN_ARABIC: "。；;",
    OrdinalForm.CIRCLED: "。；;",
    OrdinalForm.SECTION: "；;",
    OrdinalForm.ARABIC: "；;",
}


@dataclass(frozen=True, slots=True)
class Stray:
    """The ordinal at `start` of the text goes on from `sister`, of another form, that stands at `sister_start`."""

    start: int
    ordinal: Ordinal
    sister_start: int
    sister: Ordinal


def stray_ordinals(text: str) -> Iterator[Stray]:
    """Ordinals inside a line that continue an enumeration in another form, and belong to no list of their own."""
    for line in _LINE.finditer(text) if _FOLLOWED.search(text) else ():
        if _FOLLOWED.search(line.group()) and _ENUMERATED.search(line.group()):
            yield from _strays(line.group(), line.start())


def _strays(line: str, offset: int) -> Iterator[Stray]:
    plain = _QUIET.sub(lambda match: "\1" * len(match.group()), line)
    places = (match.end() for match in _PLACE.finditer(plain))
    found = [(place, ordinal) for place in places if (ordinal := match_ordinal(plain, place))]
    last: tuple[int, Ordinal] | None = None
    for at, (place, ordinal) in enumerate(found):
        if ordinal.form in _ENUMERATING:
            last = (place, ordinal)
        elif last is not None and ordinal.value == last[1].value + 1 and _continues(plain, place, ordinal):
            own_list = any(other.form is ordinal.form for _, other in found[:at])
            goes_on = any(o.form is last[1].form and o.value == ordinal.value for _, o in found[at + 1 :])
            if not own_list and not goes_on:
                yield Stray(offset + place, ordinal, offset + last[0], last[1])
                last = (last[0], replace(last[1], value=ordinal.value))


def _continues(line: str, place: int, ordinal: Ordinal) -> bool:
    """Whether a point may begin there with this ordinal, rather than a remark in brackets or nothing at all."""
    closed = line[:place].rstrip()[-1:] in _STRAY.get(ordinal.form, "") and place > 0
    half = ordinal.form is OrdinalForm.PAREN_ARABIC and ordinal.text[0] not in "（("
    return closed and ordinal.form in _STRAY and not half and bool(line[ordinal.end :].strip("。；;， "))
