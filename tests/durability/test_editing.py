"""Processes change one report at once, one is killed in the middle: no change is lost, none is kept by halves."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from nigao.backup import back_up, restore
from nigao.report.model import Part, Report, Sentence
from nigao.revising.steps import Steps
from nigao.settings import load_settings
from nigao.store import NewTurn, Store
from nigao.workspace import create_workspace

# Enough to notice a hole; NIGAO_EDITS=500 looks for one in earnest.
EDITS = int(os.environ.get("NIGAO_EDITS", "60"))
KILLS = max(2, int(os.environ.get("NIGAO_KILLS", "6")) // 4)
ID = "r0001"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "nigao.db"
    part = Part(key="basics", ordinal="一、", heading=Sentence(text="基本情况"))
    with Store.open(file) as store:
        store.reports.add(Report(kind="political-ecology", parts=[part], unit="云汀市档案馆"), "", "[]", "周敏", "收入")
    return file


def _child(database: Path, name: str, edits: int) -> subprocess.Popen[str]:
    script, seed = str(Path(__file__).with_name("edit_child.py")), str(random.randrange(1 << 30))
    command = [sys.executable, script, str(database), name, str(edits), seed]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    child = subprocess.Popen(command, text=True, **pipes)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def _begin(child: subprocess.Popen[str]) -> None:
    assert child.stdin is not None
    child.stdin.write("\n")
    child.stdin.flush()


def _lines(store: Store, revision: int) -> list[str]:
    return [sentence.text for sentence in store.reports.get(ID, revision).report.parts[0].lead]


def _assert_follows(store: Store, told: dict) -> None:
    """The revision is what its act makes of the one before: nobody's change in between was lost."""
    revision, mark = told["revision"], told.get("mark", "")
    was, now = _lines(store, revision - 1), _lines(store, revision)
    match told["act"]:
        case "add":
            assert mark not in was
            assert [text for text in now if text != mark] == was
            assert now.count(mark) == 1
        case "drop":
            assert mark in was
            assert now == [text for text in was if text != mark]
        case "restore":
            assert now == _lines(store, told["back"])
        case act:
            before = Steps.of(store.reports.history(ID)[: revision - 1])
            to = before.done[-2] if act == "undo" else before.undone[-1]
            assert now == _lines(store, to.revision)


def test_two_at_one_report_lose_nothing(database: Path) -> None:
    children = {name: _child(database, name, EDITS // 2) for name in ("李强", "王芳")}
    for child in children.values():
        _begin(child)
    told = []
    for name, child in children.items():
        out, err = child.communicate(timeout=1200)
        assert child.returncode == 0, err
        told += [json.loads(line) | {"by": name} for line in out.splitlines()]
    told.sort(key=lambda one: one["revision"])
    assert [one["revision"] for one in told] == list(range(2, len(told) + 2))
    assert len(told) == EDITS // 2 * 2
    with Store.open(database) as store:
        history = store.reports.history(ID)
        assert [entry.author for entry in history[1:]] == [one["by"] for one in told]
        for one in told:
            _assert_follows(store, one)
        found = store.audit.examine()
        assert found.revisions == len(history) == len(told) + 1
        turns = [turn.revision for session in store.chats.list(ID) for turn in store.chats.turns(session.id)]
        assert found.turns == len(turns) == len(set(turns))


def test_a_turn_that_is_killed_is_kept_whole_or_not_at_all(database: Path) -> None:
    before = 1
    for _ in range(KILLS):
        child = _child(database, "李强", 100_000)
        _begin(child)
        assert child.stdout is not None
        for _ in range(random.randint(1, 6)):
            assert child.stdout.readline()
        child.kill()
        child.communicate()
        with Store.open(database) as store:
            assert store.unsound() == ""
            found, history = store.audit.examine(), store.reports.history(ID)
            assert found.revisions == len(history) > before
            before = len(history)
            turns = [turn for session in store.chats.list(ID) for turn in store.chats.turns(session.id)]
            assert {turn.revision for turn in turns} <= {entry.revision for entry in history}
            for session in store.chats.list(ID):
                kept = store.chats.turns(session.id)
                assert (session.turns, session.revision or 0) == (
                    len(kept),
                    kept[-1].revision if kept else session.revision,
                )


def test_a_backup_brings_conversations_and_sign_off_back(tmp_path: Path) -> None:
    create_workspace(tmp_path / "ws")
    settings = load_settings(tmp_path / "ws")
    with Store.open(settings.database) as store:
        kept = store.reports.add(Report(kind="political-ecology"), "", "[]", "周敏", "收入")
        session = store.chats.open(ID, "李强")
        turn = store.chats.commit(session, NewTurn("看看", "{}", "{}", '{"a":1}')).turn
        step = store.signoffs.add(ID, "submitted", "李强", content_hash=kept.content_hash, after=0)
        found = store.audit.examine()
    back_up(settings, tmp_path / "b.zip")
    with Store.open(settings.database) as store:
        store.chats.commit(store.chats.get(session.id), NewTurn("再看看", "{}", "{}", '{"a":2}'))
    restore(settings, tmp_path / "b.zip")
    with Store.open(settings.database) as store:
        assert store.chats.turns(session.id) == [turn]
        assert store.chats.get(session.id).state_json == '{"a":1}'
        assert store.signoffs.list(ID) == [step]
        # The restored state says that it is one.
        assert store.audit.examine().events == found.events + 1
