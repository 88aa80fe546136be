"""G: two approved documents give different figures for the same thing (GENRE: “two figures for one thing”)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Mark, rule
from nigao.corpus.model import Document, Passage, Role
from nigao.report.model import Origin, Report, Sentence
from nigao.text.quantities import Quantity, disagree, find_quantities
from nigao.text.units import UnitNames, stated_issuer


@rule(
    "G209",
    Severity.WARNING,
    "数字与材料不一致",
    why="报告中的数字与另一份经批准的材料对同一事项给出的不同，应当先核实再采用，不能任选其一。",
    authority=Authority.PRODUCT,
    bad="年度总结写培训12次，专项总结写同一培训11次，报告直接采用12次",
    good="核实后统一数字，更正其中一份材料",
)
def disputed_figure(report: Report, context: CheckContext) -> Iterator[Mark]:
    if context.evidence is None:
        return
    for sentence in report.sentences():
        stated = find_quantities(sentence.text, _period_of(sentence, report, context))
        if stated:
            yield from _disputes(sentence, stated, report, context)


def _period_of(sentence: Sentence, report: Report, context: CheckContext) -> str:
    """The time that a sentence speaks of where it names none: its source's, else the brief's, else the report's."""
    titles = "".join(citation.title for citation in sentence.citations)
    period = context.brief.period if context.brief is not None else ""
    return titles or period or (report.title.text if report.title is not None else "")


def _disputes(sentence: Sentence, stated: list[Quantity], report: Report, context: CheckContext) -> Iterator[Mark]:
    assert context.evidence is not None
    cited = {citation.passage_id for citation in sentence.citations}
    said: set[tuple[int, str]] = set()
    for passage in context.evidence.related(sentence.text):
        document = context.evidence.document(passage.document_id)
        # A rule's figure is a measure to meet, not a count of what was done.
        if passage.id in cited or document is None or document.role is not Role.MATERIAL:
            continue
        if not _speaks_of_the_same(sentence, document, report, context):
            continue
        others = find_quantities(passage.text, document.title)
        for quantity in stated:
            for other in others:
                if not disagree(quantity, other) or (quantity.start, other.written) in said:
                    continue
                said.add((quantity.start, other.written))
                typed = sentence.origin is Origin.HUMAN
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
    unit = context.unit or _stated_unit(report)
    return unit is None or unit.owns(document.issuer)


def _stated_unit(report: Report) -> UnitNames | None:
    """The unit that a report without a brief is of, by its own words: title and signature."""
    title = report.title.text if report.title is not None else ""
    signature = report.signature.text if report.signature is not None else ""
    name = report.unit or stated_issuer(title, f"{title}\n{signature}")
    return UnitNames(name) if name else None


@rule(
    "G210",
    Severity.INFO,
    "所引材料另有数字不一致",
    why="报告引用的材料之间对同一事项给出不同数字，虽未写入报告，补写、答问时仍可能用到，应当先核实。",
    authority=Authority.PRODUCT,
    bad="引用的年度总结和专项总结对谈话人次说法不一",
    good="核实后更正其中一份材料",
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
            apart = other.document.id != statement.document.id and context.one_owner(other.document, statement.document)
            if apart and disagree(other.quantity, statement.quantity) and not _is_used(other, statement, used):
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
