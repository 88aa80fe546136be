"""The facade's own promises, beyond what drafting and the command line show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from nigao import Assistant
from nigao.errors import UsageError, WorkspaceError
from nigao.store import Store


def test_the_retriever_gives_what_search_gives(sample_assistant: Assistant) -> None:
    found = sample_assistant.retriever(k=3).invoke("窗口服务好差评")
    hits = sample_assistant.search("窗口服务好差评", 3)
    assert [document.metadata["passage_id"] for document in found] == [hit.passage.id for hit in hits]


def test_in_memory_needs_a_manifest(tmp_path: Path) -> None:
    with Assistant.in_memory() as assistant, pytest.raises(UsageError):
        assistant.sync()


def test_add_refuses_one_title_for_two_files(tmp_path: Path) -> None:
    with Assistant.in_memory() as assistant, pytest.raises(UsageError):
        assistant.add(
            [tmp_path / "a.txt", tmp_path / "b.txt"],
            role="basis",
            approved_by="程立",
            approved_on=dt.date(2025, 1, 1),
            title="同一个标题",
        )


def test_verify_tells_what_is_wrong(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "制度.txt"
    path.write_text(
        "值班制度\n\n工作日值班由综合科安排，负责接待来访群众并处理紧急事项，交接情况逐日登记。\n", encoding="utf-8"
    )
    folder = tmp_path / "ws"
    with Assistant.create(folder) as assistant:
        assistant.add([path], role="basis", approved_by="程立", approved_on=dt.date(2025, 1, 1))
        assert assistant.verify() == []
    with sqlite3.connect(folder / ".nigao" / "nigao.db") as database:
        database.execute("update passages set text = replace(text, '综合科', '办公室')")
        database.execute("update audit set detail = replace(detail, '程立', '别人')")
    database.close()
    with Assistant.open(folder, embeddings=False) as assistant:
        problems = assistant.verify()
    assert any("段落与原文不一致" in problem for problem in problems)
    assert any("审计" in problem for problem in problems)


def test_a_workspace_can_be_moved(tmp_path: Path) -> None:
    with Assistant.create(tmp_path / "here", sample=True) as assistant:
        assistant.sync()
    (tmp_path / "here").rename(tmp_path / "there")
    with Assistant.open(tmp_path / "there", embeddings=False) as assistant:
        result = assistant.sync()
    assert result.admitted == []
    assert len(result.unchanged) == 35


def test_no_workspace_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        Assistant.open(tmp_path)


def test_an_open_store_can_be_used_as_it_is() -> None:
    with Assistant(Store.in_memory(), None) as assistant:
        assert assistant.search("任何内容") == []
