"""Completion on the line of `nigao chat`: commands behind a slash, and the report's places by number or by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from nigao.report.places import Place, told, walk_items

if TYPE_CHECKING:
    from nigao.chat.session import ChatSession
    from nigao.report.model import Report

_COMMANDS = (
    "/show 看", "/outline 提纲", "/why 依据", "/check 核对", "/fix 自动修正", "/undo 撤销", "/redo 重做",
    "/history 修改记录", "/compare 比较", "/export 导出", "/submit 送审", "/approve 签发", "/help 帮助", "/quit 退出",
)  # fmt: skip


class ReportCompleter(Completer):
    """Offers what could stand at the cursor."""

    def __init__(self, session: ChatSession) -> None:
        self._session = session

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """What goes on from the words before the cursor."""
        before = document.text_before_cursor
        if before.startswith("/") and " " not in before:
            for entry in _COMMANDS:
                name, meaning = entry.split(" ")
                if name.startswith(before):
                    yield Completion(name, start_position=-len(before), display_meta=meaning)
            return
        draft = self._session.draft
        for name, meaning in place_names(draft.report) if draft is not None else ():
            typed = next((n for n in range(min(len(name) - 1, len(before)), 0, -1) if before.endswith(name[:n])), 0)
            if typed:
                yield Completion(name, start_position=-typed, display_meta=meaning)


def place_names(report: Report) -> Iterator[tuple[str, str]]:
    """Every part and item by its number, and by its heading's words."""
    for part in report.parts:
        yield told(report, Place(part=part.key)), part.heading.text
        yield part.heading.text, ""
        for place, item in walk_items(part):
            first = item.heading or next(iter(item.sentences), None)
            words = first.text.rstrip("。") if first is not None else ""
            yield told(report, place), words
            if words:
                yield words, told(report, place)
