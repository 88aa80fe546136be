"""G: every checkable term of a sentence stands in that sentence's own evidence (DESIGN §1.1–1.4)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.model import Citation, Origin, Report, Sentence
from nigao.text.contexts import number_in_context
from nigao.text.placeholders import find_placeholders
from nigao.text.support import supports
from nigao.text.terms import Term, TermKind, checkable_terms, fold

_WORDS = {
    TermKind.NUMBER: "数字",
    TermKind.DATE: "日期",
    TermKind.TITLE: "文件名",
    TermKind.QUOTED: "引语",
    TermKind.DOCUMENT_NUMBER: "文号",
}


def _cited_text(citation: Citation, context: CheckContext) -> str:
    """What the citation offers as evidence: the recorded passage, else (outside a workspace) its own quotation."""
    if context.evidence is None:
        return f"《{citation.title}》\n{citation.quote}"
    passage, document = context.evidence.passage(citation.passage_id), context.evidence.document(citation.document_id)
    if passage is None or document is None:
        return ""
    return f"《{document.title}》\n{document.number}\n{document.issuer}\n{passage.heading}\n{passage.text}"


def own_evidence(sentence: Sentence, context: CheckContext) -> str:
    """The text that a sentence's checkable terms must stand in, by its origin."""
    if sentence.origin is Origin.SOURCE:
        return "\n".join(_cited_text(citation, context) for citation in sentence.citations)
    if context.brief is None:
        return ""
    identity = context.brief.identity()
    if sentence.origin is Origin.CONNECTIVE:
        return identity
    facts = [context.brief.fact(name) for name in sentence.facts]
    lines = [fact.told for fact in facts if fact is not None]
    return "\n".join([identity, *lines])


def _unsupported(report: Report, context: CheckContext, kind: TermKind) -> Iterator[Mark]:
    for sentence in report.sentences():
        if sentence.origin is Origin.HUMAN or (sentence.origin is Origin.FACT and context.brief is None):
            continue
        terms = [term for term in claimed_terms(sentence) if term.kind is kind]
        if not terms:
            continue
        evidence = own_evidence(sentence, context)
        for term in terms:
            if not supports(evidence, term):
                yield _no_evidence(sentence, term, "在本句依据中找不到")
            elif _is_counted(sentence, term) and not number_in_context(evidence, sentence.text, term):
                yield _no_evidence(sentence, term, "在本句依据中说的是别的事项")


def _is_counted(sentence: Sentence, term: Term) -> bool:
    """Whether what a number counts can be compared: the evidence of a source is prose, a fact is a bare value."""
    return term.kind is TermKind.NUMBER and sentence.origin is Origin.SOURCE


def claimed_terms(sentence: Sentence) -> list[Term]:
    """The sentence's checkable terms, those in or around a blank left out: a blank claims nothing."""
    blanks = find_placeholders(sentence.text)
    return [
        term
        for term in checkable_terms(sentence.text)
        if not any(term.start < blank.end and blank.start < term.end for blank in blanks)
    ]


def named(term: Term) -> str:
    """A term as a message names it: 数字“12次”, 文件名《…》, 引语“…”."""
    marked = term.kind in (TermKind.TITLE, TermKind.QUOTED)
    return _WORDS[term.kind] + (term.text if marked else f"“{term.text}”")


def _no_evidence(sentence: Sentence, term: Term, fault: str) -> Mark:
    message = f"{named(term)}{fault}"
    advice = "核对原文，或补充依据；没有依据的改为【待补：…】"
    quotes = tuple(c.quote for c in sentence.citations if c.quote)
    return Mark(message, sentence, term.start, term.end, suggestion=advice, evidence=quotes)


