"""C: the report against itself."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Mark, rule
from nigao.report.model import Report, Sentence
from nigao.text.placeholders import has_own_placeholder
from nigao.text.terms import fold

# Short sentences (run-in heads, set phrases) recur without being a slip.
_SHORTEST = 15


@rule(
    "C401",
    Severity.WARNING,
    "同一句话出现两次",
    why="全文同一句话写两遍，多为拼接稿件时留下的重复。",
    authority=Authority.PRACTICE,
    bad="第二部分和第四部分都有“全年召开专题会议4次，研究部署重点工作。”",
    good="保留一处，另一处删去或改写",
)
def repeated_sentence(report: Report, context: CheckContext) -> Iterator[Mark]:
    seen: dict[str, Sentence] = {}
    for sentence in report.sentences():
        words = fold(sentence.text)
        if len(words) < _SHORTEST or has_own_placeholder(sentence.text):
            continue
        if words in seen:
            yield Mark(
                "这句话在前文已经出现过", sentence, suggestion="删去或改写其中一处", evidence=(seen[words].text,)
            )
        else:
            seen[words] = sentence
