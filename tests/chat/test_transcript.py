"""A whole conversation over the sample report, offline: sixty turns as people type them, and the text that comes of it.

`transcript.yaml` holds what was said, whether it changed the report, and how the reply begins; `transcript.txt` the
report in the end. Every turn was read by a person before it was put there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from conversing import reply, turn

from nigao import Assistant, Brief
from nigao.report.model import Origin

HERE = Path(__file__).parent
TRANSCRIPT = yaml.safe_load((HERE / "transcript.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def office(synced_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    """The sample report, found by words alone: a model's vectors differ in their last bits from processor to processor,
    and a sentence more or less in the report would make another text of every turn that follows.
    """
    folder = tmp_path / "ws"
    shutil.copytree(synced_sample, folder)
    monkeypatch.chdir(folder)
    with Assistant.open(folder, embeddings=False) as assistant:
        assistant.draft(Brief.load(folder / "brief.yaml"), author="周文清")
        yield assistant


def test_sixty_turns_come_to_the_text_that_they_ask_for(office: Assistant) -> None:
    assert len(TRANSCRIPT) == 60
    session = office.chat("r0001", author="方立群", offline=True)
    for entry in TRANSCRIPT:
        ended = reply(turn(session, entry["said"]))
        assert ended.text.startswith(entry["reply"]), entry["said"]
        assert ended.changed == entry["changed"], entry["said"]
    draft = session.draft
    assert draft is not None
    assert draft.text() == (HERE / "transcript.txt").read_text(encoding="utf-8")
    # Nothing came in but the corpus's words, the facts and what the editor typed.
    typed = "".join(entry["said"] for entry in TRANSCRIPT)
    for sentence in draft.report.sentences():
        assert sentence.citations or sentence.facts or sentence.origin is not Origin.SOURCE
        if sentence.origin is Origin.HUMAN:
            assert sentence.text.rstrip("。") in typed
    assert not draft.errors
    assert office.reports.status("r0001").stage == "submitted"
    assert office.store.audit.examine().turns == 60
    assert (Path.cwd() / f"{draft.report.title.text}.docx").is_file() if draft.report.title else False
