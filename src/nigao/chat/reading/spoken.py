"""What one verb finds around it in a turn: its places in order, lengths, numbers and quotations."""

from __future__ import annotations

import re
from functools import cached_property

from nigao.chat.reading.figures import number
from nigao.chat.reading.mentions import Mention
from nigao.chat.reading.pieces import Piece
from nigao.chat.reading.skeleton import LENGTH_SIGN, PLACE, QUOTE, REVISION_SIGN, SHARE_SIGN, Slot
from nigao.chat.reading.turn import Turn, Way

_STEPS = re.compile(r"(\d{1,2}|[一二三四五六七八九十两])(?:步|次|个|位)")
_UNSAID = "没有说是哪一处"


class Spoken:
    """A turn cut into pieces by one verb."""

    def __init__(self, turn: Turn, verb: str, pieces: list[Piece]) -> None:
        self._turn = turn
        self.verb = verb
        self.pieces = pieces

    def has(self, *names: str) -> bool:
        """Whether a piece of one of these classes was said."""
        return any(piece.name in names for piece in self.pieces)

    def slots(self, sign: str) -> list[Slot]:
        """The slots of that sign."""
        found: list[Slot] = []
        for piece in self.pieces:
            if piece.name == sign:
                found += self._turn.skeleton.slots_in(piece.start, piece.end)
        return found

    @cached_property
    def mentions(self) -> list[Mention]:
        """The places named, without those that only a quotation may name."""
        return [slot.mention for slot in self.slots(PLACE) if slot.mention is not None]

    def quote(self) -> str:
        """The one quotation as typed without its marks, or nothing."""
        slots = self.slots(QUOTE)
        return self._turn.said.verbatim(slots[0].start + 1, slots[0].end - 1) if len(slots) == 1 else ""

    def named_quote(self) -> Mention | None:
        """The place that a quotation names."""
        slots = self.slots(QUOTE)
        return self._turn.quoted(slots[0]) if len(slots) == 1 else None

    @cached_property
    def _all(self) -> list[Mention]:
        named = [mention for slot in self.slots(QUOTE) for mention in [self._turn.quoted(slot)] if mention is not None]
        return sorted([*self.mentions, *named], key=lambda mention: mention.start)

    def ways(self, *, implied: bool = False) -> tuple[list[Way], str]:
        """Every way to read the places. Without any it is the focus, which is sure only where `implied`."""
        if self._all:
            return self._turn.ways(self._all)
        focus = self._turn.scene.focus
        if focus is None or not focus.part:
            return [], _UNSAID
        return [((focus,),)], "" if implied else self.unsaid()

    def unsaid(self) -> str:
        """The question where no place was said, else nothing."""
        return "" if self._all else _UNSAID

    def length(self) -> Slot | None:
        """The length in characters."""
        return next(iter(self.slots(LENGTH_SIGN)), None)

    def share(self) -> Slot | None:
        """The share of the length that there is."""
        return next(iter(self.slots(SHARE_SIGN)), None)

    def revisions(self) -> list[int]:
        """The revisions named, in order."""
        matches = [slot.found for slot in self.slots(REVISION_SIGN)]
        said = [number(found["nth"] or found["bare"] or found["number"]) for found in matches if found is not None]
        return [n for n in said if n is not None]

    def steps(self) -> int:
        """How many steps were said, by default one."""
        words = "".join(piece.text for piece in self.pieces if piece.name == "step")
        found = _STEPS.search(words)
        return (number(found[1]) or 1) if found else 1

    def order(self) -> str:
        """`from-to` where one place stands before the verb and the other behind it."""
        verb = next((i for i, piece in enumerate(self.pieces) if piece.name == self.verb), 0)
        places = [i for i, piece in enumerate(self.pieces) if piece.name in (PLACE, QUOTE)]
        return "from-to" if len(places) == 2 and places[0] < verb < places[1] else ""

    def after_last_place(self) -> str:
        """The class of the piece behind the last place."""
        at = max((i for i, piece in enumerate(self.pieces) if piece.name in (PLACE, QUOTE)), default=-1)
        behind = [p.name for p in self.pieces[at + 1 :] if p.name in ("before", "behind", "within", "final", "first")]
        return behind[0] if behind else ""
