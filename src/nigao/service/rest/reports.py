"""Reports: drafted, read, their facts set, exported, and edited copies taken back in."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Body, Depends, File, Form, Path, Query, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from nigao.chat.commands import SetFactCommand
from nigao.checks.finding import Finding
from nigao.draft import Draft
from nigao.errors import NotFoundError, OutputError, UsageError
from nigao.exporting import ExportOptions
from nigao.report.model import Part
from nigao.service.access import Scope
from nigao.service.jobs.work import DraftRequest
from nigao.service.paging import Cursor, Limit, Page, page
from nigao.service.plainbody import plain_body
from nigao.service.preconditions import MadeOn, MadeOnIfSaid, tag
from nigao.service.repeating import HEADER, RepeatableRoute
from nigao.service.serving import Needs, Served, ServedHere
from nigao.views.chats import TurnOutput, turn_output
from nigao.views.reports import (
    FactsView,
    ImportView,
    ReportOutput,
    ReportPartView,
    ReportView,
    facts_view,
    import_view,
    part_view,
    report_output,
    report_view,
)
from nigao.views.service import JobView, job_view

router = APIRouter(
    prefix="/api/v1/reports", tags=["报告"], route_class=RepeatableRoute, dependencies=[Depends(plain_body)]
)
_READ = [Depends(Needs(Scope.REPORTS_READ))]
_EDIT = [Depends(Needs(Scope.REPORTS_EDIT))]
_MOST_REVISIONS = 10**9

ReportId = Annotated[str, Path(max_length=20, description="报告编号，如 r0001", examples=["r0001"])]
PartKey = Annotated[str, Path(max_length=60, description="部分的键，如 problems", examples=["problems"])]
AsOf = Annotated[int | None, Query(ge=1, le=_MOST_REVISIONS, description="第几稿；缺省为最新一稿")]
RevisionNumber = Annotated[int, Path(ge=1, le=_MOST_REVISIONS, description="第几稿", examples=[2])]

_DRAFT_EXAMPLE = {
    "brief": {
        "unit": {"full": "青澜市政务服务管理办公室", "short": "市政务办"},
        "recipient": "市委第三巡察组",
        "period": "2025年",
        "date": "2025-12-26",
        "facts": [{"name": "编制数", "value": "28", "unit": "名", "as_of": "2025-11-30", "source": "编制说明"}],
    },
    "part": "",
    "offline": True,
}


class FactRequest(BaseModel):
    """A fact's new value. `old` is the value that it is said to have had; with `confirm` what is asked is answered."""

    model_config = ConfigDict(extra="forbid")

    value: str = Field(min_length=1, max_length=2000, examples=["30名"])
    source: str = Field(default="", max_length=500, examples=["市委编办批复"])
    as_of: str = Field(default="", max_length=50, examples=["2025年12月1日"])
    old: str = Field(default="", max_length=2000, examples=["28名"])
    confirm: bool = False


def shown(served: Served, draft: Draft, response: Response) -> ReportOutput:
    """A stored revision as an answer, marked with its number."""
    tag(response, draft.revision)
    return report_output(draft, served.reports.keeper.status(draft.id))


@router.get("", dependencies=_READ, summary="列出报告，新的在前")
def list_reports(served: ServedHere, limit: Limit = 50, cursor: Cursor = "") -> Page[ReportView]:
    """本单位各份报告的最新一稿，以及是讨论稿、送审稿还是已签发。"""
    statuses = served.reports.keeper.statuses()
    newest = served.reports.list()[::-1]
    return page(newest, lambda one: one.id, lambda one: report_view(one, statuses[one.id]), limit=limit, cursor=cursor)


@router.post("", dependencies=[Depends(Needs(Scope.REPORTS_DRAFT))], status_code=202, summary="起草一份报告")
def draft_report(
    request: Request,
    response: Response,
    served: ServedHere,
    asked: Annotated[DraftRequest, Body(openapi_examples={"青澜市政务办": {"value": _DRAFT_EXAMPLE}})],
) -> JobView:
    """立即返回一项任务；进展见 GET /api/v1/jobs/{编号}/events，办完后任务里有报告编号。"""
    served.reports.require_draftable(asked.brief, asked.part)
    job, is_new = served.assistant.store.jobs.add(
        "draft",
        asked.model_dump_json(),
        person=served.caller.person,
        units=asked.brief.unit.named,
        caller=served.caller.id,
        idempotency_key=request.headers.get(HEADER, ""),
        fingerprint=getattr(request.state, "fingerprint", ""),
    )
    if is_new:
        served.service.runner.wake()
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return job_view(job)


@router.get("/{report_id}", dependencies=_READ, summary="读一份报告")
def get_report(report_id: ReportId, served: ServedHere, response: Response, revision: AsOf = None) -> ReportOutput:
    """正文、逐句的出处和核对结果。响应的 ETag 是稿次，修改时写进 If-Match。"""
    return shown(served, served.reports.get(report_id, revision), response)


@router.get("/{report_id}/parts", dependencies=_READ, summary="列出报告的各部分")
def list_parts(report_id: ReportId, served: ServedHere, response: Response) -> list[ReportPartView]:
    """各部分的文字，各有几处核对结果、几处待补。"""
    draft = served.reports.get(report_id)
    tag(response, draft.revision)
    return [part_view(draft, part) for part in draft.report.parts]


