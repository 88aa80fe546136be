"""Drives the tasks of one report: all at once within the endpoint's limits, each asked, judged, mended and settled."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nigao.checks.context import CheckContext
from nigao.drafting.asking import Asker, estimate_tokens
from nigao.drafting.desk import Desk
from nigao.drafting.events import Emit, PartEvent, RepairEvent, TroubleEvent, run_events
from nigao.drafting.prompts import Prompt, load_prompts
from nigao.drafting.record import PromptRecord
from nigao.drafting.rewording.answers import Line, MendAnswer
from nigao.drafting.rewording.judging import judge
from nigao.drafting.rewording.offer import Keys, Offer
from nigao.drafting.rewording.proposal import Proposed, propose
from nigao.drafting.rewording.settling import Said, Settled, settle
from nigao.drafting.rewording.tasks import Slot, Task, tasks_of
from nigao.errors import ModelError
from nigao.modelsettings import ModelSettings
from nigao.report.model import Part, Report
from nigao.text.terms import TermKind, checkable_terms

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

# How often what the checks found goes back to the model.
_ROUNDS = 2
# Room for the prompt's own words and for the schema, where that is told in words.
_FRAME_TOKENS = 250


@dataclass(slots=True)
class Rewording:
    """One report's rewording. `stop` ends it early; what is settled by then stays."""

    asker: Asker
    settings: ModelSettings
    worded_by: str
    emit: Emit
    stop: asyncio.Event
    troubles: list[str] = field(default_factory=list)
    cancelled: bool = False
    _used: dict[str, Prompt] = field(default_factory=dict)
    said: Said = field(default_factory=Said)
    judging: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def prompts(self) -> list[PromptRecord]:
        """The prompts used, by name."""
        used = sorted(self._used.values(), key=lambda prompt: prompt.name)
        return [PromptRecord(name=p.name, version=p.version, sha256=p.sha256) for p in used]

    async def reword(
        self, report: Report, desk: Desk, context: CheckContext, tasks: Sequence[Task] | None = None
    ) -> None:
        """Put the model's words into a report, in place: by default into all that the composer laid out.

        Never fails for the model's sake.
        """
        run = _Run(self, desk, context, {p.name: p for p in load_prompts()}, Keys(desk.brief))
        concerned = report.parts
        if tasks is None:
            tasks = tasks_of(report, desk)
        else:
            concerned = [part for part in report.parts if any(task.slots[0].part is part for task in tasks)]
        self.said = Said.of(tasks)
        parts = [asyncio.create_task(run.part(part, tasks)) for part in concerned]
        stopped = asyncio.create_task(self.stop.wait())
        finished = asyncio.gather(*parts, return_exceptions=True)
        try:
            either: set[asyncio.Future[Any]] = {finished, stopped}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            self.cancelled = not finished.done()
        finally:
            for task in (*parts, stopped):
                task.cancel()
            outcomes = await finished
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome

    def tell_trouble(self, part: str, error: ModelError) -> None:
        """Record what did not work, each thing once."""
        message = str(error)
        if message not in self.troubles:
            self.troubles.append(message)
            self.emit(TroubleEvent(part=part, message=message))

    def take(self, prompt: Prompt) -> Prompt:
        """The prompt, recorded as used."""
        self._used[prompt.name] = prompt
        return prompt


