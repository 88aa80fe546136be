"""S: problems and measures — each problem has its ground and is answered, each measure answers one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.checks.structure import is_blank
from nigao.report.kinds import Content
from nigao.report.model import Item, Origin, Part, Report
from nigao.report.pairing import answering_parts, item_text, strangers
from nigao.text.ordinals import OrdinalForm, format_ordinal
from nigao.text.stance import states_lack

_TOPIC_SHOWN = 30
# Any of these may tell of a lack; without one, nothing is admitted.
_ADMITS = re.compile(
    "[不未没缺欠少弱差难慢低浅虚松偏漏错乱软短滞怕躲拖退旧空窄疏粗冷散懒庸奢满违失]|问题|矛盾|压力|风险|隐患|单一|仅|只|尚|仍|过于|走过场|形式主义"
)

_PROBLEMS = (
    "三、存在的问题\n工作取得一定成效，但仍有以下不足。\n一是学习转化还不够。读书笔记质量不高，结合业务研讨偏少。"
    "二是财务管理有漏洞。差旅费报销审核把关不严。三是服务群众不够用心。部分来电诉求答复不够具体，窗口排队时间偏长。\n"
)
_MEASURES = (
    "四、整改方向\n将从以下方面整改。\n一是坚持学用结合。定期展评读书笔记，围绕业务难题开展研讨。"
    "二是健全财务内控制度。严格差旅费报销审核。"
)


@rule(
    "S106",
    Severity.ERROR,
    "问题没有对应的措施",
    why="每个问题都要有整改措施回应，核稿先看问题和措施是否配得上。",
    authority=Authority.PRACTICE,
    bad=Example(_PROBLEMS + _MEASURES),
    good=Example(_PROBLEMS + _MEASURES + "三是改进窗口服务。对来电诉求限时办结并回访。"),
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
    bad=Example(
        _PROBLEMS + _MEASURES + "三是改进窗口服务。对来电诉求限时办结并回访。四是规范公务用车。逐车登记里程和油耗。"
    ),
    good=Example(_PROBLEMS + _MEASURES + "三是改进窗口服务。对来电诉求限时办结并回访。"),
)
def measure_without_problem(report: Report, context: CheckContext) -> Iterator[Mark]:
    for measures, problems in answering_parts(report, context.kind):
        if not problems.items:
            continue
        parsed = _is_parsed(measures)
        sure = strangers(problems.items, measures.items) if parsed else range(len(measures.items))
        for number, measure in enumerate(measures.items, start=1):
            head = next(measure.walk(), None)
            if head is None or is_blank(measure):
                continue
            unknown = [n for n in measure.addresses if not 1 <= n <= len(problems.items)]
            if unknown:
                numbers = "、".join(map(str, unknown))
                yield Mark(f"第 {number} 条措施针对的问题 {numbers} 不存在", head, severity=Severity.ERROR)
            elif not measure.addresses:
                note = Severity.WARNING if number - 1 in sure else Severity.INFO
                guessed = "（按用词推断）" if parsed else ""
                yield Mark(
                    f"第 {number} 条措施看不出针对哪个问题{guessed}",
                    head,
                    severity=note,
                    suggestion="写明针对的问题，或在问题部分补写",
                )


def _is_parsed(part: Part) -> bool:
    """Whether the pairing was inferred from text rather than recorded by the draft."""
    return all(sentence.origin is Origin.HUMAN and sentence.start is not None for sentence in part.walk())


@rule(
    "S111",
    Severity.ERROR,
    "问题没有依据",
    why="写进报告的问题要有自查、反馈等材料或人工录入为据，不能只用固定句式凑成一条。",
    authority=Authority.PRODUCT,
    bad=Example("二是组织生活质量还不够高。（只有衔接句，没有材料）"),
    good=Example("二是组织生活质量还不够高。个别支部研讨发言准备不充分。（后一句引自自查报告）"),
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


@rule(
    "S120",
    Severity.INFO,
    "问题与措施的对应关系",
    why="核稿先看问题和措施是否配得上；稿子没有写明时，把按用词推断的对应关系列出来，由核稿人判断。",
    authority=Authority.PRACTICE,
    bad=Example(_PROBLEMS + _MEASURES),
    good=Example(_PROBLEMS),
)
def inferred_pairing(report: Report, context: CheckContext) -> Iterator[Mark]:
    for measures, problems in answering_parts(report, context.kind):
        if not (measures.items and problems.items and _is_parsed(measures)):
            continue
        told = []
        for number in range(1, len(problems.items) + 1):
            answering = [place for place, item in enumerate(measures.items, start=1) if number in item.addresses]
            told.append(f"问题{_number(number)}→{'措施' + '、'.join(map(_number, answering)) if answering else '未见'}")
        evidence = [f"问题{_number(n)}：{_topic(item)}" for n, item in enumerate(problems.items, start=1)]
        evidence += [f"措施{_number(n)}：{_topic(item)}" for n, item in enumerate(measures.items, start=1)]
        yield Mark(f"问题与措施的对应（按用词推断）：{'；'.join(told)}", measures.heading, evidence=tuple(evidence))


def _number(value: int) -> str:
    return format_ordinal(OrdinalForm.CHAPTER, value).rstrip("、")


def _topic(item: Item) -> str:
    first = next(item.walk(), None)
    text = first.text if first is not None else ""
    return text if len(text) <= _TOPIC_SHOWN else text[:_TOPIC_SHOWN] + "……"


@rule(
    "S122",
    Severity.WARNING,
    "问题里没有写出不足",
    why="问题部分的每一条都写明差在哪里；通篇是做法和成绩的，宜移到前面的部分。",
    authority=Authority.PRACTICE,
    bad=Example(_PROBLEMS + "四是坚持开展警示教育。组织党员观看专题片四场，参观教育基地两次。"),
    good=Example(_PROBLEMS),
)
def problem_without_lack(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part in report.parts:
        spec = context.kind.part(part.key)
        if spec is None or spec.content is not Content.LACKS:
            continue
        for item in part.items:
            head, text = next(item.walk(), None), item_text(item)
            if head is None or is_blank(item) or _ADMITS.search(text) or states_lack(text, context.kind.lack_words):
                continue
            yield Mark("这一条看不出问题在哪里", head, suggestion="写明不足及其表现，或移到做法部分")
