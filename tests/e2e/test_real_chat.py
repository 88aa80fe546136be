"""A whole conversation with a tiny real model that reads the turns and rewrites: the invariants hold throughout.

What it makes of a turn is nonsense more often than not. Nothing may come of that but questions, refusals, and changes
that somebody said yes to.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import yaml
from soundness import assert_supported

from nigao import Assistant, Brief
from nigao.chat.events import ReplyEvent, UnderstoodEvent
from nigao.chat.session import HARMLESS, ChatSession
from nigao.modelsettings import ModelSettings

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost"])]

# A turn takes some seconds of both cores; NIGAO_CHAT_TURNS=60 goes through all of them.
TURNS = int(os.environ.get("NIGAO_CHAT_TURNS", "3"))
TRANSCRIPT = Path(__file__).parents[1] / "chat" / "transcript.yaml"


@pytest.fixture
def office(synced_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    folder = Path(shutil.copytree(synced_sample, tmp_path / "ws"))
    monkeypatch.chdir(folder)
    assistant = Assistant.open(folder, embeddings=False)
    assistant.draft(Brief.load(folder / "brief.yaml"))
    return assistant


def said() -> list[str]:
    """So many turns of the transcript, spread over it."""
    turns = [entry["said"] for entry in yaml.safe_load(TRANSCRIPT.read_text(encoding="utf-8"))]
    return turns[:: max(1, len(turns) // TURNS)][:TURNS]


def model(base_url: str) -> ModelSettings:
    return ModelSettings(
        name="gemma-3-270m",
        base_url=base_url,
        seed=7,
        temperature=1.0,
        timeout=120,
        retries=0,
        structured="json_schema",
        tokens_per_answer=120,
        tokens_per_call=2000,
        tokens_per_report=6000,
    )


def answered(session: ChatSession, words: str) -> tuple[ReplyEvent, list[UnderstoodEvent]]:
    events = list(session.send(words))
    ended = events[-1]
    assert isinstance(ended, ReplyEvent)
    return ended, [event for event in events if isinstance(event, UnderstoodEvent)]


@pytest.mark.parametrize("rules", [True, False], ids=["as-rewriter", "as-interpreter"])
def test_the_invariants_hold_through_a_conversation(llama: str, office: Assistant, rules: bool) -> None:
    session = office.chat("r0001", author="方立群", rules=rules, model=model(llama))
    for words in said():
        before = office.reports.get("r0001").revision
        ended, understood = answered(session, words)
        if understood and understood[0].by == "model" and understood[0].command.verb not in HARMLESS:
            assert not ended.changed, f"{words}: done unasked"
        if ended.waits_for == "confirm":
            ended, _ = answered(session, "确认")
        elif ended.waits_for == "proposal":
            ended, _ = answered(session, "全部采用")
        draft = office.reports.get("r0001")
        assert draft.revision - before <= 1 + (ended.waits_for == "confirm"), words
        assert_supported(draft, office)
        # An editor may overrule a fact by hand, and is told; a model may not.
        worded = [sentence.text for sentence in draft.report.sentences() if sentence.worded_by]
        assert not [finding for finding in draft.errors if any(finding.text in text for text in worded)], words
    office.store.audit.verify()
    turns = office.store.chats.turns(session.id)
    made = [entry.revision for entry in office.reports.history("r0001")[1:]]
    assert [turn.revision for turn in turns if turn.revision] == made
    office.close()
