"""Where the parts and the numbered items of a report stand in its text."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.mutations.model import Clean

from nigao.report.render import PieceKind, pieces
from nigao.text.ordinals import Ordinal, match_ordinal


@dataclass
class Block:
    """A part (`depth` 0) or a numbered item. `before` is where the text above it ends; `end` where its own does."""

    part: str
    depth: int
    ordinal: str
    before: int
    start: int
    heading: tuple[int, int]
    end: int

    @property
    def form(self) -> Ordinal | None:
        """The ordinal as parsed."""
        return match_ordinal(self.ordinal)


def blocks(clean: Clean) -> list[Block]:
    """All parts and numbered items in reading order; parts contain their items."""
    keys = {id(part.heading): part.key for part in clean.report.parts}
    found: list[Block] = []
    open_: list[Block] = []
    offset, ended, ordinal = 0, 0, ("", 0, 0)
    for piece in pieces(clean.report):
        start = offset + len(piece.gap)
        offset = start + len(piece.text)
        if piece.kind is PieceKind.ORDINAL:
            ordinal = (piece.text, start, ended)
            if piece.depth:
                _close(open_, piece.depth, ended)
                block = Block(
                    open_[0].part if open_ else "", piece.depth, piece.text, ended, start, (offset, offset), offset
                )
                found.append(block)
                open_.append(block)
        elif piece.kind is PieceKind.PART_HEADING and piece.sentence is not None:
            head = ordinal if ordinal[1] + len(ordinal[0]) == start else ("", start, ended)
            _close(open_, 0, head[2])
            block = Block(keys[id(piece.sentence)], 0, head[0], head[2], head[1], (start, offset), offset)
            found.append(block)
            open_.append(block)
        elif piece.kind in (PieceKind.SIGNATURE, PieceKind.DATE):
            _close(open_, 0, ended)
        elif piece.kind is PieceKind.ITEM_HEADING and open_ and open_[-1].heading == (start, start):
            open_[-1].heading = (start, offset)
        ended = offset
    _close(open_, 0, ended)
    return found


def _close(open_: list[Block], depth: int, ended: int) -> None:
    while open_ and open_[-1].depth >= depth:
        open_.pop().end = ended


def sisters(clean: Clean) -> list[list[Block]]:
    """Runs of at least two blocks of one form that follow one another under one head, in order of their values."""
    runs: list[list[Block]] = []
    last: dict[int, list[Block]] = {}
    for block in blocks(clean):
        for deeper in [depth for depth in last if depth > block.depth]:
            del last[deeper]
        run = last.get(block.depth)
        form = block.form
        if form is None:
            last.pop(block.depth, None)
            continue
        above = run[-1].form if run else None
        if run and above and above.form is form.form and above.value + 1 == form.value:
            run.append(block)
        else:
            last[block.depth] = [block]
            runs.append(last[block.depth])
    return [run for run in runs if len(run) > 1]


def part(clean: Clean, key: str) -> Block | None:
    """The part of that key."""
    return next((b for b in blocks(clean) if b.depth == 0 and b.part == key), None)


def items(clean: Clean, key: str) -> list[Block]:
    """The numbered items right under that part."""
    inside = [b for b in blocks(clean) if b.depth > 0 and b.part == key]
    top = min((b.depth for b in inside), default=0)
    return [b for b in inside if b.depth == top]
