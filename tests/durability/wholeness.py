"""What must hold of a workspace whatever happened to it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import office_corpus
from job_server import opened

from nigao import Assistant


def assert_whole(folder: Path) -> None:
    """`corpus verify` finds nothing, and every passage is found by its words, and by its vector where it has one."""
    with opened(folder) as assistant:
        assert assistant.verify() == []
        assert_all_found(assistant)


def assert_all_found(assistant: Assistant, every: int = 1) -> None:
    """Each passage is found; in a large corpus one of so many is looked for."""
    evidence = assistant.store.documents.evidence_ids(dt.date.today())
    passages = assistant.store.documents.passages(evidence)[::every]
    assert passages
    for passage in passages:
        by_words = assistant.hybrid.search(passage.text, 3, words_only=True)
        assert passage.id in {hit.passage.id for hit in by_words}
    status = assistant.hybrid.status()
    for passage in passages if status.embedded == status.passages else []:
        best = assistant.hybrid.search(passage.text, 3)[0]
        assert best.passage.id == passage.id
        assert best.dense is not None
        assert best.dense > 0.9


def assert_one_edition_each(folder: Path) -> None:
    """Each document is in one of its approved editions as a whole: all its passages, and none of another's."""
    with opened(folder) as assistant:
        for document in assistant.store.documents.all():
            number = int(document.id.removeprefix("d"))
            text = assistant.store.documents.text(document.id)
            squeezed = "".join(text.split())
            assert squeezed in {"".join(office_corpus.document(number, edition).split()) for edition in (1, 2)}
            held = "".join(passage.text for passage in assistant.store.documents.passages([document.id]))
            assert not held or held.count("作出第") == office_corpus.SECTIONS


def answers(folder: Path) -> dict[str, list[str]]:
    """What is found after a sync is completed."""
    with opened(folder) as assistant:
        assistant.sync()
        assistant.embed()
        assert assistant.verify() == []
        return {task: [hit.passage.id for hit in assistant.search(task, 20)] for task in office_corpus.TASKS}
