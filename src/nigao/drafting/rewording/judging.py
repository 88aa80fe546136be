"""The deterministic checks on what a model proposes, before any of it is in the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.grounding import own_evidence
from nigao.checks.running import run_marks
from nigao.drafting.rewording.proposal import Proposed
from nigao.report.model import Item, Origin, Part, Report, Sentence
from nigao.text.content import added_words, content_words

# Whose a document is and whether it may be cited is asked of the corpus; what a sentence says is held against the
# sentences that the model was shown and named, not against all that stands around them in the passage.
_OF_THE_CORPUS = ("G207", "G208", "G211")
# Figures on which documents differ are a matter for people, not for the model.
_NOT_ITS_DOING = ("G209", "G210", "G22", *_OF_THE_CORPUS)
_ADVISED = ("G212", "G213", "G214", "G222")
# Measured on faithful rewordings, which add less than a quarter of their words (docs/adr/0005).
_MOST_ADDED = 1 / 3


def judge(proposals: Sequence[Proposed], context: CheckContext, heading: Sentence) -> None:
    """Run the grounding rules over the proposals of one part and record on each what they say."""
    if not proposals:
        return
    part = Part(key=proposals[0].slot.part.key, heading=heading)
    for proposal in proposals:
        proposal.faults, proposal.advice = [], []
        text = proposal.sentence
        # A topic sentence is a heading to the rules, a sentence of a lead is no item's.
        part.items.append(Item(heading=text) if proposal.is_topic else Item(sentences=[text]))
    unit = context.brief.unit.full if context.brief is not None else ""
    report = Report(kind=context.kind.key, unit=unit, parts=[part])
    marks = run_marks(report, replace(context, evidence=None), ("G",), _NOT_ITS_DOING)
    marks += run_marks(report, context, _OF_THE_CORPUS)
    by_sentence = {id(proposal.sentence): proposal for proposal in proposals}
    for rule, mark in marks:
        marked = by_sentence.get(id(mark.sentence))
        severity = mark.severity or rule.severity
        if marked is not None and severity is Severity.ERROR:
            marked.faults.append(mark.message)
        elif marked is not None and severity is Severity.WARNING and rule.code in _ADVISED:
            marked.advice.append(mark.message)
    for proposal in proposals:
        if proposal.sentence.origin is Origin.FACT:
            proposal.faults += _beyond_the_facts(proposal, context)
        elif _mostly_new(proposal, context):
            proposal.faults.append("所用的词大多不在材料中")


def _mostly_new(proposal: Proposed, context: CheckContext) -> bool:
    """Whether the sentence says much that the named evidence does not: a word or two may stand with a finding on them,
    more is another sentence.
    """
    said = content_words(proposal.sentence.text)
    offered = own_evidence(proposal.sentence, replace(context, evidence=None))
    return len(added_words(proposal.sentence.text, offered)) > _MOST_ADDED * len(said)


def _beyond_the_facts(proposal: Proposed, context: CheckContext) -> list[str]:
    """What a sentence on facts adds to them: the composer's sentences have all the words that telling them needs."""
    composed = [sentence.text for sentence in proposal.slot.composed]
    told = "\n".join([own_evidence(proposal.sentence, context), *composed])
    return [f"事实中没有“{word.text}”" for word in added_words(proposal.sentence.text, told)]
