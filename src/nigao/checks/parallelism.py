"""S: sister items agree in form — their headings, and the run-in topic sentences of their points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.kinds import Layout
from nigao.report.model import Item, Part, Report, Sentence
from nigao.text.ordinals import OrdinalForm, match_ordinal
from nigao.text.placeholders import find_placeholders
from nigao.text.shapes import Departure, departures

_LEAD = "三、存在的问题\n工作取得一定成效，但仍有以下不足。\n"
_ITEMS = (
    "一是学习转化还不够。结合业务研讨偏少。二是组织生活有差距。谈心谈话不够经常。三是廉政教育不够深。案例剖析不够透彻。"
)
_TOPIC_LONGEST = 26


def _sisters(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Runs of items numbered in one form, at every level."""
    numbered = [item for item in items if item.ordinal]
    for _, run in groupby(numbered, key=_form):
        yield list(run)
    for item in items:
        yield from _sisters(item.items)


def _form(item: Item) -> OrdinalForm | None:
    found = match_ordinal(item.ordinal + "　")
    return found.form if found is not None else None


@rule(
    "S117",
    Severity.WARNING,
    "与并列的标题句式不一",
    why="并列的标题字数、分句、结尾大体一致，读者才能对照；其他各条一致而只有一条不同的，多为漏改。",
    authority=Authority.PRACTICE,
    bad=Example(
        "二、主要特征\n（一）强化政治引领，思想根基不断筑牢。\n组织学习十二次。\n（二）强化组织建设，支部堡垒不断夯实。\n"
        "召开党员大会四次。\n（三）强化正风肃纪，责任链条不断压实。\n开展警示教育两次。\n（四）关于作风方面的有关工作\n走访群众。"
    ),
    good=Example(
        "二、主要特征\n（一）强化政治引领，思想根基不断筑牢。\n组织学习十二次。\n（二）强化组织建设，支部堡垒不断夯实。\n"
        "召开党员大会四次。\n（三）强化正风肃纪，责任链条不断压实。\n开展警示教育两次。\n（四）强化作风转变，服务效能不断提升。\n"
        "走访群众。"
    ),
)
def unlike_sisters(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part in report.parts:
        for sisters in _sisters(part.items):
            yield from _departing(sisters, _form_wanted(part, context))


def _form_wanted(part: Part, context: CheckContext) -> str:
    spec = context.kind.part(part.key)
    return spec.heading_form if spec is not None else ""


def _departing(sisters: Sequence[Item], wanted: str) -> Iterator[Mark]:
    headings = [item.heading for item in sisters if item.heading is not None]
    texts = [heading.text for heading in headings]
    if len(headings) != len(sisters) or any(find_placeholders(text) for text in texts):
        return
    told: dict[int, list[Departure]] = {}
    for departure in departures(texts):
        told.setdefault(departure.index, []).append(departure)
    for index, ways in told.items():
        # A clause more or less is a variation; together with something else it is another form.
        if len(ways) == 1 and not ways[0].plain:
            continue
        # A heading off the kind's own form is spoken of by S108.
        if not (wanted and not re.match(wanted, texts[index]) and _others_match(texts, index, wanted)):
            heading = headings[index]
            message = f"与并列的各条句式不一：{'；'.join(way.told for way in ways)}"
            yield Mark(message, heading, suggestion="与其他各条改成一样的句式", evidence=tuple(texts))


def _others_match(texts: Sequence[str], index: int, wanted: str) -> bool:
    return any(re.match(wanted, text) for i, text in enumerate(texts) if i != index)


@rule(
    "S118",
    Severity.WARNING,
    "缺少主题句",
    why="每一条先用一句短话点明说什么，再写支撑内容；其他各条都有而只有一条没有，读者抓不住要点。",
    authority=Authority.PRACTICE,
    bad=Example(
        _LEAD
        + _ITEMS
        + "四是有的窗口对来访群众的诉求登记之后没有按照办理时限逐件跟踪督办，也没有把办理结果及时反馈给本人。"
    ),
    good=Example(_LEAD + _ITEMS + "四是服务群众不够细。有的诉求登记后没有逐件跟踪督办。"),
)
def missing_topic(report: Report, context: CheckContext) -> Iterator[Mark]:
    for part in report.parts:
        spec = context.kind.part(part.key)
        if spec is None or spec.layout is Layout.PROSE:
            continue
        for sisters in _sisters(part.items):
            yield from _without_topic(sisters)
        if spec.layout is Layout.SUBSECTIONS:
            yield from _without_points([item for item in part.items if item.ordinal])


def _without_topic(sisters: Sequence[Item]) -> Iterator[Mark]:
    """The one item without a topic sentence where two or more sisters, all the others, have one."""
    openings = [_opening(item) for item in sisters]
    bare = [i for i, item in enumerate(sisters) if item.heading is None and not item.items]
    if len(sisters) < 3 or len(bare) != 1:
        return
    first = openings[bare[0]]
    if first is None or find_placeholders(first.text):
        return
    own = len(first.text)
    others = [len(s.text) for i, s in enumerate(openings) if i != bare[0] and s is not None]
    if len(sisters[bare[0]].sentences) > 1:
        # It does open with a sentence of its own: too long for a topic, where the sisters' are short.
        if own > _TOPIC_LONGEST and own > 1.5 * max(others):
            told = f"首句 {own} 字，其他各条的主题句 {min(others)}—{max(others)} 字"
            yield Mark(told, first, suggestion="先用一句短话点明这一条说什么", severity=Severity.INFO)
        return
    if own > _TOPIC_LONGEST:
        yield Mark("这一条没有主题句，其他各条都有", first, suggestion="先用一句短话点明这一条说什么，再写支撑内容")


def _opening(item: Item) -> Sentence | None:
    return next(item.walk(), None)


def _without_points(sections: Sequence[Item]) -> Iterator[Mark]:
    """The one subsection whose text has no topic sentence at all, where every other one has."""
    counts = [sum(point.heading is not None for point in section.items) for section in sections]
    bare = [section for section, count in zip(sections, counts, strict=True) if count == 0]
    if len(sections) < 3 or len(bare) != 1:
        return
    section = bare[0]
    if section.heading is not None and len(section.sentences) > 1 and not any(map(_blank, section.walk())):
        yield Mark("这一小节没有分点的主题句，其他各小节都有", section.heading, suggestion="按要点分段，每段先写主题句")


def _blank(sentence: Sentence) -> bool:
    return bool(find_placeholders(sentence.text))
