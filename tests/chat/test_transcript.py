"""A whole conversation over the sample report, offline: sixty turns as people type them, and the text that comes of it.

`transcript.yaml` holds what was said, whether it changed the report, and how the reply begins; `transcript.txt` the
report in the end. Every turn was read by a person before it was put there.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from conversing import reply, turn

from nigao import Assistant
from nigao.report.model import Origin

HERE = Path(__file__).parent
TRANSCRIPT = yaml.safe_load((HERE / "transcript.yaml").read_text(encoding="utf-8"))


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
