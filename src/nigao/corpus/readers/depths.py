"""Turn heading depths of a marked-up text into levels: the title is no level of its own, and ordinals go first."""

from __future__ import annotations

from collections.abc import Sequence

from nigao.corpus.readers.source import Piece
from nigao.corpus.readers.structure import heading_level
from nigao.text.ordinals import match_ordinal


def levelled(pieces: Sequence[Piece]) -> list[Piece]:
    """Heading depths as levels 1 to 4. A single top heading is the title, so what stands under it is level 1 as well;
    a heading that begins with an ordinal has the ordinal's level whatever its depth.
    """
    depths = [piece.level for piece in pieces if piece.level]
    top = min(depths, default=1)
    titled = bool(depths) and depths.count(top) == 1 and depths[0] == top and len(depths) > 1
    shift = top if titled else top - 1
    return [_levelled(piece, shift) if piece.level else piece for piece in pieces]


def _levelled(piece: Piece, shift: int) -> Piece:
    ordinal = match_ordinal(piece.text)
    level = heading_level(ordinal) or min(max((piece.level or 1) - shift, 1), 4)
    return Piece(piece.text, level, piece.kind, piece.label)
