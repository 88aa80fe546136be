"""Conversations as one caller may hold them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from nigao.assistant import Assistant
from nigao.chat.commands import Command, ConfirmCommand, SetFactCommand
from nigao.chat.events import ChatEvent, ConflictEvent, ReplyEvent
from nigao.chat.opening import begin, latest
from nigao.chat.session import HARMLESS, ChatSession
from nigao.chat.state import SessionState
from nigao.chat.turn import Office
from nigao.errors import AccessError, EditError, NigaoError, NotFoundError
from nigao.report.editing.fields import UNIT
from nigao.service.access import Scope
from nigao.service.caller.identity import Caller
from nigao.service.caller.reports import CallerReports
from nigao.service.caller.turns import RunningTurn
from nigao.service.preconditions import require_latest
from nigao.store import SessionRecord, TurnRecord

# What a command asks of the key beside what every conversation asks; all others change the report.
_SCOPES = {
    "draft": Scope.REPORTS_DRAFT,
    "submit": Scope.REPORTS_SUBMIT,
    "approve": Scope.REPORTS_APPROVE,
    "export": Scope.REPORTS_EXPORT,
}
_ANYBODY = HARMLESS | {"confirm", "cancel"}
# A fact shown, what a person typed there, a sign-off that lapses: no command asks more often.
_MOST_ASKED = 5
# A click in the page may come while a turn of the same conversation is being told.
_PATIENCE_SECONDS = 10.0


class _RefusedError(Exception):
    """A command may not be carried out. It is no NigaoError: a conversation tells those in its reply."""

    def __init__(self, error: NigaoError) -> None:
        super().__init__(str(error))
        self.error = error


def scope_of(command: Command) -> Scope:
    """What a command asks of the caller's key."""
    if command.verb in _ANYBODY:
        return Scope.REPORTS_READ
    if command.verb == "draft" and command.place.part:
        return Scope.REPORTS_EDIT
    return _SCOPES.get(command.verb, Scope.REPORTS_EDIT)


@dataclass(frozen=True, slots=True)
class CallerChats:
    """A session is its author's: to anybody else it is not there. Files of the server are out of its reach."""

    assistant: Assistant
    caller: Caller
    reports: CallerReports
    # Signing off is for people: a protocol that an agent speaks leaves it out, whatever its key allows.
    signs: bool = True

    def open(self, report_id: str = "", *, fresh: bool = False, offline: bool = False) -> ChatSession:
        """The caller's last conversation about a report, or a `fresh` one; without a report a new one about none yet.

        Raises NotFoundError.
        """
        office, person = self._office(offline=offline), self.caller.person
        # What a program asks about is not for a person's click on the page to confirm, nor the other way round.
        door = "" if self.signs else "program"
        report = self.reports.seen(report_id).id if report_id else ""
        last = latest(office, report, person, door) if report and not fresh else None
        return ChatSession(office, last or begin(office, report, person, units=self.caller.units, door=door))

    def resume(self, session_id: str, *, offline: bool = False) -> ChatSession:
        """The caller's own session by its id. Raises NotFoundError."""
        return ChatSession(self._office(offline=offline), self.record(session_id))

    def turn(self, session_id: str, *, offline: bool = False) -> RunningTurn:
        """The caller's own session, held for one turn: `leave` it. Raises NotFoundError, ConflictError where a turn of
        it is under way.
        """
        id = self.record(session_id).id
        return RunningTurn(self.assistant.store, id, lambda: self.resume(id, offline=offline))

    def command(self, report_id: str, command: Command, *, on: int | None, confirm: bool) -> list[ChatEvent]:
        """Carry a command out in the caller's last conversation about a report, on the revision that they have before
        them (None: whichever is the latest). With `confirm` what it asks on the way is answered with yes; else the
        reply may wait for that.

        Raises NotFoundError, AccessError, PreconditionFailed, EditError where it could not be carried out,
        ConflictError where a turn of that conversation is under way and does not end within seconds.
        """
        seen = self.reports.seen(report_id)
        self._allow(command)
        revision = require_latest(seen, on)
        session_id = self.open(report_id).id
        office = replace(self._office(offline=False), allow=self._strictly(report_id, on))
        store = self.assistant.store
        turn = RunningTurn(
            store, session_id, lambda: ChatSession(office, store.chats.get(session_id)), patience=_PATIENCE_SECONDS
        )
        try:
            turn.say(command, expected_revision=revision)
            told = self._run(turn, on)
            for _ in range(_MOST_ASKED if confirm else 0):
                if _reply(told).waits_for != "confirm":
                    break
                turn.say(ConfirmCommand())
                told += self._run(turn, on)
        except _RefusedError as refused:
            raise refused.error from None
        finally:
            turn.leave()
        if _reply(told).failed:
            raise EditError(_reply(told).text, where=report_id)
        return told

    def _run(self, turn: RunningTurn, on: int | None) -> list[ChatEvent]:
        """All that a turn tells; it stops, with nothing kept, where it is about another revision than the one asked."""
        told: list[ChatEvent] = []
        while (event := turn.step()) is not None:
            if isinstance(event, ConflictEvent):
                require_latest(self.reports.seen(turn.session.state.report_id), on)
            told.append(event)
        return told

    def record(self, session_id: str) -> SessionRecord:
        """The caller's own session as recorded. Raises NotFoundError, in the same words for every reason."""
        gone = NotFoundError(f"没有会话 {session_id}", where="session_id", fix="用 POST /api/v1/sessions 另开一个")
        try:
            record = self.assistant.store.chats.get(session_id)
        except NotFoundError:
            raise gone from None
        if record.author != self.caller.person:
            raise gone
        if not record.report:
            # Two units may have people of one name.
            units = SessionState.model_validate_json(record.state_json).units
            if self.caller.units and not self.caller.owns(units):
                raise gone
            return record
        try:
            self.reports.seen(record.report)
        except NotFoundError:
            raise gone from None
        return record

    def turns(self, session_id: str) -> list[TurnRecord]:
        """What was said in the caller's own session, and what came of it. Raises NotFoundError."""
        return self.assistant.store.chats.turns(self.record(session_id).id)

    def _office(self, *, offline: bool) -> Office:
        return replace(self.assistant.office(offline=offline), folder=None, allow=self._allow)

    def _allow(self, command: Command) -> None:
        if command.verb == "approve" and not self.signs:
            raise AccessError("签发不能由程序代办", where="签发", fix="请签发人本人在网页、接口或命令行签发")
        self.caller.require(scope_of(command))
        if isinstance(command, SetFactCommand) and command.name.strip() == UNIT:
            # The unit decides which documents may be cited.
            self.reports.require_own_unit(command.value.strip().rstrip("。，；："))

    def _strictly(self, report_id: str, on: int | None) -> Callable[[Command], None]:
        """Whether the command may be given, and is still about the revision that it was given on."""

        def allow(command: Command) -> None:
            try:
                self._allow(command)
                require_latest(self.reports.seen(report_id), on)
            except NigaoError as error:
                raise _RefusedError(error) from None

        return allow


def _reply(told: list[ChatEvent]) -> ReplyEvent:
    reply = told[-1]
    assert isinstance(reply, ReplyEvent)
    return reply
