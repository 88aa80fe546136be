"""Building blocks for checks: evidence held in memory, and reports with one thing wrong."""

from __future__ import annotations

import datetime as dt

from nigao.checks.context import CheckContext
from nigao.checks.finding import Finding
from nigao.checks.running import run_checks
from nigao.checks.sources import TextEvidence as MemoryEvidence
from nigao.corpus.model import Document, Role
from nigao.report.brief import Brief
from nigao.report.kinds import load_kind
from nigao.report.model import Citation, Item, Origin, Part, Report, Sentence

__all__ = ["BRIEF", "KIND", "TODAY", "MemoryEvidence", "cites", "findings", "material", "report_with", "whole_report"]

TODAY = dt.date(2025, 12, 26)
KIND = load_kind("political-ecology")
BRIEF = Brief.model_validate(
    {
        "unit": {"full": "云汀市档案服务中心", "short": "市档案中心"},
        "asked_by": "市委第二巡察组",
        "period": "2025年",
        "facts": [{"name": "编制数", "value": "12", "unit": "名"}],
    }
)


def material(id: str, title: str, **more: object) -> Document:
    """An approved document of the unit's own."""
    values: dict[str, object] = {"role": Role.MATERIAL, "sha256": "0" * 64, "approved_by": "程立", **more}
    return Document(id=id, title=title, **values)  # type: ignore[arg-type]


def cites(document_id: str, title: str, quote: str = "") -> Citation:
    """A citation of a document's only passage."""
    return Citation(passage_id=f"{document_id}-1", document_id=document_id, title=title, locator="第1段", quote=quote)


def report_with(*sentences: Sentence) -> Report:
    """A report of one part holding these sentences."""
    heading = Sentence(text="基本情况", origin=Origin.CONNECTIVE)
    part = Part(key="basics", ordinal="一、", heading=heading, lead=list(sentences))
    return Report(kind=KIND.key, title=Sentence(text="报告", origin=Origin.CONNECTIVE), parts=[part])


def findings(
    report: Report, *select: str, evidence: MemoryEvidence | None = None, brief: Brief | None = BRIEF
) -> list[Finding]:
    """What the selected rules find."""
    return run_checks(report, CheckContext(KIND, TODAY, brief, evidence), select=select)


def whole_report() -> Report:
    """A drafted report with four parts, four subsections, two problems and their measures, and nothing wrong."""

    def said(text: str) -> Sentence:
        return Sentence(text=text, origin=Origin.HUMAN)

    def part(number: int, ordinal: str, items: list[Item], lead: str) -> Part:
        spec = KIND.parts[number]
        heading = Sentence(text=spec.heading, origin=Origin.CONNECTIVE)
        return Part(key=spec.key, ordinal=ordinal, heading=heading, lead=[said(lead)] if lead else [], items=items)

    sections = [
        Item(
            ordinal=f"（{digit}）",
            heading=said(f"做好{name}工作，聚焦“{name}”各项要求落实到位。"),
            items=[
                Item(
                    heading=said(f"{name}抓得实。"),
                    sentences=[said(f"围绕{name}召开专题会议，明确了责任分工和完成时限。" * 15)],
                )
            ],
        )
        for digit, name in zip("一二三四", ("学习", "组织", "纪律", "作风"), strict=True)
    ]
    problems = [
        Item(
            ordinal="一是",
            heading=said("学习联系实际还不够。"),
            sentences=[said("有的学习停留在读文件上，研究问题偏少。")],
        ),
        Item(
            ordinal="二是",
            heading=said("档案利用服务有待改进。"),
            sentences=[said("查档群众等候时间偏长，引导不够及时。")],
        ),
        Item(
            ordinal="三是", heading=said("年轻干部经验不足。"), sentences=[said("年轻干部独立承担编研任务的机会偏少。")]
        ),
    ]
    measures = [
        Item(
            ordinal="一是",
            heading=said("改进学习。"),
            sentences=[said("每季度围绕一个难题组织一次专题研讨。")],
            addresses=[1],
        ),
        Item(
            ordinal="二是",
            heading=said("改进服务。"),
            sentences=[said("增设引导岗，公开各时段的等候时间。")],
            addresses=[2, 3],
        ),
    ]
    return Report(
        kind=KIND.key,
        title=said("云汀市档案服务中心关于政治生态情况的报告"),
        opening=[said("现将有关情况报告如下。")],
        parts=[
            part(0, "一、", [], "本中心核定编制十二名，内设三个科室，承担档案接收、保管和利用工作。" * 3),
            part(1, "二、", sections, "围绕各项要求开展工作。"),
            part(2, "三、", problems, "还存在以下问题。"),
            part(3, "四、", measures, "将从以下方面整改。"),
        ],
    )
