"""A running draft heard from a generator: its events one by one, and a way to stop it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import TypeVar

from nigao.chat.events import Progress
from nigao.chat.turn import Turn
from nigao.drafting.events import DoneEvent, DraftEvent
from nigao.drafting.run import DraftRun

ResultT = TypeVar("ResultT")
_PATIENCE_SECONDS = 5.0


def follow(run: DraftRun[ResultT], turn: Turn) -> Iterator[Progress]:
    """The run's events as they come, `done` left out: a turn has an end of its own. Leaving early cancels the run, and
    does not wait long for it: nothing that it still does is kept.

    What the run raises is raised here.
    """
    heard: queue.Queue[DraftEvent | None] = queue.Queue()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            run.wait(heard.put)
        except BaseException as error:
            failed.append(error)
        finally:
            heard.put(None)

    turn.cancel.append(run.cancel)
    thread = threading.Thread(target=work, name="nigao-turn", daemon=True)
    thread.start()
    try:
        while (event := heard.get()) is not None:
            if not isinstance(event, DoneEvent):
                yield event
    finally:
        run.cancel()
        thread.join(_PATIENCE_SECONDS)
        turn.cancel.remove(run.cancel)
    if failed:
        raise failed[0]
