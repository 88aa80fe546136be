"""Which pieces of a composed report a model is asked to word, each with its evidence; blanks and typed text are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from nigao.drafting.candidates import Candidate
from nigao.drafting.desk import Desk
from nigao.drafting.rewording.answers import ItemAnswer, Line, ProseAnswer, SubsectionAnswer
from nigao.drafting.rewording.offer import Evidence
from nigao.report.kinds import Content
from nigao.report.model import Item, Origin, Part, Report, Sentence
from nigao.report.pairing import item_text
from nigao.text.placeholders import has_own_placeholder

# A point's evidence: what the composer chose and as much again, no more: a model loses its way in a heap.
_MOST_SENTENCES = 10
_FACTS_TASK = "把下面的事实写成通顺的一段话，每条事实都要写到，名称和数值照抄，事实之外的一句不加。"
_LEAD_TASK = "用一至两句话概括本部分各节做了哪些方面的事，不写数字，不作评价。"
_TOPIC_TASK = "先写一句主题句（topic，不超过三十字，概括材料的意思），"


@dataclass(slots=True)
class Slot:
    """One run of sentences to be worded. `item` is None for the part's own lead; `path` its place (see SentenceEvent).

    `composed` are the composer's sentences there; with `open_topic` the item's topic sentence is the model's as well.
    """

    part: Part
    path: tuple[int, ...]
    item: Item | None
    composed: list[Sentence]
    evidence: list[Evidence]
    open_topic: bool = False

    @property
    def holder(self) -> list[Sentence]:
        """The list of the report that the sentences stand in."""
        return self.item.sentences if self.item is not None else self.part.lead


@dataclass(slots=True)
class Task:
    """One question to the model: a prompt with its values, the slots that the answer fills, the shape of the answer.

    `adds` marks a lead that is put behind what stands there instead of taking its place; `revises` one that rewords
    what was released before, which stays as it is where nothing better comes of it.
    """

    prompt: str
    slots: list[Slot]
    values: dict[str, str]
    shape: type[BaseModel]
    adds: bool = False
    revises: bool = False

    def lines(self, answer: BaseModel) -> Iterator[tuple[int, bool, Line]]:
        """The answer's lines: which slot, whether it is the topic sentence, the line."""
        if isinstance(answer, SubsectionAnswer):
            for point in answer.points:
                if 1 <= point.number <= len(self.slots):
                    yield from ((point.number - 1, False, line) for line in point.sentences)
        elif isinstance(answer, ItemAnswer):
            yield 0, True, answer.topic
            yield from ((0, False, line) for line in answer.sentences)
        elif isinstance(answer, ProseAnswer):
            yield from ((0, False, line) for line in answer.sentences)


def tasks_of(report: Report, desk: Desk) -> list[Task]:
    """The tasks of a composed report, in its order; none for what has no evidence."""
    return [task for part in report.parts for task in _part_tasks(part, report, desk)]


def _part_tasks(part: Part, report: Report, desk: Desk) -> Iterator[Task]:
    spec = desk.kind.part(part.key)
    if spec is None:
        return
    if spec.content is Content.FACTS:
        yield from _facts(part, desk)
    elif spec.content is Content.DOINGS:
        yield from _lead(part, desk)
        yield from (task for i, item in enumerate(part.items) for task in _subsection(part, i, item, desk))
    elif spec.content is Content.LACKS:
        yield from (task for i, item in enumerate(part.items) for task in _problem(part, i, item, desk))
    elif spec.content is Content.REMEDIES:
        problems = report.part(spec.answers)
        yield from (task for i, item in enumerate(part.items) for task in _measure(part, i, item, problems, desk))


def _facts(part: Part, desk: Desk) -> Iterator[Task]:
    composed = [s for s in part.lead if s.origin is Origin.FACT and not has_own_placeholder(s.text)]
    facts: list[Evidence] = [fact for fact in desk.brief.facts if any(fact.name in s.facts for s in composed)]
    if len(composed) > 1 and facts:
        slot = Slot(part, (), None, composed, facts)
        yield Task("lead", [slot], {"heading": part.heading.text, "task": _FACTS_TASK}, ProseAnswer)


def _lead(part: Part, desk: Desk) -> Iterator[Task]:
    """What the subsections tell, in a sentence or two behind the kind's own lead."""
    points = [point for item in part.items for point in item.items]
    first = [offered[0] for point in points if point.sentences and (offered := _offered(point, desk))]
    if part.lead and len(first) > 1:
        slot = Slot(part, (), None, [], list(first))
        yield Task("lead", [slot], {"heading": part.heading.text, "task": _LEAD_TASK}, ProseAnswer, adds=True)


def _subsection(part: Part, place: int, item: Item, desk: Desk) -> Iterator[Task]:
    slots, names = [], []
    for j, point in enumerate(item.items):
        composed = cited_sentences(point.sentences)
        evidence = _offered(point, desk)
        if composed and evidence:
            slots.append(Slot(part, (place, j), point, composed, list(evidence)))
            names.append(point.heading.text if point.heading is not None else "（没有主题句）")
    if slots:
        points = "\n".join(f"{number}. {name}" for number, name in enumerate(names, start=1))
        heading = item.heading.text.rstrip("。") if item.heading is not None else ""
        yield Task("subsection", slots, {"heading": heading, "points": points}, SubsectionAnswer)


def _problem(part: Part, place: int, item: Item, desk: Desk) -> Iterator[Task]:
    yield from _item_task("problem", {}, part, place, item, desk)


def _measure(part: Part, place: int, item: Item, problems: Part | None, desk: Desk) -> Iterator[Task]:
    numbers = [n for n in item.addresses if problems is not None and 0 < n <= len(problems.items)]
    answered = [problems.items[n - 1] for n in numbers] if problems is not None else []
    told = "".join(item_text(problem) for problem in answered) or "（没有写明）"
    yield from _item_task("measure", {"problem": told}, part, place, item, desk)


def _item_task(prompt: str, values: dict[str, str], part: Part, place: int, item: Item, desk: Desk) -> Iterator[Task]:
    composed = cited_sentences(item.sentences)
    evidence = _offered(item, desk)
    heading = item.heading
    open_topic = heading is not None and heading.origin is Origin.SOURCE
    if not evidence or not (composed or open_topic) or has_own_placeholder(item_text(item)):
        return
    slot = Slot(part, (place,), item, composed, list(evidence), open_topic)
    values = {
        **values,
        "topic": heading.text if heading is not None else "（没有主题句）",
        "task": _TOPIC_TASK if open_topic else "主题句已有，不要重写。",
    }
    yield Task(prompt, [slot], values, ItemAnswer if open_topic else ProseAnswer)


def cited_sentences(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Those that rest on the corpus and are no blanks: what a model may word."""
    return [s for s in sentences if s.origin is Origin.SOURCE and not has_own_placeholder(s.text)]


def _offered(item: Item, desk: Desk) -> Sequence[Candidate]:
    """What the item may rest on, best first."""
    return desk.offered(item)[:_MOST_SENTENCES]
