"""P: blanks and template residue left in the text."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Mark, rule
from nigao.checks.structure import expected_facts
from nigao.report.model import Report, Sentence
from nigao.report.render import pieces
from nigao.text.placeholders import find_placeholders, wanted


def _sentences_with_part(report: Report) -> Iterator[tuple[str, Sentence]]:
    headings = {id(part.heading): part.key for part in report.parts}
    part = ""
    for piece in pieces(report):
        if piece.sentence is not None:
            part = headings.get(id(piece.sentence), part)
            yield part, piece.sentence


@rule(
    "P301",
    Severity.WARNING,
    "待补内容尚未补齐",
    why="语料和拟稿要求都没有提供的内容以【待补：…】标出，签发前应逐一补齐。",
    authority=Authority.PRODUCT,
    bad="核定编制【待补：编制数】。",
    good="核定编制28名。",
)
def own_placeholder(report: Report, context: CheckContext) -> Iterator[Mark]:
    for _, sentence in _sentences_with_part(report):
        for blank in find_placeholders(sentence.text):
            what = wanted(blank.text)
            if what:
                yield Mark(
                    f"待补：{what}", sentence, blank.start, blank.end, suggestion="补充经批准的材料或事实后重新拟稿"
                )


@rule(
    "P302",
    Severity.ERROR,
    "留有空白或模板痕迹",
    why="X、XXX、××、{{}}、“某”一类的空白没有填写，正式报告中不得出现。",
    authority=Authority.PRACTICE,
    bad="核定编制XX名，由某局负责。",
    good="核定编制28名，由市档案局负责。",
)
def residue(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part, sentence in _sentences_with_part(report):
        for blank in find_placeholders(sentence.text):
            if wanted(blank.text):
                continue
            spec = context.kind.part(part)
            whole = len(sentence.text.strip("。；， ")) <= len(blank.text) + 2
            advice = expected_facts(spec) if spec is not None and whole else ""
            message = f"“{blank.text}”是没有填写的空白"
            yield Mark(message, sentence, blank.start, blank.end, suggestion=advice or "填写实际内容")
