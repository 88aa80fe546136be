"""Sentences of approved passages that a report may use, with what is known of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nigao.corpus.model import Document
from nigao.report.brief import Brief, Unit
from nigao.report.model import Citation, Origin, Sentence
from nigao.retrieval.search import Hit
from nigao.text.dates import YearRange, find_dates, period_years
from nigao.text.ordinals import match_ordinal
from nigao.text.rows import row_cells
from nigao.text.sentences import split_sentences
from nigao.text.stance import is_topic_sentence, leans_on_neighbour
from nigao.text.terms import checkable_terms, organisations

_FIRST_PERSON = re.compile(
    r"(?<![基资根样文版成])(?:我|本)(?:单位|机关|局|办(?![法公理事案])|委(?!托)|厅|院|中心(?!组)|处(?![理罚])|所(?!有)|站|馆|校|队)"
)
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
    """The passage's sentences in order; topic sentences are given too, as candidates whose own text is their topic."""
    topic, ordinal = "", 0
    spans = split_sentences(hit.passage.text)
    rows = row_lines(hit.passage.text)
    for index, span in enumerate(spans):
        if any(start <= span.start < end for start, end in rows):
            continue
        text = _BULLET.sub("", span.text)
        found = match_ordinal(text)
        if found is not None:
            text, ordinal, topic = text[found.end :].strip(), found.value, ""
        starts_line = index == 0 or found is not None or "\n" in hit.passage.text[spans[index - 1].end : span.start]
        if index + 1 < len(spans) and _heads_what_follows(text, starts_line):
            topic = text
        if text:
            yield Candidate(text, hit, index, topic, ordinal)


def row_lines(text: str) -> list[tuple[int, int]]:
    """Where a passage's table rows stand: their words are cells, not sentences."""
    places: list[tuple[int, int]] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        if row_cells(line.strip()):
            places.append((offset, offset + len(line)))
        offset += len(line)
    return places


def _heads_what_follows(text: str, starts_line: bool) -> bool:
    if not is_topic_sentence(text) or leans_on_neighbour(text):
        return False
    # In mid-line a short sentence may as well be the end of what was told: 处理结果已在会上通报。
    return starts_line or (len(text) <= 17 and not re.search("[了已均未经在由将]", text))


def whole_sentence(text: str, *, least: int = 12, most: int = 160) -> bool:
    """Whether the text is one complete sentence of prose: closed by 。, brackets and quotes paired, no table marks."""
    paired = all(text.count(a) == text.count(b) for a, b in ("“”", "《》", "（）", "【】", "()"))
    return least <= len(text) <= most and text.endswith("。") and paired and "|" not in text


def outside_period(text: str, document: Document, years: YearRange | None) -> bool:
    """Whether the text, or its document by title, speaks of another year than the period's."""
    if years is None:
        return False
    stated = [date.year for date in find_dates(text) if date.year is not None]
    if stated:
        return not all(years.holds(year) for year in stated)
    title = period_years(document.title)
    return title is not None and not any(years.holds(y) for y in (title.first, title.last) if y is not None)


def belongs_to_unit(document: Document, unit: Unit) -> bool:
    """Whether the document is the unit's own: issued by it or by a body within it, or silent about who issued it."""
    return not document.issuer or names_unit(document.issuer, unit)


def concerns_unit(document: Document, unit: Unit) -> bool:
    """Whether the document is the unit's own or, by its title, about the unit (an inspection's feedback)."""
    return belongs_to_unit(document, unit) or names_unit(document.title, unit)


def names_unit(text: str, unit: Unit) -> bool:
    """Whether the text names the unit, in full, short, or as an abbreviation of the full name."""
    if any(name and name in text for name in (unit.full, unit.short)):
        return True
    # An issuer may be written without the region: 档案馆 for 临江县档案馆.
    return len(text) >= 3 and text in unit.full


def about_another(text: str, unit: Unit, others: Sequence[str]) -> bool:
    """Whether the sentence's subject is another unit: one of the corpus's other issuers, or an organisation that
    stands at the head of the sentence and is not ours.
    """
    subject = re.split("[，。；]", text, maxsplit=1)[0]
    if any(other and other in subject and not names_unit(subject, unit) for other in others):
        return True
    head = next(iter(organisations(subject)), None)
    external = re.compile(r"(?:市|县|区|省)[一-鿿]{1,10}(?:局|委员会|中心|公司|学校|医院|厅)$")
    return head is not None and head.start == 0 and bool(external.search(head.text)) and not names_unit(head.text, unit)


def in_unit_name(text: str, unit: Unit) -> str:
    """The sentence with 我办, 本局 and the like replaced by the unit's short name."""
    return _FIRST_PERSON.sub(unit.brief_name, text)


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
    return Sentence(text=in_unit_name(text, brief.unit), origin=Origin.SOURCE, citations=citations)
