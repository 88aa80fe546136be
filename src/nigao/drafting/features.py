"""主要特征: subsections of run-in points, each made of approved sentences on that point."""

from __future__ import annotations

import re
from collections import Counter

from nigao.corpus.model import Role
from nigao.drafting.candidates import (
    Candidate,
    about_another,
    belongs_to_unit,
    candidates,
    cited,
    in_unit_name,
    outside_period,
    whole_sentence,
)
from nigao.drafting.desk import Desk
from nigao.drafting.outline import PartPlan, PointPlan, SectionPlan
from nigao.drafting.selection import choose
from nigao.drafting.wording import blank, connective, fill, human
from nigao.report.kinds import Theme
from nigao.report.model import Item, Origin, Part, Sentence
from nigao.retrieval.search import Hit
from nigao.text.ordinals import OrdinalForm, format_ordinal
from nigao.text.placeholders import has_own_placeholder
from nigao.text.stance import announces_plan, prescribes, records_procedure, states_lack
from nigao.text.terms import TermKind, checkable_terms

_DEPTH = 24
# What stands under these headings is not yet done, or is a shortcoming: no feature.
_NOT_DONE = re.compile("问题|不足|短板|差距|整改|下一步|下步|打算|计划|建议|措施|要求$|安排$|目标")
_PLANNING_TITLE = re.compile("计划|要点|方案|台账|反馈|通知|清单")


def write_features(plan: PartPlan, desk: Desk, part: Part) -> None:
    """Fill the part: a connective lead, then one subsection for each section of the plan."""
    form = plan.spec.item_form or OrdinalForm.SECTION
    for number, section in enumerate(plan.sections, start=1):
        item = _section(section, plan, desk)
        item.ordinal = format_ordinal(form, number)
        part.items.append(item)
    if plan.spec.lead and not all(_is_empty(item) for item in part.items):
        names = "、".join(section.theme.name for section in plan.sections)
        part.lead.append(connective(fill(plan.spec.lead, desk.brief, themes=names), desk.brief))


def _is_empty(item: Item) -> bool:
    return all(sentence.origin is not Origin.SOURCE for sentence in item.walk())


def _section(section: SectionPlan, plan: PartPlan, desk: Desk) -> Item:
    item = Item()
    hits: list[Hit] = []
    rivals = [other.theme for other in plan.sections if other.theme.key != section.theme.key]
    for point in section.points:
        sisters = [other.query for other in section.points if other is not point]
        found = desk.search(f"{section.theme.name} {point.query} {point.asked or point.topic}", _DEPTH, Role.MATERIAL)
        hits.extend(found)
        item.items.append(_point(point, sisters, section.theme, rivals, found, desk))
    item.heading = _heading(section, item, hits, desk)
    return item


def _point(
    point: PointPlan, sisters: list[str], theme: Theme, rivals: list[Theme], found: list[Hit], desk: Desk
) -> Item:
    usable = [c for hit in found for c in candidates(hit) if _is_doing(c, found, desk)]
    on_point = [c for c in usable if about(c, theme, rivals) and fits_point(c, point.query, sisters)]
    chosen = choose(on_point, point.query, desk)
    if len(chosen) == 1 or sum(len(c.text) for c in chosen) < 60:
        chosen += _required(point, theme, rivals, desk)
    topic = _topic(point, chosen, theme, desk)
    if not chosen:
        return Item(heading=topic, sentences=[blank(f"{point.name}方面的做法和成效（语料中没有找到依据）")])
    sentences = [cited(c.text, [c], desk.brief) for c in chosen]
    return Item(heading=topic, sentences=sentences)


def _is_doing(candidate: Candidate, found: list[Hit], desk: Desk) -> bool:
    """Whether the sentence tells what this unit did within the period."""
    brief, document, text = desk.brief, candidate.hit.document, candidate.text
    others = [h.document.issuer for h in found if not belongs_to_unit(h.document, brief.unit)]
    return (
        belongs_to_unit(document, brief.unit)
        and not _PLANNING_TITLE.search(document.title)
        and not _NOT_DONE.search(candidate.hit.passage.heading)
        and text != candidate.topic
        and whole_sentence(text)
        and not states_lack(text, desk.kind.lack_words)
        and not announces_plan(text)
        and not records_procedure(text)
        and not outside_period(text, document, brief.years())
        and not about_another(text, brief.unit, others)
    )


