"""基本情况: the fact sheet as prose. What the unit did not state stays a visible blank."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nigao.corpus.model import Role
from nigao.drafting.candidates import candidates, cited, outside_period, whole_sentence
from nigao.drafting.desk import Desk
from nigao.drafting.outline import PartPlan
from nigao.drafting.wording import blank, human
from nigao.report.brief import Fact
from nigao.report.kinds import FactSpec
from nigao.report.model import Origin, Part, Sentence
from nigao.text.placeholders import placeholder
from nigao.text.tokens import words

# A value may come as a clause of its own; then the template's lead-in would say it twice.
_OWN_VERB = re.compile(r"^(?:为|是|系|属|有|由|设|设有|设置|核定|下设|内设|现有|实有|共有|负责|承担|主要职责)")


@dataclass(frozen=True, slots=True)
class _Clause:
    """One fact as a clause ending in ， or 。; `fact` is its name, empty for a blank."""

    text: str
    fact: str = ""


def write_basics(plan: PartPlan, desk: Desk, part: Part) -> None:
    """Fill the part's lead: one sentence for each expected fact, then the brief's other facts and points."""
    told: set[str] = set()
    clauses: list[_Clause] = []
    for spec in plan.spec.facts:
        fact = _find(spec, desk.brief.facts, told)
        told |= {fact.name} if fact is not None else set()
        clauses.append(_clause(spec, fact, desk))
    for fact in desk.brief.facts:
        if fact.name not in told:
            counted = _plain(fact)[:1].isdecimal() or _OWN_VERB.match(_plain(fact))
            clauses.append(_Clause(f"{fact.name}{'' if counted else '为'}{_plain(fact)}。", fact.name))
    part.lead.extend(_joined(clauses))
    for asked in plan.asked:
        if any(name in asked.text for name in told):
            continue
        part.lead.extend(_asked(asked.text, desk))
    for sentence in part.lead:
        desk.use(sentence.text)


def _find(spec: FactSpec, facts: list[Fact], told: set[str]) -> Fact | None:
    names = (spec.name, *spec.aliases)
    free = [fact for fact in facts if fact.name not in told]
    exact = next((fact for name in names for fact in free if fact.name == name), None)
    return exact or next((fact for name in names for fact in free if fact.name.endswith(name)), None)


def _plain(fact: Fact) -> str:
    return fact.written.strip().rstrip("。；，")


def _clause(spec: FactSpec, fact: Fact | None, desk: Desk) -> _Clause:
    unit = desk.brief.unit
    lead_in, _, end = spec.sentence.partition("{value}")
    lead_in = lead_in.format(unit=unit.brief_name)
    if fact is None:
        return _Clause(f"{lead_in}{placeholder(spec.name)}{end}")
    value = _plain(fact)
    stated = any(name and value.startswith(name) for name in (unit.full, unit.short))
    # The value may come with the clause's own words: 核定编制28名, 为市政府工作部门.
    if stated or (lead_in != unit.brief_name and value.startswith(lead_in[:2])):
        lead_in = ""
    elif lead_in.endswith(("为", "是")) and _OWN_VERB.match(value):
        lead_in = lead_in[:-1] if value[0] in "为是系属" else lead_in
    elif lead_in == unit.brief_name and not _OWN_VERB.match(value):
        lead_in += "为"
    return _Clause(f"{lead_in}{value}{end}", fact.name)


def _joined(clauses: list[_Clause]) -> list[Sentence]:
    """Clauses as sentences, each naming the facts it rests on; a blank alone rests on none."""
    sentences: list[Sentence] = []
    text, facts = "", list[str]()
    for position, clause in enumerate(clauses):
        text += clause.text
        facts += [clause.fact] if clause.fact else []
        if text.endswith("，") and position + 1 < len(clauses):
            continue
        origin = Origin.FACT if facts else Origin.CONNECTIVE
        sentences.append(Sentence(text=text.rstrip("，。") + "。", origin=origin, facts=facts))
        text, facts = "", []
    return sentences


def _asked(text: str, desk: Desk) -> list[Sentence]:
    """A point that the brief wants in this part: the nearest sentence of the unit's own material, else a blank."""
    if text.rstrip().endswith("。"):
        return [human(text.strip())]
    wanted = {word for word in words(text) if len(word) > 1}
    for hit in desk.search(text, 5, Role.MATERIAL):
        if not desk.brief.unit.names.owns(hit.document.issuer):
            continue
        for candidate in candidates(hit):
            told = wanted and all(word in candidate.text for word in wanted) and candidate.specific
            fresh = whole_sentence(candidate.text, least=8) and not desk.is_used(candidate.text)
            if told and fresh and not outside_period(candidate.text, hit.document, desk.brief.span()):
                return [cited(candidate.text, [candidate], desk.brief)]
    return [blank(text.rstrip("。；，"))]
