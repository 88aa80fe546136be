"""The events of a turn on the terminal: what was understood, what changed in colour, and the reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from nigao.chat.events import (
    ChangeEvent,
    ChatEvent,
    ConflictEvent,
    NoticeEvent,
    ProposalEvent,
    ReplyEvent,
    UnderstoodEvent,
    Verdict,
)
from nigao.chat.lines import proposal_lines
from nigao.cli.console import err, note, out, say
from nigao.drafting.events import PartEvent, SentenceEvent, TroubleEvent

if TYPE_CHECKING:
    from nigao.report.editing.diff import Change

_STYLES = {"same": "", "del": "red strike", "ins": "green"}
_VERDICTS = {Verdict.PASSED: "green", Verdict.PERSON: "yellow", Verdict.REJECTED: "red"}


def tell(event: ChatEvent) -> None:
    """Tell one event. The words of the reply hold all that matters; the rest is what a person watches meanwhile."""
    match event:
        case UnderstoodEvent():
            by = "（模型理解）" if event.by == "model" else ""
            note(f"· {event.label}{by}")
        case NoticeEvent():
            say(event.text, "yellow")
        case ConflictEvent():
            for change in event.theirs:
                tell_change(change)
        case ProposalEvent():
            _tell_proposal(event)
        case ChangeEvent():
            for change in event.changes:
                tell_change(change)
        case ReplyEvent():
            _tell_reply(event)
        case _:
            _tell_drafting(event)


def tell_change(change: Change) -> None:
    """One change of a comparison, with what went struck out and what came in colour."""
    if not out.is_terminal or not change.pieces:
        say(f"  {change.text()}")
        return
    line = Text(f"  {change.kind_word}　{change.label}：", style="bold")
    for piece in change.pieces:
        line.append(piece.text.replace("\n", " "), style=_STYLES[piece.op])
    out.print(line)


def _tell_proposal(event: ProposalEvent) -> None:
    style = _VERDICTS[event.verdict] if out.is_terminal else ""
    head, *was, now = proposal_lines(event)
    out.print(Text(head, style=style))
    for line in was:
        out.print(Text(line, style="dim" if out.is_terminal else ""))
    out.print(Text(now))


def _tell_reply(event: ReplyEvent) -> None:
    say(event.text, "red" if event.failed else None)
    if event.changed:
        note(f"  （{event.report_id} 第{event.revision}稿）")


def _tell_drafting(event: ChatEvent) -> None:
    match event:
        case PartEvent(state="begun"):
            note(f"正在起草：{event.heading}")
        case SentenceEvent() if event.sentence.worded_by and event.position >= 0 and err.is_terminal:
            note(f"  {event.sentence.text}")
        case TroubleEvent():
            note(f"模型未能完成：{event.message}")
        case _:
            pass
