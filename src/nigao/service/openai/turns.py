"""A turn's events as text to read, in the order in which a person wants them: what to know, then the reply."""

from __future__ import annotations

from collections.abc import Callable

from nigao.chat.events import (
    ChangeEvent,
    ChatEvent,
    ConflictEvent,
    EvidenceEvent,
    NoticeEvent,
    ProposalEvent,
    ReplyEvent,
    UnderstoodEvent,
)
from nigao.chat.lines import proposal_lines
from nigao.drafting.events import PartEvent, TroubleEvent
from nigao.service.citedtext import CitationView
from nigao.service.openai.shapes import Piece, Said, Thought


class TurnTeller:
    """Hears the events of one turn and tells them; `answer` is all that was told of the answer so far."""

    def __init__(self, tell: Callable[[Piece], None]) -> None:
        self._tell = tell
        self.answer = ""
        self.reply = ReplyEvent(text="")
        self.citations: list[CitationView] = []

    def hear(self, event: ChatEvent) -> None:
        """Take in one event. The reply's words hold what evidence and text shown besides say."""
        match event:
            case UnderstoodEvent():
                self._tell(Thought(f"{event.label}{'（模型理解）' if event.by == 'model' else ''}\n"))
            case NoticeEvent():
                self._say(event.text)
            case ConflictEvent():
                self._say(*(change.text() for change in event.theirs))
            case ProposalEvent():
                self._say(*proposal_lines(event))
            case ChangeEvent():
                self._say(*(change.text() for change in event.changes))
            case EvidenceEvent():
                self._note(event)
            case PartEvent(state="begun"):
                self._tell(Thought(f"正在起草：{event.heading}\n"))
            case TroubleEvent():
                self._tell(Thought(f"模型未能完成：{event.message}\n"))
            case ReplyEvent():
                self.reply = event
            case _:
                pass

    def end(self) -> None:
        """Tell the reply, and which revision of which report it leaves."""
        self._say(self.reply.text)
        if self.reply.report_id:
            self._say(f"（报告 {self.reply.report_id} 第{self.reply.revision}稿）")

    def _say(self, *lines: str) -> None:
        for line in lines:
            text = f"\n{line}" if self.answer else line
            self.answer += text
            self._tell(Said(text))

    def _note(self, event: EvidenceEvent) -> None:
        fields = {name: getattr(event, name) for name in CitationView.model_fields if name != "marker"}
        self.citations.append(CitationView(marker=len(self.citations) + 1, **fields))
