"""What a person typed, with what the corpus has nearest to it: the ground of the rules on texts without citations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from weakref import WeakKeyDictionary

from nigao.checks.context import CheckContext
from nigao.checks.reporttext import ReportText
from nigao.corpus.model import Document, Passage
from nigao.report.model import Origin, Report, Sentence
from nigao.text.holding import Judged, Verdict, judge_figures
from nigao.text.ledger import Ledger, ledger_of, nearest_sentences
from nigao.text.moments import find_moments, own_year
from nigao.text.placeholders import find_placeholders

# A document approved in January may well be of the year before.
_SURE_OF_YEAR = 4
_NEAREST = 3


class Typed:
    """A sentence that cites nothing, and the passages nearest to it with their documents and ledgers, in parallel.

    `year` is the one that the whole text speaks of, None where it does not say.
    """

    def __init__(self, sentence: Sentence, found: Sequence[tuple[Passage, Document]], year: int | None) -> None:
        self.sentence = sentence
        self.year = year
        self.passages = [passage for passage, _ in found]
        self.documents = [document for _, document in found]

    @cached_property
    def ledgers(self) -> tuple[Ledger, ...]:
        """What the passages state."""
        pairs = zip(self.passages, self.documents, strict=True)
        return tuple(ledger_of(passage.text, document.title, _year(document, passage)) for passage, document in pairs)

    @property
    def text(self) -> str:
        """The sentence's text."""
        return self.sentence.text

    def unheld(self) -> list[Judged]:
        """Its figures and dates that the passages do not hold, those in or around a blank left out."""
        judged = [j for j in judge_figures(self.text, self.ledgers) if j.verdict is not Verdict.HELD]
        blanks = find_placeholders(self.text) if judged else []
        return [j for j in judged if not any(j.start < blank.end and blank.start < j.end for blank in blanks)]

    def nearest(self, least: float, most: int = _NEAREST) -> list[tuple[float, str, Ledger]]:
        """The source sentences that hold at least this share of its character pairs, best first."""
        found = self._nearest if most == _NEAREST else nearest_sentences(self.text, self.ledgers, most)
        return [near for near in found if near[0] >= least]

    @cached_property
    def _nearest(self) -> tuple[tuple[float, str, Ledger], ...]:
        return nearest_sentences(self.text, self.ledgers, _NEAREST)

    def title_of(self, ledger: Ledger) -> str:
        """The title of the document that a ledger is of."""
        return next((d.title for d, own in zip(self.documents, self.ledgers, strict=True) if own is ledger), "")


def typed_sentences(report: Report, context: CheckContext) -> list[Typed]:
    """The sentences of the parts that a person typed, each with its evidence; none without a corpus.

    Title, 主送机关, opening and closing lines name the people of the occasion, whom no document need mention.
    """
    if context.evidence is None:
        return []
    known = _MADE.get(context.view) if context.view is not None else None
    if known is None:
        known = _typed(report, context)
        if context.view is not None:
            _MADE[context.view] = known
    return known


# One run of the rules has one view, and what it typed is asked for by many rules.
_MADE: WeakKeyDictionary[ReportText, list[Typed]] = WeakKeyDictionary()


def _typed(report: Report, context: CheckContext) -> list[Typed]:
    evidence = context.evidence
    assert evidence is not None
    # A text without headings is all opening: there, the opening is the body.
    body = [s for part in report.parts for s in part.walk()] if report.parts else report.opening
    said = [s for s in body if s.origin is Origin.HUMAN and not s.citations]
    each = evidence.related_to_each([sentence.text for sentence in said])
    with_documents = [[(p, evidence.document(p.document_id)) for p in passages] for passages in each]
    kept = [[(p, document) for p, document in found if document is not None] for found in with_documents]
    year = asked_year(report, context)
    return [Typed(sentence, found, year) for sentence, found in zip(said, kept, strict=True)]


def asked_year(report: Report, context: CheckContext) -> int | None:
    """The calendar year that a report is of: by the brief's period, else by its title or first line."""
    span = context.brief.span() if context.brief is not None else None
    if span is not None:
        return span.year
    named = {moment.year for moment in find_moments(head_line(report)) if moment.year is not None}
    return next(iter(named)) if len(named) == 1 else None


def head_line(report: Report) -> str:
    """The report's title; of a text without one, its first line where that is no sentence."""
    if report.title is not None:
        return report.title.text
    first = next(report.sentences(), None)
    return first.text if first is not None and not first.text.endswith(tuple("。！？；")) else ""


def _year(document: Document, passage: Passage) -> int | None:
    """The year that a document is of: by its words, else by its date."""
    year = _own_year(document.title, passage.text)
    if year is not None or document.approved_on is None:
        return year
    return document.approved_on.year if document.approved_on.month >= _SURE_OF_YEAR else None


_own_year = lru_cache(maxsize=8192)(own_year)
