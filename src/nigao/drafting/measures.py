"""整改方向: for each problem the steps that approved documents give, with the pairing recorded."""

from __future__ import annotations

from collections.abc import Sequence

from nigao.drafting.candidates import Candidate, cited
from nigao.drafting.desk import Desk, wording
from nigao.drafting.lacks import theme_of
from nigao.drafting.outline import AnswerPlan, PartPlan, as_topic
from nigao.drafting.remedies import Ranking, Remedy, collect_remedies, is_step
from nigao.drafting.wording import blank, connective, fill, human
from nigao.report.model import Item, Part
from nigao.report.pairing import SharedWording, item_text
from nigao.text.ordinals import OrdinalForm, format_ordinal
from nigao.text.placeholders import has_own_placeholder

_MOST_STEPS = 3
_ITEM_CHARACTERS = 260
_SOME_SHARE = 0.05


def write_measures(plan: PartPlan, desk: Desk, part: Part, problems: Part | None) -> None:
    """Fill the part: the brief's measures where given, else one item for each problem, with the pairing recorded."""
    answered = [p for p in problems.items if not has_own_placeholder(item_text(p))] if problems is not None else []
    remedies = collect_remedies(desk)
    ranking = Ranking(answered, remedies, desk)
    items = [_asked_item(asked, remedies, answered, desk) for asked in plan.asked]
    missing = set(range(1, len(answered) + 1)) - {number for item in items for number in item.addresses}
    items += [_item(number, answered[number - 1], ranking, desk) for number in sorted(missing)]
    if items and plan.spec.lead:
        part.lead.append(connective(fill(plan.spec.lead, desk.brief), desk.brief))
    if not items:
        items = [Item(sentences=[blank("整改措施（须先有存在的问题）")])]
    form = plan.spec.item_form or OrdinalForm.ENUMERATION
    for position, item in enumerate(items, start=1):
        item.ordinal = format_ordinal(form, position)
    part.items.extend(items)


def _item(number: int, problem: Item, ranking: Ranking, desk: Desk) -> Item:
    item = Item(addresses=[number])
    near, ranked = ranking.answering(problem)
    used = add_steps(item, near, desk)
    desk.offer(item, [step for remedy in near for step in remedy.steps if is_step(step)])
    if not item.sentences:
        about = (problem.heading or problem.sentences[0]).text.rstrip("。")
        item.sentences.append(blank(f"针对“{about}”的整改措施"))
        return item
    _add_topic(item, problem, ranked, used, desk)
    return item


def _add_topic(item: Item, problem: Item, ranked: list[Remedy], used: list[Remedy], desk: Desk) -> None:
    """The topic sentence of a remedy that the item tells, else the theme's where the steps speak of it."""
    alike = [r for r in ranked if r in used or any(desk.echoes(r.text, other.steps) for other in used)]
    topic = next((remedy for remedy in alike if remedy.topic and not desk.is_used(remedy.topic)), None)
    theme = theme_of(item_text(problem), desk)
    if topic is not None:
        item.heading = cited(topic.topic, [topic.steps[0]], desk.brief)
        item.heading.citations[0].quote = topic.topic
    elif theme is not None and theme.measure_topic and not desk.is_used(theme.measure_topic):
        steps = "".join(sentence.text for sentence in item.sentences)
        if any(word in steps for word in theme.words):
            item.heading = connective(theme.measure_topic, desk.brief)
    if item.heading is not None:
        desk.use(item.heading.text)


def add_steps(item: Item, ranked: Sequence[Remedy], desk: Desk) -> list[Remedy]:
    """Add up to three steps, most relevant first; returns the remedies that gave one."""
    length = 0
    taken: list[Candidate] = []
    used: list[Remedy] = []
    for remedy in ranked:
        for step in remedy.steps:
            full = len(taken) >= _MOST_STEPS or length + len(step.text) > _ITEM_CHARACTERS
            if full or not is_step(step) or desk.is_used(step.text) or desk.echoes(step.text, taken):
                continue
            desk.use(step.text)
            taken.append(step)
            used += [remedy] if remedy not in used else []
            length += len(step.text)
            item.sentences.append(cited(as_topic(step.text), [step], desk.brief))
    return used


def nearest_problem(measure: str, problems: Sequence[Item]) -> list[int]:
    """The number of the problem that shares most of its wording with a measure's text; none where none shares any."""
    texts = [item_text(problem) for problem in problems]
    shared = SharedWording([*texts, measure])
    shares = [shared(measure, text) for text in texts]
    best = max(range(len(shares)), key=lambda i: (shares[i], -i), default=-1)
    return [best + 1] if best >= 0 and shares[best] > _SOME_SHARE else []


def _asked_item(asked: AnswerPlan, remedies: list[Remedy], problems: list[Item], desk: Desk) -> Item:
    """A measure that the brief states; the pairing is the brief's, else the problem sharing most of its wording."""
    item = Item(heading=human(as_topic(asked.text)), addresses=list(asked.addresses))
    item.addresses = item.addresses or nearest_problem(asked.text, problems)
    near = [r for r in remedies if len(wording(asked.text) & wording(r.text)) >= 0.4 * len(wording(asked.text))]
    add_steps(item, near, desk)
    desk.offer(item, [step for remedy in near for step in remedy.steps if is_step(step)])
    return item
