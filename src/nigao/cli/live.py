"""A draft in the making, on the terminal: what is being done, what came of it, and Ctrl-C that keeps what is done."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nigao.cli.console import err, note
from nigao.draft import Draft
from nigao.drafting.events import DraftEvent, PartEvent, RepairEvent, SentenceEvent, TroubleEvent, UsageEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nigao.drafting.run import DraftRun


def follow(run: DraftRun[Draft]) -> Draft:
    """Run to the end, telling what happens; Ctrl-C stops the model and the draft is finished with what there is."""
    with _stopping(run):
        return run.wait(_Teller() if err.is_terminal else _tell_trouble)


@contextmanager
def _stopping(run: DraftRun[Draft]) -> Iterator[None]:
    """The first Ctrl-C cancels the run, the second ends the program."""

    def stop(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        note("正在停止：已写成的保留，其余用拟稿器的文字；再按一次 Ctrl-C 立即退出")
        run.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _tell_trouble(event: DraftEvent) -> None:
    if isinstance(event, TroubleEvent):
        note(f"模型未能完成：{event.message}")


class _Teller:
    """Tells the events on a terminal, one line for each thing worth knowing."""

    def __init__(self) -> None:
        self._headings: dict[str, str] = {}

    def __call__(self, event: DraftEvent) -> None:
        """Tell one event."""
        match event:
            case PartEvent(state="begun"):
                self._headings[event.part] = event.heading
                note(f"正在起草：{event.heading}")
            case PartEvent():
                note(f"写成：{event.heading}")
            case SentenceEvent() if event.sentence.worded_by and event.position >= 0:
                note(f"  {event.sentence.text}")
            case RepairEvent():
                note(f"  未通过核对（{event.reasons[0] if event.reasons else ''}）：{event.was}")
            case TroubleEvent():
                _tell_trouble(event)
            case UsageEvent():
                used = event.usage
                note(f"  已调用 {used.calls} 次，{used.input_tokens + used.output_tokens} 词元")
