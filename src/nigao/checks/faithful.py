"""G: a drafted sentence says what its quotation says: the unit's own doings, in its words, state and degree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Mark, rule
from nigao.corpus.model import Document
from nigao.report.kinds import Content, Kind, Layout
from nigao.report.model import Citation, Origin, Part, Report, Sentence
from nigao.text.dates import find_dates
from nigao.text.fidelity import changed_degree, repeats, turned_done
from nigao.text.placeholders import has_own_placeholder


@rule(
    "G211",
    Severity.ERROR,
    "把其他单位的做法写成本单位的",
    why="成效和做法部分只写本单位做的事；引用其他单位的材料而不点明本单位，等于张冠李戴。",
    authority=Authority.PRODUCT,
    bad="引用县农业农村局的总结，写成“全年开展中心组学习16次”",
    good="引用本单位材料，或引用上级材料中写明本单位的句子",
)
def another_units_doing(report: Report, context: CheckContext) -> Iterator[Mark]:
    if context.evidence is None or context.unit is None:
        return
    for part in report.parts:
        spec = context.kind.part(part.key)
        if spec is None or spec.content is not Content.DOINGS:
            continue
        for sentence in part.walk():
            for citation in sentence.citations if sentence.origin is Origin.SOURCE else ():
                document = context.evidence.document(citation.document_id)
                if document is not None and not _is_ours(sentence, citation, document, context):
                    yield Mark(
                        f"引用的《{document.title}》由{document.issuer}制发，说的不是本单位的做法",
                        sentence,
                        suggestion="改引本单位的材料，或删去这句话",
                        evidence=(citation.quote,) if citation.quote else (),
                    )


def _is_ours(sentence: Sentence, citation: Citation, document: Document, context: CheckContext) -> bool:
    """Whether the document is the unit's own or about it, or what is said there names the unit. The name must stand in
    the quotation: another unit's 我局 may have been rewritten as ours.
    """
    unit = context.unit
    assert unit is not None
    named = unit.named_in(sentence.text) and unit.named_in(citation.quote or sentence.text)
    return named or unit.owns(document.issuer) or unit.named_in(document.title)


@rule(
    "G212",
    Severity.WARNING,
    "与所引原文不一致",
    why="材料句应当用原文的话；改写过的句子即使数字、名称都对，意思也可能走样，须对照原文核定。",
    authority=Authority.PRODUCT,
    bad="群众满意度大幅提升。（原文为“群众满意度有所提升”）",
    good="群众满意度有所提升。",
)
def reworded(report: Report, context: CheckContext) -> Iterator[Mark]:
    names = unit_names(report, context)
    for sentence in _quoting(report, context):
        quotes = _quotes(sentence, context)
        if quotes and not repeats(sentence.text, quotes, names, _years(sentence, context)):
            yield Mark("与所引原文不一致", sentence, suggestion="照原文改写，或对照原文核定", evidence=tuple(quotes))


@rule(
    "G213",
    Severity.ERROR,
    "状态或程度与原文不符",
    why="打算做的不能写成已经做的，可以做的不能写成应当做的。",
    authority=Authority.PRODUCT,
    bad="已完成管网改造。（原文为“计划完成管网改造”）",
    good="计划完成管网改造。",
)
def changed_state(report: Report, context: CheckContext) -> Iterator[Mark]:
    advice = "按原文更正"
    for sentence in _quoting(report, context):
        quotes = _quotes(sentence, context)
        said = "".join(quotes)
        if any(repeats(sentence.text, [quote], ()) for quote in quotes):
            continue
        if turned_done(sentence.text, said):
            yield Mark("原文说的是打算，本句写成了已做", sentence, suggestion=advice, evidence=tuple(quotes))
        if changed_degree(sentence.text, said):
            yield Mark("“可以”“鼓励”与“应当”“必须”和原文不符", sentence, suggestion=advice, evidence=tuple(quotes))


def _quoting(report: Report, context: CheckContext) -> Iterator[Sentence]:
    """The sentences that rest on sources, but for blanks and for headings made from the kind's own pattern."""
    patterned = {id(heading) for part in report.parts for heading in _patterned(part, context.kind)}
    for sentence in report.sentences():
        quoting = sentence.origin is Origin.SOURCE and id(sentence) not in patterned
        if quoting and not has_own_placeholder(sentence.text):
            yield sentence


def _patterned(part: Part, kind: Kind) -> Iterator[Sentence]:
    spec = kind.part(part.key)
    if spec is None or spec.layout is not Layout.SUBSECTIONS:
        return
    forms = [heading_pattern(theme.heading) for theme in kind.themes]
    for item in part.items:
        if item.heading is not None and any(form.fullmatch(item.heading.text) for form in forms):
            yield item.heading


def heading_pattern(template: str) -> re.Pattern[str]:
    """What a theme's heading looks like once its `{term}` is filled in."""
    before, _, after = template.partition("{term}")
    return re.compile(f"{re.escape(before)}[^“”，。]{{1,20}}{re.escape(after)}")


def _quotes(sentence: Sentence, context: CheckContext) -> list[str]:
    """What is quoted; a citation without a quotation offers its whole passage."""
    quotes = [citation.quote for citation in sentence.citations if citation.quote]
    if quotes or context.evidence is None:
        return quotes
    passages = [context.evidence.passage(citation.passage_id) for citation in sentence.citations]
    return [passage.text for passage in passages if passage is not None]


def _years(sentence: Sentence, context: CheckContext) -> list[int]:
    """The years that the quoted documents' titles name: which year their 全年 is."""
    documents = [context.evidence.document(c.document_id) for c in sentence.citations] if context.evidence else []
    titles = [citation.title for citation in sentence.citations] + [d.title for d in documents if d is not None]
    return list(dict.fromkeys(d.year for title in titles for d in find_dates(title) if d.year is not None))


def unit_names(report: Report, context: CheckContext) -> list[str]:
    """Under which names the unit may stand: the brief's, else the report's own, with the short one it introduces."""
    if context.brief is not None:
        return [context.brief.unit.full, context.brief.unit.short]
    opening = "".join(sentence.text for sentence in report.opening)
    return [report.unit, *re.findall("以下(?:简称|称)“([^”]{2,20})”", opening)]
