"""T: wrong and doubled characters, found by the general word list and by what the approved corpus writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nigao.checks.context import CheckContext, Evidence
from nigao.checks.finding import Fix, Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.model import Report, Sentence
from nigao.report.render import pieces
from nigao.text.proofreading import ApprovedText, Proofreader, Slip
from nigao.text.terms import fold

SLIP_RULE = "T550"


@dataclass(frozen=True, slots=True)
class _Approved:
    """The corpus as proofreading asks it."""

    evidence: Evidence

    def holds(self, words: str) -> bool:
        return self.evidence.holds(fold(words))

    def near(self, sentence: str) -> Sequence[ApprovedText]:
        documents = ((self.evidence.document(p.document_id), p.text) for p in self.evidence.related(sentence))
        return [ApprovedText(document.title if document else "", text) for document, text in documents]


def proofreader(context: CheckContext, report: Report | None = None) -> Proofreader:
    """The proofreader of a check: with the approved corpus where there is one, and with what else the report writes."""
    approved = _Approved(context.evidence) if context.evidence is not None else None
    return Proofreader(approved, context.text(report) if report is not None else "")


def written(report: Report) -> Iterator[Sentence]:
    """All that the report says, title and headings included."""
    return (piece.sentence for piece in pieces(report) if piece.sentence is not None)


def slip_mark(sentence: Sentence, slip: Slip, proposed_by: str = "") -> Mark:
    """A slip as the report of a rule. `proposed_by` names who thought of it first, where that was not this rule."""
    who = f"（{proposed_by}提出）" if proposed_by else ""
    return Mark(
        f"“{slip.wrong}”疑为“{slip.right}”之误（{slip.likeness}）：此处似应写作“{slip.word}”{who}",
        sentence,
        slip.start,
        slip.end,
        suggestion=f"核对后将“{slip.wrong}”改为“{slip.right}”",
        evidence=_evidence(slip),
        fix=Fix(text=slip.right, safe=False),
    )


def _evidence(slip: Slip) -> tuple[str, ...]:
    approved = (f"《{slip.title}》写作“{slip.phrase}”",) if slip.phrase else ()
    own = (f"本文另有 {slip.own_count} 处写作“{slip.own}”",) if slip.own else ()
    counted = f"（词频 {slip.count}）" if slip.count else "（公文新词，未计词频）"
    listed = (f"通用词表收有“{slip.word}”{counted}",) if slip.listed else ()
    return approved + own + listed


@rule(
    SLIP_RULE,
    Severity.WARNING,
    "疑似错别字",
    why=(
        "音同、音近或形近的字容易错打。换成相近的一个字，词就通了，而通用词表有这个词，经批准的文件或本文别处也这样写，"
        "多半是打错；是否打错由人判断。"
    ),
    authority=Authority.PRACTICE,
    basis="公文校对惯例；通用词表、经批准的语料和本文用词",
    bad=Example("各科室要按季度报送档案数字化工作进展情况，严格执行开放审核制渡和安全保密规定。"),
    good=Example("各科室要按季度报送档案数字化工作进展情况，严格执行开放审核制度和安全保密规定。"),
)
def wrong_character(report: Report, context: CheckContext) -> Iterator[Mark]:
    reader = proofreader(context, report)
    for sentence in written(report):
        for slip in reader.slips(sentence.text):
            yield slip_mark(sentence, slip)


@rule(
    "T551",
    Severity.WARNING,
    "疑似多打了一个字",
    why="同一个字连打两遍，多为输入时重复；叠词（常常、层层）和前后两个词各有一个（落实实施）的不算。",
    authority=Authority.PRACTICE,
    basis="公文校对惯例；通用词表与经批准的语料",
    bad=Example("局党组带头执行民主集中制制，重要事项集体研究。"),
    good=Example("局党组带头执行民主集中制，层层落实实施细则，重要事项集体研究。"),
)
def doubled_character(report: Report, context: CheckContext) -> Iterator[Mark]:
    reader = proofreader(context, report)
    for sentence in written(report):
        for start, end in reader.doubled(sentence.text):
            words = sentence.text[max(0, start - 3) : end + 2].strip("，。、；：")
            yield Mark(
                f"“{words}”里的“{sentence.text[start:end]}”疑似重复",
                sentence,
                start,
                end,
                suggestion=f"核对后删去一个“{sentence.text[start:end]}”",
                evidence=("通用词表没有这样的叠词，后一个字与下文也不成词",),
                fix=Fix(text="", safe=False),
            )


@rule(
    "T552",
    Severity.WARNING,
    "疑似漏打了一个字",
    why="同样的上下文，本文别处都多一个字，而这里少了它便不成词，多半是漏打；是否漏打由人判断。",
    authority=Authority.PRACTICE,
    basis="公文校对惯例；本文用词和通用词表",
    bad=Example("办公室列出整改措施，业务科细化整改措施，收集科按月核对整改措，报馆领导审阅。"),
    good=Example("办公室列出整改措施，业务科细化整改措施，收集科按月核对整改清单，报馆领导审阅。"),
)
def missing_character(report: Report, context: CheckContext) -> Iterator[Mark]:
    reader = proofreader(context, report)
    for sentence in written(report):
        for missing in reader.missing(sentence.text):
            char = sentence.text[missing.start : missing.end]
            side = "后" if missing.place == missing.end else "前"
            yield Mark(
                f"“{char}”{side}疑漏“{missing.right}”：此处似应写作“{missing.word}”",
                sentence,
                missing.start,
                missing.end,
                suggestion=f"核对后将“{char}”改为“{missing.word}”",
                evidence=(f"本文另有 {missing.count} 处写作“{missing.phrase}”", f"通用词表收有“{missing.word}”"),
                fix=Fix(text=missing.word, safe=False),
            )
