"""G: typed figures held against the brief: its facts, and the period that it asks about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.corpus_terms import own_words
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.checks.typed import Typed, typed_sentences
from nigao.report.brief import Fact
from nigao.report.model import Origin, Report, Sentence
from nigao.text.amounts import Amount, find_amounts, same_value
from nigao.text.holding import Verdict, judge_figures
from nigao.text.ledger import Ledger, ledger_of
from nigao.text.moments import find_moments
from nigao.text.opposing import clause_at
from nigao.text.placeholders import find_placeholders
from nigao.text.wordpairs import pairs_of

# 编制数, 党员人数: what the fact is of stands before these.
_COUNTING = re.compile("(?:总?人?数量?|总数|个数|名额|总量|数目|情况|次数)$")
# Between a fact's name and its figure stands nothing but these: 编制28名, 编制共有28名, 编制核定为28名.
_BETWEEN = re.compile("[数人共有为是达到核定现实总计约]{0,6}")
_ANOTHER_TIME = re.compile("去年|上年|前年|同期|同比|原|此前|以前|历史|往年|上一年|历年|累计|截至")
_ALIKE = 0.75
_CLAUSE_END = re.compile("[，。；：、！？（）\n]")
_SENTENCE_END = re.compile("[。；！？\n]")
_SHARE = re.compile("下属|所属|基层|直属|其他|其余|另|新增|新进|新发展|转入|转出|各|每|女|男|退休|离退|在职")
_HAN_END = re.compile("[一-鿿]$")
# What may stand before the fact's name without making another thing of it: a verb, or the unit.
_LEADS_UP = re.compile("(?:[的共有设为是现其]|核定|[我本全][一-鿿]{1,3}|中心|单位|[局委办厅院馆校])$")


@rule(
    "G232",
    Severity.WARNING,
    "与拟稿要求中的事实不符",
    why="编制、人数这类事实以拟稿要求为准；正文另写一个数的，要么正文错，要么事实表要更正。",
    authority=Authority.PRODUCT,
    bad=Example("中心编制数26名。", brief="unit: 云汀市档案服务中心\nfacts:\n  - {name: 编制数, value: 28, unit: 名}"),
    good=Example("中心编制数28名。", brief="unit: 云汀市档案服务中心\nfacts:\n  - {name: 编制数, value: 28, unit: 名}"),
)
def departs_from_facts(report: Report, context: CheckContext) -> Iterator[Mark]:
    if context.brief is None:
        return
    facts = [(fact, _figure(fact)) for fact in context.brief.facts]
    counted = [(fact, figure) for fact, figure in facts if figure is not None]
    for sentence in report.sentences() if counted else ():
        if sentence.origin is not Origin.HUMAN:
            continue
        for fact, figure in counted:
            for amount in _said_of(sentence, fact, figure):
                yield Mark(
                    f"“{amount.text}”与拟稿要求中的{fact.name}“{fact.written}”不一致",
                    sentence,
                    amount.start,
                    amount.end,
                    suggestion=f"核对后改为“{fact.written}”，或更正拟稿要求",
                    evidence=(fact.told.strip(),),
                )


def _figure(fact: Fact) -> Amount | None:
    """The only figure of a fact's value."""
    found = find_amounts(fact.written)
    return found[0] if len(found) == 1 and found[0].start == 0 and found[0].end >= len(fact.written) - 1 else None


def _said_of(sentence: Sentence, fact: Fact, figure: Amount) -> Iterator[Amount]:
    """Other figures in the same unit that stand right behind the fact's name."""
    name = _COUNTING.sub("", fact.name) or fact.name
    if len(name) < 2 or name not in sentence.text or _ANOTHER_TIME.search(sentence.text):
        return
    blanks = find_placeholders(sentence.text)
    for amount in find_amounts(sentence.text):
        at = sentence.text.rfind(name, 0, amount.start)
        behind = at >= 0 and _BETWEEN.fullmatch(sentence.text[at + len(name) : amount.start]) is not None
        if not behind or not _is_whole(sentence.text[:at]):
            continue
        blank = any(amount.start < hole.end and hole.start < amount.end for hole in blanks)
        if not blank and amount.unit == figure.unit and not same_value(amount, figure):
            yield amount


def _is_whole(before: str) -> bool:
    """Whether the fact's name, behind these words, is the fact: not a share of it (其中党员, 机关党员)."""
    clause = _CLAUSE_END.split(before)[-1]
    if _SHARE.search(clause) or "其中" in _SENTENCE_END.split(before)[-1]:
        return False
    return not _HAN_END.search(clause) or _LEADS_UP.search(clause) is not None


@rule(
    "G237",
    Severity.WARNING,
    "用了其他年份的数字",
    why="照抄上年材料最容易留下旧数：这个数字语料中只见于另一年度的材料，本期的材料没有。",
    authority=Authority.PRODUCT,
    bad=Example(
        "2025年接待查档群众312人次。",
        approved=("2024年工作总结\n全年接待查档群众312人次。", "2025年工作总结\n库房改造按期完成。"),
    ),
    good=Example(
        "2025年接待查档群众298人次。",
        approved=("2024年工作总结\n全年接待查档群众312人次。", "2025年工作总结\n全年接待查档群众298人次。"),
    ),
)
def stale_figure(report: Report, context: CheckContext) -> Iterator[Mark]:
    brief = own_words(context)
    for typed in typed_sentences(report, context):
        year = _year_of(typed.text, typed.year)
        if year is None or _ANOTHER_TIME.search(typed.text):
            continue
        given = judge_figures(typed.text, (ledger_of(brief),)) if brief else ()
        ours = {judged.start for judged in given if judged.verdict is Verdict.HELD}
        for judged in judge_figures(typed.text, typed.ledgers):
            amount = judged.amount
            if amount is None or judged.verdict is not Verdict.HELD or amount.ordinal or not amount.unit:
                continue
            # What the brief states is of this period, whatever else says so.
            if judged.start in ours:
                continue
            old = _only_of_another_year(typed, amount, year)
            if old is not None:
                ledger, then = old
                yield Mark(
                    f"“{judged.text}”在语料中是{then}年的数字",
                    typed.sentence,
                    judged.start,
                    judged.end,
                    suggestion=f"核对后改为{year}年的数字，或写明是{then}年的",
                    evidence=(f"《{typed.title_of(ledger)}》",),
                )


def _year_of(sentence: str, asked: int | None) -> int | None:
    """The year that a sentence speaks of; None where it names several or none is known."""
    named = {m.year for m in find_moments(sentence) if m.year is not None}
    return asked if not named else next(iter(named)) if len(named) == 1 else None


def _only_of_another_year(typed: Typed, amount: Amount, year: int) -> tuple[Ledger, int] | None:
    """The ledger whose clause, and no other's, states the figure of the same thing for an earlier year, and that."""
    said = pairs_of(clause_at(typed.text, amount.start).text)
    found: tuple[Ledger, int] | None = None
    for ledger in typed.ledgers:
        for stated in ledger.stated:
            if stated.amount.unit != amount.unit or stated.amount.value != amount.value:
                continue
            given = pairs_of(stated.clause)
            if len(said & given) < _ALIKE * max(len(said), len(given), 1) or len(said) < 3:
                continue
            own = set() if ledger.year is None else {ledger.year}
            years = {m.year for m in find_moments(stated.sentence, ledger.year) if m.year is not None} or own
            if not years or year in years or min(years) > year:
                return None
            found = found or (ledger, max(years))
    return found
