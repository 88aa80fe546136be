"""G: documents that a text names: still in force, and under the number that is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.grounding import claimed_terms
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.corpus.model import Document, Role, Status
from nigao.report.model import Report, Sentence
from nigao.text.terms import Term, TermKind, fold

# Who speaks of an old document as an old one does nothing wrong.
_AS_OLD = re.compile("废止|修订|修改|取代|替代|代替|失效|撤销|原《|旧|同时停止|不再执行")
_NUMBER = re.compile(r"^(?P<code>.+?)〔(?P<year>\d{4})〕(?:第)?(?P<serial>\d+)号$")


@rule(
    "G230",
    Severity.WARNING,
    "提到的文件已失效或被取代",
    why="已被取代、撤销或过了有效期的文件不能再作为现行依据来写，宜改写为现行的文件。",
    authority=Authority.PRODUCT,
    bad=Example("按照《查档接待暂行规定》办理。", approved=("查档接待工作规定\n查档接待实行首问负责。",)),
    good=Example("按照《查档接待工作规定》办理。", approved=("查档接待工作规定\n查档接待实行首问负责。",)),
)
def outdated_document(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence, term in _terms(report, context, TermKind.TITLE):
        assert context.evidence is not None
        if _AS_OLD.search(sentence.text):
            continue
        known = [d for d in context.evidence.titled(term.text[1:-1]) if d.role is not Role.EXEMPLAR]
        reasons = [(document, _why_old(document, context)) for document in known]
        if known and all(why for _, why in reasons):
            document, why = reasons[-1]
            meant = _replacement(document, context)
            present = f"《{meant.title}》" if meant is not None else "文件"
            advice = f"改为现行的{present}，并核对内容；说的就是旧文件的，写明已失效"
            yield Mark(f"{term.text}{why}", sentence, term.start, term.end, suggestion=advice)


def _why_old(document: Document, context: CheckContext) -> str:
    """Why the document is no longer in force; empty where it is, and where it only never was admitted."""
    if document.status in (Status.REFUSED, Status.WITHDRAWN):
        return ""
    if document.superseded_by:
        meant = _replacement(document, context)
        return f"已被《{meant.title}》取代" if meant is not None else "已被新的文件取代"
    if document.valid_from is not None and context.on < document.valid_from:
        return ""
    return document.why_not_evidence(context.on)


def _replacement(document: Document, context: CheckContext) -> Document | None:
    """The document in force that took its place, at the end of the chain of those that did."""
    assert context.evidence is not None
    seen = {document.id}
    found: Document | None = None
    while document.superseded_by and document.superseded_by not in seen:
        seen.add(document.superseded_by)
        following = context.evidence.document(document.superseded_by)
        if following is None:
            break
        found = document = following
    return found


@rule(
    "G231",
    Severity.WARNING,
    "文号与语料不符",
    why="文号是查找文件的钥匙：同一份文件语料中是另一个文号，或发文机关代字只差一个字的，多为误写。",
    authority=Authority.PRODUCT,
    bad=Example(
        "印发《查档接待规定》（云档〔2025〕31号）。",
        approved=("工作总结\n印发《查档接待规定》（云档〔2025〕13号）。",),
    ),
    good=Example(
        "印发《查档接待规定》（云档〔2025〕13号）。",
        approved=("工作总结\n印发《查档接待规定》（云档〔2025〕13号）。",),
    ),
)
def wrong_document_number(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence, term in _terms(report, context, TermKind.DOCUMENT_NUMBER):
        assert context.evidence is not None
        numbers = context.evidence.numbers()
        if term.key in numbers or context.evidence.holds(term.key):
            continue
        title = _title_before(sentence, term)
        meant = [number for number, of in numbers.items() if title and fold(of) == fold(title)]
        meant = meant or [number for number in numbers if _nearly(term.key, number)]
        if len(meant) == 1:
            whose = f"《{numbers[meant[0]]}》的文号" if numbers[meant[0]] else "语料中的文号"
            yield Mark(
                f"文号“{term.text}”与{whose}“{meant[0]}”不一致",
                sentence,
                term.start,
                term.end,
                suggestion=f"核对后改为“{meant[0]}”；确是另一份文件的不必改",
                evidence=(meant[0],),
            )


def _terms(report: Report, context: CheckContext, kind: TermKind) -> Iterator[tuple[Sentence, Term]]:
    if context.evidence is None:
        return
    for sentence in report.sentences():
        if "《" in sentence.text or "号" in sentence.text:
            yield from ((sentence, term) for term in claimed_terms(sentence) if term.kind is kind)


def _title_before(sentence: Sentence, number: Term) -> str:
    for before, term in pairwise(claimed_terms(sentence)):
        if term == number and before.kind is TermKind.TITLE and term.start - before.end <= 1:
            return before.text[1:-1]
    return ""


def _nearly(written: str, known: str) -> bool:
    """Whether two numbers differ in one character of the issuer's code only, or in two digits exchanged."""
    one, other = _NUMBER.match(written), _NUMBER.match(known)
    if one is None or other is None or one["year"] != other["year"]:
        return False
    if one["code"] == other["code"]:
        return one["serial"] != other["serial"] and len(one["serial"]) > 1 and one["serial"] == other["serial"][::-1]
    same_length = len(one["code"]) == len(other["code"]) >= 3
    apart = sum(a != b for a, b in zip(one["code"], other["code"], strict=False))
    return one["serial"] == other["serial"] and same_length and apart == 1
