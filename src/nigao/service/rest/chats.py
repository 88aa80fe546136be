"""Conversations about reports: what is said or commanded, and what comes of it as it comes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Self

import anyio
from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from starlette.concurrency import run_in_threadpool

from nigao.chat.commands import Command, ReplaceCommand
from nigao.errors import NigaoError
from nigao.service.access import Scope
from nigao.service.caller.turns import RunningTurn
from nigao.service.paging import Cursor, Limit, Page, page
from nigao.service.plainbody import plain_body
from nigao.service.preconditions import MadeOn, tag
from nigao.service.problems import problem_of
from nigao.service.repeating import RepeatableRoute
from nigao.service.rest.reports import ReportId
from nigao.service.serving import Needs, ServedHere
from nigao.views.chats import SessionView, TurnOutput, TurnView, session_view, turn_output, turn_view

log = logging.getLogger("nigao.service")

_READ = [Depends(Needs(Scope.REPORTS_READ))]
_EDIT = [Depends(Needs(Scope.REPORTS_EDIT))]
_PLAIN = [Depends(plain_body)]
_EVENTS = "text/event-stream"
_LOOK_SECONDS = 0.25
# Proxies cut a connection on which nothing comes for half a minute or so.
_LOOKS_BETWEEN_SIGNS = 40
SessionId = Annotated[str, Path(max_length=20, description="会话编号，如 s0001", examples=["s0001"])]

# An answer that comes as it is made cannot be kept to be given again.
_spoken = APIRouter(prefix="/api/v1", tags=["会话"], dependencies=_PLAIN)
_kept = APIRouter(prefix="/api/v1", tags=["会话"], dependencies=_PLAIN, route_class=RepeatableRoute)


_LONGEST_COMMAND, _LONGEST_REPLACEMENT = 8000, 1000


def _modest(command: Command) -> Command:
    """Raise ValueError for a command of more words than a person writes at a time; what is written for a term stands in
    each of its places.
    """
    if len(command.model_dump_json()) > _LONGEST_COMMAND:
        raise ValueError(f"指令过长，连同位置最多 {_LONGEST_COMMAND} 字，请分几次")
    if isinstance(command, ReplaceCommand) and len(command.new) > _LONGEST_REPLACEMENT:
        raise ValueError(f"替换成的文字最多 {_LONGEST_REPLACEMENT} 字")
    return command


ModestCommand = Annotated[Command, AfterValidator(_modest)]


class SessionRequest(BaseModel):
    """A conversation about a report; `fresh` begins another one where there is one already."""

    model_config = ConfigDict(extra="forbid")

    report_id: str | None = Field(default=None, max_length=20, examples=["r0001"])
    fresh: bool = False


class TurnRequest(BaseModel):
    """What is said, in words or as a command. `expected_revision` is the revision that the person has before them."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"say": "第三部分第一条压缩到80字"}, {"command": {"verb": "undo"}}]},
    )

    say: str | None = Field(default=None, min_length=1, max_length=20_000)
    command: ModestCommand | None = None
    expected_revision: int | None = Field(default=None, ge=1, le=10**9)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.say is None) == (self.command is None):
            raise ValueError("say 和 command 要写且只写一个")
        return self

    @property
    def said(self) -> str | Command:
        """Whichever of the two was said."""
        if self.command is not None:
            return self.command
        assert self.say is not None
        return self.say


