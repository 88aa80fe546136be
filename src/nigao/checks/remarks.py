"""P: what people wrote beside the report in Word, until somebody has dealt with it."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.model import Remark, Report, Sentence
from nigao.report.render import pieces
from nigao.report.waivers import bare


@rule(
    "P308",
    Severity.WARNING,
    "Word 批注尚未处理",
    why="核稿人在 Word 里写的批注随修改导入，办结一条、忽略一条并写明理由，定稿前不留未处理的批注。",
    authority=Authority.PRODUCT,
    bad=Example("全年开展谈心谈话36次。（旁有核稿人批注：数字再核一下）"),
    good=Example("全年开展谈心谈话36次。"),
)
def open_remark(report: Report, context: CheckContext) -> Iterator[Mark]:
    for remark in report.remarks:
        message = f"{remark.by or '有人'}批注：{remark.text}"
        sentence = _beside(report, remark)
        if sentence is None:
            yield Mark(message, suggestion="处理后忽略本条，写明怎样办的")
            continue
        start = max(0, sentence.text.find(remark.words)) if remark.words in sentence.text else 0
        end = start + len(remark.words) if remark.words in sentence.text and remark.words else len(sentence.text)
        yield Mark(message, sentence, start, end, suggestion="处理后忽略本条，写明怎样办的")


def _beside(report: Report, remark: Remark) -> Sentence | None:
    """The sentence that a remark hangs on: one of its line, or the first with its words; None where neither is left."""
    told = [piece.sentence for piece in pieces(report) if piece.sentence is not None]
    line, words = bare(remark.line), bare(remark.words)
    near = [sentence for sentence in told if sentence.text and bare(sentence.text) in line]
    holding = [s for s in near if words and (words in bare(s.text) or bare(s.text) in words)]
    elsewhere = [s for s in told if words and words in bare(s.text)]
    return next(iter([*holding, *near, *elsewhere]), None)
