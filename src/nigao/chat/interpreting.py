"""How a turn is understood: by rules first; what they do not know at all a model may read, if there is one.

A model's reading goes through the same rules: it only puts the turn into words that they know. So it cannot name a
command or a place that does not exist, and what it makes of a turn is asked about before anything is changed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from nigao.chat.commands import Command
from nigao.chat.events import ChatEvent, Option
from nigao.chat.reading import Reading, Scene, read
from nigao.chat.running import follow
from nigao.chat.telling import outline
from nigao.chat.turn import Turn
from nigao.drafting.events import Emit, UsageEvent
from nigao.drafting.prompts import load_prompts
from nigao.drafting.run import DraftRun, ModelChoice
from nigao.errors import ModelError

_OUTLINE_CHARACTERS = 3000

# What each verb of a model's answer is in words that the rules know.
_WORDS = {
    "shorten": "{place}压缩到{number}字",
    "lengthen": "{place}扩充到{number}字",
    "rewrite": "改写{place}：{text}",
    "write": "{place}改成：{text}",
    "add_item": "{place}补一条{text}的",
    "add_sentence": "{place}后面加一句：{text}",
    "delete": "删除{place}",
    "move_before": "把{place}移到{to}前面",
    "move_behind": "把{place}移到{to}后面",
    "swap": "{place}和{to}对调",
    "split": "{place}拆成两条",
    "merge": "{place}和{to}合并",
    "replace": "全文的“{text}”替换为“{value}”",
    "set_fact": "{text}改成{value}",
    "pair": "{place}对应{to}",
    "ask": "查一下：{text}？",
    "show": "看看{place}",
    "why": "{place}的依据是什么",
    "check": "核对{place}",
    "fix": "自动修正",
    "lock": "锁定{place}",
    "unlock": "解锁{place}",
    "undo": "撤销",
    "redo": "重做",
    "compare": "比较最近两稿",
    "help": "帮助",
}
_Verb = Literal[
    "shorten",
    "lengthen",
    "rewrite",
    "write",
    "add_item",
    "add_sentence",
    "delete",
    "move_before",
    "move_behind",
    "swap",
    "split",
    "merge",
    "replace",
    "set_fact",
    "pair",
    "ask",
    "show",
    "why",
    "check",
    "fix",
    "lock",
    "unlock",
    "undo",
    "redo",
    "compare",
    "help",
    "unclear",
]


class TurnAnswer(BaseModel):
    """What a model makes of a turn; the places as people write them."""

    model_config = ConfigDict(extra="ignore", json_schema_extra={"additionalProperties": False})

    verb: _Verb
    place: str = Field(default="", json_schema_extra={"maxLength": 40})
    to: str = Field(default="", json_schema_extra={"maxLength": 40})
    text: str = Field(default="", json_schema_extra={"maxLength": 200})
    value: str = Field(default="", json_schema_extra={"maxLength": 60})
    number: int = 0


@dataclass(frozen=True, slots=True)
class Understanding:
    """A command and who read it; without one a question back with the nearest readings."""

    command: Command | None
    question: str = ""
    options: tuple[Option, ...] = ()
    by: Literal["rules", "model"] = "rules"


def interpret(turn: Turn, *, rules: bool = True) -> Generator[ChatEvent, None, Understanding]:
    """Read the turn. `rules=False` leaves to the model whatever is no answer to what was asked."""
    if turn.given is not None:
        return Understanding(turn.given)
    scene = _scene(turn)
    reading = read(turn.said, scene)
    answers = reading.command is not None and reading.command.verb in ("confirm", "cancel", "accept", "reject")
    choice = turn.office.model() if turn.latest is not None else None
    if choice is None or (rules and reading.command is not None) or answers:
        return _understanding(reading)
    try:
        said = yield from _asked(turn, choice)
    except ModelError:
        said = ""
    by_model = read(said, scene) if said else Reading(question=reading.question)
    if by_model.command is None:
        # The rules' own question is about the person's words.
        return _understanding(reading if rules else by_model)
    return Understanding(by_model.command, by="model")


def _scene(turn: Turn) -> Scene:
    state, latest = turn.state, turn.latest
    return Scene(
        report=latest.report if latest is not None else None,
        kind=turn.kind if latest is not None else turn.office.kind(""),
        brief=latest.brief if latest is not None else None,
        focus=state.focus,
        last=state.last,
        pending=state.waits_for,
        options=tuple(option.command for option in state.options),
    )


def _understanding(reading: Reading) -> Understanding:
    options = tuple(Option(label=label, command=command) for label, command in reading.nearest)
    return Understanding(reading.command, reading.question or "没有听懂。可以换个说法，或说“帮助”。", options)


def _asked(turn: Turn, choice: ModelChoice) -> Generator[ChatEvent, None, str]:
    """The turn in words that the rules know, as the model puts it; empty where it cannot tell."""
    from langchain_core.messages import HumanMessage

    prompt = next(prompt for prompt in load_prompts() if prompt.name == "interpret")
    focus = turn.told(turn.state.focus) if turn.state.focus is not None else "没有"
    shown = outline(turn.report)[:_OUTLINE_CHARACTERS]
    message = HumanMessage(prompt.render(outline=shown, focus=focus, said=turn.said))
    found: list[TurnAnswer] = []

    async def produce(emit: Emit, stop: asyncio.Event) -> bool:
        async with choice.opened() as model:
            asker = choice.asker(model, lambda usage: emit(UsageEvent(usage=usage)))
            asking = asyncio.ensure_future(asker.ask([message], TurnAnswer))
            stopped = asyncio.ensure_future(stop.wait())
            await asyncio.wait({asking, stopped}, return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
            if asking.done():
                found.append(asking.result())
                return True
            asking.cancel()
            with suppress(asyncio.CancelledError, ModelError):
                await asking
        return True

    yield from follow(DraftRun(produce), turn)
    answer = found[0] if found else TurnAnswer(verb="unclear")
    template = _WORDS.get(answer.verb, "")
    return template.format(**answer.model_dump()) if template else ""
