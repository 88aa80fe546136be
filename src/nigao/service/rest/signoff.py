"""Sign-off: where a report stands, and the steps that people take."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from nigao.revising.signing import Status
from nigao.service.access import Scope
from nigao.service.plainbody import plain_body
from nigao.service.preconditions import MadeOn, tag
from nigao.service.repeating import RepeatableRoute
from nigao.service.rest.reports import ReportId
from nigao.service.serving import Needs, Served, ServedHere
from nigao.views.reports import StatusView, status_view

router = APIRouter(
    prefix="/api/v1/reports/{report_id}",
    tags=["签发"],
    route_class=RepeatableRoute,
    dependencies=[Depends(plain_body)],
)
_APPROVE = [Depends(Needs(Scope.REPORTS_APPROVE))]


class NoteRequest(BaseModel):
    """What is said with the step."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(default="", max_length=2000, examples=["请于周五前签发"])


_NO_NOTE = NoteRequest()


class ReturnRequest(BaseModel):
    """Why it is sent back."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(min_length=1, max_length=2000, examples=["第三部分再具体些"])


def _shown(served: Served, now: Status, response: Response) -> StatusView:
    tag(response, now.revision)
    return status_view(now, served.reports.keeper.signoffs(now.report))


@router.get("/status", dependencies=[Depends(Needs(Scope.REPORTS_READ))], summary="是讨论稿、送审稿还是已签发")
def get_status(report_id: ReportId, served: ServedHere, response: Response) -> StatusView:
    """现在的状态，以及送审、签发、退回的全部经过。"""
    id = served.reports.seen(report_id).id
    return _shown(served, served.reports.keeper.status(id), response)


@router.post("/submission", dependencies=[Depends(Needs(Scope.REPORTS_SUBMIT))], summary="送审")
def submit(
    report_id: ReportId, made_on: MadeOn, served: ServedHere, response: Response, asked: NoteRequest = _NO_NOTE
) -> StatusView:
    """讨论稿成为送审稿；还有错误或待补内容的不能送审，除非写明理由予以忽略。"""
    keeper, person = served.reports.keeper, served.caller.person
    now = served.reports.changed(report_id, made_on, lambda on: keeper.submit(report_id, person, asked.note, on))
    return _shown(served, now, response)


@router.post("/approval", dependencies=_APPROVE, summary="签发")
def approve(
    report_id: ReportId, made_on: MadeOn, served: ServedHere, response: Response, asked: NoteRequest = _NO_NOTE
) -> StatusView:
    """送审稿签发；之后任何改动都使签发失效。签发人须在 nigao.toml 的 [signoff] 中列出，不能签发自己拟的稿。"""
    keeper, person = served.reports.keeper, served.caller.person
    now = served.reports.changed(report_id, made_on, lambda on: keeper.approve(report_id, person, asked.note, on))
    return _shown(served, now, response)


@router.post("/return", dependencies=_APPROVE, summary="退回送审稿")
def send_back(
    report_id: ReportId, asked: ReturnRequest, made_on: MadeOn, served: ServedHere, response: Response
) -> StatusView:
    """写明要改什么；报告回到讨论稿。"""
    keeper, person = served.reports.keeper, served.caller.person
    now = served.reports.changed(report_id, made_on, lambda on: keeper.send_back(report_id, person, asked.note, on))
    return _shown(served, now, response)
