"""Sentences of approved passages that a report may use, with what is known of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nigao.corpus.instructions import find_instructions
from nigao.corpus.model import Document
from nigao.report.brief import Brief, Unit
from nigao.report.model import Citation, Origin, Sentence
from nigao.retrieval.search import Hit
from nigao.text.ordinals import match_ordinal
from nigao.text.periods import Period, outside, parse_period
from nigao.text.rows import table_rows
from nigao.text.sentences import split_sentences
from nigao.text.stance import is_topic_sentence, leans_on_neighbour
from nigao.text.terms import TermKind, checkable_terms
from nigao.text.units import UnitNames

# 我局, 本办, 本单位; not 自我, 本办法, 本所有.
_FIRST_PERSON = re.compile(
    r"(?<![自忘无唯基资根样文版成])(?:我|本)(?P<what>单位|机关|局|办(?![法公理事案])|委(?!托)|厅|院|中心(?!组)|处(?![理罚于在置])"
    r"|所(?![有做知得在谓需])|站(?!在)|馆|校|队)"
)
_OWN_BODY = re.compile(r"(?<![自忘无唯基根])我(?=党组|党委|党支部|支部|班子)")
_THIS_YEAR = re.compile(r"(?<![年\d])(?:全年|今年(?![年\d]))|(?<![年\d])[上下]半年")
_KEPT = re.compile("《[^》]*》|“[^”]*”")
# The dots and dashes that lists put before an entry.
_BULLET = re.compile(r"^[·•●■◆\-—*]+\s*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An approved sentence without its ordinal. `topic` is the run-in topic sentence above it, `order` its place in
    the source, `index` its place in the passage.
    """

    text: str
    hit: Hit
    index: int
    topic: str
    ordinal: int

    @property
    def order(self) -> tuple[str, int, int]:
        """Sorts candidates as their sources read."""
        return (self.hit.passage.document_id, self.hit.passage.start, self.index)

    @property
    def leans(self) -> bool:
        """Whether it needs the sentence before it."""
        return leans_on_neighbour(self.text)

    @property
    def block(self) -> tuple[str, str]:
        """Candidates of one block stand under one topic sentence of one passage."""
        return (self.hit.passage.id, self.topic)

    @property
    def specific(self) -> bool:
        """Whether it says something checkable: a number, date, title or set phrase."""
        return bool(checkable_terms(self.text))


def candidates(hit: Hit) -> Iterator[Candidate]:
    """The passage's sentences in order; topic sentences are given too, as candidates whose own text is their topic.

    What is written for a model rather than for people is no candidate.
    """
    topic, ordinal = "", 0
    spans = split_sentences(hit.passage.text)
    # The words of a table row are cells, not sentences.
    rows = [(start, end) for start, end, _ in table_rows(hit.passage.text)]
    orders = _instructions(hit.passage.text)
    for index, span in enumerate(spans):
        if any(start <= span.start < end for start, end in rows):
            continue
        text = _BULLET.sub("", span.text)
        found = match_ordinal(text)
        if found is not None:
            text, ordinal, topic = text[found.end :].strip(), found.value, ""
        if any(start < span.end and span.start < end for start, end in orders):
            continue
        starts_line = index == 0 or found is not None or "\n" in hit.passage.text[spans[index - 1].end : span.start]
        if index + 1 < len(spans) and _heads_what_follows(text, starts_line):
            topic = text
        if text:
            yield Candidate(text, hit, index, topic, ordinal)


@lru_cache(maxsize=4096)
def _instructions(text: str) -> tuple[tuple[int, int], ...]:
    """Where a passage speaks to a model. A draft asks for the same passages point after point."""
    return tuple((found.start, found.end) for found in find_instructions(text))


def _heads_what_follows(text: str, starts_line: bool) -> bool:
    if not is_topic_sentence(text) or leans_on_neighbour(text):
        return False
    # In mid-line a short sentence may as well be the end of what was told: 处理结果已在会上通报。
    return starts_line or (len(text) <= 17 and not re.search("[了已均未经在由将]", text))


def whole_sentence(text: str, *, least: int = 12, most: int = 160) -> bool:
    """Whether the text is one complete sentence of prose: closed by 。, brackets and quotes paired, no table marks."""
    paired = all(text.count(a) == text.count(b) for a, b in ("“”", "《》", "（）", "【】", "()"))
    return least <= len(text) <= most and text.endswith("。") and paired and "|" not in text


def outside_period(text: str, document: Document, period: Period | None) -> bool:
    """Whether the text speaks of another time than the period: by its own dates, else by the document's title, else by
    an approval so early that the period's figures could not yet be told."""
    if period is None:
        return False
    title = parse_period(document.title)
    own = outside(text, period, title.year if title is not None else None)
    if own is not None:
        return own
    approved = document.approved_on
    if title is not None:
        told = title if approved is None else title.told_by(approved.year, approved.month)
        return not told.within(period)
    if approved is None:
        return False
    early = period.begins_late(approved.year, approved.month)
    return early and any(term.kind is TermKind.NUMBER for term in checkable_terms(text))


def concerns_unit(document: Document, unit: UnitNames) -> bool:
    """Whether the document is the unit's own or, by its title, about the unit (an inspection's feedback)."""
    return unit.owns(document.issuer) or unit.named_in(document.title)


def in_unit_name(text: str, unit: Unit) -> str:
    """The sentence with 我局, 本单位 and the like replaced by the unit's name; titles and quotations stay."""
    kept = [(m.start(), m.end()) for m in _KEPT.finditer(text)]
    name, said = unit.brief_name, ""
    place = 0
    for found in sorted([*_FIRST_PERSON.finditer(text), *_OWN_BODY.finditer(text)], key=lambda m: m.start()):
        what = found.groupdict().get("what")
        foreign = what not in (None, "单位", "机关") and what not in unit.full + unit.short
        if foreign or any(start <= found.start() < end for start, end in kept):
            continue
        said += text[place : found.start()] + name
        place = found.end()
    # 本局、本单位 would otherwise name the unit twice.
    return re.sub(f"{re.escape(name)}、{re.escape(name)}", name, said + text[place:])


def cited(text: str, sources: Sequence[Candidate], brief: Brief) -> Sentence:
    """A report sentence resting on approved sentences, each quoted as it stands in its passage."""
    citations = [
        Citation(
            passage_id=source.hit.passage.id,
            document_id=source.hit.document.id,
            title=source.hit.document.title,
            locator=source.hit.passage.locator,
            quote=source.text,
        )
        for source in sources
    ]
    said = in_unit_name(text, brief.unit)
    if sources:
        said = in_named_year(said, sources[0].hit.document, brief.span())
    return Sentence(text=said, origin=Origin.SOURCE, citations=citations)


def in_named_year(text: str, document: Document, period: Period | None) -> str:
    """In a report on several years, 全年 and 今年 say which: the year that the document's title names."""
    title = parse_period(document.title)
    if period is None or period.year is not None or title is None or title.year is None:
        return text
    return _THIS_YEAR.sub(
        lambda found: f"{title.year}年{'' if found.group().startswith('今年') else found.group()}", text
    )
