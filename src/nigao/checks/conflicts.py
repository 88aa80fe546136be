"""G: two approved documents give different figures for the same thing (GENRE: “two figures for one thing”)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.checks.typed import head_line
from nigao.corpus.model import Document, Passage, Role
from nigao.report.model import Origin, Report, Sentence
from nigao.text.abbreviations import short_name
from nigao.text.quantities import Quantity, disagree, find_quantities, is_rough, is_year
from nigao.text.terms import fold
from nigao.text.units import UnitNames, stated_issuer

_STOPS = "。；，;,."
# A unit is introduced in the first sentences, or nowhere.
_INTRODUCED_WITHIN = 12


@rule(
    "G209",
    Severity.WARNING,
    "数字与材料不一致",
    why="报告中的数字与另一份经批准的材料对同一事项给出的不同，先核实再采用，不能任选其一。",
    authority=Authority.PRODUCT,
    bad=Example("全年举办业务培训12次。", approved=("2025年培训总结\n全年举办业务培训11次。",)),
    good=Example("全年举办业务培训11次。", approved=("2025年培训总结\n全年举办业务培训11次。",)),
)
def disputed_figure(report: Report, context: CheckContext) -> Iterator[Mark]:
    if context.evidence is None:
        return
    for sentence in report.sentences():
        stated = find_quantities(sentence.text, _period_of(sentence, report, context))
        if stated:
            yield from _disputes(sentence, stated, report, context)


def disputed_places(sentence: Sentence, report: Report, context: CheckContext) -> set[int]:
    """Where in the sentence a figure begins that this rule reports: for another rule not to report it again."""
    stated = find_quantities(sentence.text, _period_of(sentence, report, context))
    return {mark.start for mark in _disputes(sentence, stated, report, context)} if stated else set()


def _period_of(sentence: Sentence, report: Report, context: CheckContext) -> str:
    """The time that a sentence speaks of where it names none: its source's, else the brief's, else the report's."""
    titles = "".join(citation.title for citation in sentence.citations)
    period = context.brief.period if context.brief is not None else ""
    return titles or period or head_line(report)


def _disputes(sentence: Sentence, stated: Sequence[Quantity], report: Report, context: CheckContext) -> Iterator[Mark]:
    found: dict[int, list[tuple[Quantity, Quantity, Passage, Document]]] = {}
    for passage, document in _comparable(sentence, report, context):
        others = [other for other in find_quantities(passage.text, document.title) if not is_rough(other)]
        for quantity in stated:
            if not is_rough(quantity):
                against = [(quantity, other, passage, document) for other in others if disagree(quantity, other)]
                found.setdefault(quantity.start, []).extend(against)
    same = _saying_the_same(sentence, context) if any(found.values()) else frozenset()
    for disputed in found.values():
        # A document that says the very same does not dispute it.
        against = [told for told in disputed if told[3].id not in same]
        values = {other.value for _, other, _, _ in against}
        # Of which year the sentence is, is not known, and the materials differ: each is of another year.
        if not against or (len(values) > 1 and not any(map(is_year, against[0][0].when))):
            continue
        yield from _marks(sentence, against)


def _saying_the_same(sentence: Sentence, context: CheckContext) -> frozenset[str]:
    """Ids of the documents that hold the sentence word for word."""
    assert context.evidence is not None
    said = fold(sentence.text).rstrip(_STOPS)
    return frozenset(p.document_id for p in context.evidence.related(sentence.text) if said in fold(p.text))


def _comparable(sentence: Sentence, report: Report, context: CheckContext) -> Iterator[tuple[Passage, Document]]:
    """Passages of materials about the same unit, those cited left out."""
    assert context.evidence is not None
    cited = {citation.passage_id for citation in sentence.citations}
    for passage in context.evidence.related(sentence.text):
        document = context.evidence.document(passage.document_id)
        # A rule's figure is a measure to meet, not a count of what was done.
        if passage.id in cited or document is None or document.role is not Role.MATERIAL:
            continue
        if _speaks_of_the_same(sentence, document, report, context):
            yield passage, document


