"""`nigao chat`: a conversation on the terminal, or turn by turn from a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from nigao.chat.events import ReplyEvent
from nigao.cli.console import FOUND, err, note, say
from nigao.cli.modeloptions import ModelOptions
from nigao.cli.turns import tell
from nigao.cli.workspace import open_assistant, person

if TYPE_CHECKING:
    from nigao.chat.session import ChatSession

_LEAVING = ("/quit", "/exit", "/退出", "退出", "再见", "quit", "exit")


def run_chat(report: str, *, by: str, as_json: bool, fresh: bool, model: ModelOptions) -> None:
    """Talk until the end of the input; from a pipe, exits 1 where a turn could not be carried out."""
    with open_assistant() as assistant:
        assert assistant.settings is not None
        chosen = model.over(assistant.settings.model)
        session = assistant.chat(report, author=person(by), fresh=fresh, model=chosen, offline=chosen is None)
        if sys.stdin.isatty() and not as_json:
            _converse(session, assistant.settings.data / "chat_history")
            return
        good = True
        for line in _piped():
            good = _turn(session, line, as_json=as_json) and good
    if not good:
        raise typer.Exit(FOUND)


def _piped() -> Iterator[str]:
    for line in sys.stdin:
        said = line.strip()
        if said and not said.startswith("#"):
            yield said


def _turn(session: ChatSession, said: str, *, as_json: bool) -> bool:
    """One turn; whether it was carried out."""
    done = False
    if not as_json:
        say(f"> {said}")
    for event in session.send(said):
        if as_json:
            sys.stdout.write(event.model_dump_json() + "\n")
            sys.stdout.flush()
        else:
            tell(event)
        if isinstance(event, ReplyEvent):
            done = not event.failed
    return done


def _converse(session: ChatSession, history: os.PathLike[str]) -> None:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    from nigao.cli.completing import ReportCompleter

    _greet(session)
    asking: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)), completer=ReportCompleter(session), complete_while_typing=False
    )
    while True:
        try:
            said = asking.prompt("拟稿> ").strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            break
        if said.lower() in _LEAVING:
            break
        if said:
            _guarded_turn(session, said)
    note("会话已保存，下次运行 nigao chat 接着来。")


def _guarded_turn(session: ChatSession, said: str) -> None:
    """One turn; Ctrl-C ends it and leaves the report and the session as they were."""
    turn = session.send(said)
    try:
        for event in turn:
            tell(event)
    except KeyboardInterrupt:
        turn.close()
        err.print("已中断，这一轮没有改动稿子。")


def _greet(session: ChatSession) -> None:
    draft = session.draft
    if draft is None:
        say("还没有报告。说“起草 拟稿要求.yaml”开始，或说“帮助”。")
        return
    title = draft.report.title.text if draft.report.title is not None else draft.id
    say(f"{draft.id} 《{title}》，第{session.state.seen or 1}稿。直接说要做什么，说“帮助”看例子，Ctrl-D 退出。", "bold")
