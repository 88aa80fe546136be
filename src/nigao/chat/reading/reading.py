"""Reading a turn: the parts of the grammar are asked in order, and what they make of it is acted on or asked back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from nigao.chat.commands import AskCommand, Command, HelpCommand, LockCommand
from nigao.chat.labels import label
from nigao.chat.reading import (
    adding,
    answers,
    becoming,
    covered,
    drafting,
    facts,
    questions,
    remarks,
    rewording,
    slash,
    waiving,
)
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.pieces import loose
from nigao.chat.reading.said import unfinished
from nigao.chat.reading.scene import Reading, Scene
from nigao.chat.reading.spoken import Spoken
from nigao.chat.reading.standing import missing
from nigao.chat.reading.turn import Turn

# The first that makes something of a turn decides: the more a form says, the earlier it stands.
_GRAMMAR: tuple[Callable[[Turn], Outcome], ...] = (
    answers.read,
    waiving.read,
    facts.read,
    covered.read,
    drafting.read,
    becoming.write,
    adding.read,
    rewording.read,
    becoming.replace,
)
_LONGEST = 4000
_MOST_NEAR = 5
# Verbs whose reading may be offered where the words around were not understood.
_GUESSED = 2
_FORBIDS = re.compile("别(?!的|人)|(?<!要)不要|不许|不得|勿")
# Words enough to look up.
_A_QUESTION = 4


def read(text: str, scene: Scene) -> Reading:
    """What was typed as a command, or a question back with the nearest readings. Never raises, never guesses."""
    typed = text.strip()
    said = slash.spoken(typed)
    if said is not None:
        return _slash(said, scene)
    if not typed.strip("，。！？,.!? \n\t"):
        return Reading(question="请说要做什么", nearest=_labelled(scene, [HelpCommand()]))
    if len(typed) > _LONGEST:
        return Reading(question=f"一次最多说{_LONGEST}字，请分开说")
    return _read(typed, scene)


def _slash(said: tuple[str, str], scene: Scene) -> Reading:
    name, rest = said
    if name in slash.HELP:
        return Reading(HelpCommand(about=rest))
    if name in slash.ASK and rest:
        return Reading(AskCommand(question=rest))
    words = slash.words(name, rest)
    if words is None:
        return Reading(question=f"没有“/{name}”这个命令", nearest=_labelled(scene, [HelpCommand()]))
    return _read(words, scene)


def _read(typed: str, scene: Scene) -> Reading:
    turn = Turn(typed, scene)
    if unfinished(turn.plain):
        return _asked(turn, Outcome.asking("引号没有成对，请补全"))
    outcome = _outcome(turn)
    if len(outcome.sure) != 1 or outcome.why:
        outcome = remarks.read(turn, _outcome) or outcome
    if outcome:
        if len(outcome.sure) == 1 and not outcome.why:
            gone = missing(scene.report, outcome.sure[0])
            if not gone:
                return Reading(outcome.sure[0])
            outcome = Outcome.asking(gone, outcome.near)
        return _asked(turn, outcome)
    asked = questions.read(turn)
    if asked:
        return Reading(asked.sure[0])
    return _asked(turn, Outcome(near=list(_guesses(turn)), why="没有听懂这句话"))


def _outcome(turn: Turn) -> Outcome:
    """What the first part of the grammar makes of the turn that makes anything of it."""
    for part in _GRAMMAR:
        outcome = part(turn)
        if outcome:
            return outcome
    return Outcome()


def _asked(turn: Turn, outcome: Outcome) -> Reading:
    """The question with the readings that can be done, the help where there is none."""
    near = [*outcome.sure, *outcome.near]
    nearest = _labelled(turn.scene, near)
    question = (outcome.why or "这句话可以有几种理解").rstrip("。？")
    return Reading(question=f"{question}。{_choices(nearest)}", nearest=nearest)


def _choices(nearest: tuple[tuple[str, Command], ...]) -> str:
    if not nearest:
        return ""
    if len(nearest) == 1:
        return f"是不是要{nearest[0][0]}？"
    listed = "；".join(f"{n}. {label}" for n, (label, _) in enumerate(nearest, start=1))
    return f"您是要：{listed}？"


def _labelled(scene: Scene, commands: Iterable[Command]) -> tuple[tuple[str, Command], ...]:
    fit = [command for command in dict.fromkeys(commands) if not missing(scene.report, command)]
    return tuple((label(command, scene.report), command) for command in fit[:_MOST_NEAR])


def _guesses(turn: Turn) -> Iterator[Command]:
    """What may have been meant, judged by the verbs and places that occur; only ever offered."""
    guessed: list[Command] = []
    for verb in [verb for verb in loose(turn.text) if verb in covered.GRAMMAR][:_GUESSED]:
        outcome = covered.GRAMMAR[verb].read(turn, Spoken(turn, verb, covered.scattered(turn, verb)))
        guessed += [*outcome.sure, *outcome.near]
    if _FORBIDS.search(turn.plain):
        ways, _ = turn.ways(turn.skeleton.mentions)
        yield from (LockCommand(place=way[0][0]) for way in ways if len(way) == 1 and len(way[0]) == 1)
    yield from guessed
    if len(turn.plain) >= _A_QUESTION and not guessed:
        yield AskCommand(question=turn.typed)
    yield HelpCommand()
