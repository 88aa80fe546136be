"""S: the kind's structure — parts, order, counts, ordinals, empty parts, and problems paired with measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Mark, rule
from nigao.report.kinds import Kind, Layout, PartSpec
from nigao.report.model import Item, Part, Report
from nigao.report.pairing import item_text
from nigao.report.parse import heading_forms
from nigao.text.ordinals import Ordinal, OrdinalForm, format_ordinal, match_ordinal
from nigao.text.placeholders import find_placeholders


def _parts_with_spec(report: Report, kind: Kind) -> Iterator[tuple[Part, PartSpec]]:
    for part in report.parts:
        spec = kind.part(part.key)
        if spec is not None:
            yield part, spec


@rule(
    "S101",
    Severity.ERROR,
    "缺少必备部分",
    why="文种结构规定的每个部分都要有，缺一部分就不是一份完整的报告。",
    authority=Authority.PRACTICE,
    bad="一、基本情况……三、存在的问题……四、整改方向……（没有“主要特征”）",
    good="一、基本情况 二、主要特征 三、存在的问题 四、整改方向",
)
def missing_part(report: Report, context: CheckContext) -> Iterator[Mark]:
    present = {part.key for part in report.parts}
    for spec in context.kind.parts:
        if spec.required and spec.key not in present:
            yield Mark(f"缺少“{spec.heading}”部分", part=spec.key, suggestion=f"补写“{spec.heading}”部分")


@rule(
    "S102",
    Severity.ERROR,
    "部分次序不对",
    why="各部分按文种规定的次序排列，先情况、后问题、再措施。",
    authority=Authority.PRACTICE,
    bad="三、整改方向 四、存在的问题",
    good="三、存在的问题 四、整改方向",
)
def misordered_parts(report: Report, context: CheckContext) -> Iterator[Mark]:
    order = {spec.key: i for i, spec in enumerate(context.kind.parts)}
    furthest, above = -1, ""
    seen: set[str] = set()
    for part, spec in _parts_with_spec(report, context.kind):
        if part.key in seen:
            yield Mark(f"“{spec.heading}”部分重复出现", part.heading, suggestion="合并为一个部分")
            continue
        seen.add(part.key)
        if order[part.key] < furthest:
            yield Mark(f"“{spec.heading}”应在“{above}”之前", part.heading, suggestion="按文种规定的次序调整")
        else:
            furthest, above = order[part.key], spec.heading


@rule(
    "S103",
    Severity.ERROR,
    "条目数量不符",
    why="文种结构规定了小节或条目的数量，多了少了都要调整。",
    authority=Authority.PRACTICE,
    bad="“主要特征”只写了（一）（二）（三）",
    good="“主要特征”写（一）至（四）四个小节",
)
def item_count(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part, spec in _parts_with_spec(report, context.kind):
        count = len([item for item in part.items if item.ordinal])
        if not spec.count.holds(count) and not _all_blank(part):
            # Only an exact count is the kind's structure; a range is a matter of proportion.
            exact = spec.count.least == spec.count.most
            yield Mark(
                f"“{spec.heading}”有 {count} 条，要求 {spec.count} 条",
                part.heading,
                suggestion="按要求增减条目",
                severity=Severity.ERROR if exact else Severity.WARNING,
            )


@rule(
    "S104",
    Severity.ERROR,
    "序号不连续",
    why="同一层次的序号应当连续，层次依次为一、（一）1.（1）（GB/T 9704—2012 第7.3.3条）。",
    authority=Authority.STANDARD,
    bad="一是……二是……四是……",
    good="一是……二是……三是……",
)
def broken_ordinals(report: Report, context: CheckContext) -> Iterator[Mark]:
    last_of_form: dict[OrdinalForm, int] = {}
    yield from _sequence(
        [Item(ordinal=p.ordinal, heading=p.heading, items=p.items) for p in report.parts], last_of_form
    )


def _sequence(items: Sequence[Item], last_of_form: dict[OrdinalForm, int]) -> Iterator[Mark]:
    """Sister ordinals follow one another. Numbering that runs on across parts is somebody's style, and a list may
    begin anew after running text, so both are accepted.
    """
    above: Ordinal | None = None
    for item in items:
        ordinal = match_ordinal(item.ordinal) if item.ordinal else None
        if ordinal is not None:
            sister = above if above is not None and above.form is ordinal.form else None
            expected = sister.value + 1 if sister is not None else 1
            runs_on = last_of_form.get(ordinal.form, 0) + 1
            if ordinal.value not in (1, expected, runs_on):
                wanted = format_ordinal(ordinal.form, expected)
                place = f"“{sister.text}”之后" if sister is not None else "第一条"
                sentence = item.heading or next(item.walk(), None)
                message = f"序号“{ordinal.text}”不连续，{place}应为“{wanted}”"
                yield Mark(message, sentence, end=0, suggestion=f"改为“{wanted}”")
            above = ordinal
            last_of_form[ordinal.form] = ordinal.value
        yield from _sequence(item.items, last_of_form)


@rule(
    "S105",
    Severity.ERROR,
    "部分或小节没有内容",
    why="只有标题没有内容，等于没有报告这一部分。",
    authority=Authority.PRACTICE,
    bad="一、基本情况（下面没有文字）",
    good="一、基本情况（写明机构、编制、人员、党组织等）",
)
def empty_part(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part, spec in _parts_with_spec(report, context.kind):
        if not any(sentence.text.strip() for sentence in part.walk()):
            yield Mark(f"“{spec.heading}”部分没有内容", part.heading, suggestion=expected_facts(spec) or "补写内容")
            continue
        for item in part.items:
            bare = item.heading is not None and item.ordinal and not item.sentences and not item.items
            if bare and spec.layout is Layout.SUBSECTIONS:
                yield Mark(f"小节“{item.ordinal}”只有标题，没有内容", item.heading, suggestion="补写内容")


def expected_facts(spec: PartSpec) -> str:
    """Which facts a part usually states, as advice; empty where the kind names none."""
    return f"通常应写明：{'、'.join(fact.name for fact in spec.facts)}" if spec.facts else ""


def _all_blank(part: Part) -> bool:
    """Whether the part holds nothing but placeholders: P speaks of those."""
    words = "".join(sentence.text for sentence in part.walk())
    for blank in find_placeholders(words):
        words = words.replace(blank.text, "")
    return not re.search("[一-鿿]{4}", words)


def is_blank(item: Item) -> bool:
    return bool(find_placeholders(item_text(item)))


@rule(
    "S108",
    Severity.WARNING,
    "小节标题不合句式",
    why="同一部分的小节标题句式一致，形如“……，聚焦“……”……”，便于对照阅读。",
    authority=Authority.PRACTICE,
    bad="（二）关于组织建设的几点情况",
    good="（二）夯实支部基础，聚焦“三会一课”组织生活规范有序。",
)
def heading_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part, spec in _parts_with_spec(report, context.kind):
        if not spec.heading_form:
            continue
        for item in part.items:
            heading = item.heading
            if heading is None or find_placeholders(heading.text):
                continue
            if not re.match(spec.heading_form, heading.text):
                yield Mark(
                    "小节标题与要求的句式不一致", heading, suggestion="改为“做法，聚焦“主题词”领域和效果。”的句式"
                )


@rule(
    "S109",
    Severity.INFO,
    "篇幅偏离通常范围",
    why="各部分篇幅有通常范围，过短写不实，过长不便阅读。",
    authority=Authority.PRACTICE,
    bad="一个小节只有 80 字",
    good="一个小节 450—900 字",
)
def item_length(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part, spec in _parts_with_spec(report, context.kind):
        for item in part.items:
            head = next(item.walk(), None)
            length = len(item_text(item))
            if head is None or is_blank(item) or spec.item_length.holds(length):
                continue
            yield Mark(f"本条 {length} 字，通常 {spec.item_length} 字", head)


@rule(
    "S110",
    Severity.WARNING,
    "缺少标题或引言",
    why="报告要有标题；引言交代应谁的要求、报告什么。",
    authority=Authority.PRACTICE,
    bad="没有标题，直接从“一、基本情况”开始",
    good="先写标题和引言，再写各部分",
)
def missing_front_matter(report: Report, context: CheckContext) -> Iterator[Mark]:
    if report.title is None:
        yield Mark("缺少标题", suggestion=f"补写标题，如“关于有关情况的报告”或“{context.kind.name}”")
    if not report.opening:
        yield Mark("缺少引言", suggestion="补写引言，交代应谁的要求、报告什么")
    elif not any(re.search(context.kind.opening_end, sentence.text) for sentence in report.opening):
        yield Mark("引言没有以“报告如下”一类的话作结", report.opening[-1], severity=Severity.INFO)


@rule(
    "S112",
    Severity.INFO,
    "部分标题用了另一种写法",
    why="各单位的标题写法不尽相同；按通行写法认出的，说明是按哪个部分核对的，供核稿人判断。",
    authority=Authority.PRACTICE,
    bad="二、主要做法（按“政治生态主要特征”核对）",
    good="二、政治生态主要特征",
)
def other_heading(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part, form in heading_forms(report, context.kind):
        yield Mark(f"“{form.written}”按“{form.standard}”部分核对", part.heading)