@dataclass(slots=True)
class _Run:
    """What the tasks of one report share."""

    owner: Rewording
    desk: Desk
    context: CheckContext
    prompts: dict[str, Prompt]
    keys: Keys

    async def part(self, part: Part, tasks: Sequence[Task]) -> None:
        """All tasks of one part; then the part is told as it stands."""
        async with asyncio.TaskGroup() as group:
            for task in tasks:
                if task.slots[0].part is part:
                    group.create_task(self.task(task))
        self.owner.emit(PartEvent(part=part.key, heading=part.heading.text, state="finished"))

    async def task(self, task: Task) -> None:
        """Ask, judge, mend at most twice, settle. Where nothing can be had of the model the composer's text stays."""
        part = task.slots[0].part
        offers = self._offers(task)
        try:
            answer = await self.owner.asker.ask(self._question(task, offers), task.shape, _choices(offers))
        except ModelError as error:
            self.owner.tell_trouble(part.key, error)
            return
        proposals = [
            proposed
            for place, is_topic, line in task.lines(answer)
            for proposed in self._proposed(task, task.slots[place], is_topic, line, offers[place])
        ]
        await self._judge(proposals, part)
        for _ in range(_ROUNDS):
            if not any(proposal.reasons for proposal in proposals):
                break
            try:
                proposals = await self._mended(task, proposals, offers)
            except ModelError as error:
                self.owner.tell_trouble(part.key, error)
                break
        self._tell(task, settle(task, proposals, self.owner.said), proposals)

    def _proposed(self, task: Task, slot: Slot, is_topic: bool, line: Line, offer: Offer) -> list[Proposed]:
        found = propose(slot, is_topic, line, offer.entries, self.desk.brief, self.owner.worded_by)
        for proposal in found:
            if task.adds and any(term.kind is TermKind.NUMBER for term in checkable_terms(proposal.sentence.text)):
                proposal.own_faults.append("概括的话不写数字")
        return found

    def _offers(self, task: Task) -> list[Offer]:
        settings = self.owner.settings
        prompt = self.prompts[task.prompt].template + self.prompts["rules"].template + "".join(task.values.values())
        room = settings.tokens_per_call - settings.tokens_per_answer - estimate_tokens(prompt) - _FRAME_TOKENS
        return [Offer.of(slot.evidence, self.keys, room // len(task.slots)) for slot in task.slots]

    def _question(self, task: Task, offers: Sequence[Offer]) -> list[BaseMessage]:
        prompt = self.owner.take(self.prompts[task.prompt])
        return self._messages(prompt.render(**task.values, evidence=_shown(offers)))

    def _messages(self, text: str) -> list[BaseMessage]:
        from langchain_core.messages import HumanMessage, SystemMessage

        brief = self.desk.brief
        rules = self.owner.take(self.prompts["rules"])
        told = rules.render(unit=brief.unit.full, period=brief.period or "未写明")
        return [SystemMessage(told), HumanMessage(text)]

    async def _judge(self, proposals: Sequence[Proposed], part: Part) -> None:
        if proposals:
            # One at a time: the rules are work for one processor, and the calls to the model go on meanwhile.
            async with self.owner.judging:
                await asyncio.to_thread(judge, proposals, self.context, part.heading)

    async def _mended(self, task: Task, proposals: list[Proposed], offers: Sequence[Offer]) -> list[Proposed]:
        """The proposals with those that the checks found fault with handed in again where that made them better."""
        wrong = [proposal for proposal in proposals if proposal.reasons]
        faults = "\n".join(
            f"{number}. {proposal.sentence.text}\n   原因：{'；'.join(proposal.reasons)}"
            for number, proposal in enumerate(wrong, start=1)
        )
        prompt = self.owner.take(self.prompts["repair"])
        answer = await self.owner.asker.ask(
            self._messages(prompt.render(faults=faults, evidence=_shown(offers))), MendAnswer, _choices(offers)
        )
        by_slot = {id(slot): offer for slot, offer in zip(task.slots, offers, strict=True)}
        again: dict[int, list[Proposed]] = {}
        for line in answer.sentences:
            if 1 <= line.number <= len(wrong):
                old = wrong[line.number - 1]
                new = self._proposed(task, old.slot, old.is_topic, line, by_slot[id(old.slot)])
                again.setdefault(id(old), []).extend(new)
        await self._judge([new for news in again.values() for new in news], task.slots[0].part)
        return [chosen for old in proposals for chosen in _better(old, again.get(id(old), []))]

    def _tell(self, task: Task, outcomes: Sequence[Settled], proposals: Sequence[Proposed]) -> None:
        """Say what came of the task: what was not let through as it was, and how its sentences now stand."""
        part = task.slots[0].part
        replaced = [(o.proposal, o.proposal.reasons, o.now) for o in outcomes]
        mended = [(p, p.first_reasons, p.sentence) for p in proposals if p.mended and not p.fails]
        for proposal, reasons, now in (*replaced, *mended):
            text, repair = (now.text, now.repair) if now is not None else ("", None)
            told = RepairEvent(part=part.key, was=proposal.was, reasons=tuple(reasons), now=text, repair=repair)
            self.owner.emit(told)
        for slot in task.slots:
            for event in run_events(part.key, slot.path, slot.item, slot.holder):
                self.owner.emit(event)


def _better(old: Proposed, new: list[Proposed]) -> list[Proposed]:
    """What to go on with: the new sentences where none of them is worse off than the old one."""
    if not new:
        return [old]
    worse = not old.fails and any(p.fails or len(p.advice) > len(old.advice) for p in new)
    if worse:
        return [old]
    for proposal in new:
        proposal.mended, proposal.was = True, old.was
        proposal.first_reasons = old.first_reasons or old.reasons
    return new


def _choices(offers: Sequence[Offer]) -> dict[str, list[str]]:
    return {"keys": [key for offer in offers for key in offer.entries]}


def _shown(offers: Sequence[Offer]) -> str:
    if len(offers) == 1:
        return offers[0].text()
    return "\n\n".join(f"要点 {number}：\n{offer.text()}" for number, offer in enumerate(offers, start=1))
