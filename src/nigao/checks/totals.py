"""G: figures of the text held against one another: totals, shares, and two figures for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.model import Report, Sentence
from nigao.text.counting import miscounted_lists
from nigao.text.quantities import Quantity, disagree, find_quantities, is_rough
from nigao.text.totals import bare_shares, wrong_shares, wrong_totals


@rule(
    "G233",
    Severity.WARNING,
    "合计与分项之和不等",
    why="总数和分项写在一句里，读的人当场就能加；加不起来，两边至少有一个数是错的。",
    authority=Authority.PRACTICE,
    basis="公文核稿惯例：数字前后核对",
    bad=Example("共梳理问题12项，其中已完成整改7项、正在推进3项、未启动1项。"),
    good=Example("共梳理问题12项，其中已完成整改7项、正在推进3项、未启动2项。"),
)
def totals_off(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence in report.sentences():
        for wrong in wrong_totals(sentence.text):
            parts = "、".join(wrong.parts)
            yield Mark(
                f"“{wrong.written}”与分项之和不等：{parts}合计{wrong.made}",
                sentence,
                wrong.start,
                wrong.end,
                suggestion="核对总数和各分项，改正有误的一个",
                evidence=(f"{parts}合计{wrong.made}",),
            )


@rule(
    "G234",
    Severity.WARNING,
    "百分比与所列数量算不出来",
    why="办结率、完成率由前面的两个数相除得出，算不出来的，数量或百分比有一处写错。",
    authority=Authority.PRACTICE,
    basis="公文核稿惯例：数字前后核对",
    bad=Example("收到查档申请50件，办结47件，办结率98%。"),
    good=Example("收到查档申请50件，办结47件，办结率94%。"),
)
def shares_off(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence in report.sentences():
        for wrong in wrong_shares(sentence.text):
            whole, part = wrong.counts
            yield Mark(
                f"“{wrong.written}”算不出来：{whole}中的{part}是{wrong.made}",
                sentence,
                wrong.start,
                wrong.end,
                suggestion=f"核对后改为“{wrong.made}”，或更正所列的数量",
                evidence=(f"{part}÷{whole}＝{wrong.made}",),
            )


# 其他3名, 各2次: of whom is told elsewhere, and may be of others each time.
_NOT_ALL = re.compile("其他|其它|其余|另|各|每|分别|新增|再|还|又|同比|以上|罚款|不得")
_BY_THEN = re.compile(r"到(?:19|20)\d{2}年")


@dataclass(frozen=True, slots=True)
class _Told:
    sentence: Sentence
    quantity: Quantity


@rule(
    "G235",
    Severity.WARNING,
    "同一事项前后数字不一致",
    why="一份报告里同一件事给出两个数，不管哪个对，报告都会被退回核实。",
    authority=Authority.PRACTICE,
    basis="公文核稿惯例：前后一致",
    bad=Example("中心内设业务科室3个。档案利用服务有序。中心内设业务科室4个，分工明确。"),
    good=Example("中心内设业务科室3个。档案利用服务有序。中心内设业务科室3个，分工明确。"),
)
def two_figures(report: Report, context: CheckContext) -> Iterator[Mark]:
    period = report.title.text if report.title is not None else ""
    by_unit: dict[str, list[_Told]] = {}
    aim = ""
    for sentence in report.sentences():
        # 到2025年，…。…达到75%: the aims of one year, until the paragraph ends, and those of another.
        ahead = _BY_THEN.findall(sentence.text)
        goes_on = sentence.gap is not None and "\n" not in sentence.gap
        aim = ahead[-1] if ahead else aim if goes_on else ""
        for quantity in find_quantities(sentence.text, period) if not aim else ():
            if is_rough(quantity) or _NOT_ALL.search(quantity.clause):
                continue
            earlier = by_unit.setdefault(quantity.unit, [])
            for told in earlier:
                if told.sentence is not sentence and disagree(told.quantity, quantity):
                    yield Mark(
                        f"“{quantity.written}”与前文的“{told.quantity.written}”不一致",
                        sentence,
                        quantity.start,
                        quantity.end,
                        suggestion="核实后统一为一个数",
                        evidence=(told.quantity.clause,),
                    )
                    break
            earlier.append(_Told(sentence, quantity))


@rule(
    "G236",
    Severity.INFO,
    "百分比没有说明占什么",
    why="只写百分之几，不写是什么的百分之几、和什么时候相比，读的人无从核对。",
    authority=Authority.PRACTICE,
    basis="公文核稿惯例：百分比写明基数",
    bad=Example("各科室积极行动，30%，效果较好。"),
    good=Example("各科室积极行动，参训人员占全体的30%，效果较好。"),
)
def share_of_what(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence in report.sentences():
        if "%" in sentence.text or "％" in sentence.text or "百分之" in sentence.text:
            for share in bare_shares(sentence.text):
                message = f"“{share.text}”没有说明是什么的百分比"
                yield Mark(message, sentence, share.start, share.end, suggestion="写明基数或比较的时期")


@rule(
    "G238",
    Severity.WARNING,
    "列举的个数与所写的数量不符",
    why="列出几个、写明几个，读的人一数便知；数不对，不是漏列了，就是数量写错了。",
    authority=Authority.PRACTICE,
    basis="公文核稿惯例：数字前后核对",
    bad=Example("中心内设综合科、保管科、利用科4个科室。"),
    good=Example("中心内设综合科、保管科、利用科3个科室。"),
)
def list_miscounted(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence in report.sentences():
        for wrong in miscounted_lists(sentence.text):
            listed = f"已列出{wrong.made}个" if wrong.open else f"列出的是{wrong.made}个"
            yield Mark(
                f"“{wrong.written}”与列举的不符：{listed}",
                sentence,
                wrong.start,
                wrong.end,
                suggestion="核对数量和所列各项，改正有误的一处",
                evidence=(wrong.listed,),
            )
