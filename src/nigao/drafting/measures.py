"""整改方向: for each problem the steps that approved documents give, paired by what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nigao.corpus.model import Role
from nigao.drafting.candidates import Candidate, candidates, cited, concerns_unit, whole_sentence
from nigao.drafting.desk import Desk, says_the_same, wording
from nigao.drafting.outline import AnswerPlan, PartPlan, as_topic
from nigao.drafting.problems import theme_of
from nigao.drafting.table_rows import Row, entries, ledger_rows
from nigao.drafting.wording import blank, connective, fill, human
from nigao.report.kinds import Theme
from nigao.report.model import Item, Part
from nigao.report.pairing import SharedWording, item_text
from nigao.retrieval.search import Hit
from nigao.text.ordinals import OrdinalForm, format_ordinal
from nigao.text.placeholders import has_own_placeholder
from nigao.text.stance import is_topic_sentence, records_procedure, states_lack

_DEPTH = 30
_MOST_STEPS = 3
_ITEM_CHARACTERS = 260
_FROM_PLACES = re.compile("措施|整改|下一步|下步|打算|计划|台账|安排")
_NO_STEP = re.compile(r"(?:已|均已|已经)[^，。]{0,8}(?:完成|整改到位|办结|解决)|未发现|责任(?:科室|人)：|完成时限")
# Below this a remedy is about something else than the problem: found by measurement, see docs/adr/0003.
_FLOOR = 0.05


@dataclass(slots=True)
class Remedy:
    """What one place of the corpus sets against a problem: a topic sentence where it has one, and the steps.

    `problem` is the problem's own words where the source pairs the two (a ledger row).
    """

    topic: str
    theme: Theme | None
    steps: list[Candidate] = field(default_factory=list)
    problem: str = ""

    @property
    def text(self) -> str:
        """All its words, for comparing."""
        return self.topic + "".join(step.text for step in self.steps)


def write_measures(plan: PartPlan, desk: Desk, part: Part, problems: Part | None) -> None:
    """Fill the part: the brief's measures where given, else one item for each problem, with the pairing recorded."""
    answered = [p for p in problems.items if not has_own_placeholder(item_text(p))] if problems is not None else []
    remedies = collect_remedies(desk)
    if plan.asked:
        items = [_asked_item(asked, remedies, answered, desk) for asked in plan.asked]
        missing = set(range(1, len(answered) + 1)) - {n for item in items for n in item.addresses}
    else:
        items, missing = [], set(range(1, len(answered) + 1))
    for number in sorted(missing):
        items.append(_item(number, answered, remedies, desk))
    if items and plan.spec.lead:
        part.lead.append(connective(fill(plan.spec.lead, desk.brief), desk.brief))
    if not items:
        items = [Item(sentences=[blank("整改措施（须先有存在的问题）")], addresses=[])]
    form = plan.spec.item_form or OrdinalForm.ENUMERATION
    for position, item in enumerate(items, start=1):
        item.ordinal = format_ordinal(form, position)
    part.items.extend(items)


def collect_remedies(desk: Desk) -> list[Remedy]:
    """Every remedy that the unit's material in force gives, in a fixed order."""
    hits: dict[str, Hit] = {}
    for theme in desk.kind.themes:
        query = f"整改措施 下一步 {theme.name} {' '.join(theme.words[:8])}"
        for hit in desk.search(query, _DEPTH, Role.MATERIAL):
            hits.setdefault(hit.passage.id, hit)
    ordered = sorted(hits.values(), key=lambda hit: (hit.passage.document_id, hit.passage.start))
    return [remedy for hit in ordered for remedy in _remedies_in(hit, desk)]


def _remedies_in(hit: Hit, desk: Desk) -> Iterator[Remedy]:
    place = f"{hit.document.title} {hit.passage.heading}"
    if not concerns_unit(hit.document, desk.brief.unit) or not _FROM_PLACES.search(place):
        return
    for row in ledger_rows(hit):
        yield from _remedies_in_row(row, desk)
    if _FROM_PLACES.search(hit.passage.heading) or not hit.passage.heading:
        yield from _remedies_in_prose(hit, desk)


def _remedies_in_row(row: Row, desk: Desk) -> Iterator[Remedy]:
    problem = next((cell.text for label, cell in row.items() if "问题" in label), "")
    for label, cell in row.items():
        if "措施" in label:
            yield Remedy("", theme_of(problem + cell.text, desk), entries(cell), problem)


