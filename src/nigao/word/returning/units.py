"""A report as its Word export shows it: paragraph by paragraph, each stretch with what it is in the report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from nigao.report.model import Annex, Item, Part, Report, Sentence
from nigao.word.blocks import report_blocks


class Slot(Enum):
    """Where in a report a sentence stands."""

    TITLE = auto()
    RECIPIENT = auto()
    OPENING = auto()
    PART = auto()
    LEAD = auto()
    ITEM = auto()
    ATTACHMENT = auto()
    SIGNATURE = auto()
    DATE = auto()
    AFTER = auto()
    ANNEX_HEAD = auto()
    ANNEX = auto()
    DERIVED = auto()


@dataclass(eq=False, slots=True)
class Unit:
    """A sentence or heading as shown, its ordinal before it. `node` is the part or item that it stands in, which it
    `opens` where it is read first in there; `depth` is the item's, from 1. `starts`: it begins a paragraph.

    Without a sentence it is an ordinal alone, or a line that the export derives.
    """

    slot: Slot
    shown: str
    ordinal: str = ""
    sentence: Sentence | None = None
    node: Part | Item | Annex | None = None
    depth: int = 0
    opens: bool = False
    heading: bool = False
    starts: bool = False

    @property
    def text(self) -> str:
        """All that is read of it."""
        return self.ordinal + self.shown


def paragraphs_of(report: Report) -> list[list[Unit]]:
    """The units of every paragraph with words, in reading order. Line breaks inside a title are left out."""
    seats = _seats(report)
    opened: set[int] = set()
    paragraphs: list[list[Unit]] = []
    for block in report_blocks(report):
        units: list[Unit] = []
        ordinal = ""
        for piece in block.pieces:
            if piece.sentence is None:
                ordinal += piece.text
                continue
            seat = seats[id(piece.sentence)]
            seat.shown, seat.ordinal, seat.starts = piece.text.replace("\n", ""), ordinal, not units
            seat.opens = seat.node is not None and id(seat.node) not in opened
            opened.add(id(seat.node))
            units.append(seat)
            ordinal = ""
        if ordinal and block.annex:
            units.append(Unit(Slot.ANNEX_HEAD, ordinal, node=report.annexes[block.annex - 1], starts=True))
        elif ordinal:
            units.append(Unit(Slot.DERIVED, ordinal, starts=not units))
        if units:
            paragraphs.append(units)
    return paragraphs


def _seats(report: Report) -> dict[int, Unit]:
    found: dict[int, Unit] = {}

    def seat(sentences: list[Sentence], slot: Slot, node: Part | Item | Annex | None = None, depth: int = 0) -> None:
        for sentence in sentences:
            found[id(sentence)] = Unit(slot, sentence.text, sentence=sentence, node=node, depth=depth)

    def seat_items(items: list[Item], depth: int) -> None:
        for item in items:
            if item.heading is not None:
                seat([item.heading], Slot.ITEM, item, depth)
                found[id(item.heading)].heading = True
            seat(item.sentences, Slot.ITEM, item, depth)
            seat_items(item.items, depth + 1)

    for one, slot in (
        (report.title, Slot.TITLE),
        (report.recipient, Slot.RECIPIENT),
        (report.signature, Slot.SIGNATURE),
        (report.date, Slot.DATE),
    ):
        seat([one] if one is not None else [], slot)
    seat(report.opening, Slot.OPENING)
    seat(report.attachments, Slot.ATTACHMENT)
    seat(report.after, Slot.AFTER)
    for part in report.parts:
        seat([part.heading], Slot.PART, part)
        seat(part.lead, Slot.LEAD, part)
        seat_items(part.items, 1)
    for annex in report.annexes:
        seat([annex.title, *annex.paragraphs], Slot.ANNEX, annex)
        found[id(annex.title)].heading = True
    return found
