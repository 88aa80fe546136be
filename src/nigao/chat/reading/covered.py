"""Turns covered wholly by known pieces: which verbs there are, what may stand beside each, and who reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from nigao.chat.commands import ShowCommand
from nigao.chat.reading import lengths, moving, structure, wholly
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.pieces import FILLER, Piece, cut, first_piece, said
from nigao.chat.reading.spoken import Spoken
from nigao.chat.reading.turn import Turn

Reader = Callable[[Turn, Spoken], Outcome]


@dataclass(frozen=True, slots=True)
class Verb:
    """What may stand beside a verb (classes of BESIDE, signs of slots), and the function that makes its command."""

    read: Reader
    beside: tuple[str, ...] = ()
    signs: str = ""


def _shows(what: wholly._What) -> Verb:
    return Verb(lambda turn, spoken: wholly.showing(what), ("know", "report", "question", "step", "show"))


_READ = ("question", "report", "know", "written")
_PLACED = ("and", "report")
# What may stand behind an “and”.
_JOINED = frozenset(("P", "Q", "R", "F", "suffix", "version", "file", "order", "one"))
# Verbs that leave the report as it is, or whose object an unknown word cannot change, and how many characters besides
# may go unknown.
_HARMLESS = (
    *("check", "show", "why", "outline", "history", "placeholders", "facts", "compare", "export", "help"),
    *("undo", "redo", "restore", "unlock", "fix", "submit", "swap", "merge", "pair"),
)
_STRANGE = 3
_UNSURE = re.compile("[不没别未勿非A-Z？吗么呢]|如|若|假|哪|谁|几|什|怎|何|多|的话|再|后|前|完")
GRAMMAR: dict[str, Verb] = {
    "delete": Verb(structure.delete, (*_PLACED, "word"), "PQ"),
    "swap": Verb(structure.swap, ("and", "order"), "PQ"),
    "merge": Verb(structure.merge, ("and", "one", "order"), "PQ"),
    "merge_into": Verb(structure.merge_into, ("and", "within", "one"), "PQ"),
    "split": Verb(structure.split, ("from",), "PQ"),
    "move": Verb(moving.move, ("before", "behind", "first", "final", "within", "to", "order"), "PQ"),
    "up": Verb(moving.up, ("step", "to"), "PQ"),
    "down": Verb(moving.down, ("step", "to"), "PQ"),
    "top": Verb(moving.top, (), "PQ"),
    "pair": Verb(structure.pair, ("measure", "and"), "P"),
    "lock": Verb(structure.lock, ("report",), "PQ"),
    "unlock": Verb(structure.unlock, ("locked", "report"), "PQ"),
    "shorten": Verb(lengths.shorten, ("to", "off", "original"), "PQLS"),
    "lengthen": Verb(lengths.lengthen, ("to", "off", "original"), "PQLS"),
    "resize": Verb(lengths.resize, ("to", "original"), "PQLS"),
    "check": Verb(wholly.check, ("trouble", "question", "report", "know", "show"), "P"),
    "fix": Verb(wholly.fix, ("trouble", "report"), "C"),
    "undo": Verb(wholly.undo, ("change", "step"), ""),
    "redo": Verb(wholly.redo, ("undone", "change", "step"), ""),
    "restore": Verb(wholly.restore, ("version", "to", "report"), "R"),
    "compare": Verb(wholly.compare, ("version", "and", "question", "know", "report", "show", "change"), "R"),
    "export": Verb(wholly.export, ("suffix", "file", "and", "report"), "F"),
    "submit": Verb(wholly.submit, ("report",)),
    "approve": Verb(wholly.approve, ("report",)),
    "why": Verb(wholly.why, _READ, "PQ"),
    "outline": _shows("outline"),
    "history": _shows("history"),
    "placeholders": _shows("placeholders"),
    "facts": _shows("facts"),
    "proposals": _shows("proposals"),
    "status": _shows("status"),
    "show": Verb(wholly.show, ("report", "question", "know"), "PQ"),
    "draft": Verb(wholly.draft, ("report", "from", "by"), "PF"),
    "help": Verb(wholly.help_, ("question",)),
}


def read(turn: Turn) -> Outcome:
    """The reading of the verb that explains most of the turn; of two that explain as much, both are asked."""
    found: list[tuple[int, Outcome]] = []
    for name, verb in GRAMMAR.items():
        pieces = cut(turn.text, name, verb.beside, verb.signs) if said(turn.text, name) else None
        if pieces is None or _dangles(pieces):
            continue
        outcome = verb.read(turn, Spoken(turn, name, pieces))
        if outcome:
            found.append((_explained(pieces, name), outcome))
    if not found:
        return _place_alone(turn) or lengths.limited(turn) or _roughly(turn)
    most = max(explained for explained, _ in found)
    return _together([outcome for explained, outcome in found if explained == most])


def _roughly(turn: Turn) -> Outcome:
    """What only shows is understood with a few words besides, unless they deny, set a condition or ask."""
    found: list[Outcome] = []
    for name in _HARMLESS:
        if not said(turn.text, name):
            continue
        pieces = scattered(turn, name)
        known = {i for piece in pieces for i in range(piece.start, piece.end)}
        rest = "".join(c for i, c in enumerate(turn.text) if i not in known)
        understood = sum(piece.end - piece.start for piece in pieces if piece.name != FILLER)
        if len(rest) <= _STRANGE and not _UNSURE.search(rest) and understood > len(rest):
            found.append(GRAMMAR[name].read(turn, Spoken(turn, name, pieces)))
    return found[0] if len(found) == 1 and found[0].sure else Outcome()


def _dangles(pieces: list[Piece]) -> bool:
    """Whether an “and” joins nothing: 把第二条和删掉 lacks a word."""
    behind = [piece for piece in pieces if piece.name != FILLER]
    return any(
        piece.name == "and" and (i + 1 == len(behind) or behind[i + 1].name not in _JOINED)
        for i, piece in enumerate(behind)
    )


def _explained(pieces: list[Piece], verb: str) -> int:
    return sum(piece.end - piece.start for piece in pieces if piece.name == verb)


def _together(outcomes: list[Outcome]) -> Outcome:
    sure = list(dict.fromkeys(command for outcome in outcomes for command in outcome.sure))
    if len(outcomes) == 1 or (len(sure) == 1 and all(outcome.sure for outcome in outcomes)):
        return outcomes[0]
    near = [command for outcome in outcomes for command in (*outcome.sure, *outcome.near)]
    why = next((outcome.why for outcome in outcomes if outcome.why), "可以有几种理解")
    return Outcome.asking(why, dict.fromkeys(near))


def _place_alone(turn: Turn) -> Outcome:
    """A place and nothing else is shown."""
    if turn.text.strip("，。、的") != "P":
        return Outcome()
    ways, why = turn.ways(turn.skeleton.mentions)
    return turn.decided(ways, lambda way: ShowCommand(place=way[0][0]) if len(way[0]) == 1 else None, why)


def scattered(turn: Turn, verb: str) -> list[Piece]:
    """The pieces of a verb in a turn that they do not cover, for guessing what may be meant."""
    grammar = GRAMMAR[verb]
    found: list[Piece] = []
    pos = 0
    while pos < len(turn.text):
        piece = first_piece(turn.text, pos, verb, (*grammar.beside, FILLER), grammar.signs)
        if piece is not None:
            found.append(piece)
        pos = piece.end if piece is not None else pos + 1
    return found
