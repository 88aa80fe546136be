"""`nigao chat`: from a pipe, as JSON, and on a real terminal."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from commands import Command

from chat_server import ChatServer
from duty_report import REPORT
from nigao import Assistant, Brief


@pytest.fixture
def talking(empty: Path) -> Path:
    """A workspace without embeddings that holds a report."""
    config = empty / "nigao.toml"
    config.write_text(
        config.read_text(encoding="utf-8").replace('embeddings = "local"', 'embeddings = "none"'), encoding="utf-8"
    )
    with Assistant.open(empty) as assistant:
        brief = Brief.parse("{unit: 值班中心, facts: [{name: 工作人员, value: 12, unit: 名}]}")
        assistant.store.reports.add(assistant.parse(REPORT), brief.model_dump_json(), "[]", "周文清", "拟稿")
    return empty


def piped(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))


def test_turns_from_a_pipe_are_carried_out_one_by_one(
    nigao: Command, talking: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, "# 说明：整理问题", "问题一和问题二对调", "三（一）第二句的依据是什么", "撤销")
    done = nigao("--workspace", talking, "chat", "r0001", "--by", "方立群")
    assert done.code == 0, done.err
    assert "> 问题一和问题二对调" in done.out
    assert "对调" in done.out
    history = json.loads(nigao("--workspace", talking, "report", "history", "r0001", "--json").out)
    assert [(entry["author"], entry["act"]) for entry in history] == [
        ("周文清", "draft"),
        ("方立群", "edit"),
        ("方立群", "undo"),
    ]


def test_what_could_not_be_done_exits_1_and_the_rest_is_done(
    nigao: Command, talking: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, "删除问题九", "删除问题二")
    assert nigao("--workspace", talking, "chat", "r0001", "--by", "方立群").code == 1
    with Assistant.open(talking) as assistant:
        assert "设备检查不够经常" not in assistant.reports.get("r0001").text()


def test_every_event_is_a_line_of_json(nigao: Command, talking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, "删除问题二")
    done = nigao("--workspace", talking, "chat", "--json", "--by", "方立群")
    events = [json.loads(line) for line in done.out.splitlines()]
    assert [event["type"] for event in events] == ["understood", "change", "reply"]
    assert events[0]["command"] == {"verb": "delete", "places": [{"part": "problems", "item": [2], "sentence": None}]}
    assert events[-1]["revision"] == 2


def test_who_speaks_is_named_by_the_environment(nigao: Command, talking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGAO_PERSON", "沈佳")
    piped(monkeypatch, "删除问题二")
    nigao("--workspace", talking, "chat")
    with Assistant.open(talking) as assistant:
        assert [entry.author for entry in assistant.reports.history("r0001")] == ["周文清", "沈佳"]


def test_an_unknown_report_is_told(nigao: Command, talking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, "撤销")
    refused = nigao("--workspace", talking, "chat", "r0099")
    assert refused.code == 2
    assert "没有这份报告" in refused.err


def test_two_revisions_are_compared(
    nigao: Command, talking: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    piped(monkeypatch, "删除问题二")
    nigao("--workspace", talking, "chat", "--by", "方立群")
    shown = nigao("--workspace", talking, "report", "diff", "r0001")
    assert "第1稿 → 第2稿" in shown.out
    assert "设备检查不够经常" in shown.out
    told = json.loads(nigao("--workspace", talking, "report", "diff", "r0001", 1, 2, "--json").out)
    assert {change["kind"] for change in told["changes"]} == {"removed"}
    out = tmp_path / "对比.docx"
    assert nigao("--workspace", talking, "report", "diff", "r0001", "-o", out).code == 0
    assert out.stat().st_size > 0
    assert nigao("--workspace", talking, "report", "diff", "r0001", "-o", tmp_path / "对比.pdf").code == 2


# Ctrl-C typed there must reach the process as a signal: the terminal has to be its own, and the signal heard, which
# the processes that run tests side by side ignore.
_OWN_TERMINAL = (
    "import fcntl, signal, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "signal.signal(signal.SIGINT, signal.default_int_handler); from nigao.cli.main import run; run()"
)


class Terminal:
    """`nigao …` on a terminal of its own; what it shows is read as it comes."""

    def __init__(self, *words: str) -> None:
        self._mine, theirs = pty.openpty()
        environment = os.environ | {"TERM": "xterm", "COLUMNS": "200", "LINES": "50", "PROMPT_TOOLKIT_NO_CPR": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _OWN_TERMINAL, *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env=environment,
        )
        os.close(theirs)
        self.shown = ""

    def until(self, words: str, seconds: float = 60) -> None:
        """Read on until the words are shown; what was shown up to them is forgotten."""
        end = time.monotonic() + seconds
        while words not in self.shown:
            assert time.monotonic() < end, self.shown
            if select.select([self._mine], [], [], 0.2)[0]:
                try:
                    self.shown += os.read(self._mine, 65536).decode("utf-8", "replace")
                except OSError:
                    break
        assert words in self.shown, self.shown
        self.shown = self.shown.partition(words)[2]

    def type(self, keys: str) -> None:
        """Type on the keyboard."""
        os.write(self._mine, keys.encode())

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def close(self) -> int:
        """Wait for the end: the exit code."""
        reader = threading.Thread(target=self._drain, daemon=True)
        reader.start()
        code = self._process.wait(timeout=60)
        os.close(self._mine)
        return code

    def _drain(self) -> None:
        while True:
            try:
                if not os.read(self._mine, 65536):
                    return
            except OSError:
                return


def test_a_conversation_on_a_terminal(talking: Path) -> None:
    with Terminal("--workspace", str(talking), "chat", "r0001", "--by", "方立群") as terminal:
        terminal.until("拟稿>")
        terminal.type("删除问题二\r")
        terminal.until("已删除三、二是")
        terminal.until("拟稿>")
        terminal.type("三\t")
        terminal.until("三、一是")
        # Clears the line.
        terminal.type("\x03")
        terminal.until("拟稿>")
        terminal.type("撤销\r")
        terminal.until("已撤销")
        terminal.until("拟稿>")
        terminal.type("\x04")
        assert terminal.close() == 0
    with Assistant.open(talking) as assistant:
        assert [entry.act for entry in assistant.reports.history("r0001")] == ["draft", "edit", "undo"]


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_ctrl_c_ends_the_turn_and_keeps_the_session(talking: Path) -> None:
    asked = threading.Event()

    def hanging(request: object) -> str:
        asked.set()
        time.sleep(30)
        return "{}"

    with ChatServer(hanging) as server:
        model = ("--model", "慢", "--base-url", server.base_url)
        with Terminal("--workspace", str(talking), "chat", "r0001", "--by", "方立群", *model) as terminal:
            terminal.until("拟稿>")
            terminal.type("你看着弄弄这个啥\r")
            assert asked.wait(60)
            terminal.type("\x03")
            terminal.until("已中断")
            terminal.until("拟稿>")
            terminal.type("删除问题二\r")
            terminal.until("已删除三、二是")
            terminal.until("拟稿>")
            terminal.type("\x04")
            assert terminal.close() == 0
    with Assistant.open(talking) as assistant:
        assert [entry.act for entry in assistant.reports.history("r0001")] == ["draft", "edit"]
