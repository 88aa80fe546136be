"""A model's second opinion on wrong characters: it may propose, and what is told passes the gate of the rule T550."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict, Field

from nigao.checks.context import CheckContext
from nigao.checks.proofreading import SLIP_RULE, proofreader, slip_mark, written
from nigao.checks.registry import Mark, find_rule
from nigao.checks.review import Opinion
from nigao.drafting.asking import Asker
from nigao.drafting.prompts import Prompt, load_prompts
from nigao.drafting.run import ModelChoice
from nigao.errors import ModelAnswerError
from nigao.report.model import Report, Sentence
from nigao.text.proofreading import Proofreader, Slip

PROMPT = "proofread"
_MODEL = "模型"
# Sentences and characters put to the model at once.
_SENTENCES, _CHARACTERS = 20, 1500


class Correction(BaseModel):
    """In the sentence `number` (from 1), `right` should stand where `wrong` does."""

    model_config = ConfigDict(extra="ignore")

    number: int
    wrong: str
    right: str


class ProofAnswer(BaseModel):
    """What a model proposes for a group of sentences."""

    model_config = ConfigDict(extra="ignore")

    corrections: list[Correction] = Field(default_factory=list)


def opinion_of(choice: ModelChoice) -> Opinion:
    """What the model adds to a check. Raises ModelUnavailableError when called where no answer can be had."""

    async def ask(report: Report, context: CheckContext) -> list[Mark]:
        async with choice.opened() as model:
            asker = choice.asker(model)
            return await second_opinion(report, context, asker)

    rule = find_rule(SLIP_RULE)
    return lambda report, context: [(rule, mark) for mark in asyncio.run(ask(report, context))]


async def second_opinion(
    report: Report, context: CheckContext, asker: Asker, prompt: Prompt | None = None
) -> list[Mark]:
    """Marks for T550 that a model proposed, that have the evidence which the rule asks for, and that the rule by itself
    did not report, in reading order.

    A group of sentences for which the model's answers cannot be used is passed over. Raises ModelUnavailableError where
    no answer can be had.
    """
    from langchain_core.messages import HumanMessage

    asked = prompt or next(known for known in load_prompts() if known.name == PROMPT)
    reader = proofreader(context)
    found: list[Mark] = []
    for group in _groups([sentence for sentence in written(report) if sentence.text.strip()]):
        told = "\n".join(f"{i}. {_one_line(sentence.text)}" for i, sentence in enumerate(group, start=1))
        try:
            answer = await asker.ask([HumanMessage(asked.render(sentences=told))], ProofAnswer)
        except ModelAnswerError:
            continue
        for number, sentence in enumerate(group, start=1):
            proposals = [(c.wrong, c.right) for c in answer.corrections if c.number == number]
            found += [slip_mark(sentence, slip, _MODEL) for slip in seconded(sentence.text, proposals, reader)]
    return found


def seconded(sentence: str, proposals: Sequence[tuple[str, str]], reader: Proofreader) -> list[Slip]:
    """Of proposals (a piece of the sentence, and what should stand there), those single characters that have evidence.

    Proposals that change the length, or quote what the sentence does not say, are none.
    """
    own = {slip.start for slip in reader.slips(sentence)}
    found: dict[int, Slip] = {}
    for wrong, right in proposals:
        if not wrong or len(wrong) != len(right) or wrong == right:
            continue
        for place in _places(sentence, wrong):
            changed = [place + i for i in range(len(wrong)) if wrong[i] != right[i]]
            for start in changed:
                slip = reader.second(sentence, start, right[start - place])
                if slip is not None and start not in own:
                    found.setdefault(start, slip)
    return [found[start] for start in sorted(found)]


def _places(sentence: str, words: str) -> Iterator[int]:
    place = sentence.find(words)
    while place >= 0:
        yield place
        place = sentence.find(words, place + 1)


def _groups(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    for sentence in sentences:
        size = sum(len(other.text) for other in group)
        if group and (len(group) >= _SENTENCES or size + len(sentence.text) > _CHARACTERS):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def _one_line(text: str) -> str:
    return " ".join(text.split())