class CommandRequest(BaseModel):
    """A command; with `confirm` what is asked on the way is answered with yes."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "command": {
                        "verb": "write",
                        "place": {"part": "problems", "item": [1], "sentence": 2},
                        "text": "……",
                    },
                    "confirm": False,
                }
            ]
        },
    )

    command: ModestCommand
    confirm: bool = False


@_kept.post("/sessions", dependencies=_READ, status_code=201, summary="开始或接着一次会话")
def open_session(asked: SessionRequest, served: ServedHere, response: Response) -> SessionView:
    """接着自己上一次关于这份报告的会话；fresh 为另开一次。不写 report_id 的会话还没有报告。"""
    session = served.chats.open(asked.report_id or "", fresh=asked.fresh)
    response.headers["Location"] = f"/api/v1/sessions/{session.id}"
    return session_view(served.chats.record(session.id))


@_kept.get("/sessions/{session_id}", dependencies=_READ, summary="查看一次会话")
def get_session(session_id: SessionId, served: ServedHere) -> SessionView:
    """只能查看自己的。"""
    return session_view(served.chats.record(session_id))


@_kept.get("/sessions/{session_id}/turns", dependencies=_READ, summary="列出会话中说过的话")
def list_turns(session_id: SessionId, served: ServedHere, limit: Limit = 50, cursor: Cursor = "") -> Page[TurnView]:
    """先说的在前，连同答复和改成的稿次。"""
    turns = served.chats.turns(session_id)
    return page(turns, lambda one: str(one.number), turn_view, limit=limit, cursor=cursor)


def _begun(session_id: SessionId, asked: TurnRequest, served: ServedHere) -> Iterator[RunningTurn]:
    """The turn, begun before the answer is: who may not say it, or not now, is told. Raises as `CallerChats.turn`."""
    turn = served.chats.turn(session_id)
    try:
        turn.say(asked.said, expected_revision=asked.expected_revision)
        yield turn
    finally:
        turn.leave()


@_spoken.post(
    "/sessions/{session_id}/turns",
    dependencies=_READ,
    response_model=TurnOutput,
    responses={200: {"content": {_EVENTS: {}}}},
    summary="说一句话，或下一个指令",
)
def take_turn(turn: Annotated[RunningTurn, Depends(_begun)], request: Request) -> TurnOutput | StreamingResponse:
    """Accept 为 text/event-stream 时边办边讲（SSE：event 是种类，data 是 JSON，最后一个是 reply，中途出错是 problem），
    否则办完一并返回。中途断开，稿子不变。
    """
    if _EVENTS not in request.headers.get("accept", ""):
        return turn_output(turn.run())
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return StreamingResponse(_told(turn, request), media_type=_EVENTS, headers=headers)


async def _told(turn: RunningTurn, request: Request) -> AsyncIterator[bytes]:
    """The turn's events; one is asked for when the one before has been sent, and none any more once nobody listens."""
    try:
        while True:
            step = asyncio.ensure_future(run_in_threadpool(turn.step))
            # An error that comes after the listener has left is not to be reported as forgotten.
            step.add_done_callback(lambda done: done.cancelled() or done.exception())
            looks = 0
            while not (await asyncio.wait({step}, timeout=_LOOK_SECONDS))[0]:
                if await request.is_disconnected():
                    return
                looks += 1
                if looks % _LOOKS_BETWEEN_SIGNS == 0:
                    yield KEEPALIVE_COMMENT
            event = step.result()
            if event is None or await request.is_disconnected():
                return
            yield format_sse_event(event=event.type, data_str=event.model_dump_json())
    except Exception as error:
        if not isinstance(error, NigaoError):
            log.exception("会话出错", extra={"session": turn.session.id})
        problem = problem_of(error)
        problem.instance = request.url.path
        problem.request_id = getattr(request.state, "request_id", "")
        yield format_sse_event(event="problem", data_str=problem.model_dump_json(exclude_none=True))
    finally:
        # However the connection ended, the turn is over before the session is free again.
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(turn.leave)


@_kept.post("/reports/{report_id}/commands", dependencies=_EDIT, summary="对报告下一个指令")
def give_command(
    report_id: ReportId, asked: CommandRequest, made_on: MadeOn, served: ServedHere, response: Response
) -> TurnOutput:
    """在自己关于这份报告的会话里办理。要先确认的，答复的 waits_for 为 confirm；confirm 为 true 时直接办理。办不成的返回
    409，稿子不变。
    """
    output = turn_output(served.chats.command(report_id, asked.command, on=made_on, confirm=asked.confirm))
    tag(response, output.reply.revision)
    return output


router = APIRouter()
router.include_router(_kept)
router.include_router(_spoken)
