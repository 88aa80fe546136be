"""More for a report that stands: another point, problem, measure or sentence from the corpus, nothing said twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nigao.corpus.model import Role
from nigao.drafting.assignment import Pool
from nigao.drafting.candidates import Candidate, candidates, cited, concerns_unit, outside_period, whole_sentence
from nigao.drafting.desk import Desk
from nigao.drafting.features import is_doing, write_point
from nigao.drafting.lacks import collect_lacks
from nigao.drafting.measures import add_steps, nearest_problem
from nigao.drafting.outline import PointPlan, SectionPlan, nearest_theme, own_theme, query_words
from nigao.drafting.problems import lack_item, pick_lacks
from nigao.drafting.remedies import collect_remedies, is_step
from nigao.drafting.sections import Section, section_of
from nigao.drafting.selection import FLOOR, relevance
from nigao.report.kinds import Content, PartSpec
from nigao.report.model import Item, Origin, Part, Report, Sentence
from nigao.report.pairing import item_text
from nigao.retrieval.search import Hit
from nigao.text.stance import states_lack

_DEPTH = 30
# A text speaks of what was asked for where it says this part of the words asked for; of one or two, all.
_ENOUGH_WORDS, _FEW_WORDS = 0.6, 2


def use_report(desk: Desk, report: Report, but: Part | None = None) -> None:
    """Record on the desk what the report says already, one part left out."""
    for part in report.parts:
        if part is not but:
            for sentence in part.walk():
                desk.use(sentence.text)


def more_item(report: Report, desk: Desk, spec: PartSpec, about: str) -> Item | None:
    """Another item for a part, about what was asked for; None where the corpus has none. Without `about`, the best
    untold problem. The desk must know what the report says (`use_report`). The item has no ordinal yet.
    """
    match spec.content:
        case Content.DOINGS:
            return _more_doings(desk, about) if about.strip() else None
        case Content.LACKS:
            return _another_lack(desk, about)
        case Content.REMEDIES:
            return _another_remedy(report, desk, spec, about)
        case Content.FACTS:
            return None


def more_sentences(
    desk: Desk, spec: PartSpec, item: Item | None, about: str, *, room: int, most: int
) -> list[Sentence]:
    """Up to `most` further sentences for an item (or a part's text) within `room` characters, best first."""
    said = "".join(s.text for s in item.walk()) if item is not None else ""
    heading = item.heading.text if item is not None and item.heading is not None else ""
    query = query_words(about or heading or said[:60])
    found: list[Sentence] = []
    pool = list(_usable(desk.search(f"{about} {heading or said[:120]}", _DEPTH, Role.MATERIAL), spec, desk))
    for candidate in sorted(pool, key=lambda c: (-relevance(c, query), c.order)):
        if len(found) >= most or relevance(candidate, query) < FLOOR:
            break
        fresh = not candidate.leans and not desk.is_used(candidate.text)
        if fresh and len(candidate.text) <= room:
            desk.use(candidate.text)
            found.append(cited(candidate.text, [candidate], desk.brief))
            room -= len(candidate.text)
    return found


def _usable(hits: Sequence[Hit], spec: PartSpec, desk: Desk) -> Iterator[Candidate]:
    others = desk.other_issuers(hits)
    for hit in hits:
        if not concerns_unit(hit.document, desk.brief.unit.names):
            continue
        for candidate in candidates(hit):
            if (
                candidate.text != candidate.topic
                and whole_sentence(candidate.text)
                and _belongs(candidate, others, spec, desk)
            ):
                yield candidate


def _belongs(candidate: Candidate, others: frozenset[str], spec: PartSpec, desk: Desk) -> bool:
    section = section_of(candidate.hit.passage, candidate.hit.document)
    in_time = not outside_period(candidate.text, candidate.hit.document, desk.brief.span())
    match spec.content:
        case Content.DOINGS:
            return is_doing(candidate, others, desk)
        case Content.LACKS:
            lacking = section in (Section.LACKS, Section.BOTH) and states_lack(candidate.text, desk.kind.lack_words)
            return lacking and in_time
        case Content.REMEDIES:
            return section in (Section.REMEDIES, Section.BOTH) and is_step(candidate)
        case Content.FACTS:
            own = desk.brief.unit.names.owns(candidate.hit.document.issuer)
            return own and candidate.specific and in_time


def _more_doings(desk: Desk, about: str) -> Item | None:
    query = query_words(about)
    theme = nearest_theme(about, desk.kind.themes) or own_theme("", [about])
    hits = desk.search(f"{theme.name} {about}", _DEPTH, Role.MATERIAL)
    others = desk.other_issuers(hits)
    told = [c for hit in hits for c in candidates(hit) if _speaks_of(c.text + c.topic, about)]
    pool = [c for c in told if is_doing(c, others, desk)]
    item = write_point(Pool(SectionPlan(theme), PointPlan(name=about, query=query), pool), desk)
    return item if any(sentence.origin is Origin.SOURCE for sentence in item.sentences) else None


def _speaks_of(text: str, about: str) -> bool:
    query = query_words(about)
    few = len(query.split()) <= _FEW_WORDS
    return about.strip() in text or _share(query, text) >= (1.0 if few else _ENOUGH_WORDS)


def _above(sources: Sequence[Candidate]) -> str:
    """The headings and titles that sentences stand under: they say what a bare step or lack is about."""
    return "".join(c.hit.passage.heading + c.hit.document.title for c in sources)


def _share(query: str, text: str) -> float:
    wanted = query.split()
    return sum(word in text for word in wanted) / len(wanted) if wanted else 0.0


def _another_lack(desk: Desk, about: str) -> Item | None:
    untold = [lack for lack in collect_lacks(desk) if not desk.is_used(lack.topic or lack.sources[0].text)]
    if not about.strip():
        best = pick_lacks(untold, desk.kind.themes, 1)
        return lack_item(best[0], desk) if best else None
    query = query_words(about)
    fitting = [lack for lack in untold if _speaks_of(lack.text + _above(lack.sources), about)]
    chosen = max(fitting, key=lambda lack: (_share(query, lack.topic), _share(query, lack.text)), default=None)
    return lack_item(chosen, desk) if chosen is not None else None


def _another_remedy(report: Report, desk: Desk, spec: PartSpec, about: str) -> Item | None:
    answered = report.part(spec.answers) if spec.answers else None
    problems = answered.items if answered is not None else []
    if not about.strip():
        return None
    remedies = [r for r in collect_remedies(desk) if _speaks_of(r.text + _above(r.steps), about)]
    remedies.sort(key=lambda remedy: not _speaks_of(remedy.topic, about))
    item = Item()
    used = add_steps(item, remedies, desk)
    if not item.sentences:
        return None
    topic = next((r for r in used if r.topic and not desk.is_used(r.topic)), None)
    if topic is not None:
        item.heading = cited(topic.topic, [topic.steps[0]], desk.brief)
        item.heading.citations[0].quote = topic.topic
    item.addresses = nearest_problem(item_text(item), problems)
    return item
