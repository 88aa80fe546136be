"""SIGKILL in the middle of turns: the report is at the revision before or after, never between."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections import Counter
from pathlib import Path

import pytest
from job_client import JobServer
from job_server import TURNS, opened

from duty_report import REPORT
from nigao import Brief
from nigao.chat.events import ReplyEvent
from nigao.chat.state import SessionState

KILLS = max(2, int(os.environ.get("NIGAO_KILLS", "6")) // 6)


@pytest.fixture(scope="module")
def talking(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synced workspace with a report and a conversation about it."""
    folder = Path(shutil.copytree(template, tmp_path_factory.mktemp("talking") / "ws"))
    with opened(folder) as assistant:
        brief = Brief.parse("unit: 值班中心")
        assistant.store.reports.add(assistant.parse(REPORT), brief.model_dump_json(), "[]", "周文清", "拟稿")
        for _ in assistant.chat("r0001", author="方立群").send("列提纲"):
            pass
    return folder


def test_a_turn_that_is_killed_at_any_moment_happened_as_a_whole_or_not_at_all(
    jobs: JobServer, talking: Path, tmp_path: Path
) -> None:
    reached: Counter[int] = Counter()
    killed, tries, length = 0, 0, 0.0
    while killed < KILLS:
        folder = Path(shutil.copytree(talking, tmp_path / f"try-{tries}"))
        tries += 1
        assert tries <= 5 * KILLS + 10, "the turns end before they can be killed"
        began = time.monotonic()
        pid = jobs.start("turns", folder)
        if length:
            time.sleep(length * (killed + random.random()) / KILLS)
            was_killed = jobs.kill(pid)
        else:
            was_killed = jobs.end() != 0
            assert not was_killed, "the turns fail by themselves"
        if not was_killed:
            length = 0.8 * length or time.monotonic() - began
        killed += was_killed
        reached[_assert_before_or_after(folder)] += 1
        shutil.rmtree(folder)
    assert len(reached) > 1, "every kill came at the same place"


def _assert_before_or_after(folder: Path) -> int:
    """How many turns were kept: each with its revision, the session where the last of them left it."""
    with opened(folder) as assistant:
        assistant.store.audit.verify()
        history = assistant.reports.history("r0001")
        assert [entry.revision for entry in history] == list(range(1, len(history) + 1))
        record = assistant.store.chats.latest("r0001", "方立群")
        assert record is not None
        turns = assistant.store.chats.turns(record.id)
        said = [turn.said for turn in turns]
        assert said == ["列提纲", *TURNS][: len(said)]
        assert [turn.revision for turn in turns if turn.revision] == [entry.revision for entry in history[1:]]
        for turn in turns:
            reply = ReplyEvent.model_validate_json(turn.reply_json)
            assert reply.changed == (turn.revision is not None)
        assert SessionState.model_validate_json(record.state_json).seen == history[-1].revision
        # The conversation goes on where it stopped.
        events = list(assistant.chat("r0001", author="方立群").send("三（一）后面加一句：以后接着改。"))
        assert isinstance(events[-1], ReplyEvent)
        return len(said)
