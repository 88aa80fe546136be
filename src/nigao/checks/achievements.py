"""S: what one part claims as wholly achieved while another part admits that it is lacking."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.kinds import Content
from nigao.report.model import Report, Sentence
from nigao.text.achievements import Admission, Claim, admissions, claims, opposed
from nigao.text.perfection import Lack, Praise, lacks, praises, taken_back


@rule(
    "S121",
    Severity.WARNING,
    "成绩与问题相互矛盾",
    why="前面说某项工作全覆盖、无一发生或者全面到位，后面又承认这项工作没有做到，读者不知信哪一处。",
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
    doings = _sentences(report, context, Content.DOINGS)
    told = [(sentence, stated) for sentence in doings for stated in _told(sentence)]
    admitted = list(_admitted(report, context)) if told else []
    marked: set[tuple[int, int]] = set()
    for sentence, stated in told:
        against = next(((other, lack) for other, lack in admitted if _contradict(stated, lack)), None)
        if against is None or (id(sentence), id(against[0])) in marked:
            continue
        other, lack = against
        # Said twice over in one sentence, it is one contradiction.
        marked.add((id(sentence), id(other)))
        written = sentence.text[stated.start : stated.end]
        yield Mark(
            f"“{written}”与问题部分的“{lack.text}”矛盾",
            sentence,
            stated.start,
            stated.end,
            suggestion="核实后改正其中一处",
            evidence=(other.text,),
        )


def _told(sentence: Sentence) -> list[Claim | Praise]:
    return [*claims(sentence.text), *praises(sentence.text)]


def _admitted(report: Report, context: CheckContext) -> Iterator[tuple[Sentence, Admission | Lack]]:
    words = context.kind.lack_words
    heads = {id(item.heading) for part in report.parts for item in part.items}
    for sentence in _sentences(report, context, Content.LACKS):
        yield from ((sentence, lack) for lack in admissions(sentence.text))
        yield from ((sentence, lack) for lack in lacks(sentence.text, words, heads=id(sentence) in heads))


def _sentences(report: Report, context: CheckContext, content: Content) -> Iterator[Sentence]:
    for part in report.parts:
        spec = context.kind.part(part.key)
        if spec is not None and spec.content is content:
            yield from part.walk()


def _contradict(stated: Claim | Praise, lack: Admission | Lack) -> bool:
    if isinstance(stated, Claim) and isinstance(lack, Admission):
        return opposed(stated, lack)
    return isinstance(stated, Praise) and isinstance(lack, Lack) and taken_back(stated, lack)