@rule(
    "G201",
    Severity.ERROR,
    "数字没有依据",
    why="报告中的数字要出现在本句引用的材料或要求单事实中，说的还须是同一件事。",
    authority=Authority.PRODUCT,
    bad=Example("全年培训18次。", cited="2025年，中心全年培训8次。"),
    good=Example("全年培训8次。", cited="2025年，中心全年培训8次。"),
)
def unsupported_number(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from _unsupported(report, context, TermKind.NUMBER)


@rule(
    "G202",
    Severity.ERROR,
    "日期没有依据",
    why="报告中的日期要出现在本句依据中。",
    authority=Authority.PRODUCT,
    bad=Example("2025年5月召开会议。", cited="2025年3月召开会议。"),
    good=Example("2025年3月召开会议。", cited="2025年3月召开会议。"),
)
def unsupported_date(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from _unsupported(report, context, TermKind.DATE)


@rule(
    "G203",
    Severity.ERROR,
    "文件名没有依据",
    why="《》内的文件名要与依据中的名称一字不差。",
    authority=Authority.PRODUCT,
    bad=Example("印发《学习办法》。", cited="印发《学习管理办法》。"),
    good=Example("印发《学习管理办法》。", cited="印发《学习管理办法》。"),
)
def unsupported_title(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from _unsupported(report, context, TermKind.TITLE)


@rule(
    "G204",
    Severity.ERROR,
    "引语没有依据",
    why="“”内的提法要与依据中的写法一致，提法错一个字也是错。",
    authority=Authority.PRODUCT,
    bad=Example("落实“三会两课”制度。", cited="落实“三会一课”制度。"),
    good=Example("落实“三会一课”制度。", cited="落实“三会一课”制度。"),
)
def unsupported_quotation(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from _unsupported(report, context, TermKind.QUOTED)


@rule(
    "G205",
    Severity.ERROR,
    "文号没有依据",
    why="发文字号要与依据一致。",
    authority=Authority.PRODUCT,
    bad=Example("执行云政办〔2025〕31号文件。", cited="执行云政办〔2025〕13号文件。"),
    good=Example("执行云政办〔2025〕13号文件。", cited="执行云政办〔2025〕13号文件。"),
)
def unsupported_document_number(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from _unsupported(report, context, TermKind.DOCUMENT_NUMBER)


@rule(
    "G206",
    Severity.ERROR,
    "句子没有出处",
    why="每句话都要能说明来自哪份经批准的材料或哪条事实。",
    authority=Authority.PRODUCT,
    bad=Example("来源标为“材料”，却没有引用任何段落"),
    good=Example("每个材料句至少引用一个段落，每个事实句写明事实名称"),
)
def no_origin(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence in report.sentences():
        if sentence.origin is Origin.SOURCE and not sentence.citations:
            yield Mark("这句话没有引用任何依据", sentence, suggestion="补上引用，或改为人工录入并核实")
        elif sentence.origin is Origin.FACT and not sentence.facts:
            yield Mark("这句话没有写明依据哪条事实", sentence, suggestion="写明事实名称")
        elif sentence.origin is Origin.FACT and context.brief is not None:
            known = {fact.name for fact in context.brief.facts} | set(BRIEF_FIELDS)
            for name in sentence.facts:
                if name not in known:
                    yield Mark(f"要求单中没有“{name}”这条事实", sentence, suggestion="核对要求单")


# A sentence may rest on the brief's own fields; they are named so in `Sentence.facts`.
BRIEF_FIELDS = ("单位", "报告期间", "来文单位", "主送机关", "成文日期")


@rule(
    "G207",
    Severity.ERROR,
    "引用了不能作依据的文件",
    why="只有经批准、在有效期内、不涉密的文件才能作依据；已撤销、失效、被取代的文件和范文都不行。",
    authority=Authority.PRODUCT,
    bad=Example("引用2023年已失效的旧规定"),
    good=Example("引用现行规定"),
)
def invalid_citation(report: Report, context: CheckContext) -> Iterator[Mark]:
    if context.evidence is None:
        return
    for sentence in report.sentences():
        for citation in sentence.citations:
            document = context.evidence.document(citation.document_id)
            why = "语料中没有这份文件" if document is None else document.why_not_evidence(context.on)
            if why:
                message = f"引用的《{document.title if document else citation.title}》不能作依据：{why}"
                yield Mark(message, sentence, suggestion="改引现行有效的文件，或删去这句话")


@lru_cache(maxsize=2048)
def _stands_in(quote: str, text: str) -> bool:
    return fold(quote) in fold(text)


@rule(
    "G208",
    Severity.ERROR,
    "引用的段落与原文不符",
    why="引用要能在原文中找到；原文改动后，旧引用需要重新核对。",
    authority=Authority.PRODUCT,
    bad=Example("引用的段落编号不存在，或摘录与原文不一致"),
    good=Example("引用现行版本中的段落，摘录与原文一致"),
)
def broken_citation(report: Report, context: CheckContext) -> Iterator[Mark]:
    if context.evidence is None:
        return
    for sentence in report.sentences():
        for citation in sentence.citations:
            passage = context.evidence.passage(citation.passage_id)
            if passage is None or passage.document_id != citation.document_id:
                yield Mark(f"引用的段落 {citation.passage_id} 不存在", sentence, suggestion="重新检索并引用")
            elif citation.quote and not _stands_in(citation.quote, passage.heading + passage.text):
                yield Mark("引用的摘录与原文不一致", sentence, suggestion="按原文更正", evidence=(passage.text,))
            elif not context.evidence.is_current(citation.passage_id):
                yield Mark(
                    f"《{citation.title}》已更新，引用的是旧版本",
                    sentence,
                    severity=Severity.WARNING,
                    suggestion="重新拟稿或核对",
                )


@rule(
    "G215",
    Severity.ERROR,
    "与拟稿要求不一致",
    why="标题、主送机关、署名、成文日期和引用的事实来自拟稿要求，一个字也不能差。",
    authority=Authority.PRODUCT,
    bad=Example("拟稿要求的期间为2025年，标题写成2024年；编制数28名写成26名"),
    good=Example("与拟稿要求一致"),
)
def departs_from_brief(report: Report, context: CheckContext) -> Iterator[Mark]:
    brief = context.brief
    if brief is None:
        return
    identity = brief.identity()
    for line in (report.title, report.recipient, report.signature, report.date):
        if line is None or line.origin is Origin.HUMAN:
            continue
        for term in claimed_terms(line):
            if not supports(identity, term):
                yield Mark(f"{named(term)}与拟稿要求不一致", line, term.start, term.end, suggestion="按拟稿要求更正")
    signature = report.signature
    if signature is not None and signature.origin is not Origin.HUMAN and fold(signature.text) not in fold(identity):
        yield Mark("署名与拟稿要求中的单位不一致", signature, suggestion=f"改为“{brief.unit.full}”")
    for sentence in report.sentences():
        for fact in filter(None, map(brief.fact, sentence.facts if sentence.origin is Origin.FACT else [])):
            if fold(fact.value.rstrip("。；，")) not in fold(sentence.text):
                yield Mark(f"“{fact.name}”与拟稿要求不一致", sentence, suggestion=f"拟稿要求为“{fact.written}”")
