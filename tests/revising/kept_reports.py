"""A small report of a fictional office, and small changes to it as somebody makes them."""

from __future__ import annotations

from typing import Any

from nigao.draft import Draft
from nigao.report.brief import Brief, Fact
from nigao.report.model import Item, Origin, Part, Report, Sentence
from nigao.revising.keeper import ReportKeeper

ID = "r0001"
BRIEF = Brief(unit={"full": "云汀市档案馆"}, period="2025年", facts=[Fact(name="编制数", value="12", unit="名")])


def sentence(text: str) -> Sentence:
    return Sentence(text=text, origin=Origin.CONNECTIVE)


def small_report() -> Report:
    items = [
        Item(ordinal="一是", heading=sentence("学习转化还不够。"), sentences=[sentence("结合业务的研讨偏少；")]),
        Item(ordinal="二是", heading=sentence("作风建设有差距。"), sentences=[sentence("窗口服务评价偏低。")]),
    ]
    parts = [
        Part(key="basics", ordinal="一、", heading=sentence("基本情况"), lead=[sentence("核定编制12名。")]),
        Part(key="problems", ordinal="三、", heading=sentence("存在的问题"), items=items),
    ]
    title = sentence("云汀市档案馆关于2025年政治生态情况的报告")
    return Report(kind="political-ecology", title=title, parts=parts, unit="云汀市档案馆")


def titled(report: Report, text: str) -> Report:
    changed = report.model_copy(deep=True)
    changed.title = Sentence(text=text)
    return changed


def retitle(keeper: ReportKeeper, text: str, author: str = "李强", **how: Any) -> Draft:
    report = titled(keeper.get(ID).report, text)
    return keeper.change(ID, report, author=author, reason=f"改为{text}", **how)


def title(keeper: ReportKeeper, revision: int | None = None) -> str:
    found = keeper.get(ID, revision).report.title
    return found.text if found is not None else ""
