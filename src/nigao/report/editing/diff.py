"""How two states of a report differ, told sentence by sentence as an editor would: changed, added, removed, moved."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from nigao.report.editing.matching import Likeness, bare, match_boxes, match_moved, match_units, out_of_order
from nigao.report.editing.units import Box, Unit, boxes_of, items_in
from nigao.report.editing.wording import Piece, pieces_of
from nigao.report.model import Report
from nigao.report.places import Place

ChangeKind = Literal["added", "removed", "changed", "moved"]
_WORDS: dict[ChangeKind, str] = {"changed": "修改", "added": "增加", "removed": "删除", "moved": "移动"}


class Change(BaseModel):
    """One difference. `place` and `label` are in the new report, of what is removed in the old one; `came_from` tells
    where what moved stood. A whole item is one change, its ordinals written out, and without `pieces` where it moved.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: ChangeKind
    place: Place
    label: str
    old: str = ""
    new: str = ""
    pieces: list[Piece] = Field(default_factory=list)
    came_from: str = ""

    @property
    def kind_word(self) -> str:
        """修改, 增加, 删除 or 移动."""
        return _WORDS[self.kind]

    def text(self) -> str:
        """The change in plain words, on one line."""
        where = f"{self.came_from} → {self.label}" if self.came_from else self.label
        if not self.pieces or not (self.old and self.new):
            said = self.new or self.old
        else:
            said = "".join(_told(piece) for piece in self.pieces)
        return f"{self.kind_word}　{where}：{' '.join(said.split(chr(10)))}"


class ReportDiff(BaseModel):
    """All differences in reading order."""

    model_config = ConfigDict(extra="forbid")

    changes: list[Change] = Field(default_factory=list)

    def summary(self) -> str:
        """How much differs: 修改2处、增加1处."""
        counts = Counter(change.kind for change in self.changes)
        return "、".join(f"{word}{counts[kind]}处" for kind, word in _WORDS.items() if counts[kind]) or "没有差别"

    def text(self) -> str:
        """One line a change; what is gone and what is new stand in 〔删：…〕〔增：…〕."""
        return "\n".join(change.text() for change in self.changes)


def diff_reports(old: Report, new: Report) -> ReportDiff:
    """Compare two states of a report by what they say; what only follows from moves (numbers, ；) is left out."""
    return ReportDiff(changes=_Comparison(old, new).changes())


