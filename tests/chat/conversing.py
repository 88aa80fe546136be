"""Helpers to talk to a session and to read what came of it."""

from __future__ import annotations

from typing import TypeVar

from nigao.chat.commands import Command
from nigao.chat.events import ChatEvent, ReplyEvent
from nigao.chat.session import ChatSession
from nigao.report.places import Place, sentences_at

EventT = TypeVar("EventT")


def place(part: str = "", *item: int, sentence: int | None = None) -> Place:
    """A place, its numbers in a row."""
    return Place(part=part, item=item, sentence=sentence)


def turn(session: ChatSession, said: str | Command, **how: int) -> list[ChatEvent]:
    """All that a turn tells."""
    return list(session.send(said, **how))


def reply(events: list[ChatEvent]) -> ReplyEvent:
    """How a turn ended."""
    last = events[-1]
    assert isinstance(last, ReplyEvent)
    assert sum(isinstance(event, ReplyEvent) for event in events) == 1
    return last


def say(session: ChatSession, said: str | Command, **how: int) -> ReplyEvent:
    """The reply to a turn."""
    return reply(turn(session, said, **how))


def of_type(events: list[ChatEvent], wanted: type[EventT]) -> list[EventT]:
    """The events of one type."""
    return [event for event in events if isinstance(event, wanted)]


def texts(session: ChatSession, at: Place) -> list[str]:
    """The sentences at a place of the session's report as it is now."""
    draft = session.draft
    assert draft is not None
    return [sentence.text for sentence in sentences_at(draft.report, at)]
