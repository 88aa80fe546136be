"""Which conversation goes on, and about which report."""

from __future__ import annotations

from nigao.chat.session import ChatSession
from nigao.chat.state import SessionState
from nigao.chat.turn import Office
from nigao.store import SessionRecord


def open_session(
    office: Office, report_id: str, author: str, *, fresh: bool = False, rules: bool = True
) -> ChatSession:
    """The author's last conversation about a report (by default about the report last changed), or a `fresh` one.

    Raises NotFoundError for an unknown report, UsageError where the author is nobody.
    """
    chats = office.store.chats
    if report_id:
        report_id = office.reports.get(report_id).id
    else:
        stored = office.store.reports.list()
        report_id = max(stored, key=lambda one: (one.created_at, one.id)).id if stored else ""
    last = None if fresh else latest(office, report_id, author) if report_id else chats.latest(None, author)
    return ChatSession(office, last or begin(office, report_id, author), rules=rules)


def latest(office: Office, report_id: str, author: str, door: str = "") -> SessionRecord | None:
    """The author's last conversation about a report at a door: a yes said at one is no answer to what was asked at
    another. Raises NotFoundError.
    """
    mine = [record for record in office.store.chats.list(report_id) if record.author == author.strip()]
    here = (record for record in reversed(mine) if SessionState.model_validate_json(record.state_json).door == door)
    return next(here, None)


def begin(office: Office, report_id: str, author: str, *, units: tuple[str, ...] = (), door: str = "") -> SessionRecord:
    """A new conversation about a report, or (empty) about none yet. Raises as `open_session`."""
    seen = office.reports.get(report_id).revision if report_id else 0
    state = SessionState(report_id=report_id, seen=seen, units=units, door=door)
    return office.store.chats.open(report_id, author, state.model_dump_json())
