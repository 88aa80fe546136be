"""Conversations as JSON: who holds one, what was said, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from nigao.chat.commands import Command, command_adapter
from nigao.chat.events import ChatEvent, ReplyEvent
from nigao.chat.state import SessionState
from nigao.store import SessionRecord, TurnRecord
from nigao.views.view import View


class SessionView(View):
    """A conversation. `revision` is the one that its author last saw; `waits_for` is confirm, proposal or question
    where the next turn may be an answer.
    """

    id: str = Field(examples=["s0001"])
    report_id: str | None = Field(examples=["r0001"])
    revision: int | None = Field(examples=[3])
    author: str = Field(examples=["李晓明"])
    created_at: str = Field(examples=["2026-01-10T02:00:00+00:00"])
    turns: int
    waits_for: str


class TurnView(View):
    """One turn, numbered from 1: what was said, the command that it was read as (null where it was none), the reply,
    and the revision that it made (null where it made none).
    """

    number: int
    said: str = Field(examples=["第三部分第一条压缩到80字"])
    reply: ReplyEvent
    command: Command | None
    revision: int | None
    at: str = Field(examples=["2026-01-10T02:00:00+00:00"])


class TurnOutput(View):
    """All that a turn told, and its reply (which is also the last event)."""

    events: list[ChatEvent]
    reply: ReplyEvent


def session_view(record: SessionRecord) -> SessionView:
    """A conversation as it stands."""
    return SessionView(
        id=record.id,
        report_id=record.report,
        revision=record.revision,
        author=record.author,
        created_at=record.created_at,
        turns=record.turns,
        waits_for=SessionState.model_validate_json(record.state_json).waits_for,
    )


def turn_view(turn: TurnRecord) -> TurnView:
    """A turn that was kept."""
    return TurnView(
        number=turn.number,
        said=turn.said,
        reply=ReplyEvent.model_validate_json(turn.reply_json),
        command=command_adapter.validate_json(turn.command_json) if turn.command_json else None,
        revision=turn.revision,
        at=turn.at,
    )


def turn_output(events: Sequence[ChatEvent]) -> TurnOutput:
    """What a turn told, up to its reply."""
    reply = events[-1]
    assert isinstance(reply, ReplyEvent)
    return TurnOutput(events=list(events), reply=reply)
