"""C: sentences carried over from an exemplar — last year's figures called out, and the share of each part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.model import Origin, Part, Report, Sentence
from nigao.text.carryover import Earlier, earlier_sentences
from nigao.text.placeholders import find_placeholders
from nigao.text.terms import Term, TermKind, checkable_terms, fold

# 八项规定 and 三级纪委 are the same every year; a figure of one Chinese digit cannot be told from such names.
_DATED = re.compile(r"\d|分之|[一二三四五六七八九十百千万〇零]{2}|[年月日]")
_FIGURES = (TermKind.NUMBER, TermKind.DATE)
# A part that shares fewer characters than this with an exemplar is not worth a note.
_LEAST_SHARE = 0.1
_SHOWN = 5
_LAST_YEAR = (
    "云汀市档案服务中心关于2024年政治生态情况的报告\n"
    "一年来，中心组织集中学习24次，班子成员带头到基层支部讲党课6场，党员参学率保持在较高水平。\n"
    "中心深化窗口服务改革，推行查档预约和上门办理，群众等候时间明显缩短，办事体验不断改善。\n"
)
_LEAD = "二、政治生态主要特征\n"


def _carried(report: Report, context: CheckContext) -> Iterator[tuple[Part, list[tuple[Sentence, Earlier]], int]]:
    """Each part with its sentences that stand in an exemplar too, and how many characters it has.

    What an approved document says as well (a set phrase, a rule quoted) was not carried over, and headings and the
    composer's own joining words are nobody's.
    """
    evidence = context.evidence
    texts = tuple(evidence.exemplars()) if evidence is not None else ()
    if evidence is None or not texts:
        return
    known = earlier_sentences(texts)
    for part in report.parts:
        found: list[tuple[Sentence, Earlier]] = []
        size = 0
        for sentence in part.walk():
            size += len(sentence.text)
            if sentence.origin is Origin.CONNECTIVE or find_placeholders(sentence.text):
                continue
            earlier = known.find(sentence.text)
            if earlier is not None and not evidence.holds(fold(sentence.text)):
                found.append((sentence, earlier))
        yield part, found, size


@rule(
    "C420",
    Severity.WARNING,
    "照搬了范文的数字或日期",
    why="范文只供参考体例；整句照搬往年报告，数字和日期最容易忘了改，成了拿去年的情况当今年的报。",
    authority=Authority.PRODUCT,
    bad=Example(
        _LEAD + "一年来，中心组织集中学习24次，班子成员带头到基层支部讲党课6场，党员参学率保持在较高水平。",
        exemplars=(_LAST_YEAR,),
    ),
    good=Example(
        _LEAD + "一年来，中心组织集中学习31次，班子成员带头到基层支部讲党课9场，党员参学率保持在较高水平。",
        exemplars=(_LAST_YEAR,),
    ),
)
def carried_figures(report: Report, context: CheckContext) -> Iterator[Mark]:
    for _, carried, _ in _carried(report, context):
        for sentence, earlier in carried:
            figures = _same_figures(sentence, earlier, context)
            if figures:
                told = "、".join(figure.text for figure in figures)
                yield Mark(
                    f"整句与范文《{earlier.title}》相同或几乎相同，连“{told}”也一样",
                    sentence,
                    suggestion="核实是不是本期的情况，改用本期的数字和日期",
                    evidence=(earlier.text,),
                )


def _same_figures(sentence: Sentence, earlier: Earlier, context: CheckContext) -> list[Term]:
    """The figures and dates that both have, but for those that the fact sheet confirms and those nothing can stale."""
    if sentence.origin in (Origin.SOURCE, Origin.FACT):
        return []
    theirs = {term.key for term in checkable_terms(earlier.text) if term.kind in _FIGURES}
    told = fold("".join(fact.told for fact in context.brief.facts)) if context.brief is not None else ""
    return [
        term
        for term in checkable_terms(sentence.text)
        if term.kind in _FIGURES and term.key in theirs and _DATED.search(term.text) and fold(term.text) not in told
    ]


@rule(
    "C421",
    Severity.INFO,
    "与范文相同的篇幅",
    why="说明各部分有多少字与范文整句相同或几乎相同，供核稿人判断是不是照搬。",
    authority=Authority.PRODUCT,
    bad=Example(
        _LEAD + "中心深化窗口服务改革，推行查档预约和上门办理，群众等候时间明显缩短，办事体验不断改善。",
        exemplars=(_LAST_YEAR,),
    ),
    good=Example(
        _LEAD + "中心开展档案数字化加工，新增扫描设备两台，目录著录实行三级审校，差错率逐月下降。",
        exemplars=(_LAST_YEAR,),
    ),
)
def carried_share(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part, carried, size in _carried(report, context):
        same = sum(len(sentence.text) for sentence, _ in carried)
        if size and same >= _LEAST_SHARE * size:
            titles = "、".join(f"《{title}》" for title in dict.fromkeys(earlier.title for _, earlier in carried))
            yield Mark(
                f"本部分 {size} 字中有 {same} 字（{same / size:.0%}）与范文{titles}整句相同或几乎相同",
                part.heading,
                suggestion="逐句核实，换成本期的情况",
                evidence=tuple(sentence.text for sentence, _ in carried[:_SHOWN]),
            )
