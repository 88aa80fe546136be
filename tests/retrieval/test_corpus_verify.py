"""`corpus verify` finds what is wrong, and nothing in a corpus that is only odd."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from retrieval_samples import put

from nigao import Assistant
from nigao.retrieval import HashingEmbedder, HybridSearch
from nigao.retrieval.verify import corpus_problems
from nigao.store import Store


def _problems(store: Store, workspace: Path) -> list[str]:
    with HybridSearch(store, HashingEmbedder(), workspace) as search:
        search.embed_pending()
        return corpus_problems(store, search)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["值班人员逐日登记，发现问题当日报告，不得瞒报漏报。"] * 3000),
        "\n".join(f"第{n}行，值班人员登记。" for n in range(300)),
        "——。\n！！！\n2025-01-10 12:30\nABC 123\nＡＢＣ　１２３",
        "㎏、①、ﾊﾝ、Ⅳ级，全角１２３。" * 30,
    ],
    ids=["the same again and again", "nearly the same", "not a word", "widths"],
)
def test_odd_texts_are_found_again(tmp_path: Path, text: str) -> None:
    file = tmp_path / "odd.txt"
    file.write_text(text, encoding="utf-8")
    with Assistant.in_memory(HashingEmbedder(64)) as assistant:
        assistant.add([file], role="material", approved_by="周文清", approved_on=dt.date(2025, 1, 10))
        assistant.embed()
        assert assistant.hybrid.status().passages
        assert assistant.verify() == []


def test_a_passage_that_is_not_in_its_text_is_told(store: Store, workspace: Path) -> None:
    put(store, "d01", "值班人员逐日登记，发现问题当日报告。")
    assert _problems(store, workspace) == []
    with sqlite3.connect(workspace / "nigao.db") as database:
        database.execute("UPDATE passages SET text = '改过' || text WHERE position = 1 AND document_id = 'd01'")
    database.close()
    assert any("与原文不一致" in problem for problem in _problems(store, workspace))


def test_a_record_without_its_owner_is_told(store: Store, workspace: Path) -> None:
    put(store, "d01", "值班人员逐日登记，发现问题当日报告。")
    with sqlite3.connect(workspace / "nigao.db") as database:
        database.execute("INSERT INTO supersessions VALUES ('nobody', 'd01')")
    database.close()
    assert any("数据库有损坏" in problem for problem in _problems(store, workspace))


def test_a_text_that_nobody_approved_is_told(store: Store, workspace: Path) -> None:
    put(store, "d01", "值班人员逐日登记，发现问题当日报告。")
    with sqlite3.connect(workspace / "nigao.db") as database:
        database.execute("UPDATE documents SET sha256 = 'another' WHERE id = 'd01'")
    database.close()
    assert any("没有相应的批准" in problem for problem in _problems(store, workspace))
