"""主要特征: subsections of run-in points, each made of approved sentences on that point."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from nigao.corpus.model import Role
from nigao.drafting.assignment import Pool, fill_pools
from nigao.drafting.candidates import Candidate, candidates, cited, in_unit_name, outside_period, whole_sentence
from nigao.drafting.desk import Desk
from nigao.drafting.outline import PartPlan, PointPlan, SectionPlan
from nigao.drafting.sections import Section, section_of
from nigao.drafting.selection import choose, relevance
from nigao.drafting.wording import blank, connective, fill, human
from nigao.report.kinds import Theme
from nigao.report.model import Item, Origin, Part, Sentence
from nigao.retrieval.search import Hit
from nigao.text.ordinals import OrdinalForm, format_ordinal
from nigao.text.placeholders import placeholder
from nigao.text.stance import (
    announces_plan,
    exhorts,
    prescribes,
    records_procedure,
    states_lack,
    tells_of_an_earlier_year,
)
from nigao.text.terms import TermKind, checkable_terms

_DEPTH = 30
_NO_RECORD = re.compile("通知|制度$|办法$|规则$")
# A quoted phrase followed by one of these names a way of working, as a heading's “term” should.
_WAY_OF_WORKING = re.compile("制度|机制|活动|要求|专项|整治|评查|品牌|工作法|行动|责任|改革|模式|平台|学习|规定")
# A phrase that names what is wrong, or no phrase at all, is no heading's term.
_NO_TERM = re.compile(r"[，。、\d不没无未难]")
_THIN = 60


def write_features(plan: PartPlan, desk: Desk, part: Part) -> None:
    """Fill the part: a connective lead, then one subsection for each section of the plan."""
    form = plan.spec.item_form or OrdinalForm.SECTION
    found = [[_found(section, point, desk) for point in section.points] for section in plan.sections]
    hits = [hit for section in found for point in section for hit in point]
    others = desk.other_issuers(hits)
    pools = fill_pools(plan.sections, found, lambda candidate: is_doing(candidate, others, desk))
    for number, section in enumerate(plan.sections, start=1):
        item = Item(ordinal=format_ordinal(form, number))
        own = [pool for pool in pools if pool.section is section]
        item.items = [write_point(pool, desk) for pool in own]
        item.heading = _heading(section, item, [c for pool in own for c in pool.candidates], hits, desk)
        part.items.append(item)
    if plan.spec.lead and not all(_is_empty(item) for item in part.items):
        names = "、".join(_name(section) for section in plan.sections)
        part.lead.append(connective(fill(plan.spec.lead, desk.brief, themes=names), desk.brief))


def _name(section: SectionPlan) -> str:
    """What a section is about, for the lead: the brief's own words where they claim nothing, else the theme's name."""
    own = re.split("[，。]", section.heading, maxsplit=1)[0]
    return own if own and not checkable_terms(own) else section.theme.name


def _is_empty(item: Item) -> bool:
    return all(sentence.origin is not Origin.SOURCE for sentence in item.walk())


def _found(section: SectionPlan, point: PointPlan, desk: Desk) -> list[Hit]:
    return desk.search(f"{section.theme.name} {point.query} {point.asked or point.topic}", _DEPTH, Role.MATERIAL)


def is_doing(candidate: Candidate, others: frozenset[str], desk: Desk) -> bool:
    """Whether the sentence tells what this unit did within the period."""
    brief, document, text = desk.brief, candidate.hit.document, candidate.text
    unit = brief.unit.names
    return (
        unit.owns(document.issuer)
        and not _NO_RECORD.search(document.title)
        and section_of(candidate.hit.passage, document) is Section.DOINGS
        and text != candidate.topic
        and whole_sentence(text)
        and not states_lack(text, desk.kind.lack_words)
        and not (announces_plan(text) or exhorts(text))
        and not (records_procedure(text) or tells_of_an_earlier_year(text))
        and not outside_period(text, document, brief.span())
        and not unit.about_another(text, others)
    )


def write_point(pool: Pool, desk: Desk) -> Item:
    """One point of a subsection: its topic sentence and what shows it, or a blank."""
    point, theme = pool.point, pool.section.theme
    chosen = choose(pool.candidates, point.query, desk)
    if len(chosen) == 1 or sum(len(c.text) for c in chosen) < _THIN:
        chosen += _required(point, theme, desk)
    topic = _topic(point, chosen, theme, desk)
    if not chosen:
        return Item(heading=topic, sentences=[blank(f"{point.name}方面的做法和成效（语料中没有找到依据）")])
    item = Item(heading=topic, sentences=[cited(c.text, [c], desk.brief) for c in chosen])
    rest = sorted(pool.candidates, key=lambda c: (-relevance(c, point.query), c.order))
    desk.offer(item, [*chosen, *rest])
    return item


def _required(point: PointPlan, theme: Theme, desk: Desk) -> list[Candidate]:
    """One sentence of the unit's own rules on the point, where its records say little."""
    for hit in desk.search(point.query, 6, Role.BASIS):
        for candidate in candidates(hit):
            fits = (
                whole_sentence(candidate.text, least=20, most=110)
                and not candidate.leans
                and "：" not in candidate.text
            )
            own = desk.brief.unit.names.owns(hit.document.issuer) and prescribes(candidate.text)
            named = sum(word in candidate.text for word in point.query.split()) >= 2
            if fits and own and named and not desk.is_used(candidate.text):
                desk.use(candidate.text)
                return [candidate]
    return []


