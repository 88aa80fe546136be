"""G: what people typed, held against the corpus: nothing here is a fault until a person has looked."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from nigao.checks.conflicts import disputed_places
from nigao.checks.context import ApprovedWording, CheckContext
from nigao.checks.finding import Severity
from nigao.checks.grounding import claimed_terms, named
from nigao.checks.opposition import opposed
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.checks.reporttext import ReportText
from nigao.checks.typed import Typed, typed_sentences
from nigao.report.brief import Brief
from nigao.report.model import Report
from nigao.text.holding import Judged, Verdict, judge_figures
from nigao.text.ledger import ledger_of
from nigao.text.support import supports
from nigao.text.terms import Term, TermKind, fold

_WORDED = (TermKind.TITLE, TermKind.QUOTED, TermKind.DOCUMENT_NUMBER)
# A figure this long, met anywhere in the corpus, is hardly met by chance.
_TELLING_DIGITS = 3


@rule(
    "G220",
    Severity.INFO,
    "人工内容在语料中未见",
    why="人工录入的内容不强制附依据；语料中查不到的，列出供核稿时查证，不等于有错。",
    authority=Authority.PRODUCT,
    bad=Example("全年培训18次。", approved=("2025年工作总结\n中心组织业务学习，查档服务平稳有序。",)),
    good=Example("中心组织业务学习。", approved=("2025年工作总结\n中心组织业务学习，查档服务平稳有序。",)),
)
def not_in_corpus(report: Report, context: CheckContext) -> Iterator[Mark]:
    for typed in typed_sentences(report, context):
        for term in _unseen(typed, context):
            if _near(term, context) is None:
                yield Mark(f"{named(term)}在语料中未见，请核实", typed.sentence, term.start, term.end)
        unseen = [judged for judged in unseen_figures(typed, context) if opposed(typed, judged) is None]
        disputed = disputed_places(typed.sentence, report, context) if unseen else ()
        for judged in unseen:
            if not any(judged.start <= place < judged.end for place in disputed):
                yield _unseen_figure(typed, judged)


def _unseen_figure(typed: Typed, judged: Judged) -> Mark:
    kind = "日期" if judged.moment is not None else "数字"
    where = "在语料中说的是别的事项，请核实" if judged.verdict is Verdict.ANOTHER else "在语料中未见，请核实"
    return Mark(f"{kind}“{judged.text}”{where}", typed.sentence, judged.start, judged.end)


@rule(
    "G221",
    Severity.WARNING,
    "与批准文件中的写法相近而不同",
    why="文件名和提法要一字不差；只差一两个字的，多为误记、误写，宜与批准文件核对。",
    authority=Authority.PRODUCT,
    bad=Example("落实“三会两课”制度。", approved=("支部工作制度\n支部落实“三会一课”制度。",)),
    good=Example("落实“三会一课”制度。", approved=("支部工作制度\n支部落实“三会一课”制度。",)),
)
def nearly_approved(report: Report, context: CheckContext) -> Iterator[Mark]:
    for typed in typed_sentences(report, context):
        for term in _unseen(typed, context):
            near = _near(term, context)
            if near is not None:
                yield Mark(
                    f"{named(term)}与《{near.title}》中的{near.text}相近而不同",
                    typed.sentence,
                    term.start,
                    term.end,
                    suggestion=f"核对后改为{near.text}；确是另一文件或提法的不必改",
                    evidence=(f"《{near.title}》写作{near.text}",),
                )


def _unseen(typed: Typed, context: CheckContext) -> Iterator[Term]:
    """Titles, quotations and 文号 of the sentence that neither corpus nor brief holds."""
    assert context.evidence is not None
    brief, folded = _brief_words(context)
    for term in claimed_terms(typed.sentence):
        if term.kind not in _WORDED:
            continue
        held = term.key if term.kind is not TermKind.TITLE else fold(term.text)
        if fold(term.text) in folded or supports(brief, term) or context.evidence.holds(held):
            continue
        yield term


def unseen_figures(typed: Typed, context: CheckContext) -> list[Judged]:
    """Figures and dates of the sentence that neither its nearest passages nor the brief hold."""
    if typed not in _UNSEEN:
        _UNSEEN[typed] = _find_unseen(typed, context)
    return _UNSEEN[typed]


# Three rules ask for those of a sentence, which is made anew for each run.
_UNSEEN: WeakKeyDictionary[Typed, list[Judged]] = WeakKeyDictionary()


def _find_unseen(typed: Typed, context: CheckContext) -> list[Judged]:
    unheld = typed.unheld()
    if not unheld or context.evidence is None:
        return []
    brief = own_words(context)
    told = judge_figures(typed.text, (ledger_of(brief),)) if brief else ()
    known = {judged.start for judged in told if judged.verdict is Verdict.HELD}
    inside = [term for term in claimed_terms(typed.sentence) if term.kind in _WORDED]
    return [
        judged
        for judged in unheld
        if judged.start not in known
        and not any(term.start < judged.end and judged.start < term.end for term in inside)
        and not (
            sum(c.isdecimal() for c in judged.text) >= _TELLING_DIGITS and context.evidence.holds(fold(judged.text))
        )
    ]


def own_words(context: CheckContext) -> str:
    """All that the brief says, line by line: its fields, its facts as they are written out, and its points."""
    return _brief_words(context)[0]


# One run of the rules has one view.
_SAID: WeakKeyDictionary[ReportText, tuple[str, str]] = WeakKeyDictionary()


def _brief_words(context: CheckContext) -> tuple[str, str]:
    """All that the brief says, as it is and folded."""
    known = _SAID.get(context.view) if context.view is not None else None
    if known is None:
        words = _words_of(context.brief) if context.brief is not None else ""
        known = words, fold(words)
        if context.view is not None:
            _SAID[context.view] = known
    return known


def _words_of(brief: Brief) -> str:
    points = brief.points
    facts = [fact.told for fact in brief.facts]
    features = [text for feature in points.features for text in (feature.heading, *feature.points)]
    measures = [measure.text for measure in points.measures]
    return "\n".join([brief.identity(), *facts, *points.basics, *features, *points.problems, *measures])


def _near(term: Term, context: CheckContext) -> ApprovedWording | None:
    assert context.evidence is not None
    return context.evidence.near(term) if term.kind in (TermKind.TITLE, TermKind.QUOTED) else None