class _Comparison:
    def __init__(self, old: Report, new: Report) -> None:
        like = Likeness()
        self._old, self._new = boxes_of(old), boxes_of(new)
        self._boxes = match_boxes(self._old, self._new, like)
        self._of = dict(self._boxes)
        self._left = [unit for box in self._old for unit in box.walk()]
        self._right = [unit for box in self._new for unit in box.walk()]
        self._units: dict[Unit, Unit] = {}
        for one, other in self._boxes:
            self._units.update(match_units(one.units, other.units, like))
        rest = [unit for unit in self._left if unit not in self._units]
        taken = set(self._units.values())
        self._moved = dict(match_moved(rest, [unit for unit in self._right if unit not in taken], like))
        self._order = {unit: float(at) for at, unit in enumerate(self._right)}
        self._found: list[tuple[float, Change]] = []

    def changes(self) -> list[Change]:
        """Every difference in reading order."""
        items = self._moved_items()
        self._changed_units()
        self._whole_items()
        self._single_units()
        self._pairing(moved=items)
        return [change for _, change in sorted(self._found, key=lambda found: found[0])]

    def _add(self, order: float, change: Change) -> None:
        self._found.append((order, change))

    def _moved_items(self) -> bool:
        """Items in another order, or in another item, than they were; whether there are any."""
        pairs = [(one, other) for one, other in self._boxes if one.above is not None and other.above is not None]
        moved = [pair for pair in pairs if self._of.get(_above(pair[0])) is not pair[1].above]
        for above in {id(one.above): one.above for one, _ in pairs}.values():
            here = [p for p in pairs if p[0].above is above and p not in moved]
            here.sort(key=lambda pair: pair[0].place.item)
            stray = out_of_order([(one.place.item[-1], other.place.item[-1]) for one, other in here])
            moved += [here[at] for at in stray]
        for one, other in moved:
            # What changed inside is told sentence by sentence.
            change = Change(
                kind="moved", place=other.place, label=other.label, came_from=one.label,
                old=one.written(), new=other.written(),
            )  # fmt: skip
            self._add(self._start(other) - 0.25, change)
        return bool(moved)

    def _changed_units(self) -> None:
        built = bool(self._found or self._moved) or len(self._units) < max(len(self._left), len(self._right))
        for one, other in self._units.items():
            # Where items come, go or move, the marks at the seams follow.
            if one.text != other.text and not (built and bare(one.text) == bare(other.text)):
                self._add(self._order[other], _change("changed", other, one.text, other.text))
        for one, other in self._moved.items():
            change = _change("moved", other, one.text, other.text, came_from=one.label)
            self._add(self._order[other], change)

    def _whole_items(self) -> None:
        """Items that are new or gone with all that they say, each told once."""
        for box in items_in(self._new):
            if self._is_loose(box, new=True) and not (box.above is not None and self._is_loose(box.above, new=True)):
                said = box.written()
                self._add(self._start(box), _whole("added", box, "", said))
                self._right = [unit for unit in self._right if not any(unit is mine for mine in box.walk())]
        for box in items_in(self._old):
            if self._is_loose(box, new=False) and not (box.above is not None and self._is_loose(box.above, new=False)):
                first = next(box.walk(), None)
                self._add(self._gone(first), _whole("removed", box, box.written(), ""))
                self._left = [unit for unit in self._left if not any(unit is mine for mine in box.walk())]

    def _is_loose(self, box: Box, *, new: bool) -> bool:
        """Whether nothing of an item is known from the other report."""
        known = set(self._units.values()) | set(self._moved.values()) if new else set(self._units) | set(self._moved)
        paired = set(self._of.values()) if new else set(self._of)
        inner = [box, *items_in([box])]
        return box.above is not None and not any(b in paired for b in inner) and not any(u in known for u in box.walk())

    def _single_units(self) -> None:
        known = set(self._units.values()) | set(self._moved.values())
        for unit in self._right:
            if unit not in known:
                self._add(self._order[unit], _change("added", unit, "", unit.text))
        for unit in self._left:
            if unit not in self._units and unit not in self._moved:
                self._add(self._gone(unit), _change("removed", unit, unit.text, ""))

    def _pairing(self, *, moved: bool) -> None:
        """What measures answer, where no item has moved, come or gone: else the numbers may only have followed."""
        counts = [
            Counter(box.place.part for box in items_in(boxes) if box.place.part and len(box.place.item) == 1)
            for boxes in (self._old, self._new)
        ]
        if moved or counts[0] != counts[1]:
            return
        for one, other in self._boxes:
            if one.addresses != other.addresses:
                old, new = (f"针对问题{'、'.join(map(str, box.addresses)) or '（无）'}" for box in (one, other))
                change = Change(
                    kind="changed", place=other.place, label=f"{other.label}的对应关系",
                    old=old, new=new, pieces=pieces_of(old, new),
                )  # fmt: skip
                self._add(self._start(other) - 0.1, change)

    def _start(self, box: Box) -> float:
        first = next(box.walk(), None)
        return self._order[first] if first is not None else 0.0

    def _gone(self, unit: Unit | None) -> float:
        """Where in the new report's order what is gone would stand: right behind what was before it."""
        all_old = [one for box in self._old for one in box.walk()]
        at = next((i for i, one in enumerate(all_old) if one is unit), 0)
        before = next((self._units[one] for one in reversed(all_old[:at]) if one in self._units), None)
        return (self._order[before] if before is not None else -1.0) + 0.5 + at / 1e6


def _above(box: Box) -> Box:
    assert box.above is not None
    return box.above


def _change(kind: ChangeKind, unit: Unit, old: str, new: str, *, came_from: str = "") -> Change:
    pieces = pieces_of(old, new)
    return Change(kind=kind, place=unit.place, label=unit.label, old=old, new=new, pieces=pieces, came_from=came_from)


def _whole(kind: ChangeKind, box: Box, old: str, new: str) -> Change:
    return Change(kind=kind, place=box.place, label=box.label, old=old, new=new, pieces=pieces_of(old, new))


def _told(piece: Piece) -> str:
    return {"same": piece.text, "del": f"〔删：{piece.text}〕", "ins": f"〔增：{piece.text}〕"}[piece.op]