def _marks(sentence: Sentence, against: Sequence[tuple[Quantity, Quantity, Passage, Document]]) -> Iterator[Mark]:
    typed = sentence.origin is Origin.HUMAN
    said: set[str] = set()
    for quantity, other, passage, document in against:
        if other.written in said:
            continue
        said.add(other.written)
        yield Mark(
            f"“{quantity.written}”与《{document.title}》{passage.locator}的“{other.written}”不一致",
            sentence,
            quantity.start,
            quantity.end,
            suggestion="与材料核对后更正" if typed else "核实后统一数字，再更正其中一份材料",
            evidence=(other.clause,),
        )


def _speaks_of_the_same(sentence: Sentence, document: Document, report: Report, context: CheckContext) -> bool:
    """Whether the document is about the unit that the sentence is about: its sources', else the reporting unit; where
    that is not known, whichever it is.
    """
    assert context.evidence is not None
    known = (context.evidence.document(citation.document_id) for citation in sentence.citations)
    sources = [source for source in known if source is not None]
    if sources:
        return any(context.one_owner(source, document) for source in sources)
    unit = context.unit or stated_unit(report)
    return unit is None or unit.owns(document.issuer)


def stated_unit(report: Report) -> UnitNames | None:
    """The unit that a report without a brief is of, by its own words: title, signature, and the short name that it
    introduces (以下简称).
    """
    title = report.title.text if report.title is not None else ""
    signature = report.signature.text if report.signature is not None else ""
    name = report.unit or stated_issuer(title, f"{title}\n{signature}")
    told = "".join(sentence.text for sentence in islice(report.sentences(), _INTRODUCED_WITHIN))
    return UnitNames(name, short_name(name, told)) if name else None


@rule(
    "G210",
    Severity.INFO,
    "所引材料另有数字不一致",
    why="报告引用的材料之间对同一事项给出不同数字，虽未写入报告，补写、答问时仍可能用到，宜先核实。",
    authority=Authority.PRODUCT,
    bad=Example("引用的年度总结和专项总结对谈话人次说法不一"),
    good=Example("核实后更正其中一份材料"),
)
def disputed_in_sources(report: Report, context: CheckContext) -> Iterator[Mark]:
    if context.evidence is None:
        return
    cited = {citation.document_id for sentence in report.sentences() for citation in sentence.citations}
    stated = [s for passage in context.evidence.passages_of(cited) for s in _statements(passage, context)]
    used = [sentence.text for sentence in report.sentences()]
    by_unit: dict[str, list[_Statement]] = {}
    for statement in stated:
        for other in by_unit.setdefault(statement.quantity.unit, []):
            if other.document.id == statement.document.id or not disagree(other.quantity, statement.quantity):
                continue
            if context.one_owner(other.document, statement.document) and not _is_used(other, statement, used):
                yield Mark(
                    f"《{other.document.title}》{other.locator}的“{other.quantity.written}”与"
                    f"《{statement.document.title}》{statement.locator}的“{statement.quantity.written}”不一致",
                    suggestion="核实后更正其中一份材料",
                    evidence=(other.quantity.clause, statement.quantity.clause),
                )
        by_unit[statement.quantity.unit].append(statement)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A figure of a passage, with where it stands."""

    quantity: Quantity
    document: Document
    locator: str


def _statements(passage: Passage, context: CheckContext) -> list[_Statement]:
    assert context.evidence is not None
    document = context.evidence.document(passage.document_id)
    if document is None or document.role is not Role.MATERIAL:
        return []
    found = find_quantities(passage.text, document.title)
    return [_Statement(quantity, document, passage.locator) for quantity in found]


def _is_used(one: _Statement, other: _Statement, sentences: list[str]) -> bool:
    """Whether the report itself states either figure: then `disputed_figure` speaks of it, at the place."""
    clauses = (one.quantity.clause, other.quantity.clause)
    return any(clause in sentence for clause in clauses for sentence in sentences)
