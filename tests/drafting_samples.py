"""A small office in memory, written for these tests, and helpers to read what was drafted from it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from nigao import Assistant, Brief, Draft
from nigao.report.model import Origin

UNIT = {"full": "云汀市档案服务中心", "short": "市档案中心"}

SUMMARY = """2025年工作总结

一、主要工作
加强理论学习。理论学习中心组全年开展集中学习11次，其中专题研讨5次。建立学习成果转化清单，把“第一议题”学习形成的任务逐项分解到科室。
规范支部建设。机关党支部落实“三会一课”制度，全年召开支部党员大会4次，开展主题党日12次。我中心党员干部到社区开展志愿服务9次。
压实廉政责任。班子成员履行“一岗双责”，全年开展廉政谈话37人次。对照岗位职责排查廉政风险点21个，制定防控措施26条。
改进服务作风。落实中央八项规定精神，全年精简会议6场。优化查档窗口服务，全年接待查档群众3120人次，群众满意率98.2%。
拟于下一年度建设数字档案室。

二、存在的问题
一是学习成果转化不够。有的科室满足于完成学习次数，结合业务研究问题偏少。
二是查档服务还有差距。节假日后查档群众集中，窗口等候时间偏长。

三、下一步措施
一是推动学习成果转化。每季度由一个科室结合业务难题开展专题研讨，形成转化清单。
二是改进查档服务。增设一个综合窗口，节假日后两周内实行延时服务。
"""

OTHER_UNIT = """云汀市图书馆工作简报

一、主要工作
加强理论学习。图书馆理论学习中心组全年开展集中学习20次，其中专题研讨8次。
"""

LAST_YEAR = """2024年工作总结

一、主要工作
加强理论学习。理论学习中心组全年开展集中学习9次，其中专题研讨3次。
"""


def office(folder: Path, **texts: str) -> Assistant:
    """An in-memory assistant holding these texts as material; `name="…"` gives file name and text."""
    assistant = Assistant.in_memory()
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        title = text.splitlines()[0].strip()
        issuer = "云汀市图书馆" if "图书馆" in title else ""
        assistant.add(
            [path],
            role="material",
            approved_by="程立",
            approved_on=dt.date(2025, 12, 1),
            title=title,
            issuer=issuer,
        )
    return assistant


def brief(**more: object) -> Brief:
    """A brief of the small office for 2025."""
    return Brief.model_validate({"unit": UNIT, "period": "2025年", **more})


def sources_of(draft: Draft) -> set[str]:
    """Titles that the draft cites."""
    return {citation.title for sentence in draft.report.sentences() for citation in sentence.citations}


def words_from_sources(draft: Draft) -> str:
    """All text that rests on the corpus."""
    return "\n".join(s.text for s in draft.report.sentences() if s.origin is Origin.SOURCE)
