"""What stands in the report in the end: the model's sentences that passed, the composer's where they did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nigao.drafting.desk import says_the_same, wording
from nigao.drafting.rewording.proposal import Proposed
from nigao.drafting.rewording.tasks import Slot, Task
from nigao.report.model import Origin, Repair, Sentence
from nigao.text.placeholders import placeholder

_REPEATED = "与前文重复"


@dataclass(slots=True)
class Settled:
    """What became of one proposed sentence that did not pass: `now` is None where it was left out."""

    proposal: Proposed
    now: Sentence | None


@dataclass(slots=True)
class Said:
    """What the report says, run by run: the composer's sentences, which may come to stand again, and the model's."""

    wordings: list[tuple[Slot, frozenset[str]]] = field(default_factory=list)
    settled: list[frozenset[str]] = field(default_factory=list)

    @classmethod
    def of(cls, tasks: Sequence[Task]) -> Said:
        """What the composer has laid out."""
        slots = [slot for task in tasks for slot in task.slots]
        return cls([(slot, wording(sentence.text)) for slot in slots for sentence in slot.composed])

    def has(self, text: str, slot: Slot) -> bool:
        """Whether this stands elsewhere, or is the composer's to say elsewhere, in these words or nearly."""
        elsewhere = [words for other, words in self.wordings if other is not slot]
        return says_the_same(wording(text), self.settled + elsewhere)

    def add(self, text: str) -> None:
        """Record a sentence of the model's."""
        self.settled.append(wording(text))


def settle(task: Task, proposals: Sequence[Proposed], said: Said) -> list[Settled]:
    """Put the proposals of a task into the report; returns those that were replaced or left out."""
    outcomes: list[Settled] = []
    for slot in task.slots:
        own = [proposal for proposal in proposals if proposal.slot is slot]
        outcomes += _settle_topic(slot, [p for p in own if p.is_topic], said)
        outcomes += _settle_body(task, slot, [p for p in own if not p.is_topic], said)
    return outcomes


def _settle_topic(slot: Slot, topics: list[Proposed], said: Said) -> list[Settled]:
    """The topic sentence is the model's where it passed; else the composer's stays."""
    if slot.item is None or not topics:
        return []
    passing = next((topic for topic in topics if not topic.fails), None)
    if passing is not None:
        slot.item.heading = _released(passing)
        said.add(passing.sentence.text)
        return []
    heading = slot.item.heading
    if heading is not None:
        heading.repair = Repair.COMPOSED
    return [Settled(topics[0], heading)]


def _settle_body(task: Task, slot: Slot, proposals: list[Proposed], said: Said) -> list[Settled]:
    above = [wording(slot.item.heading.text)] if slot.item is not None and slot.item.heading is not None else []
    for proposal in proposals:
        text = proposal.sentence.text
        if not proposal.fails and (said.has(text, slot) or says_the_same(wording(text), above)):
            proposal.own_faults.append(_REPEATED)
        elif not proposal.fails:
            said.add(proposal.sentence.text)
    if task.adds:
        slot.holder.extend(_released(proposal) for proposal in proposals if not proposal.fails)
        return [Settled(proposal, None) for proposal in proposals if proposal.fails]
    if all(proposal.fails for proposal in proposals):
        return [Settled(proposal, None) for proposal in proposals] if task.revises else _all_composed(slot, proposals)
    return _mixed(slot, proposals)


def _all_composed(slot: Slot, proposals: list[Proposed]) -> list[Settled]:
    """None of the model's sentences passed: the composer's stay as they were laid out, or a blank stands there."""
    if not proposals:
        return []
    for sentence in slot.composed:
        sentence.repair = Repair.COMPOSED
    stand_ins: list[Sentence | None] = list(slot.composed)
    if not stand_ins and not slot.open_topic:
        words = f"{placeholder('此处内容与依据不符，请核实后补写')}。"
        stand_ins = [Sentence(text=words, origin=Origin.CONNECTIVE, repair=Repair.BLANKED)]
        slot.holder.extend(sentence for sentence in stand_ins if sentence is not None)
    stand_ins += [None] * len(proposals)
    return [Settled(proposal, now) for proposal, now in zip(proposals, stand_ins, strict=False)]


def _mixed(slot: Slot, proposals: list[Proposed]) -> list[Settled]:
    """The model's sentences in their order; for one that failed, the composer's nearest that is not said yet."""
    outcomes: list[Settled] = []
    kept = [proposal.sentence for proposal in proposals if not proposal.fails]
    spare = list(slot.composed)
    body: list[Sentence] = []
    for proposal in proposals:
        if not proposal.fails:
            body.append(_released(proposal))
            continue
        stand_in = _stand_in(proposal, spare, [wording(sentence.text) for sentence in kept])
        outcomes.append(Settled(proposal, stand_in))
        if stand_in is not None:
            body.append(stand_in)
            kept.append(stand_in)
    _replace(slot, _with_untold_facts(body, spare))
    return outcomes


def _stand_in(proposal: Proposed, spare: list[Sentence], kept: list[frozenset[str]]) -> Sentence | None:
    """The composer's sentence nearest to the one that failed, unless the kept ones say it already."""
    words = wording(proposal.sentence.text)
    fresh = [sentence for sentence in spare if not says_the_same(wording(sentence.text), kept)]
    if not fresh:
        return None
    best = max(fresh, key=lambda sentence: (len(words & wording(sentence.text)), -spare.index(sentence)))
    spare.remove(best)
    best.repair = Repair.COMPOSED
    return best


def _with_untold_facts(kept: list[Sentence], spare: list[Sentence]) -> list[Sentence]:
    """Every fact is told: what the model passed over is told by the composer's sentence."""
    told = {fact for sentence in kept for fact in sentence.facts}
    return kept + [s for s in spare if s.origin is Origin.FACT and not set(s.facts) <= told]


def _replace(slot: Slot, sentences: list[Sentence]) -> None:
    """Put the sentences where the composed ones stood; what else stands there (typed text, blanks) stays."""
    holder = slot.holder
    composed = {id(sentence) for sentence in slot.composed}
    place = next((i for i, sentence in enumerate(holder) if id(sentence) in composed), len(holder))
    rest_before = [s for s in holder[:place] if id(s) not in composed]
    rest_after = [s for s in holder[place:] if id(s) not in composed]
    holder[:] = [*rest_before, *sentences, *rest_after]


def _released(proposal: Proposed) -> Sentence:
    sentence = proposal.sentence
    sentence.repair = Repair.REWRITTEN if proposal.mended else None
    return sentence
