"""Findings that an editor has waived are told apart, with the reason; a waiver without effect is told too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from nigao.checks.context import CheckContext
from nigao.checks.finding import Finding, Severity
from nigao.checks.registry import Authority, Example, Mark, all_rules, rule
from nigao.checks.reporttext import ReportText
from nigao.report.model import Report
from nigao.report.waivers import Waiver, bare


class Waived(BaseModel):
    """A finding that stands by an editor's decision."""

    model_config = ConfigDict(extra="forbid")

    finding: Finding
    reason: str
    by: str = ""


def split_waived(
    report: Report, findings: Sequence[Finding], view: ReportText
) -> tuple[list[Finding], list[Waived], list[Waiver]]:
    """The findings that remain, those that the report waives, and the waivers that waived nothing."""
    if not report.waivers:
        return list(findings), [], []
    kept: list[Finding] = []
    waived: list[Waived] = []
    used: list[Waiver] = []
    for finding in findings:
        line = view.line(finding.line)
        waiver = next((waiver for waiver in report.waivers if waiver.covers(finding.code, line)), None)
        if waiver is None:
            kept.append(finding)
        else:
            waived.append(Waived(finding=finding, reason=waiver.reason, by=waiver.by))
            used.append(waiver)
    idle = [waiver for waiver in report.waivers if waiver.reason and not any(waiver is one for one in used)]
    return kept, waived, idle


@rule(
    "C490",
    Severity.WARNING,
    "忽略标记不完整",
    why="忽略一条提醒要写明规则编号和理由，日后查稿的人才知道当时为什么放过；缺了理由或编号写错的，不起作用。",
    authority=Authority.PRODUCT,
    bad=Example("落实“三会一课”制度。<!-- nigao 忽略 G221 -->"),
    good=Example("落实“三会一课”制度。<!-- nigao 忽略 G221：与党章表述一致 -->"),
)
def incomplete_waiver(report: Report, context: CheckContext) -> Iterator[Mark]:
    known = [r.code for r in all_rules()]
    for waiver in report.waivers:
        place = _place(waiver, context.text(report))
        written = "、".join(waiver.codes)
        if not waiver.reason:
            yield Mark(f"忽略标记 {written} 没有写理由，不起作用", suggestion=f"写成“忽略 {written}：理由”", at=place)
        for code in waiver.codes:
            if not any(one.startswith(code) for one in known):
                yield Mark(f"忽略标记中的 {code} 不是规则编号", suggestion="用 nigao rules 查看全部规则", at=place)


def _place(waiver: Waiver, text: str) -> tuple[int, int]:
    """The head of the line that a waiver holds for, else of the report."""
    start = 0
    for line in text.splitlines(keepends=True):
        if waiver.text and bare(line) == waiver.text:
            return start, start
        start += len(line)
    return 0, 0
