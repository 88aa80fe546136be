"""What an agent's client may read by address: the reports, one with what the checks say of it, and the rules."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import MCPServer

from nigao.chat.lines import finding_line
from nigao.checks.finding import Summary
from nigao.checks.registry import find_rule
from nigao.service.access import Scope
from nigao.service.citedtext import cited_text
from nigao.service.mcp.here import served_here


def add_resources(server: MCPServer[Any]) -> None:
    """Give a server its resources."""
    server.resource(
        "nigao://reports", name="reports", title="报告", description="可查阅的报告，每行一份", mime_type="text/plain"
    )(reports)
    server.resource(
        "nigao://reports/{report_id}",
        name="report",
        title="一份报告",
        description="报告的最新一稿：正文、出处、待补内容和今天的核对结果",
        mime_type="text/plain",
    )(report)
    server.resource(
        "nigao://rules/{code}",
        name="rule",
        title="一条核对规则",
        description="规则查什么、为什么、依据，正误两例",
        mime_type="text/plain",
    )(rule)


def reports() -> str:
    """A line for each report that the caller may see."""
    served = served_here()
    served.caller.require(Scope.REPORTS_READ)
    stages = served.reports.keeper.statuses()
    lines = [
        f"{one.id} 《{one.title}》 {one.unit} 第{one.revision}稿 {stages[one.id].label}"
        for one in served.reports.list()
    ]
    return "\n".join(lines) or "还没有报告。"


def report(report_id: str) -> str:
    """A report's text with its marks, what they stand for, what is missing, and what the checks of today find."""
    served = served_here()
    served.caller.require(Scope.REPORTS_READ)
    draft = served.reports.get(report_id)
    cited = cited_text(draft.report)
    findings = served.reports.keeper.review(draft.report, draft.brief)
    count = Summary.of(findings)
    sections = [
        f"{draft.id} 第{draft.revision}稿\n\n{cited.text.rstrip()}",
        "出处：\n" + "\n".join(one.line for one in cited.citations) if cited.citations else "",
        "待补：\n" + "\n".join(draft.placeholders) if draft.placeholders else "",
        f"核对：错误 {count.error} 处，提醒 {count.warning} 处，说明 {count.info} 处。\n"
        + "\n".join(finding_line(finding) for finding in findings),
    ]
    return "\n\n".join(filter(None, sections)).rstrip() + "\n"


def rule(code: str) -> str:
    """A rule as documented."""
    known = find_rule(code)
    return (
        f"{known.code} {known.title}（{known.severity.label}）\n为什么：{known.why}\n依据：{known.ground}\n"
        f"不妥：\n{known.bad.told}\n妥当：\n{known.good.told}\n"
    )
