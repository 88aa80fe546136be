"""The corpus as a whole: searched, brought in step with its manifest, looked up passage by passage; kinds of report."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from nigao.corpus.model import Role
from nigao.errors import AccessError, NotFoundError
from nigao.service.access import Scope
from nigao.service.repeating import HEADER, RepeatableRoute
from nigao.service.rest.documents import view_of
from nigao.service.serving import Needs, NeedsNobody, ServedHere
from nigao.views.corpus import SearchHit, search_hits
from nigao.views.documents import CorpusStatusView, PassageView, passage_view, status_view
from nigao.views.kinds import KindView, kind_view
from nigao.views.service import JobView, job_view

router = APIRouter(prefix="/api/v1", tags=["语料"])
_repeatable = APIRouter(route_class=RepeatableRoute)
RoleAsked = Annotated[Role | Literal[""], Query(description="只找这一用途的：basis、material、exemplar；缺省为前两种")]


@router.get("/search", dependencies=[Depends(Needs(Scope.SEARCH))], summary="检索今天可作依据的段落")
def search(
    served: ServedHere,
    q: Annotated[str, Query(min_length=1, max_length=1000, description="检索词或一句话", examples=["整改落实情况"])],
    k: Annotated[int, Query(ge=1, le=100, description="最多几段")] = 10,
    role: RoleAsked = "",
) -> list[SearchHit]:
    """按相关程度排列；只在本单位可以看到、今天有效的文件中检索。"""
    return search_hits(served.corpus.search(q, k, roles=[Role(role)] if role else None))


@router.get("/corpus/status", dependencies=[Depends(Needs(Scope.CORPUS_READ))], summary="检索是否就绪")
def corpus_status(served: ServedHere) -> CorpusStatusView:
    """全部语料共多少段、多少段有向量；note 说明还缺什么。"""
    return status_view(served.assistant.hybrid.status())


@_repeatable.post(
    "/corpus/sync",
    status_code=202,
    dependencies=[Depends(Needs(Scope.CORPUS_APPROVE))],
    summary="按服务器上的语料清单同步（任务）",
)
def sync(
    request: Request,
    response: Response,
    served: ServedHere,
    idempotency_key: Annotated[str | None, Header(alias=HEADER, description="重试时不变的键，如 UUID")] = None,
) -> JobView:
    """收录清单中新增和改动的文件，补建向量。限定单位的密钥不能用。"""
    caller = served.caller
    if caller.units:
        raise AccessError("清单是各单位共用的，不由一个单位同步", where="units", fix="请不限单位的语料管理员同步")
    job, _ = served.assistant.store.jobs.add(
        "sync",
        "{}",
        person=caller.person,
        units=(),
        caller=caller.id,
        idempotency_key=idempotency_key or "",
        fingerprint=getattr(request.state, "fingerprint", ""),
    )
    served.service.runner.wake()
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return job_view(job)


@router.get("/passages/{passage_id}", dependencies=[Depends(Needs(Scope.CORPUS_READ))], summary="查看一个段落的上下文")
def get_passage(
    served: ServedHere,
    passage_id: Annotated[str, Path(max_length=200, description="段落编号，见检索结果或报告的出处")],
) -> PassageView:
    """段落原文、前后各一段和所在的文件；current 为 false 的是文件以前的版本。"""
    passage = served.corpus.passage(passage_id)
    document = served.corpus.seen(passage.document_id)
    return passage_view(passage, served.corpus.around(passage), view_of(served, document))


@router.get("/kinds", dependencies=[Depends(NeedsNobody())], summary="列出文种")
def list_kinds(served: ServedHere) -> list[KindView]:
    """内置的和工作区自定的文种，各有哪些部分。"""
    return [kind_view(served.checks.kind(key)) for key in served.checks.kinds()]


@router.get("/kinds/{key}", dependencies=[Depends(NeedsNobody())], summary="查看一个文种")
def get_kind(
    served: ServedHere,
    key: Annotated[str, Path(max_length=100, description="文种", examples=["political-ecology"])],
) -> KindView:
    """文种由哪些部分组成，各用什么版式。"""
    if key not in served.checks.kinds():
        raise NotFoundError(f"没有文种 {key}", where="key", fix="用 GET /api/v1/kinds 查看可用的文种")
    return kind_view(served.checks.kind(key))


router.include_router(_repeatable)
