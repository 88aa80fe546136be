"""存在的问题: lacks that the unit's self-inspection, feedback and ledger documents state, one topic sentence each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nigao.corpus.model import Role
from nigao.drafting.candidates import (
    Candidate,
    candidates,
    cited,
    concerns_unit,
    outside_period,
    whole_sentence,
)
from nigao.drafting.desk import Desk, says_the_same, wording
from nigao.drafting.outline import PartPlan, as_topic
from nigao.drafting.table_rows import Row, entries, ledger_rows
from nigao.drafting.wording import blank, connective, fill, human
from nigao.report.kinds import Theme
from nigao.report.model import Item, Part
from nigao.retrieval.search import Hit
from nigao.text.ordinals import OrdinalForm, format_ordinal
from nigao.text.stance import part_of_period, states_lack

_DEPTH = 30
_TOPIC_LONGEST = 34
_SUPPORT = 2
_ITEM_CHARACTERS = 190
_USUAL = 5
# Lacks are looked for where documents own up to them, not in a rule that forbids a thing or a plan that aims at one.
_OWNS_UP = re.compile("问题|不足|短板|差距|自查|检视|对照|反馈|台账|剖析|整改|分析")
_SUGGESTS = re.compile("措施|建议|下一步|打算|计划|整改要求|整改意见")


@dataclass(slots=True)
class Lack:
    """One problem: its topic sentence, the sources that state it, and the sentences that show it."""

    topic: str
    theme: Theme | None
    sources: list[Candidate]
    support: list[Candidate] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its words, for comparing."""
        return self.topic + "".join(candidate.text for candidate in self.support)


def write_problems(plan: PartPlan, desk: Desk, part: Part) -> None:
    """Fill the part: the brief's problems where given, else the lacks that the corpus states, in the kind's order."""
    found = collect_lacks(desk)
    form = plan.spec.item_form or OrdinalForm.ENUMERATION
    if plan.asked:
        items = [_asked_item(asked.text, found, desk) for asked in plan.asked]
    else:
        most = min(_USUAL, plan.spec.count.most or _USUAL)
        items = [_item(lack, desk) for lack in pick_lacks(found, desk.kind.themes, most)]
    if items and plan.spec.lead:
        part.lead.append(connective(fill(plan.spec.lead, desk.brief), desk.brief))
    if not items:
        items = [Item(sentences=[blank("存在的问题（语料中没有找到自查、反馈或台账材料）")])]
    for number, item in enumerate(items, start=1):
        item.ordinal = format_ordinal(form, number)
    part.items.extend(items)


def collect_lacks(desk: Desk) -> list[Lack]:
    """Every distinct lack that the unit's material states, most widely stated first."""
    hits: dict[str, Hit] = {}
    for theme in desk.kind.themes:
        query = f"{theme.name} {' '.join(theme.words[:8])} 存在问题 {' '.join(desk.kind.lack_words[:5])}"
        for hit in desk.search(query, _DEPTH, Role.MATERIAL):
            hits.setdefault(hit.passage.id, hit)
    merged: list[Lack] = []
    ordered = sorted(hits.values(), key=lambda hit: (hit.passage.document_id, hit.passage.start))
    for hit in ordered:
        for lack in _lacks_in(hit, desk):
            _merge(lack, merged)
    return sorted(merged, key=lambda lack: -len({c.hit.document.id for c in lack.sources}))


def _lacks_in(hit: Hit, desk: Desk) -> Iterator[Lack]:
    unit, place = desk.brief.unit, f"{hit.document.title} {hit.passage.heading}"
    owns_up = _OWNS_UP.search(place) and concerns_unit(hit.document, unit)
    if not owns_up or outside_period("", hit.document, desk.brief.years()):
        return
    for row in ledger_rows(hit):
        yield from _lacks_in_row(row, desk)
    if not _SUGGESTS.search(hit.passage.heading.split(" › ")[-1]):
        yield from _lacks_in_prose(hit, desk)


