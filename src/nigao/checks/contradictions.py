"""G: what people typed contradicts what the approved corpus says of the same thing."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.conflicts import disputed_places
from nigao.checks.context import CheckContext
from nigao.checks.corpus_terms import unseen_figures
from nigao.checks.finding import Severity
from nigao.checks.opposition import opposed, other_units
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.checks.typed import Typed, typed_sentences
from nigao.report.model import Report
from nigao.text.opposing import Opposed

_SUMMARY = "2025年工作总结\n3月召开档案开放审核专题会议。全年接待查档群众312人次，库房抽查发现问题7项。"


@rule(
    "G223",
    Severity.WARNING,
    "数字与语料矛盾",
    why="语料对同一事项给出另一个数字的，多为抄错或用了旧数，宜先核对再用；语料中根本没有的数字另列为说明。",
    authority=Authority.PRODUCT,
    bad=Example("库房抽查发现并登记问题9项。", approved=(_SUMMARY,)),
    good=Example("库房抽查发现并登记问题7项。", approved=(_SUMMARY,)),
)
def contradicted_figure(report: Report, context: CheckContext) -> Iterator[Mark]:
    for typed in typed_sentences(report, context):
        yield from _other_units(typed)
        disputed: set[int] | None = None
        for judged in unseen_figures(typed, context):
            against = opposed(typed, judged) if judged.amount is not None else None
            if against is None or any(amount.start == judged.start for amount, _, _ in other_units(typed)):
                continue
            if disputed is None:
                disputed = disputed_places(typed.sentence, report, context)
            if not any(judged.start <= place < judged.end for place in disputed):
                yield _against(typed, judged.start, judged.end, judged.text, against)


def _other_units(typed: Typed) -> Iterator[Mark]:
    for amount, other, clause in other_units(typed):
        generic = "个" in (amount.unit, other.unit)
        yield Mark(
            f"“{amount.text}”在语料的同一句话中是“{other.text}”",
            typed.sentence,
            amount.start,
            amount.end,
            suggestion=f"核对后改为“{other.text}”",
            evidence=(clause,),
            severity=Severity.INFO if generic else None,
        )


@rule(
    "G224",
    Severity.WARNING,
    "日期与语料矛盾",
    why="同一件事语料写的是另一个日期，宜核对原件后更正。",
    authority=Authority.PRODUCT,
    bad=Example("4月召开档案开放审核专题会议。", approved=(_SUMMARY,)),
    good=Example("3月召开档案开放审核专题会议。", approved=(_SUMMARY,)),
)
def contradicted_date(report: Report, context: CheckContext) -> Iterator[Mark]:
    for typed in typed_sentences(report, context):
        for judged in unseen_figures(typed, context):
            against = opposed(typed, judged) if judged.moment is not None else None
            if against is not None:
                yield _against(typed, judged.start, judged.end, judged.text, against)


def _against(typed: Typed, start: int, end: int, words: str, against: Opposed) -> Mark:
    title = typed.title_of(against.ledger)
    where = f"《{title}》" if title else "材料"
    return Mark(
        f"“{words}”与{where}的“{against.written}”不一致",
        typed.sentence,
        start,
        end,
        suggestion=f"核对后改为“{against.written}”；说的不是同一件事的不必改",
        evidence=(against.clause,),
    )
