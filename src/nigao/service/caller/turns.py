"""One turn of a conversation under way: one at a time in each session, and nothing kept where it is left early."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator

from nigao.chat.commands import Command
from nigao.chat.events import ChatEvent
from nigao.chat.session import ChatSession
from nigao.errors import ConflictError

# The sessions in which a turn runs in this process, by their store: no other process has the workspace open.
_running: set[tuple[int, str]] = set()
_left = threading.Condition()


class RunningTurn:
    """Made, it holds its session until `leave`; another turn of the same session waits `patience` seconds for that, and
    is then refused.

    `step` and `leave` may be called from any thread, also `leave` while another thread is within `step`.
    """

    def __init__(
        self, store: object, session_id: str, resume: Callable[[], ChatSession], *, patience: float = 0
    ) -> None:
        """`resume` opens the session, after the turn before has ended. Raises ConflictError, and what `resume` does."""
        self._held = (id(store), session_id)
        with _left:
            if not _left.wait_for(lambda: self._held not in _running, patience):
                raise ConflictError("这次会话的上一句还没有办完", where=session_id, fix="等它办完再说，或另开一次会话")
            _running.add(self._held)
        self._stepping = threading.RLock()
        self._events: Generator[ChatEvent, None, None] | None = None
        self._over = False
        try:
            self.session = resume()
        except BaseException:
            self.leave()
            raise

    def say(self, said: str | Command, *, expected_revision: int | None = None) -> None:
        """Begin to say something (`ChatSession.send`); what was said before has ended."""
        self._events = self.session.send(said, expected_revision=expected_revision)

    def step(self) -> ChatEvent | None:
        """What comes next, None after the reply or where the turn was left. Raises what `ChatSession.send` does."""
        with self._stepping:
            return next(self._events, None) if self._events is not None and not self._over else None

    def run(self) -> list[ChatEvent]:
        """All that comes, the reply last. Raises as `step`."""
        told: list[ChatEvent] = []
        while (event := self.step()) is not None:
            told.append(event)
        return told

    def leave(self) -> None:
        """End the turn wherever it is: what had not come to its reply is as if it had never been said."""
        if self._over:
            return
        if self._events is not None:
            self.session.leave()
        with self._stepping:
            self._over = True
            if self._events is not None:
                self._events.close()
        with _left:
            _running.discard(self._held)
            _left.notify_all()
