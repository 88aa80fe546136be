"""C: the report against itself — sentences and clauses that stand twice, and one wording in two forms."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Fix, Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.model import Report, Sentence
from nigao.text.placeholders import has_own_placeholder
from nigao.text.repeats import repeated_clauses, repeated_words
from nigao.text.spellings import Spelling, spellings
from nigao.text.terms import fold
from nigao.text.variants import Difference, Pair, Variant, bare_variants, marked_pairs

# Short sentences (run-in heads, set phrases) recur without being a slip.
_SHORTEST = 15


@rule(
    "C401",
    Severity.WARNING,
    "同一句话出现两次",
    why="全文同一句话写两遍，多为拼接稿件时留下的重复。",
    authority=Authority.PRACTICE,
    bad=Example("全年召开专题会议四次，研究档案安全工作。馆藏档案九万卷。全年召开专题会议四次，研究档案安全工作。"),
    good=Example("全年召开专题会议四次，研究档案安全工作。馆藏档案九万卷。"),
)
def repeated_sentence(report: Report, context: CheckContext) -> Iterator[Mark]:
    seen: dict[str, Sentence] = {}
    for sentence in report.sentences():
        words = fold(sentence.text)
        # A heading may stand in the contents too, and （财政部、商务部负责） closes many a paragraph.
        if len(words) < _SHORTEST or words[-1] not in "。；!?" or has_own_placeholder(sentence.text):
            continue
        if words in seen:
            yield Mark(
                "这句话在前文已经出现过", sentence, suggestion="删去或改写其中一处", evidence=(seen[words].text,)
            )
        else:
            seen[words] = sentence


@rule(
    "C402",
    Severity.WARNING,
    "同一提法或文件名写法不一",
    why="固定提法和文件名一字不能改；同一份报告里写成两样，至少有一处是错的。",
    authority=Authority.PRACTICE,
    bad=Example("开展“护档案、保安全”活动。\n总结“护档案，保安全”活动。"),
    good=Example("开展“护档案、保安全”活动。\n总结“护档案、保安全”活动，变“死档案”为“活档案”。"),
)
def wording_in_two_forms(report: Report, context: CheckContext) -> Iterator[Mark]:
    text = context.text(report)
    for found in marked_pairs(text):
        if not found.doubtful:
            pair, _ = _odd_one(found, context)
            yield from _pair_marks(text, pair, "核对原文，统一写法")


def _odd_one(pair: Pair, context: CheckContext) -> tuple[Pair, bool | None]:
    """The pair turned so that its odd form is not the one that approved documents have; and whether they tell (True),
    do not (None), or have both (False).
    """
    if context.evidence is None:
        return pair, None
    odd, usual = (context.evidence.holds(fold(form)) for form in (pair.odd, pair.usual))
    if odd and usual:
        return pair, False
    return (pair.turned(), True) if odd else (pair, True if usual else None)


@rule(
    "C403",
    Severity.INFO,
    "提法少一项，或两个文件名相近",
    why="并列的提法在一处少了一项、两个文件名只差中间几个字，可能是漏写，也可能本来就是两件事，请核对。",
    authority=Authority.PRACTICE,
    bad=Example("印发《云汀市档案局安全责任清单》。\n落实《云汀市档案局库房安全责任清单》。"),
    good=Example("印发《云汀市档案局安全责任清单》。\n落实《云汀市档案局安全责任清单》。"),
)
def nearly_one_wording(report: Report, context: CheckContext) -> Iterator[Mark]:
    text = context.text(report)
    for found in marked_pairs(text):
        if not found.doubtful:
            continue
        pair, told = _odd_one(found, context)
        # Approved documents have both: they are two things.
        if told is False:
            continue
        sure = pair.clear or (told is True and pair.difference is Difference.MEMBER)
        severity = Severity.WARNING if sure else None
        yield from _pair_marks(text, pair, "核对是否同一件事；是，则统一写法", severity)


@rule(
    "C404",
    Severity.INFO,
    "同一提法或文件名有的加标号、有的没加",
    why="同一提法、同一文件在一份报告里加不加引号、书名号要一致。",
    authority=Authority.PRACTICE,
    bad=Example("学习《云汀市档案查阅办法》。\n对照云汀市档案查阅办法，逐项清理。"),
    good=Example("学习《云汀市档案查阅办法》。\n对照《云汀市档案查阅办法》，逐项清理。"),
)
def wording_without_marks(report: Report, context: CheckContext) -> Iterator[Mark]:
    text = context.text(report)
    for variant in bare_variants(text):
        yield _variant_mark(text, variant, f"统一写作{variant.other}", None)


def _pair_marks(text: str, pair: Pair, advice: str, severity: Severity | None = None) -> Iterator[Mark]:
    for variant in pair.variants():
        yield _variant_mark(text, variant, advice, severity)


def _variant_mark(text: str, variant: Variant, advice: str, severity: Severity | None) -> Mark:
    shown = variant.text if variant.difference is not Difference.BARE else f"“{variant.text}”"
    return Mark(
        f"{shown}与本文另一处的写法{variant.difference.value}：{variant.other}",
        at=(variant.start, variant.end),
        suggestion=advice,
        evidence=(around(text, variant.other_start),),
        severity=severity,
        fix=Fix(text=variant.other, safe=False),
    )


def around(text: str, start: int) -> str:
    """The sentence around a place of the text: the other half of what a rule compares."""
    begin = max(text.rfind(mark, 0, start) for mark in "。；！？\n") + 1
    ends = [end for end in (text.find(mark, start) for mark in "。；！？\n") if end >= 0]
    return text[begin : min(ends, default=len(text)) + 1].strip()


@rule(
    "C405",
    Severity.WARNING,
    "同一个词有两种写法",
    why="音同义近的两个词（如“制定”和“制订”）在一份报告里混用，读者会以为是两件事；专门用语只能有一种写法。",
    authority=Authority.PRACTICE,
    bad=Example("按规定缴纳保证金。\n未缴纳的，限期交纳保证金。"),
    good=Example("按规定缴纳保证金。\n未缴纳的，限期缴纳保证金。"),
)
def word_in_two_spellings(report: Report, context: CheckContext) -> Iterator[Mark]:
    text = context.text(report)
    for pair in spellings(text):
        known = _approved_spellings(pair, context)
        decided = len(known) == 1
        if not pair.related and (len(known) == 2 or not (pair.likely or known == [pair.usual])):
            # The office itself uses both words, or the text may.
            continue
        found = pair.turned() if known == [pair.odd] else pair
        severity = Severity.WARNING if found.related or (decided and found.likely) else Severity.INFO
        if decided:
            advice = f"批准文件写作“{found.usual}”，据此统一"
        elif found.related:
            advice = f"核对后统一为“{found.usual}”或“{found.odd}”"
        else:
            advice = "如指同一件事，统一写法"
        fix = Fix(text=found.usual, safe=False) if decided or not found.even else None
        how = "是同一个词的两种写法" if found.one_word else "只差一个同音字"
        for start in found.odd_places:
            yield Mark(
                f"“{found.odd}”与本文另一处的“{found.usual}”{how}",
                at=(start, start + len(found.odd)),
                suggestion=advice,
                severity=severity,
                evidence=(around(text, found.usual_places[0]),),
                fix=fix,
            )


def _approved_spellings(found: Spelling, context: CheckContext) -> list[str]:
    """Which of the two spellings approved documents have; 检察院 says nothing of a 检察 that stands alone."""
    if context.evidence is None or found.strayed:
        return []
    return [word for word in (found.odd, found.usual) if context.evidence.holds(word)]


@rule(
    "C406",
    Severity.WARNING,
    "一句之内重复同一分句",
    why="同一句里一个分句写两遍，多为修改时忘了删去旧的。",
    authority=Authority.PRACTICE,
    bad=Example("完善查阅登记和核验制度，明确各环节责任，完善查阅登记和核验制度，方便群众。"),
    good=Example("完善查阅登记和核验制度，明确各环节责任，方便群众。"),
)
def repeated_clause(report: Report, context: CheckContext) -> Iterator[Mark]:
    text = context.text(report)
    for found in repeated_clauses(text):
        yield Mark(
            f"“{found.text}”在本句前面已经写过",
            at=(found.start, found.end),
            suggestion="删去或改写其中一处",
            evidence=(around(text, found.first),),
        )


@rule(
    "C412",
    Severity.WARNING,
    "一个词连着写了两遍",
    why="同一个词紧挨着写两遍，多为修改或拼接时留下的；动词重叠（如“研究研究”）和前后两个词恰好相同的，只作说明。",
    authority=Authority.PRACTICE,
    bad=Example("各科室科室逐项清点档案。"),
    good=Example("各党组织组织党员清点档案，高高兴兴完成任务。"),
)
def repeated_word(report: Report, context: CheckContext) -> Iterator[Mark]:
    for found in repeated_words(context.text(report)):
        yield Mark(
            f"“{found.text}”连着写了两遍",
            at=(found.start, found.end),
            suggestion=f"改为“{found.text}”" if found.sure else "如非有意，删去其中一个",
            severity=None if found.sure else Severity.INFO,
            fix=Fix(text=found.text, safe=False),
        )
