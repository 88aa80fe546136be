"""The report's connective sentences: filled templates that name unit, period and themes and claim nothing."""

from __future__ import annotations

import string

from nigao.checks.grounding import BRIEF_FIELDS
from nigao.report.brief import Brief
from nigao.report.model import Origin, Sentence
from nigao.text.placeholders import placeholder
from nigao.text.terms import checkable_terms


def fill(template: str, brief: Brief, **more: str) -> str:
    """Fill a kind's template with the brief's fields; a field that the brief leaves empty disappears cleanly."""
    fields = {
        "unit": brief.unit.brief_name,
        "unit_introduced": introduced(brief),
        "asked_by": brief.asked_by,
        "period": brief.period,
        "recipient": brief.recipient,
        **more,
    }
    names = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    text = template.format_map({name: fields.get(name, "") for name in names})
    return text.lstrip("，、")


def introduced(brief: Brief) -> str:
    """The unit's full name, with the short name introduced where there is one."""
    full, short = brief.unit.full, brief.unit.short
    return f"{full}（以下简称“{short}”）" if short and short != full else full


def connective(text: str, brief: Brief) -> Sentence:
    """A sentence that claims nothing. One that carries the brief's period or names rests on those fields."""
    if not checkable_terms(text):
        return Sentence(text=text, origin=Origin.CONNECTIVE)
    values = dict(zip(BRIEF_FIELDS, (brief.unit.full, brief.period, brief.asked_by, brief.recipient), strict=False))
    rests_on = [name for name, value in values.items() if value and value in text]
    return Sentence(text=text, origin=Origin.FACT, facts=rests_on or [BRIEF_FIELDS[0]])


def blank(what: str, *, before: str = "", after: str = "。") -> Sentence:
    """A visible blank for what neither corpus nor brief supplies."""
    return Sentence(text=f"{before}{placeholder(what)}{after}", origin=Origin.CONNECTIVE)


def human(text: str) -> Sentence:
    """A sentence that the drafter typed in the brief."""
    return Sentence(text=text, origin=Origin.HUMAN)