def _remedies_in_prose(hit: Hit, desk: Desk) -> Iterator[Remedy]:
    remedy: Remedy | None = None
    for candidate in candidates(hit):
        text = candidate.text
        if remedy is None or candidate.ordinal != _ordinal_of(remedy) or text == candidate.topic:
            if remedy is not None and remedy.steps:
                yield remedy
            heads = is_topic_sentence(text) and not states_lack(text, desk.kind.lack_words)
            remedy = Remedy(text if heads else "", theme_of(text, desk))
            remedy.steps.append(candidate)
            continue
        if whole_sentence(text) and not states_lack(text, desk.kind.lack_words):
            remedy.steps.append(candidate)
            remedy.theme = theme_of(remedy.text, desk)
    if remedy is not None and remedy.steps:
        yield remedy


def _ordinal_of(remedy: Remedy) -> int:
    return remedy.steps[0].ordinal if remedy.steps else 0


def _is_step(candidate: Candidate, remedy: Remedy) -> bool:
    text = candidate.text
    said = text == remedy.topic or _NO_STEP.search(text) or records_procedure(text)
    return not said and len(text) >= 12 and not candidate.leans


def _item(number: int, problems: list[Item], remedies: list[Remedy], desk: Desk) -> Item:
    problem = problems[number - 1]
    item = Item(addresses=[number])
    ranked = rank_remedies(problem, problems, remedies, desk)
    used = _add_steps(item, ranked, desk)
    theme = theme_of(item_text(problem), desk)
    # A remedy's topic sentence may head the item only where the item says what that remedy says.
    alike = [r for r in ranked if r in used or any(desk.echoes(r.text, r2.steps) for r2 in used)]
    topic = next((r for r in alike if r.topic and not desk.is_used(r.topic)), None)
    if not item.sentences:
        about = (problem.heading or problem.sentences[0]).text.rstrip("。")
        item.sentences.append(blank(f"针对“{about}”的整改措施"))
    elif topic is not None:
        desk.use(topic.topic)
        item.heading = cited(topic.topic, [topic.steps[0]], desk.brief)
        item.heading.citations[0].quote = topic.topic
    elif theme is not None and theme.measure_topic:
        item.heading = connective(theme.measure_topic, desk.brief)
    return item


def rank_remedies(problem: Item, problems: list[Item], remedies: list[Remedy], desk: Desk) -> list[Remedy]:
    """The remedies that answer this problem rather than a sister, best first; those below the floor left out."""
    shared = SharedWording([item_text(i) for i in problems] + [remedy.problem + remedy.text for remedy in remedies])
    words = item_text(problem)
    theme = theme_of(words, desk)
    scored: list[tuple[float, int, Remedy]] = []
    for place, remedy in enumerate(remedies):
        score = _closeness(problem, remedy, shared)
        rivals = [_closeness(other, remedy, shared) for other in problems if other is not problem]
        if remedy.theme is not None and theme is not None and remedy.theme.key == theme.key:
            score += 0.03
        if score >= _FLOOR and score >= max(rivals, default=0.0):
            scored.append((-score, place, remedy))
    return [remedy for _, _, remedy in sorted(scored, key=lambda entry: entry[:2])]


def _closeness(problem: Item, remedy: Remedy, shared: SharedWording) -> float:
    head = (problem.heading or problem.sentences[0]).text
    if remedy.problem and says_the_same(wording(head), [wording(re.split("[。\n]", remedy.problem)[0] + "。")]):
        return 1.0
    return shared(item_text(problem), remedy.problem + remedy.text)


def _add_steps(item: Item, ranked: list[Remedy], desk: Desk) -> list[Remedy]:
    """Add up to three steps, most relevant first; returns the remedies that gave one."""
    length = 0
    taken: list[Candidate] = []
    used: list[Remedy] = []
    for remedy in ranked:
        for step in remedy.steps:
            full = len(item.sentences) >= _MOST_STEPS or length + len(step.text) > _ITEM_CHARACTERS
            if full or not _is_step(step, remedy) or desk.is_used(step.text) or desk.echoes(step.text, taken):
                continue
            desk.use(step.text)
            taken.append(step)
            used += [remedy] if remedy not in used else []
            length += len(step.text)
            item.sentences.append(cited(as_topic(step.text), [step], desk.brief))
    return used


def _asked_item(asked: AnswerPlan, remedies: list[Remedy], problems: list[Item], desk: Desk) -> Item:
    """A measure that the brief states; the pairing is the brief's, else the problem sharing most of its wording."""
    item = Item(heading=human(as_topic(asked.text)), addresses=list(asked.addresses))
    texts = [item_text(problem) for problem in problems]
    if not item.addresses and problems:
        shared = SharedWording([*texts, asked.text])
        shares = [shared(asked.text, text) for text in texts]
        best = max(range(len(shares)), key=lambda i: (shares[i], -i))
        item.addresses = [best + 1] if shares[best] > _FLOOR else []
    near = [r for r in remedies if len(wording(asked.text) & wording(r.text)) >= 0.4 * len(wording(asked.text))]
    _add_steps(item, near, desk)
    return item
