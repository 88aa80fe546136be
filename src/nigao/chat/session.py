"""A conversation with one report: every turn read, carried out, and kept with what it changed, or not at all."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from nigao.chat import editing, facts, filing, helping, revising, telling
from nigao.chat.commands import CancelCommand, Command, ConfirmCommand
from nigao.chat.conflicts import conflict
from nigao.chat.events import (
    ChangeEvent,
    ChatEvent,
    NoticeEvent,
    QuestionEvent,
    ReplyEvent,
    UnderstoodEvent,
)
from nigao.chat.interpreting import interpret
from nigao.chat.labels import label
from nigao.chat.state import SessionState
from nigao.chat.turn import Handler, Office, Outcome, Turn
from nigao.errors import ConflictError, NigaoError, NotFoundError
from nigao.report.editing.diff import diff_reports
from nigao.report.editing.notices import notices
from nigao.report.model import Report
from nigao.report.places import Place, require_place
from nigao.revising.planning import Change
from nigao.store import NewTurn, SessionRecord

if TYPE_CHECKING:
    from nigao.draft import Draft

_HANDLERS: dict[str, Handler] = {
    "draft": filing.draft,
    "revise": revising.revise,
    "write": editing.write,
    "add": editing.add,
    "delete": editing.delete,
    "move": editing.move_place,
    "swap": editing.swap_places,
    "split": editing.split_item,
    "merge": editing.merge_places,
    "replace": editing.replace,
    "set_fact": facts.set_fact,
    "pair": editing.pair,
    "ask": telling.ask,
    "show": telling.show,
    "why": telling.why,
    "check": telling.check,
    "fix": filing.fix,
    "waive": editing.waive,
    "lock": editing.lock,
    "unlock": editing.unlock,
    "undo": filing.undo,
    "redo": filing.redo,
    "restore": filing.restore,
    "compare": telling.compare,
    "export": filing.export,
    "submit": filing.submit,
    "approve": filing.approve,
    "accept": revising.accept,
    "reject": revising.reject,
    "help": helping.help_with,
}
# Verbs that leave the report as it is: a model's reading of them needs no yes.
HARMLESS = frozenset({"ask", "show", "why", "check", "compare", "help"})
_TRIES = 20


class _OvertakenError(Exception):
    """Somebody else changed the report while the turn ran: it is run again on the report as it is now."""


class _LeftError(Exception):
    """Nobody listens any more: the turn is not to be kept."""


class ChatSession:
    """One person's conversation with one report. Use `assistant.chat`; a session outlives its process by its `id`.

    Nothing is kept of a turn that does not come to its end: the report is at the revision before, or after.
    """

    def __init__(self, office: Office, record: SessionRecord, *, rules: bool = True) -> None:
        """`rules=False` leaves the reading of every turn to the model."""
        self.id = record.id
        self.author = record.author
        self.state = SessionState.model_validate_json(record.state_json)
        self._record = record
        self._office = office
        self._rules = rules
        self._running: Turn | None = None
        self._left = False

    @property
    def draft(self) -> Draft | None:
        """The report's latest revision, None before there is any."""
        return self._office.reports.get(self.state.report_id) if self.state.report_id else None

    def cancel(self) -> None:
        """Stop the model's work for the turn that is running; from any thread."""
        if self._running is not None:
            for stop in list(self._running.cancel):
                stop()

    def leave(self) -> None:
        """End the turn that is running with nothing kept, whatever it is at; from any thread. The session is not to be
        used afterwards.
        """
        self._left = True
        self.cancel()

    def send(self, said: str | Command, *, expected_revision: int | None = None) -> Generator[ChatEvent, None, None]:
        """Say something, or hand a command in (a button of a page does); iterate over what comes of it, to the `reply`
        at the end. Leaving early leaves all as it was.

        `expected_revision` is the revision that the person has before them (by default the one last told of).

        Raises ConflictError where others change the report again and again, StoreError where nothing can be kept.
        """
        state = self.state.model_copy(deep=True)
        if expected_revision is not None:
            state.seen = expected_revision
        for attempt in range(_TRIES):
            turn = self._begin(said, state.model_copy(deep=True))
            self._running = turn
            try:
                yield from self._turn(turn, last=attempt + 1 == _TRIES)
                return
            except _OvertakenError:
                continue
            except _LeftError:
                return
            finally:
                self._running = None

    def _begin(self, said: str | Command, state: SessionState) -> Turn:
        latest = self._office.reports.get(state.report_id) if state.report_id else None
        if isinstance(said, str):
            return Turn(self._office, state, self.author, said, latest)
        words = label(said, latest.report if latest is not None else None)
        return Turn(self._office, state, self.author, words, latest, given=said)

    def _turn(self, turn: Turn, *, last: bool) -> Iterator[ChatEvent]:
        state = turn.state
        overtaken = yield from self._told_of_others(turn)
        understanding = yield from interpret(turn, rules=self._rules)
        state.options = []
        if understanding.command is None:
            state.options = list(understanding.options)
            yield QuestionEvent(question=understanding.question, options=understanding.options)
            yield self._kept(turn, None, Outcome(understanding.question, failed=True))
            return
        command = self._agreed(turn, understanding.command)
        if not isinstance(command, (ConfirmCommand, CancelCommand)):
            told = label(command, turn.latest.report if turn.latest is not None else None)
            yield UnderstoodEvent(command=command, label=told, by=understanding.by)
        try:
            outcome = yield from self._carried_out(turn, command, understanding.by, overtaken)
            yield from self._finished(turn, command, outcome)
        except ConflictError:
            # Where this very conversation goes on elsewhere, it is not for this turn to go on.
            if last or self._office.store.chats.get(self.id).turns != self._record.turns:
                raise
            raise _OvertakenError from None
        except NigaoError as error:
            yield self._kept(turn, command, Outcome(str(error), failed=True))

    def _told_of_others(self, turn: Turn) -> Generator[ChatEvent, None, bool]:
        """Tell of what others have changed since the person last saw the report; whether there is anything."""
        state = turn.state
        if turn.latest is None or not state.seen or state.seen >= turn.revision:
            return False
        seen = self._office.reports.get(state.report_id, state.seen)
        diff = diff_reports(seen.report, turn.draft.report)
        authors = {e.author for e in self._office.reports.history(state.report_id) if e.revision > state.seen}
        who = "、".join(sorted(authors))
        yield NoticeEvent(text=f"{who}已改到第{turn.revision}稿：{diff.summary()}")
        return True

    def _agreed(self, turn: Turn, command: Command) -> Command:
        """What is to be carried out: on a yes, what waited for it. Anything else than a yes lets it go."""
        state = turn.state
        if isinstance(command, ConfirmCommand) and state.waiting is not None:
            command, turn.confirmed = state.waiting, frozenset(state.shown)
        elif isinstance(command, CancelCommand):
            state.proposals = []
        state.waiting, state.shown = None, []
        return command

    def _carried_out(
        self, turn: Turn, command: Command, by: str, overtaken: bool
    ) -> Generator[ChatEvent, None, Outcome]:
        if isinstance(command, ConfirmCommand):
            return Outcome("现在没有等待确认的事。", failed=True)
        if isinstance(command, CancelCommand):
            return Outcome("好的，稿子没有改动。")
        if overtaken:
            clash = conflict(turn, command)
            if clash is not None and not turn.agreed(f"{clash.actual}"):
                yield clash
                text = f"{clash.author}已改动了这里（第{clash.actual}稿），您说的是第{clash.expected}稿。"
                ask = f"仍按现在的稿子执行“{clash.mine}”吗？"
                return Outcome(text + ask, ask=True, shown=f"{clash.actual}")
        if by == "model" and command.verb not in HARMLESS and not turn.agreed("model"):
            told = label(command, turn.latest.report if turn.latest is not None else None)
            return Outcome(f"我理解为：{told}。对吗？", ask=True, shown="model")
        self._office.allow(command)
        handled = _HANDLERS[command.verb](turn, command)
        outcome = handled if isinstance(handled, Outcome) else (yield from handled)
        return self._or_asked_first(turn, outcome)

    def _or_asked_first(self, turn: Turn, outcome: Outcome) -> Outcome:
        """A change that would end a sign-off is asked about first."""
        if outcome.report is None or turn.agreed("lapse"):
            return outcome
        status = self._office.reports.status(turn.draft.id)
        if status.stage == "draft" or outcome.report.content_hash() == turn.draft.report.content_hash():
            return outcome
        return Outcome(f"{status.told}。改动后须重新送审、签发。仍要改吗？", ask=True, shown="lapse")

    def _finished(self, turn: Turn, command: Command, outcome: Outcome) -> Iterator[ChatEvent]:
        state = turn.state
        state.last = command
        if outcome.ask:
            state.waiting, state.shown = command, [*turn.confirmed, outcome.shown]
        planned = outcome.planned or self._planned(turn, command, outcome)
        reply = self._kept(turn, command, outcome, planned)
        if reply.changed and planned is not None:
            diff = diff_reports(turn.draft.report, planned.draft.report)
            yield ChangeEvent(revision=reply.revision, changes=tuple(diff.changes), summary=diff.summary())
            for text in notices(turn.draft.report, planned.draft.report, turn.kind):
                yield NoticeEvent(text=text)
        yield reply

    def _planned(self, turn: Turn, command: Command, outcome: Outcome) -> Change | None:
        """The revision that a changed report becomes, checked. Raises EditError where a locked sentence is touched."""
        if outcome.report is None:
            return None
        return self._office.reports.plan.change(
            turn.draft.id,
            outcome.report,
            author=self.author,
            reason=outcome.reason,
            brief=outcome.brief,
            expected_revision=turn.revision,
            command_json=command.model_dump_json(),
            unlocks=command.verb == "unlock",
        )

    def _kept(self, turn: Turn, command: Command | None, outcome: Outcome, planned: Change | None = None) -> ReplyEvent:
        """Keep the turn, what it changed and what the session now remembers, in one transaction.

        Raises ConflictError where the report was changed meanwhile: nothing is kept then.
        """
        if self._left:
            raise _LeftError
        state = turn.state
        revision = planned.revision if planned is not None else None
        now = planned.draft.report if planned is not None else turn.latest.report if turn.latest is not None else None
        state.focus = _still_there(outcome.focus, now) or _still_there(state.focus, now)
        if revision is not None:
            # Proposals are for the report as it was: taken or not, they are over.
            state.proposals = []
        if turn.latest is None or turn.latest.id != state.report_id:
            state.seen = 1 if state.report_id else 0
        else:
            state.seen = turn.revision + (revision is not None)
        reply = ReplyEvent(
            text=outcome.text,
            report_id=state.report_id,
            revision=state.seen,
            changed=revision is not None,
            failed=outcome.failed,
            waits_for=state.waits_for,
        )
        kept = NewTurn(
            said=turn.said,
            command_json=command.model_dump_json() if command is not None else "",
            reply_json=reply.model_dump_json(),
            state_json=state.model_dump_json(),
            report=state.report_id or None,
            revision=state.seen or None,
        )
        self._record = self._office.store.chats.commit(self._record, kept, revision).session
        self.state = state
        return reply


def _still_there(place: Place | None, report: Report | None) -> Place | None:
    """The place, where it is still one of the report."""
    if place is None or report is None or not place.part:
        return None
    try:
        require_place(report, place)
    except NotFoundError:
        return None
    return place
