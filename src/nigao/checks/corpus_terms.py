"""G: what people typed, held against the corpus: nothing here is a fault until a person has looked."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.context import ApprovedWording, CheckContext
from nigao.checks.finding import Severity
from nigao.checks.grounding import claimed_terms, named
from nigao.checks.registry import Authority, Mark, rule
from nigao.report.model import Origin, Report, Sentence
from nigao.text.support import supports
from nigao.text.terms import Term, TermKind, fold


@rule(
    "G220",
    Severity.INFO,
    "人工内容在语料中未见",
    why="人工录入的内容不强制附依据；语料中查不到的，列出供核稿时查证，不等于有错。",
    authority=Authority.PRODUCT,
    bad="人工补写“全年培训18次”，语料中没有这个数字",
    good="补充相应材料入库，或由核稿人确认",
)
def not_in_corpus(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence, term in _unseen(report, context):
        if _near(term, context) is None:
            yield Mark(f"{named(term)}在语料中未见，请核实", sentence, term.start, term.end)


@rule(
    "G221",
    Severity.WARNING,
    "与批准文件中的写法相近而不同",
    why="文件名和提法要一字不差；只差一两个字的，多为误记、误写，应当与批准文件核对。",
    authority=Authority.PRODUCT,
    bad="落实“三会两课”制度。（批准文件中为“三会一课”）",
    good="落实“三会一课”制度。",
)
def nearly_approved(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence, term in _unseen(report, context):
        near = _near(term, context)
        if near is not None:
            yield Mark(
                f"{named(term)}与《{near.title}》中的{near.text}相近而不同",
                sentence,
                term.start,
                term.end,
                suggestion=f"核对后改为{near.text}；确是另一文件或提法的不必改",
                evidence=(f"《{near.title}》写作{near.text}",),
            )


def _unseen(report: Report, context: CheckContext) -> Iterator[tuple[Sentence, Term]]:
    """Checkable terms that a person typed into the parts and that neither corpus nor brief holds."""
    if context.evidence is None:
        return
    brief = _own_words(context)
    # Title, 主送机关, opening and closing lines name the people of the occasion, whom no document need mention.
    for sentence in (sentence for part in report.parts for sentence in part.walk()):
        if sentence.origin is not Origin.HUMAN:
            continue
        for term in claimed_terms(sentence):
            words = fold(term.text)
            if words in fold(brief) or supports(brief, term) or context.evidence.holds(words):
                continue
            yield sentence, term


def _own_words(context: CheckContext) -> str:
    """All that the brief says, line by line: its fields, its facts as they are written out, and its points."""
    if context.brief is None:
        return ""
    points = context.brief.points
    facts = [fact.told for fact in context.brief.facts]
    features = [text for feature in points.features for text in (feature.heading, *feature.points)]
    measures = [measure.text for measure in points.measures]
    return "\n".join([context.brief.identity(), *facts, *points.basics, *features, *points.problems, *measures])


def _near(term: Term, context: CheckContext) -> ApprovedWording | None:
    assert context.evidence is not None
    return context.evidence.near(term) if term.kind in (TermKind.TITLE, TermKind.QUOTED) else None
