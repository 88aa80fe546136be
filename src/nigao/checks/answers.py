"""S: problems and measures — each problem has its ground and is answered, each measure answers one."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Mark, rule
from nigao.checks.structure import is_blank
from nigao.report.kinds import Content
from nigao.report.model import Origin, Part, Report
from nigao.report.pairing import answering_parts


@rule(
    "S106",
    Severity.ERROR,
    "问题没有对应的措施",
    why="每个问题都要有整改措施回应，核稿先看问题和措施是否配得上。",
    authority=Authority.PRACTICE,
    bad="问题写了四条，措施只回应了其中三条",
    good="每个问题至少有一条措施回应，多个问题可共用一条措施",
)
def unanswered_problem(report: Report, context: CheckContext) -> Iterator[Mark]:
    for measures, problems in answering_parts(report, context.kind):
        if not measures.items:
            continue
        answered = {number for item in measures.items for number in item.addresses}
        parsed = _is_parsed(measures)
        for number, problem in enumerate(problems.items, start=1):
            head = next(problem.walk(), None)
            if number not in answered and head is not None and not is_blank(problem):
                yield Mark(
                    f"第 {number} 个问题没有对应的整改措施" + ("（按用词推断）" if parsed else ""),
                    head,
                    suggestion="补写针对这个问题的措施，或在已有措施中写明针对它",
                    severity=Severity.WARNING if parsed else Severity.ERROR,
                )


@rule(
    "S107",
    Severity.WARNING,
    "措施没有对应的问题",
    why="措施要针对写出的问题；没有问题的措施，核稿会问从何而来。",
    authority=Authority.PRACTICE,
    bad="问题中没有提到公务用车，措施却写规范公务用车",
    good="先在问题部分写明，再写措施",
)
def measure_without_problem(report: Report, context: CheckContext) -> Iterator[Mark]:
    for measures, problems in answering_parts(report, context.kind):
        if not problems.items:
            continue
        parsed = _is_parsed(measures)
        for number, measure in enumerate(measures.items, start=1):
            head = next(measure.walk(), None)
            if head is None or is_blank(measure):
                continue
            unknown = [n for n in measure.addresses if not 1 <= n <= len(problems.items)]
            if unknown:
                numbers = "、".join(map(str, unknown))
                yield Mark(f"第 {number} 条措施针对的问题 {numbers} 不存在", head, severity=Severity.ERROR)
            elif not measure.addresses:
                note = Severity.INFO if parsed else Severity.WARNING
                yield Mark(f"第 {number} 条措施看不出针对哪个问题", head, severity=note, suggestion="写明针对的问题")


def _is_parsed(part: Part) -> bool:
    """Whether the pairing was inferred from text rather than recorded by the draft."""
    return all(sentence.origin is Origin.HUMAN and sentence.start is not None for sentence in part.walk())


@rule(
    "S111",
    Severity.ERROR,
    "问题没有依据",
    why="写进报告的问题要有自查、反馈等材料或人工录入为据，不能只用固定句式凑成一条。",
    authority=Authority.PRODUCT,
    bad="二是组织生活质量还不够高。（只有衔接句，没有材料）",
    good="二是组织生活质量还不够高。个别支部研讨发言准备不充分。（后一句引自自查报告）",
)
def groundless_problem(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part in report.parts:
        spec = context.kind.part(part.key)
        if spec is None or spec.content is not Content.LACKS:
            continue
        for item in part.items:
            sentences = list(item.walk())
            bare = sentences and all(sentence.origin is Origin.CONNECTIVE for sentence in sentences)
            if bare and not is_blank(item):
                advice = "补充自查、反馈材料，改由人工录入，或删去这一条"
                yield Mark("这个问题没有任何依据", sentences[0], suggestion=advice)
