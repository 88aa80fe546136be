"""存在的问题: lacks that the unit's self-inspection, feedback and ledger documents state, one topic sentence each."""

from __future__ import annotations

from nigao.drafting.candidates import Candidate, cited, outside_period, whole_sentence
from nigao.drafting.desk import Desk, says_the_same, wording
from nigao.drafting.lacks import Lack, collect_lacks, theme_of
from nigao.drafting.outline import PartPlan, as_topic
from nigao.drafting.wording import blank, connective, fill, human
from nigao.report.kinds import Theme
from nigao.report.model import Item, Part
from nigao.text.ordinals import OrdinalForm, format_ordinal
from nigao.text.stance import part_of_period

_SUPPORT = 2
_ITEM_CHARACTERS = 190
_USUAL = 5


def write_problems(plan: PartPlan, desk: Desk, part: Part) -> None:
    """Fill the part: the brief's problems where given, else the lacks that the corpus states, in the kind's order."""
    found = collect_lacks(desk)
    form = plan.spec.item_form or OrdinalForm.ENUMERATION
    if plan.asked:
        items = [_asked_item(asked.text, found, desk) for asked in plan.asked]
    else:
        most = min(_USUAL, plan.spec.count.most or _USUAL)
        items = [lack_item(lack, desk) for lack in pick_lacks(found, desk.kind.themes, most)]
    if items and plan.spec.lead:
        part.lead.append(connective(fill(plan.spec.lead, desk.brief), desk.brief))
    if not items:
        items = [Item(sentences=[blank("存在的问题（语料中没有找到自查、反馈或台账材料）")])]
    for number, item in enumerate(items, start=1):
        item.ordinal = format_ordinal(form, number)
    part.items.extend(items)


def pick_lacks(found: list[Lack], themes: tuple[Theme, ...], most: int) -> list[Lack]:
    """The best-stated lack of each theme, then the best of the rest, at most `most`, in the kind's order of themes."""
    picked: list[Lack] = []
    for theme in themes:
        of_theme = [lack for lack in found if lack.theme is not None and lack.theme.key == theme.key]
        # One with a topic sentence of its own reads better than a bare statement.
        best = next((lack for lack in of_theme if lack.topic), next(iter(of_theme), None))
        if best is not None:
            picked.append(best)
    picked = picked[:most]
    rest = sorted((lack for lack in found if lack not in picked), key=lambda lack: not lack.topic)
    picked += rest[: most - len(picked)]
    order = {theme.key: i for i, theme in enumerate(themes)}

    def place(lack: Lack) -> tuple[int, int]:
        return order[lack.theme.key] if lack.theme else len(order), lack.sources[0].ordinal

    return sorted(picked, key=place)


def lack_item(lack: Lack, desk: Desk) -> Item:
    """One problem: its topic sentence, resting on all that state it, and what shows it."""
    stated = lack.topic or as_topic(lack.sources[0].text)
    item = Item(heading=cited(stated, _one_per_document(lack.sources), desk.brief))
    desk.use(stated)
    _support(item, lack.support, desk, len(stated))
    desk.offer(item, _in_period([*lack.sources, *lack.support], desk))
    return item


def _in_period(sentences: list[Candidate], desk: Desk) -> list[Candidate]:
    span = desk.brief.span()
    return [c for c in sentences if not outside_period(c.text, c.hit.document, span)]


def _support(item: Item, support: list[Candidate], desk: Desk, length: int) -> None:
    """Add up to two sentences that show the problem, preferring the specific ones."""
    previous: Candidate | None = None
    chosen: list[Candidate] = []
    for candidate in sorted(support, key=lambda c: (part_of_period(c.text), not c.specific)):
        follows = previous is not None and candidate.index == previous.index + 1
        if candidate.leans and not follows:
            continue
        if len(chosen) >= _SUPPORT or length + len(candidate.text) > _ITEM_CHARACTERS:
            continue
        wrong_time = outside_period(candidate.text, candidate.hit.document, desk.brief.span())
        text = as_topic(candidate.text)
        if wrong_time or not whole_sentence(text) or desk.is_used(text) or desk.echoes(text, chosen):
            continue
        desk.use(candidate.text)
        chosen.append(candidate)
        length += len(candidate.text)
        previous = candidate
    item.sentences.extend(cited(as_topic(c.text), [c], desk.brief) for c in sorted(chosen, key=lambda c: c.order))


def _one_per_document(sources: list[Candidate]) -> list[Candidate]:
    by_document: dict[str, Candidate] = {}
    for source in sources:
        by_document.setdefault(source.hit.document.id, source)
    return list(by_document.values())[:3]


def _asked_item(text: str, found: list[Lack], desk: Desk) -> Item:
    """A problem that the brief states, with what the corpus has to show it."""
    item = Item(heading=human(as_topic(text)))
    near = next((lack for lack in found if says_the_same(wording(text), [wording(lack.topic)])), None)
    if near is None:
        theme = theme_of(text, desk)
        near = next((lack for lack in found if theme is not None and lack.theme == theme and _shares(text, lack)), None)
    if near is not None:
        _support(item, near.support or near.sources, desk, len(text))
        desk.offer(item, _in_period(near.support or near.sources, desk))
    return item


def _shares(text: str, lack: Lack) -> bool:
    return len(wording(text) & wording(lack.text)) >= 0.4 * len(wording(text))