@router.get("/{report_id}/parts/{part}", dependencies=_READ, summary="读报告的一个部分")
def get_part(report_id: ReportId, part: PartKey, served: ServedHere, response: Response) -> Part:
    """这一部分的各条各句，连同出处。"""
    draft = served.reports.get(report_id)
    found = draft.report.part(part)
    if found is None:
        known = "、".join(one.key for one in draft.report.parts)
        raise NotFoundError("报告没有这一部分", where="part", fix=f"有：{known}")
    tag(response, draft.revision)
    return found


@router.get("/{report_id}/findings", dependencies=_READ, summary="按今天的语料和规则核对报告")
def list_findings(report_id: ReportId, served: ServedHere, response: Response) -> list[Finding]:
    """按阅读顺序列出；写明理由予以忽略的不列。"""
    draft = served.reports.get(report_id)
    tag(response, draft.revision)
    return served.reports.keeper.review(draft.report, draft.brief)


@router.get("/{report_id}/facts", dependencies=_READ, summary="列出事实清单和还缺的事实")
def list_facts(report_id: ReportId, served: ServedHere, response: Response) -> FactsView:
    """拟稿要求中的事实，以及报告中待补的内容。"""
    draft = served.reports.get(report_id)
    tag(response, draft.revision)
    return facts_view(draft)


@router.put("/{report_id}/facts/{name}", dependencies=_EDIT, summary="补上或更改一项事实")
def set_fact(
    report_id: ReportId,
    name: Annotated[str, Path(pattern=r"^[^\x00-\x1f]{1,100}$", examples=["编制数"])],
    asked: FactRequest,
    made_on: MadeOn,
    served: ServedHere,
    response: Response,
) -> TurnOutput:
    """依据这项事实的各句随之改动。不带 confirm 时只列出会改哪些句子，等待确认（waits_for 为 confirm）。"""
    command = SetFactCommand(name=name, value=asked.value, old=asked.old, source=asked.source, as_of=asked.as_of)
    output = turn_output(served.chats.command(report_id, command, on=made_on, confirm=asked.confirm))
    tag(response, output.reply.revision)
    return output


_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}


class ExportQuery(BaseModel):
    """What is exported, and how."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["docx", "pdf", "html", "md", "txt", "json"] = Field("docx", description="文件格式")
    citations: Literal["comments", "endnotes", "appendix", "none"] = Field("comments", description="出处的样式")
    findings: bool = Field(False, description="带上核对结果（docx、html）")
    ai_label: bool = Field(True, description="人工智能生成标识；不带时记入审计")
    changes_since: int | None = Field(None, ge=1, le=_MOST_REVISIONS, description="带上自第几稿以来的修订标记（docx）")
    revision: int | None = Field(None, ge=1, le=_MOST_REVISIONS, description="第几稿；缺省为最新一稿")


@router.get(
    "/{report_id}/export",
    dependencies=[Depends(Needs(Scope.REPORTS_EXPORT))],
    response_class=Response,
    responses={200: {"content": {media.partition(";")[0]: {} for media in _MEDIA.values()}}},
    summary="导出报告",
)
def export_report(report_id: ReportId, asked: Annotated[ExportQuery, Query()], served: ServedHere) -> Response:
    """返回文件本身。格式和版式与 nigao report export 写出的相同。"""
    draft = served.reports.get(report_id, asked.revision)
    options = ExportOptions(
        citations=asked.citations,
        ai_label=asked.ai_label,
        findings=asked.findings,
        changes_since=asked.changes_since,
    )
    try:
        made = served.reports.keeper.exported(draft, f".{asked.format}", options, by=served.caller.person)
    except OutputError as error:
        raise UsageError(error.message, where="format", fix=error.fix) from None
    title = draft.report.title.text if draft.report.title is not None else ""
    headers = {"Content-Disposition": _attachment(draft.id, title, asked.format), "ETag": f'"{draft.revision}"'}
    return Response(made.data, media_type=_MEDIA[asked.format], headers=headers)


def _attachment(id: str, title: str, suffix: str) -> str:
    """RFC 6266, with the title for whoever can read it (RFC 5987)."""
    bare = "".join(title.split())[:80] or id
    return f"attachment; filename=\"{id}.{suffix}\"; filename*=UTF-8''{quote(f'{bare}.{suffix}', safe='')}"


@router.post("/{report_id}/imports", dependencies=_EDIT, summary="导入在 Word 里改过的稿子")
def import_edits(
    report_id: ReportId,
    file: Annotated[UploadFile, File(description="改过的 docx")],
    made_on: MadeOnIfSaid,
    served: ServedHere,
    response: Response,
    dry_run: Annotated[bool, Form(description="只看会怎样改，不写入")] = False,
) -> ImportView:
    """没动的句子保留出处，改动按人各成一稿，批注成为提醒；没能采用的逐条写在 not_taken 里。"""
    name = (file.filename or "文件.docx")[-100:]
    imported = served.reports.import_edits(report_id, file.file.read(), name, on=made_on, dry_run=dry_run)
    tag(response, served.reports.seen(report_id).revision)
    return import_view(imported, dry_run=dry_run)
