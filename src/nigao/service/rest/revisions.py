"""A report's revisions: listed, read, compared, and gone back to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from nigao.service.access import Scope
from nigao.service.paging import Cursor, Limit, Page, page
from nigao.service.plainbody import plain_body
from nigao.service.preconditions import MadeOn
from nigao.service.repeating import RepeatableRoute
from nigao.service.rest.reports import ReportId, RevisionNumber, shown
from nigao.service.serving import Needs, ServedHere
from nigao.views.reports import DiffView, ReportOutput, RevisionView, revision_views

router = APIRouter(
    prefix="/api/v1/reports/{report_id}",
    tags=["稿次"],
    route_class=RepeatableRoute,
    dependencies=[Depends(plain_body)],
)
_READ = [Depends(Needs(Scope.REPORTS_READ))]
_EDIT = [Depends(Needs(Scope.REPORTS_EDIT))]
_MOST_REVISIONS = 10**9


class StepsRequest(BaseModel):
    """How many changes: one's own, or with `others` whoever made them."""

    model_config = ConfigDict(extra="forbid")

    steps: int = Field(default=1, ge=1, le=100, examples=[1])
    others: bool = False


_ONE_STEP = StepsRequest()


class RestoreRequest(BaseModel):
    """Which revision's content is wanted back."""

    model_config = ConfigDict(extra="forbid")

    revision: int = Field(ge=1, le=_MOST_REVISIONS, examples=[2])


@router.get("/revisions", dependencies=_READ, summary="列出各稿，新的在前")
def list_revisions(
    report_id: ReportId, served: ServedHere, limit: Limit = 50, cursor: Cursor = ""
) -> Page[RevisionView]:
    """谁、何时、为什么改，哪一稿送审、签发过。"""
    id = served.reports.seen(report_id).id
    keeper = served.reports.keeper
    views = revision_views(keeper.history(id), keeper.signoffs(id))[::-1]
    return page(views, lambda one: str(one.revision), lambda one: one, limit=limit, cursor=cursor)


@router.get("/revisions/{revision}", dependencies=_READ, summary="读以前的一稿")
def get_revision(report_id: ReportId, revision: RevisionNumber, served: ServedHere, response: Response) -> ReportOutput:
    """那一稿的正文、出处和当时的核对结果。"""
    return shown(served, served.reports.get(report_id, revision), response)


@router.get("/diff", dependencies=_READ, summary="逐句比较两稿")
def compare(
    report_id: ReportId,
    served: ServedHere,
    old: Annotated[int | None, Query(ge=1, le=_MOST_REVISIONS, description="旧稿；缺省为新稿的上一稿")] = None,
    new: Annotated[int | None, Query(ge=1, le=_MOST_REVISIONS, description="新稿；缺省为最新一稿")] = None,
) -> DiffView:
    """修改、增加、删除、移动了哪些句子。"""
    latest = served.reports.seen(report_id)
    later = new or latest.revision
    earlier = old or max(1, later - 1)
    diff = served.reports.keeper.compare(latest.id, earlier, later)
    return DiffView(changes=diff.changes, old=earlier, new=later)


@router.post("/undo", dependencies=_EDIT, summary="撤销")
def undo(
    report_id: ReportId, made_on: MadeOn, served: ServedHere, response: Response, asked: StepsRequest = _ONE_STEP
) -> ReportOutput:
    """撤回最近的改动，作为新的一稿；默认只撤自己的。"""
    keeper, person = served.reports.keeper, served.caller.person
    draft = served.reports.changed(
        report_id, made_on, lambda on: keeper.undo(report_id, person, asked.steps, on, others=asked.others)
    )
    return shown(served, draft, response)


@router.post("/redo", dependencies=_EDIT, summary="重做")
def redo(
    report_id: ReportId, made_on: MadeOn, served: ServedHere, response: Response, asked: StepsRequest = _ONE_STEP
) -> ReportOutput:
    """把撤回的改动再做一遍，作为新的一稿。"""
    keeper, person = served.reports.keeper, served.caller.person
    draft = served.reports.changed(
        report_id, made_on, lambda on: keeper.redo(report_id, person, asked.steps, on, others=asked.others)
    )
    return shown(served, draft, response)


@router.post("/restore", dependencies=_EDIT, summary="恢复以前的一稿")
def restore(
    report_id: ReportId, asked: RestoreRequest, made_on: MadeOn, served: ServedHere, response: Response
) -> ReportOutput:
    """以前那一稿的内容成为新的一稿；各稿都还在。"""
    keeper, person = served.reports.keeper, served.caller.person
    draft = served.reports.changed(report_id, made_on, lambda on: keeper.restore(report_id, asked.revision, person, on))
    return shown(served, draft, response)
