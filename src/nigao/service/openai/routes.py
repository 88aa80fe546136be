"""`/v1`: the models, and chat completions by them."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from nigao.errors import NigaoError, NotFoundError
from nigao.report.brief import Unit
from nigao.service.access import Scope
from nigao.service.aside import aside
from nigao.service.drafting import start_draft
from nigao.service.openai.answering import Answer, Asking, Checking, Drafting, continued, which_report
from nigao.service.openai.asked import ChatRequest, Conversation
from nigao.service.openai.briefs import QUESTION, spoken_brief, written_brief
from nigao.service.openai.refusing import ErrorView, error_body
from nigao.service.openai.shapes import Completion, ModelsView, ModelView, broken_off
from nigao.service.plainbody import plain_body
from nigao.service.problems import problem_of
from nigao.service.serving import NeedsNobody, Served, ServedHere

log = logging.getLogger("nigao.service")
_MODELS = {
    "nigao-draft": (Scope.REPORTS_DRAFT, "起草报告，接着改"),
    "nigao-chat": (Scope.REPORTS_READ, "查问、修改已有的报告"),
    "nigao-check": (Scope.CHECKS, "核对一份文字"),
}
_ANSWERS: dict[str, Any] = {
    "application/json": {"schema": {"type": "object", "description": "OpenAI 的 chat.completion，另有 nigao"}},
    "text/event-stream": {"schema": {"type": "string"}},
}
_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorView, "description": told}
    for status, told in (
        (400, "请求办不了"),
        (401, "没有可用的密钥"),
        (403, "没有权限"),
        (404, "没有这个模型或报告"),
        (429, "请求过于频繁"),
        (500, "服务内部出错"),
        (502, "模型没有正常应答"),
        (503, "数据库或索引暂时不可用"),
    )
}
# When this project was begun: the models are part of the program, not made since.
_CREATED = 1767225600
_BEAT_SECONDS = 2.0
router = APIRouter(prefix="/v1", tags=["兼容 OpenAI"], dependencies=[Depends(plain_body)], responses=_REFUSALS)


@router.get("/models", dependencies=[Depends(NeedsNobody())], summary="列出模型")
def list_models() -> ModelsView:
    """三个模型：nigao-draft 起草，nigao-chat 改稿，nigao-check 核对。"""
    return ModelsView(data=[_model(name) for name in _MODELS])


@router.get("/models/{model}", dependencies=[Depends(NeedsNobody())], summary="查看一个模型")
def get_model(model: Annotated[str, Path(max_length=100, examples=["nigao-draft"])]) -> ModelView:
    """模型的名称和用途。"""
    _require_model(model)
    return _model(model)


@router.post(
    "/chat/completions",
    dependencies=[Depends(NeedsNobody())],
    response_model=None,
    responses={200: {"description": "回答；stream 为真时是 SSE", "content": _ANSWERS}},
    summary="对话补全：起草、改稿、核对",
)
async def complete(request: Request, asked: ChatRequest, served: ServedHere) -> Response:
    """最后一条 user 消息是要求：拟稿要求（YAML、JSON 或一句话）、改稿的话或要核对的文字。`stream` 为真时逐句返回。
    出处、报告编号等在扩展字段 `nigao` 里；temperature 等采样参数不起作用；`usage` 按字数估计。
    """
    answer = await run_in_threadpool(_answer, dataclasses.replace(served, signs=False), asked)
    completion = Completion(asked.model, [message.text for message in asked.messages])
    if asked.stream:
        chunks = _streamed(request, answer, completion, with_usage=asked.wants_usage)
        return StreamingResponse(chunks, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
    async with aclosing(aside(answer.tell, answer.stop, _BEAT_SECONDS)) as pieces:
        async for piece in pieces:
            if piece is not None:
                completion.add(piece)
            elif await request.is_disconnected():
                break
    return JSONResponse(completion.whole())


async def _streamed(
    request: Request, answer: Answer, completion: Completion, *, with_usage: bool
) -> AsyncIterator[str]:
    yield completion.first()
    try:
        async with aclosing(aside(answer.tell, answer.stop, _BEAT_SECONDS)) as pieces:
            async for piece in pieces:
                if piece is None:
                    if await request.is_disconnected():
                        return
                    # A comment: it keeps the line open, and means nothing.
                    yield ": \n\n"
                    continue
                completion.add(piece)
                yield completion.chunk(piece)
    except Exception as error:
        if not isinstance(error, NigaoError):
            log.exception("对话补全出错")
        problem = problem_of(error)
        problem.request_id = getattr(request.state, "request_id", "")
        yield broken_off(error_body(problem))
        return
    for chunk in completion.closing(with_usage=with_usage):
        yield chunk


def _answer(served: Served, asked: ChatRequest) -> Answer:
    """What is to be answered. Raises UsageError, NotFoundError, AccessError."""
    _require_model(asked.model)
    asked.require_possible()
    served.caller.require(_MODELS[asked.model][0])
    talk = Conversation(asked)
    if asked.model == "nigao-check":
        return Checking(served, talk.said)
    if asked.model == "nigao-chat":
        return continued(served, talk) or which_report(served)
    brief = written_brief(talk.said)
    if brief is None and talk.answered:
        going_on = continued(served, talk)
        if going_on is not None:
            return going_on
    kinds = [served.checks.kind(key) for key in served.checks.kinds()]
    brief = brief or spoken_brief(talk.all_said, kinds, _own_unit(served), served.assistant.kind().key)
    if brief is None:
        return Asking(QUESTION)
    return Drafting(served, talk, start_draft(served, brief))


def _own_unit(served: Served) -> Unit | None:
    """The caller's unit, else the workspace's."""
    settings = served.assistant.settings
    names = served.caller.units or ((settings.unit,) if settings is not None and settings.unit else ())
    return Unit(full=names[0], short=names[1] if len(names) > 1 else "") if names else None


def _model(name: str) -> ModelView:
    return ModelView(id=name, created=_CREATED, description=_MODELS[name][1])


def _require_model(name: str) -> None:
    if name not in _MODELS:
        raise NotFoundError(f"没有模型 {name}", where="model", fix=f"可用的有：{'、'.join(_MODELS)}")
