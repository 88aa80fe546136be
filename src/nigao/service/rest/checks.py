"""Checks of what a caller hands in, and the rules that they go by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Depends, File, Form, Path, UploadFile
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from nigao.checks.finding import Severity
from nigao.checks.registry import all_rules, find_rule
from nigao.checks.result import CheckResult
from nigao.errors import NotFoundError, UsageError
from nigao.manuscript import mend
from nigao.report.brief import Brief
from nigao.report.model import Report
from nigao.reportfile import parse_text
from nigao.service.access import Scope
from nigao.service.serving import Needs, NeedsNobody, ServedHere
from nigao.service.uploads import FileName, file_name
from nigao.views.checks import MendedText
from nigao.views.rules import RuleView, rule_view

router = APIRouter(prefix="/api/v1", tags=["核对"])

Text = Annotated[str, StringConstraints(max_length=100_000)]
KindKey = Annotated[str, StringConstraints(max_length=100)]
# A code or the beginning of some.
Code = Annotated[str, StringConstraints(pattern="^[A-Za-z][0-9]{0,3}$")]
Codes = Annotated[list[Code], Field(default_factory=list, max_length=200)]
_SAMPLE = "关于2025年政治生态情况的报告\n一、基本情况\n全年召开会议12次。"


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CheckRequest(_Request):
    """核对：text（纯文本）和 report（本工具的报告 JSON）给出一样；select、ignore 是规则编号或其开头。"""

    text: Text | None = Field(default=None, examples=[_SAMPLE])
    report: Report | None = None
    kind: KindKey = Field(default="", examples=["political-ecology"])
    brief: Brief | None = None
    select: Codes = Field(examples=[["G", "S101"]])
    ignore: Codes
    severity: Severity | None = Field(default=None, examples=["warning"])

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.text is None) == (self.report is None):
            raise ValueError("text 和 report 给出其中一样")
        return self


class FixRequest(_Request):
    """改正一段文字中有把握的毛病，如标点、序号。"""

    text: Text = Field(examples=[_SAMPLE])
    kind: KindKey = ""
    select: Codes = Field(examples=[["T"]])


@router.post("/checks", dependencies=[Depends(Needs(Scope.CHECKS))], summary="核对一份报告的文字")
def check(asked: CheckRequest, served: ServedHere) -> CheckResult:
    """对照文种结构、拟稿要求和今天有效的语料；语料只用本单位可以看到的。行、列按所给文字计。"""
    brief, checks = asked.brief, served.checks
    if asked.report is None:
        kind = checks.kind(asked.kind or (brief.kind if brief is not None else ""))
        report = parse_text(asked.text or "", kind)
    else:
        report = asked.report
        if asked.kind not in ("", report.kind):
            raise UsageError(f"报告的文种是 {report.kind}，不是 {asked.kind}", where="kind", fix="省略 kind")
        checks.kind(report.kind)
    return _asked(
        lambda: checks.review(report, brief=brief, select=asked.select, ignore=asked.ignore, severity=asked.severity)
    )


@router.post("/checks/file", dependencies=[Depends(Needs(Scope.CHECKS))], summary="核对一份报告文件")
def check_file(
    served: ServedHere,
    file: Annotated[UploadFile, File(description="txt、md、docx，或本工具导出的 json")],
    kind: Annotated[KindKey, Form(description="文种，缺省为工作区的")] = "",
    select: Annotated[list[Code] | None, Form(description="只用这些规则，可多次给出", max_length=200)] = None,
    ignore: Annotated[list[Code] | None, Form(description="不用这些规则，可多次给出", max_length=200)] = None,
    severity: Annotated[Severity | Literal[""], Form(description="只报这一级及以上")] = "",
) -> CheckResult:
    """docx 还核对版式。文件不保存。"""
    read = served.checks.manuscript(file_name(file.filename), file.file.read(), kind)
    least = Severity(severity) if severity else None
    return _asked(lambda: served.checks.review(read, select=select or (), ignore=ignore or (), severity=least))


@router.post("/checks/fixes", dependencies=[Depends(Needs(Scope.CHECKS))], summary="改正文字中有把握的毛病")
def fix(asked: FixRequest, served: ServedHere) -> MendedText:
    """只改任何细心的编辑都会照改的地方；其余的留在 findings 里，由人决定。"""
    checks, name = served.checks, FileName("文稿.txt")
    read = checks.manuscript(name, asked.text.encode(), asked.kind)
    mended = mend(read, _asked(lambda: checks.review(read, select=asked.select)).findings)
    left = _asked(lambda: checks.review(checks.manuscript(name, mended.data, asked.kind), select=asked.select))
    return MendedText(text=mended.after, fixes=mended.applied, findings=left.findings, summary=left.summary)


@router.get("/rules", dependencies=[Depends(NeedsNobody())], summary="列出核对规则")
def list_rules() -> list[RuleView]:
    """每条规则的编号、级别、理由、依据和例子。"""
    return [rule_view(rule) for rule in all_rules()]


@router.get("/rules/{code}", dependencies=[Depends(NeedsNobody())], summary="查看一条核对规则")
def get_rule(code: Annotated[str, Path(max_length=20, description="规则编号", examples=["G201"])]) -> RuleView:
    """规则的理由、依据和例子。"""
    try:
        return rule_view(find_rule(code))
    except NotFoundError as error:
        raise NotFoundError(error.message, where="code", fix="用 GET /api/v1/rules 查看全部规则") from None


def _asked(review: Callable[[], CheckResult]) -> CheckResult:
    """What a review finds. A rule that is not there is a fault of the request, and no page that is not there."""
    try:
        return review()
    except NotFoundError as error:
        raise UsageError(error.message, where="select", fix="用 GET /api/v1/rules 查看全部规则") from None
