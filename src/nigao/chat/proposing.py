"""A model's rewriting as proposals: sentence by sentence, each held against the old sentence's evidence."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from difflib import SequenceMatcher

from nigao.chat.events import ChatEvent, Verdict
from nigao.chat.running import follow
from nigao.chat.state import Proposal
from nigao.chat.turn import Turn
from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Mark, Rule
from nigao.checks.running import run_marks
from nigao.drafting.events import Emit, RepairEvent
from nigao.drafting.rewording.revision import revision_task
from nigao.drafting.run import DraftRun, revise_with_model
from nigao.errors import EditError, UsageError
from nigao.report.model import Repair, Report, Sentence
from nigao.report.places import Place, find_item, find_part, find_sentence, walk_items

# A proposed sentence takes the place of the old one that it shares at least this part of its characters with.
_ALIKE = 0.3


def propose(turn: Turn, place: Place, order: str, *, more: bool) -> Generator[ChatEvent, None, list[Proposal]]:
    """Ask the model to word the items of a place as ordered; the report is not changed. Raises EditError where nothing
    there rests on the corpus, ModelUnavailableError where no model can be opened.
    """
    proposals: list[Proposal] = []
    for target in _targets(turn, place):
        copy = turn.draft.report.model_copy(deep=True)
        refused = yield from _worded(turn, copy, target, order, more)
        proposals += _compared(turn, copy, target.whole, refused)
    for number, one in enumerate(proposals, start=1):
        one.number = number
    return proposals


def _targets(turn: Turn, place: Place) -> list[Place]:
    """The innermost items of a place that a model may word, or the one sentence."""
    if place.sentence is not None:
        if not place.item:
            raise EditError("模型只能改写分条中的句子", where=turn.told(place), fix="直接给出文字")
        return [place]
    if place.item and not find_item(turn.report, place).items:
        return [place]
    inside = [
        at
        for at, item in walk_items(find_part(turn.report, place))
        if at.item[: len(place.item)] == place.item and not item.items and item.sentences
    ]
    if not inside:
        raise EditError("模型只能改写分条中的句子", where=turn.told(place), fix="直接给出文字，或说明是哪一条")
    return inside


def _worded(
    turn: Turn, copy: Report, target: Place, order: str, more: bool
) -> Generator[ChatEvent, None, list[RepairEvent]]:
    """Have the model word one item of the copy; what the checks kept out."""
    choice = turn.office.model()
    assert choice is not None
    only = find_sentence(copy, target) if target.sentence is not None else None
    desk = turn.desk()
    path = tuple(number - 1 for number in target.item)
    try:
        task = revision_task(copy, desk, target.part, path, order, only=only, more=more)
    except UsageError as error:
        raise EditError(error.message, where=turn.told(target), fix=error.fix) from None

    async def produce(emit: Emit, stop: asyncio.Event) -> bool:
        await revise_with_model(choice, copy, task, desk, turn.evidence(), emit=emit, stop=stop)
        return True

    refused: list[RepairEvent] = []
    for event in follow(DraftRun(produce), turn):
        # One that was mended is told as well; it stands.
        if isinstance(event, RepairEvent) and event.repair is not Repair.REWRITTEN:
            refused.append(event)
        yield event
    return refused


def _compared(turn: Turn, copy: Report, place: Place, refused: list[RepairEvent]) -> list[Proposal]:
    """The item before and after, as proposals; those refused are told with their reasons."""
    old, new = find_item(turn.draft.report, place).sentences, find_item(copy, place).sentences
    kept = {sentence.text for sentence in old}
    fresh = [sentence for sentence in new if sentence.text not in kept]
    after = {sentence.text for sentence in new}
    gone = [sentence for sentence in old if sentence.text not in after]
    takes: dict[int, list[Sentence]] = {id(sentence): [] for sentence in fresh}
    dropped: list[Sentence] = []
    for sentence in gone:
        best = max(fresh, key=lambda one: _alike(one.text, sentence.text), default=None)
        if best is not None and (_alike(best.text, sentence.text) >= _ALIKE or len(fresh) == len(gone) == 1):
            takes[id(best)].append(sentence)
        else:
            dropped.append(sentence)
    marks = _marks(turn, copy)
    proposals = [_proposal(place, sentence, takes[id(sentence)], _before(new, sentence), marks) for sentence in fresh]
    proposals += [
        Proposal(number=0, place=place, was=[sentence.text], verdict=Verdict.PERSON, reasons=["模型没有写到这一句"])
        for sentence in dropped
    ]
    proposals += [
        Proposal(
            number=0,
            place=place,
            was=[event.now] if event.now else [],
            now=Sentence(text=event.was),
            verdict=Verdict.REJECTED,
            reasons=list(event.reasons),
        )
        for event in refused
    ]
    return proposals


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _before(sentences: list[Sentence], sentence: Sentence) -> str:
    at = next(i for i, one in enumerate(sentences) if one is sentence)
    return sentences[at - 1].text if at else ""


def _marks(turn: Turn, copy: Report) -> list[tuple[Rule, Mark]]:
    context = CheckContext(kind=turn.kind, on=turn.today, brief=turn.draft.brief, evidence=turn.evidence())
    return run_marks(copy, context)


def _proposal(
    place: Place, sentence: Sentence, takes: list[Sentence], before: str, marks: list[tuple[Rule, Mark]]
) -> Proposal:
    mine = [(rule, mark) for rule, mark in marks if mark.sentence is sentence]
    severities = {mark.severity or rule.severity for rule, mark in mine}
    doubts = [mark.message for rule, mark in mine if (mark.severity or rule.severity) is not Severity.INFO]
    verdict = Verdict.PASSED
    if Severity.ERROR in severities:
        verdict = Verdict.REJECTED
    elif doubts:
        verdict = Verdict.PERSON
    return Proposal(
        number=0,
        place=place,
        was=[one.text for one in takes],
        behind=before,
        now=sentence,
        verdict=verdict,
        reasons=doubts,
    )


def apply_proposals(report: Report, chosen: list[Proposal]) -> None:
    """Put accepted sentences into the report. Raises EditError where what they were for has changed meanwhile."""
    for one in chosen:
        item = find_item(report, one.place)
        texts = [sentence.text for sentence in item.sentences]
        if any(was not in texts for was in one.was) or any(s.locked and s.text in one.was for s in item.sentences):
            raise EditError("这一条后来改动过或已锁定，改写对不上了", where="采用改写", fix="请重新要求改写")
        behind = texts.index(one.behind) + 1 if one.behind in texts else len(texts)
        at = texts.index(one.was[0]) if one.was else behind
        item.sentences[:] = [s for s in item.sentences if s.text not in one.was]
        if one.now is not None:
            item.sentences.insert(min(at, len(item.sentences)), one.now)