def about(candidate: Candidate, theme: Theme, rivals: list[Theme]) -> bool:
    """Whether the sentence belongs under this theme rather than under a sister."""
    mine = _closeness(candidate, theme)
    if mine <= 0 or mine < max((_closeness(candidate, rival) for rival in rivals), default=0.0):
        return False
    # What stands above it does not make a sentence belong that itself speaks of a sister's matter.
    own = _named(candidate.text, theme)
    return own > 0 or not any(_named(candidate.text, rival) for rival in rivals)


def fits_point(candidate: Candidate, query: str, sisters: list[str]) -> bool:
    """Whether the sentence speaks of this point at least as much as of the section's other points."""

    def said(words: str) -> float:
        return sum((w in candidate.text) + 0.5 * (w in candidate.topic) for w in words.split())

    return said(query) >= max(map(said, sisters), default=0.0)


def _named(text: str, theme: Theme) -> int:
    return sum(word in text for word in theme.words)


def _closeness(candidate: Candidate, theme: Theme) -> float:
    own = _named(candidate.text, theme)
    above, heading = _named(candidate.topic, theme), _named(candidate.hit.passage.heading, theme)
    return own + 0.8 * above + 0.5 * heading + 0.3 * _named(candidate.hit.document.title, theme)


def _required(point: PointPlan, theme: Theme, rivals: list[Theme], desk: Desk) -> list[Candidate]:
    """One sentence of the unit's own rules on the point, where its records say little."""
    for hit in desk.search(point.query, 6, Role.BASIS):
        for candidate in candidates(hit):
            fits = whole_sentence(candidate.text, least=20, most=110) and not candidate.leans
            own = belongs_to_unit(hit.document, desk.brief.unit) and prescribes(candidate.text)
            named = sum(word in candidate.text for word in point.query.split()) >= 2
            if fits and own and named and about(candidate, theme, rivals) and not desk.is_used(candidate.text):
                desk.use(candidate.text)
                return [candidate]
    return []


def _topic(point: PointPlan, chosen: list[Candidate], theme: Theme, desk: Desk) -> Sentence | None:
    """The run-in topic sentence: the brief's, else the source's own, else the kind's where evidence stands."""
    if point.asked:
        return human(point.asked)
    if not chosen:
        return None
    first = chosen[0]
    own = first.topic and any(word in first.topic for word in theme.words) and not desk.is_used(first.topic)
    if own and not states_lack(first.topic, desk.kind.lack_words) and not announces_plan(first.topic):
        desk.use(first.topic)
        sentence = cited(in_unit_name(first.topic, desk.brief.unit), [first], desk.brief)
        sentence.citations[0].quote = first.topic
        return sentence
    return connective(point.topic, desk.brief) if point.topic else None


def _heading(section: SectionPlan, item: Item, hits: list[Hit], desk: Desk) -> Sentence:
    """The brief's heading, else the theme's pattern with a “quoted term” that the evidence itself uses."""
    if section.heading:
        return human(section.heading)
    if _is_empty(item):
        return blank(f"{section.theme.name}方面的小节标题")
    term = _term(section.theme, item, hits, desk)
    if term is None:
        return blank(section.theme.name + "的主题词", before="", after="").model_copy(
            update={"text": section.theme.heading.format(term=f"【待补：{section.theme.name}的主题词】")}
        )
    words, source = term
    desk.terms_used.add(words)
    sentence = cited(section.theme.heading.format(term=words), [source], desk.brief)
    return sentence


def _term(theme: Theme, item: Item, hits: list[Hit], desk: Desk) -> tuple[str, Candidate] | None:
    """The set phrase most used by the section's evidence, with a sentence that holds it."""
    cited_ids = {c.passage_id for sentence in item.walk() for c in sentence.citations}
    sources: dict[str, Candidate] = {}
    weights: Counter[str] = Counter()
    for hit in hits:
        if not belongs_to_unit(hit.document, desk.brief.unit):
            continue
        for candidate in candidates(hit):
            for term in checkable_terms(candidate.text):
                words = term.text[1:-1]
                if term.kind is not TermKind.QUOTED or not 3 <= len(words) <= 8 or words in desk.terms_used:
                    continue
                if re.search(r"[，。、\d]", words) or has_own_placeholder(term.text):
                    continue
                known = 6 if words in theme.words else 0
                weights[words] += 1 + known + (2 if hit.passage.id in cited_ids else 0)
                sources.setdefault(words, candidate)
    if not weights:
        return None
    best = min(weights, key=lambda words: (-weights[words], words))
    return best, sources[best]
