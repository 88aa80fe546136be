"""S: what one part claims as wholly achieved while another part admits that it is lacking."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.kinds import Content
from nigao.report.model import Report, Sentence
from nigao.text.achievements import Admission, Claim, admissions, claims, opposed


@rule(
    "S121",
    Severity.WARNING,
    "成绩与问题相互矛盾",
    why="前面说某项工作已全覆盖、无一发生，后面又承认这项工作没有做到，读者不知信哪一处。",
    authority=Authority.PRACTICE,
    bad=Example(
        "二、主要特征\n（一）组织建设规范有序\n党员谈心谈话实现全覆盖。\n三、存在的问题\n一是谈心谈话不够经常。"
        "部分党员谈心谈话没有做到全覆盖。"
    ),
    good=Example(
        "二、主要特征\n（一）组织建设规范有序\n党员谈心谈话实现全覆盖。\n三、存在的问题\n一是理论学习不够深入。"
        "部分支部研讨没有结合业务。"
    ),
)
def contradicted_achievement(report: Report, context: CheckContext) -> Iterator[Mark]:
    claimed: list[tuple[Sentence, Claim]] = []
    admitted: list[tuple[Sentence, Admission]] = []
    for part in report.parts:
        spec = context.kind.part(part.key)
        if spec is None:
            continue
        for sentence in part.walk():
            if spec.content is Content.DOINGS:
                claimed += [(sentence, claim) for claim in claims(sentence.text)]
            elif spec.content is Content.LACKS:
                admitted += [(sentence, admission) for admission in admissions(sentence.text)]
    for sentence, claim in claimed:
        against = next(((other, lack) for other, lack in admitted if opposed(claim, lack)), None)
        if against is not None:
            other, lack = against
            written = sentence.text[claim.start : claim.end]
            yield Mark(
                f"“{written}”与问题部分的“{lack.text}”矛盾",
                sentence,
                claim.start,
                claim.end,
                suggestion="核实后改正其中一处",
                evidence=(other.text,),
            )
