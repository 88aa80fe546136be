"""S: the kind's structure — parts, order, counts, ordinals, empty parts, and problems paired with measures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.kinds import Kind, Layout, PartSpec
from nigao.report.model import Item, Part, Report
from nigao.report.pairing import item_text
from nigao.report.parse import heading_forms
from nigao.text.placeholders import find_placeholders

# A sound report in small; each example spoils a piece of it.
_BASICS = "一、基本情况\n市档案中心为市委直属事业单位，核定编制12名，内设3个科室，共有党员9名，设机关党支部1个。\n"
_FEATURES = "二、政治生态主要特征\n一年来，市档案中心围绕政治建设等方面开展工作。\n"
_PROBLEMS = (
    "三、存在的问题\n市档案中心工作取得一定成效，但仍有不足：一是学习转化还不够。结合业务研讨偏少，成果转化不够及时。\n"
)
_MEASURES = "四、整改方向\n市档案中心将从以下方面整改。一是坚持学用结合。围绕业务难题开展研讨。\n"
_FOUR = "".join(
    f"（{number}）{done}，聚焦“{term}”{field}。\n围绕{field}召开专题会议，明确责任分工。\n"
    for number, done, term, field in (
        ("一", "突出政治引领", "学用结合", "思想建设走深走实"),
        ("二", "夯实组织根基", "规范有序", "组织建设提质增效"),
        ("三", "从严正风肃纪", "抓早抓小", "纪律建设有力有效"),
        ("四", "坚持求真务实", "马上就办", "作风建设持续向好"),
    )
)
_FORM = "“做法，聚焦“主题词”领域和效果。”的句式"


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
    bad=Example(_BASICS + _PROBLEMS + _MEASURES),
    good=Example(_BASICS + _FEATURES + _PROBLEMS + _MEASURES),
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
    bad=Example(_MEASURES + _PROBLEMS),
    good=Example(_PROBLEMS + _MEASURES),
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
    bad=Example(_FEATURES + _FOUR.partition("（四）")[0]),
    good=Example(_FEATURES + _FOUR),
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
    "S105",
    Severity.ERROR,
    "部分或小节没有内容",
    why="只有标题没有内容，等于没有报告这一部分。",
    authority=Authority.PRACTICE,
    bad=Example("一、基本情况\n" + _PROBLEMS),
    good=Example(_BASICS + _PROBLEMS),
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
    bad=Example(_FEATURES + _FOUR.replace("夯实组织根基，聚焦“规范有序”组织建设提质增效", "关于组织建设的几点情况")),
    good=Example(_FEATURES + _FOUR),
)
def heading_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part, spec in _parts_with_spec(report, context.kind):
        headings = [item.heading for item in part.items if item.heading is not None and spec.heading_form]
        headings = [heading for heading in headings if not find_placeholders(heading.text)]
        others = [heading for heading in headings if not re.match(spec.heading_form, heading.text)]
        if len(others) == len(headings) > 1:
            # All of them in another form is the writer's style, of which one note is enough.
            yield Mark("各小节标题都没有用本文种通常的句式", others[0], suggestion=_FORM, severity=Severity.INFO)
            continue
        for heading in others:
            yield Mark("小节标题与要求的句式不一致", heading, suggestion=f"改为{_FORM}")


@rule(
    "S109",
    Severity.INFO,
    "篇幅偏离通常范围",
    why="各部分篇幅有通常范围，过短写不实，过长不便阅读。",
    authority=Authority.PRACTICE,
    bad=Example(_PROBLEMS + "二是作风不实。"),
    good=Example(_PROBLEMS + "二是作风建设有差距。窗口服务评价偏低，回访不够及时。"),
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
    bad=Example(_BASICS),
    good=Example("关于政治生态情况的报告\n现将有关情况报告如下。\n" + _BASICS),
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
    bad=Example("二、主要做法\n一年来，市档案中心围绕政治建设开展工作。"),
    good=Example(_FEATURES),
)
def other_heading(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part, form in heading_forms(report, context.kind):
        yield Mark(f"“{form.written}”按“{form.standard}”部分核对", part.heading)


@rule(
    "S119",
    Severity.WARNING,
    "缺少引领句",
    why="分条写之前先用一两句话总领：做法部分交代总的情况，问题部分先肯定再转折，措施部分说明整改思路。",
    authority=Authority.PRACTICE,
    bad=Example("三、存在的问题\n一是学习转化还不够。结合业务研讨偏少。二是作风建设有差距。窗口服务评价偏低。"),
    good=Example(_PROBLEMS + "二是作风建设有差距。窗口服务评价偏低。"),
)
def missing_lead(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part, spec in _parts_with_spec(report, context.kind):
        if spec.lead and spec.layout is not Layout.PROSE and len(part.items) > 1 and not part.lead:
            message = f"“{spec.heading}”部分没有引领句，一上来就是“{part.items[0].ordinal}”"
            yield Mark(message, part.heading, suggestion="在分条之前补写一两句总领的话")