def _topic(point: PointPlan, chosen: Sequence[Candidate], theme: Theme, desk: Desk) -> Sentence | None:
    """The run-in topic sentence: the brief's, else the source's own, else the kind's where evidence stands."""
    if point.asked:
        return human(point.asked)
    if not chosen:
        return None
    first = chosen[0]
    on_theme = any(word in first.topic for word in (*theme.words, *point.query.split()))
    sound = not states_lack(first.topic, desk.kind.lack_words) and not announces_plan(first.topic)
    if first.topic and on_theme and sound and not desk.is_used(first.topic):
        desk.use(first.topic)
        sentence = cited(in_unit_name(first.topic, desk.brief.unit), [first], desk.brief)
        sentence.citations[0].quote = first.topic
        return sentence
    return connective(point.topic, desk.brief) if point.topic else None


def _heading(
    section: SectionPlan, item: Item, evidence: Sequence[Candidate], hits: Sequence[Hit], desk: Desk
) -> Sentence:
    """The brief's heading, else the theme's pattern with a “quoted term” that the evidence itself uses."""
    if section.heading:
        return human(section.heading)
    if _is_empty(item):
        return blank(f"{section.theme.name}方面的小节标题")
    term = _term(section.theme, item, evidence, hits, desk)
    if term is None:
        words = placeholder(f"{section.theme.name}的主题词")
        return connective(section.theme.heading.format(term=words), desk.brief)
    words, source = term
    desk.terms_used.add(words)
    return cited(section.theme.heading.format(term=words), [source], desk.brief)


def _term(
    theme: Theme, item: Item, evidence: Sequence[Candidate], hits: Sequence[Hit], desk: Desk
) -> tuple[str, Candidate] | None:
    """The set phrase most used by what was done under this section, with a sentence that holds or heads it."""
    told = {citation.quote for sentence in item.walk() for citation in sentence.citations}
    spread = {hit.passage.id: hit.passage.text for hit in hits if desk.brief.unit.names.owns(hit.document.issuer)}
    sources: dict[str, Candidate] = {}
    weights: Counter[str] = Counter()
    for candidate in evidence:
        for words, way in _phrases(candidate):
            if words in desk.terms_used:
                continue
            # One mention of a phrase that names no way of working is an accident, not a theme.
            known = words in theme.words
            if known or way or sum(f"“{words}”" in text for text in spread.values()) > 1:
                weights[words] += 1 + 6 * known + 2 * way + 2 * (candidate.text in told)
                sources.setdefault(words, candidate)
    if not weights:
        return None
    best = min(weights, key=lambda words: (-weights[words], words))
    return best, sources[best]


def _phrases(candidate: Candidate) -> Iterator[tuple[str, bool]]:
    """The short “quoted phrases” of a sentence and of its topic; whether each names a way of working."""
    for text in (candidate.text, candidate.topic):
        for term in checkable_terms(text):
            words = term.text[1:-1]
            if term.kind is TermKind.QUOTED and 3 <= len(words) <= 8 and not _NO_TERM.search(words):
                yield words, bool(_WAY_OF_WORKING.match(text, term.end))
