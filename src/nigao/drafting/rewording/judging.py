"""The deterministic checks on what a model proposes, before any of it is in the report."""

from __future__ import annotations

from collections.abc import Sequence

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import run_marks
from nigao.drafting.rewording.proposal import Proposed
from nigao.report.model import Item, Part, Report, Sentence

# Figures on which documents differ are a matter for people, not for the model.
_NOT_ITS_DOING = ("G209", "G210", "G22")
_ADVISED = ("G212", "G214")


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
    marks = run_marks(Report(kind=context.kind.key, unit=unit, parts=[part]), context, ("G",), _NOT_ITS_DOING)
    by_sentence = {id(proposal.sentence): proposal for proposal in proposals}
    for rule, mark in marks:
        marked = by_sentence.get(id(mark.sentence))
        severity = mark.severity or rule.severity
        if marked is not None and severity is Severity.ERROR:
            marked.faults.append(mark.message)
        elif marked is not None and severity is Severity.WARNING and rule.code in _ADVISED:
            marked.advice.append(mark.message)