def _lacks_in_row(row: Row, desk: Desk) -> Iterator[Lack]:
    for label, cell in row.items():
        if "问题" in label and states_lack(cell.text, desk.kind.lack_words):
            head, *support = entries(cell)
            yield Lack(as_topic(head.text), theme_of(cell.text, desk), [head], support)


def _lacks_in_prose(hit: Hit, desk: Desk) -> Iterator[Lack]:
    lack: Lack | None = None
    words = desk.kind.lack_words
    for candidate in candidates(hit):
        if not whole_sentence(candidate.text, least=6):
            continue
        heads = len(candidate.text) <= _TOPIC_LONGEST and states_lack(candidate.text, words)
        starts = heads and (lack is None or candidate.ordinal != lack.sources[0].ordinal)
        if starts:
            if lack is not None:
                yield lack
            lack = Lack(candidate.text, theme_of(candidate.text + candidate.hit.passage.heading, desk), [candidate])
        elif lack is not None and candidate.ordinal == lack.sources[0].ordinal:
            lack.support.append(candidate)
        elif states_lack(candidate.text, words) and not candidate.leans:
            yield Lack("", theme_of(candidate.text, desk), [candidate], [candidate])
    if lack is not None:
        yield lack


def theme_of(text: str, desk: Desk) -> Theme | None:
    """The kind's theme whose words the text uses most, or None where it uses none."""
    counts = [(sum(word in text for word in theme.words), -i) for i, theme in enumerate(desk.kind.themes)]
    best = max(counts, default=(0, 0))
    return desk.kind.themes[-best[1]] if best[0] else None


def _merge(lack: Lack, merged: list[Lack]) -> None:
    """Join a lack to one already found that has the same topic sentence."""
    for known in merged:
        if lack.topic and known.topic and says_the_same(wording(lack.topic), [wording(known.topic)]):
            known.sources.extend(lack.sources)
            known.support.extend(lack.support)
            return
        if not lack.topic and says_the_same(wording(lack.text), [wording(known.text)]):
            return
    merged.append(lack)


def pick_lacks(found: list[Lack], themes: tuple[Theme, ...], most: int) -> list[Lack]:
    """The best-stated lack of each theme, then others, at most `most`, in the kind's order of themes."""
    with_topic = [lack for lack in found if lack.topic and lack.theme is not None] + [
        lack for lack in found if not lack.topic and lack.theme is not None
    ]
    picked: list[Lack] = []
    for theme in themes:
        first = next((lack for lack in with_topic if lack.theme is not None and lack.theme.key == theme.key), None)
        if first is not None:
            picked.append(first)
    # A lack that only one sentence states, without a topic sentence of its own, fills a theme but adds no item.
    picked += [lack for lack in with_topic if lack.topic and lack not in picked][: max(0, most - len(picked))]
    order = {theme.key: i for i, theme in enumerate(themes)}

    def place(lack: Lack) -> tuple[int, int]:
        return order[lack.theme.key] if lack.theme else len(order), lack.sources[0].ordinal

    return sorted(picked[:most], key=place)


def _item(lack: Lack, desk: Desk) -> Item:
    if lack.topic:
        heading = cited(lack.topic, _one_per_document(lack.sources), desk.brief)
        desk.use(lack.topic)
    else:
        heading = connective(lack.theme.problem_topic if lack.theme else "", desk.brief)
    item = Item(heading=heading)
    _support(item, lack.support, desk, len(heading.text))
    return item


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
        wrong_year = outside_period(candidate.text, candidate.hit.document, desk.brief.years())
        text = as_topic(candidate.text)
        if wrong_year or not whole_sentence(text) or desk.is_used(text) or desk.echoes(text, chosen):
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
        _support(item, near.support, desk, len(text))
    return item


def _shares(text: str, lack: Lack) -> bool:
    return len(wording(text) & wording(lack.text)) >= 0.4 * len(wording(text))
