"""An edited text joined to the report that it was: unchanged sentences stay what they are, evidence and all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nigao.report.editing.matching import Likeness
from nigao.report.kinds import Kind
from nigao.report.model import Report
from nigao.text.ordinals import match_ordinal
from nigao.word.returning.aligning import Token, align
from nigao.word.returning.rebuilding import Rebuilding
from nigao.word.returning.units import Unit, paragraphs_of

_TITLE_LINES, _SAME_TITLE = 5, 0.6


@dataclass(frozen=True, slots=True)
class LockedEdit:
    """A locked sentence, and what was typed in its place (nothing where it was taken out): it stays as it is."""

    sentence: str
    typed: str


@dataclass(frozen=True, slots=True)
class Rejoined:
    """The report as edited; the very same object where nothing was. `strange`: no sentence of the file is, or is like,
    any of the report's.
    """

    report: Report
    locked: tuple[LockedEdit, ...] = ()
    strange: bool = False


def rejoin(report: Report, kind: Kind, lines: Sequence[str]) -> Rejoined:
    """What the report becomes when its export's lines read like this: lines in reading order, ordinals included.

    Sentences that read as before keep evidence, facts and locks wherever they stand; others are a person's. Nothing
    typed is left out, save what was typed in the place of a locked sentence.
    """
    # By way of plain data, so that no two places share an object.
    copy = Report.model_validate(report.model_dump())
    paragraphs = paragraphs_of(copy)
    tokens = align(paragraphs, _with_title_joined(lines, copy))
    units = [unit for units in paragraphs for unit in units]
    if [token.unit for token in tokens] == units and all(map(_is_as_it_was, tokens)):
        return Rejoined(report)
    strange = not any(token.unit is not None for token in tokens)
    tokens, locked = _with_locked(tokens, units)
    Rebuilding(copy, kind).fill(tokens)
    return Rejoined(copy, tuple(locked), strange)


def lines_of(report: Report) -> list[str]:
    """The lines of the report as its export shows them."""
    return ["".join(unit.text for unit in units) for units in paragraphs_of(report)]


def _is_as_it_was(token: Token) -> bool:
    return token.is_kept and token.unit is not None and token.starts == token.unit.starts


def _with_title_joined(lines: Sequence[str], report: Report) -> list[str]:
    """The lines with those that the title is broken into as one."""
    if report.title is None:
        return list(lines)
    like = Likeness()
    title = report.title.text.replace("\n", "")
    ends = range(1, min(_TITLE_LINES, len(lines)) + 1)
    stretches = [(start, end) for end in ends for start in range(end)]
    start, end = max(stretches, key=lambda one: like("".join(lines[slice(*one)]), title), default=(0, 0))
    joined = "".join(lines[start:end])
    if like(joined, title) < _SAME_TITLE:
        return list(lines)
    return [*lines[:start], joined, *lines[end:]]


def _with_locked(tokens: list[Token], units: Sequence[Unit]) -> tuple[list[Token], list[LockedEdit]]:
    """The tokens with every locked sentence in it and in its words, and what was typed instead."""
    found: list[LockedEdit] = []
    there = {token.unit: token for token in tokens if token.unit is not None}
    before: Token | None = None
    for unit in units:
        token = there.get(unit)
        locked = unit.sentence is not None and unit.sentence.locked
        if locked and token is None:
            token = Token(unit.text, unit.starts, unit)
            tokens.insert(0 if before is None else tokens.index(before) + 1, token)
            found.append(LockedEdit(unit.shown, ""))
        elif locked and token is not None and _words(token) != unit.shown:
            found.append(LockedEdit(unit.shown, token.text))
            token.text = _ordinal(token) + unit.shown
        before = token or before
    return tokens, found


def _ordinal(token: Token) -> str:
    found = match_ordinal(token.text) if token.unit is not None and token.unit.ordinal else None
    return found.text if found is not None else ""


def _words(token: Token) -> str:
    return token.text[len(_ordinal(token)) :].lstrip()
