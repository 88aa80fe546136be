"""Documents: seen, submitted as files, approved, returned, revoked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, File, Form, Path, Query, Response, UploadFile
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from nigao.corpus.admission import suspicions
from nigao.corpus.manifest import OptionalDate
from nigao.corpus.model import Document, Role, Status
from nigao.service.access import Scope
from nigao.service.caller.submitting import submit
from nigao.service.paging import Cursor, Limit, Page, page
from nigao.service.repeating import RepeatableRoute
from nigao.service.serving import Needs, Served, ServedHere
from nigao.service.uploads import file_name
from nigao.views.corpus import (
    DocumentView,
    ImpactOutput,
    VersionInForce,
    document_view,
    impact_output,
    version_in_force,
)
from nigao.views.documents import (
    PassageSummary,
    RevokedView,
    SubmittedView,
    WaitingView,
    passage_summary,
    suspicious_texts,
)

router = APIRouter(prefix="/api/v1", tags=["文件"])
_repeatable = APIRouter(prefix="/documents", route_class=RepeatableRoute)


def _printable(value: str) -> str:
    if not value.replace("\u3000", "").replace("\n", "").isprintable():
        raise ValueError("有控制字符或看不见的字符")
    return value


def _one_line(value: str) -> str:
    return _printable(value.replace("\n", "\0"))


Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_one_line)]
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000), AfterValidator(_printable)
]
DocumentId = Annotated[str, Path(max_length=100, description="文件编号", examples=["basis-work-rules"])]


class ApprovalRequest(BaseModel):
    """批准：写明 sha256 则只批准这一内容；on 为批准日期，缺省为今天。"""

    model_config = ConfigDict(extra="forbid")

    sha256: str = Field(default="", pattern="^([0-9A-Fa-f]{64})?$", examples=["9f86d081884c7d659a2feaa0c55ad015" * 2])
    on: OptionalDate = Field(default=None, examples=["2026-01-10"])


class ReasonRequest(BaseModel):
    """退回或撤销的理由。"""

    model_config = ConfigDict(extra="forbid")

    reason: Reason = Field(examples=["数据与台账不一致，请核对后重新提交"])


def views_of(served: Served, documents: Sequence[Document]) -> list[DocumentView]:
    """Documents as recorded, with their passages counted and what waits beside them."""
    store, ids = served.assistant.store, [document.id for document in documents]
    counts = Counter(passage.document_id for passage in store.documents.passages(ids))
    waiting = store.approvals.waiting(ids)
    return [document_view(one, counts[one.id], waiting.get(one.id)) for one in documents]


def view_of(served: Served, document: Document) -> DocumentView:
    """A document as recorded."""
    return views_of(served, [document])[0]


@router.get("/documents", dependencies=[Depends(Needs(Scope.CORPUS_READ))], summary="列出文件")
def list_documents(
    served: ServedHere,
    status: Annotated[Status | Literal[""], Query(description="只列这一状态；submitted 也列改动待批准的")] = "",
    role: Annotated[Role | Literal[""], Query(description="只列这一用途")] = "",
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Page[DocumentView]:
    """本单位可以看到的全部文件，包括待批准的和不能再作依据的，按编号排列。"""
    found = [one for one in served.corpus.list() if role in ("", one.role)]
    if status:
        waiting = served.assistant.store.approvals.waiting()
        beside = {id for id, submission in waiting.items() if submission.document.status is status}
        found = [one for one in found if one.status is status or one.id in beside]
    shown = page(found, lambda one: one.id, lambda one: one, limit=limit, cursor=cursor)
    return Page[DocumentView](items=views_of(served, shown.items), next=shown.next)


@router.get("/documents/{document_id}", dependencies=[Depends(Needs(Scope.CORPUS_READ))], summary="查看一份文件")
def get_document(document_id: DocumentId, served: ServedHere) -> DocumentView:
    """登记情况、批准情况，今天能不能作依据。"""
    return view_of(served, served.corpus.seen(document_id))


@router.get(
    "/documents/{document_id}/passages", dependencies=[Depends(Needs(Scope.CORPUS_READ))], summary="一份文件的段落"
)
def list_passages(
    document_id: DocumentId, served: ServedHere, limit: Limit = 50, cursor: Cursor = ""
) -> Page[PassageSummary]:
    """现行版本的各段，按原文顺序。"""
    found = served.corpus.passages(document_id)
    return page(found, lambda one: one.id, passage_summary, limit=limit, cursor=cursor)


@router.get(
    "/documents/{document_id}/waiting", dependencies=[Depends(Needs(Scope.CORPUS_APPROVE))], summary="查看待批准的内容"
)
def get_waiting(document_id: DocumentId, served: ServedHere) -> WaitingView:
    """提交的全文和 sha256；批准时写明这个 sha256，批准的就是看过的内容。"""
    waiting = served.corpus.waiting(document_id)
    text, passages = served.assistant.store.approvals.waiting_text(document_id)
    return WaitingView(
        text=text,
        sha256=waiting.document.sha256,
        submitted_by=waiting.submitted_by,
        told=waiting.told,
        suspicious=suspicious_texts(suspicions(waiting.document, text, passages)),
    )


@router.get(
    "/documents/{document_id}/history", dependencies=[Depends(Needs(Scope.CORPUS_READ))], summary="一份文件的批准经过"
)
def get_history(document_id: DocumentId, served: ServedHere) -> list[VersionInForce]:
    """历次批准的版本，各从何时用到何时，旧的在前。"""
    return [version_in_force(record) for record in served.corpus.history(document_id)]


@router.get(
    "/documents/{document_id}/impact", dependencies=[Depends(Needs(Scope.CORPUS_READ))], summary="哪些报告以它为依据"
)
def get_impact(
    document_id: DocumentId,
    served: ServedHere,
    every_revision: Annotated[bool, Query(description="包括报告以前的各稿")] = False,
) -> ImpactOutput:
    """逐句列出；只列本单位的报告。"""
    return _impact(served, served.corpus.seen(document_id), every_revision=every_revision)


@_repeatable.post("", status_code=201, dependencies=[Depends(Needs(Scope.CORPUS_SUBMIT))], summary="提交文件待批准")
def submit_document(
    response: Response,
    served: ServedHere,
    file: Annotated[UploadFile, File(description="docx、pdf、xlsx、md、txt 等")],
    role: Annotated[Role, Form(description="basis 依据、material 材料、exemplar 范文")],
    title: Annotated[Line, Form(description="标题，缺省用文件名")] = "",
    issuer: Annotated[Line, Form(description="制发单位")] = "",
    number: Annotated[Line, Form(description="文号")] = "",
    valid_from: Annotated[OptionalDate, Form(description="施行日期，如 2026-01-01")] = None,
    valid_to: Annotated[OptionalDate, Form(description="失效日期")] = None,
    supersedes: Annotated[list[Line] | None, Form(description="取代的文件编号，可多次给出", max_length=50)] = None,
    visible_to: Annotated[list[Line] | None, Form(description="只对这个单位开放，可多次给出", max_length=50)] = None,
) -> SubmittedView:
    """批准之前不作依据。同名文件再次提交是它的新内容，批准前沿用原来的文本。限定单位的密钥提交的，只对本单位开放。"""
    submitted = submit(
        served.corpus,
        file_name(file.filename),
        file.file.read(),
        role,
        title=title,
        issuer=issuer,
        number=number,
        valid_from=valid_from,
        valid_to=valid_to,
        supersedes=_given(supersedes),
        visible_to=_given(visible_to),
    )
    response.headers["Location"] = f"/api/v1/documents/{submitted.document.id}"
    document = view_of(served, submitted.document)
    found = suspicious_texts(submitted.suspicious)
    return SubmittedView(document=document, pending=submitted.pending, suspicious=found)


@_repeatable.post(
    "/{document_id}/approval", dependencies=[Depends(Needs(Scope.CORPUS_APPROVE))], summary="批准待批准的内容"
)
def approve_document(document_id: DocumentId, asked: ApprovalRequest, served: ServedHere) -> DocumentView:
    """从下一次检索起可作依据；向量随后由任务补建。"""
    document = served.corpus.approve(document_id, on=asked.on, sha256=asked.sha256)
    caller = served.caller
    served.assistant.store.jobs.add("embed", "{}", person=caller.person, units=caller.units, caller=caller.id)
    served.service.runner.wake()
    return view_of(served, document)


@_repeatable.post(
    "/{document_id}/return", dependencies=[Depends(Needs(Scope.CORPUS_APPROVE))], summary="退回待批准的内容"
)
def return_document(document_id: DocumentId, asked: ReasonRequest, served: ServedHere) -> DocumentView:
    """原来批准的版本照旧使用。"""
    return view_of(served, served.corpus.send_back(document_id, asked.reason))


@_repeatable.post("/{document_id}/revocation", dependencies=[Depends(Needs(Scope.CORPUS_APPROVE))], summary="撤销文件")
def revoke_document(document_id: DocumentId, asked: ReasonRequest, served: ServedHere) -> RevokedView:
    """从下一次检索起不再作依据，不能收回；impact 是以它为依据的本单位报告。"""
    document = served.corpus.revoke(document_id, asked.reason)
    return RevokedView(document=view_of(served, document), impact=_impact(served, document))


def _impact(served: Served, document: Document, *, every_revision: bool = False) -> ImpactOutput:
    return impact_output(document, served.corpus.impact(document.id, every_revision=every_revision))


def _given(values: Collection[str] | None) -> list[str]:
    return [value for value in values or () if value]


router.include_router(_repeatable)
