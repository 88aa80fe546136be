"""Indexes are caches: whatever happens to their files, the answers are the same."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from retrieval_samples import TOPICS, fill, put

from nigao.retrieval import HashingEmbedder, HybridSearch
from nigao.store import Store

QUERIES = (*TOPICS, "第3季度用车", "档案借阅", "谈话")
Answers = list[list[tuple[str, float]]]

CRASH = [sys.executable, "-c", f"import os; os.kill(os.getpid(), {int(signal.SIGSEGV)})"]
FINE = [sys.executable, "-c", ""]


def _answers(search: HybridSearch) -> Answers:
    return [[(hit.passage.id, round(hit.score, 5)) for hit in search.search(query, 20)] for query in QUERIES]


@pytest.fixture
def expected(store: Store, workspace: Path) -> Answers:
    """A filled workspace that was closed cleanly, and what it answers."""
    fill(store)
    with HybridSearch(store, HashingEmbedder(), workspace) as search:
        search.embed_pending()
        assert search.status().dense == "chroma"
        return _answers(search)


def _again(store: Store, workspace: Path, probe: list[str] | None = None) -> Answers:
    options = {"probe": probe} if probe else {}
    with HybridSearch(store, HashingEmbedder(), workspace, **options) as search:
        status = search.status()
        assert (status.dense, status.note, status.embedded) == ("chroma", "", status.passages)
        return _answers(search)


def _marked(folder: Path) -> Path:
    """A file in the folder that shows later whether it was rebuilt."""
    mark = folder / "mark"
    mark.touch()
    return mark


def test_a_cleanly_closed_folder_is_used_without_a_probe(store: Store, workspace: Path, expected: Answers) -> None:
    place = list((workspace / "chroma").iterdir())
    assert _again(store, workspace, probe=CRASH) == expected
    assert list((workspace / "chroma").iterdir()) == place


def test_memory_disk_and_exact_answer_alike(store: Store, workspace: Path, expected: Answers) -> None:
    with HybridSearch(store, HashingEmbedder()) as search:
        assert search.status().dense == "chroma"
        assert _answers(search) == expected


def test_a_doubtful_folder_that_survives_the_probe_is_kept(store: Store, workspace: Path, expected: Answers) -> None:
    mark = _marked(workspace / "chroma")
    assert _again(store, workspace) == expected
    assert mark.exists()
    # It was sealed again, so that the next opening trusts it.
    assert _again(store, workspace, probe=CRASH) == expected
    assert mark.exists()


def test_a_folder_that_ends_the_interpreter_is_rebuilt(store: Store, workspace: Path, expected: Answers) -> None:
    mark = _marked(workspace / "chroma")
    assert _again(store, workspace, probe=CRASH) == expected
    assert not mark.exists()
    assert _again(store, workspace, probe=CRASH) == expected


def test_no_probe_to_be_had_means_rebuild(store: Store, workspace: Path, expected: Answers) -> None:
    mark = _marked(workspace / "chroma")
    assert _again(store, workspace, probe=["/nonexistent/python"]) == expected
    assert not mark.exists()


def _delete(folder: Path) -> None:
    shutil.rmtree(folder)


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def _rubbish(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"rubbish " * 64)
    (folder / "more").write_bytes(bytes(range(256)) * 40)


def _another_subfolder(folder: Path) -> None:
    (folder / "more").mkdir()


def _truncated_sqlite(folder: Path) -> None:
    path = next(folder.rglob("chroma.sqlite3"))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def _truncated_vectors(folder: Path) -> None:
    for path in folder.rglob("*.bin"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _no_sqlite(folder: Path) -> None:
    next(folder.rglob("chroma.sqlite3")).unlink()


def _a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("not a folder")


DAMAGE = [_delete, _empty, _rubbish, _truncated_sqlite, _no_sqlite, _a_file, _another_subfolder]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_heals_by_itself(
    store: Store, workspace: Path, expected: Answers, damage: Callable[[Path], None]
) -> None:
    damage(workspace / "chroma")
    assert _again(store, workspace) == expected
    assert _again(store, workspace, probe=CRASH) == expected


@pytest.mark.parametrize("damage", [_rubbish, _truncated_sqlite])
def test_damage_that_the_probe_overlooks_heals_too(
    store: Store, workspace: Path, expected: Answers, damage: Callable[[Path], None]
) -> None:
    damage(workspace / "chroma")
    assert _again(store, workspace, probe=FINE) == expected


def test_truncated_graph_files_end_the_probe_and_not_this_process(memory: Store, workspace: Path) -> None:
    # Chroma writes its graph to files of its own only from the thousandth vector on; read cut short, they crash it.
    fill(memory, 130)
    with HybridSearch(memory, HashingEmbedder(32), workspace) as search:
        search.embed_pending()
        expected = _answers(search)
    files = list((workspace / "chroma").rglob("*.bin"))
    assert files
    _truncated_vectors(workspace / "chroma")
    with HybridSearch(memory, HashingEmbedder(32), workspace) as search:
        assert _answers(search) == expected
        assert search.status().dense == "chroma"
    assert not any(path.exists() for path in files)


def test_vectors_of_another_making_are_noticed(
    store: Store, workspace: Path, expected: Answers, tmp_path: Path
) -> None:
    class Mirrored(HashingEmbedder):
        """Same name and size, other vectors."""

        def embed_query(self, text: str):
            return np.ascontiguousarray(super().embed_query(text)[::-1])

    with Store.open(tmp_path / "other" / "nigao.db") as other:
        fill(other)
        with HybridSearch(other, Mirrored(), tmp_path / "other") as search:
            search.embed_pending()
    shutil.rmtree(workspace / "chroma")
    shutil.copytree(tmp_path / "other" / "chroma", workspace / "chroma")
    assert _again(store, workspace) == expected


def test_another_model_takes_the_folder_over(store: Store, workspace: Path, expected: Answers) -> None:
    with HybridSearch(store, HashingEmbedder(64), workspace) as search:
        assert search.embed_pending() > 0
        assert search.status().note == ""
        assert _answers(search)
    assert _again(store, workspace) == expected


def test_the_index_follows_the_store_step_by_step(store: Store, workspace: Path, expected: Answers) -> None:
    with HybridSearch(store, HashingEmbedder(), workspace) as search:
        put(store, "新", "新增一段关于信访举报的内容。")
        assert search.embed_pending() == 1
        assert search.search("信访举报", 1)[0].document.id == "新"
        put(store, "新", "换成关于值班值守的内容。")
        assert search.embed_pending() == 1
        assert search.status().passages == 12 * len(TOPICS) + 1
        store.documents.withdraw(["新"], "移出")
        assert _answers(search) == expected
    assert _again(store, workspace, probe=CRASH) == expected


def test_rebuild_starts_from_the_store(store: Store, workspace: Path, expected: Answers) -> None:
    mark = _marked(workspace / "chroma")
    with HybridSearch(store, HashingEmbedder(), workspace) as search:
        assert _answers(search) == expected
        search.rebuild()
        assert not mark.exists()
        assert _answers(search) == expected
        assert search.embed_pending() == 0


def test_nothing_is_embedded_twice(store: Store, workspace: Path, expected: Answers) -> None:
    with HybridSearch(store, HashingEmbedder(), workspace) as search:
        assert search.embed_pending() == 0
        put(store, "同文", "第0季度，开展档案数字化，规范借阅审批，共计7次。", title="临江市档案馆d00")
        assert search.embed_pending() == 0
        # All there are: a copy comes behind what says something else.
        hits = search.search("第0季度，开展档案数字化，规范借阅审批，共计7次", 100)
        assert "同文" in {hit.document.id for hit in hits}


def _stale(folder: Path) -> None:
    saved = json.loads((folder / "catalog.json").read_text())
    (folder / "catalog.json").write_text(json.dumps(saved | {"version": "0"}))


def _old_format(folder: Path) -> None:
    stamp = json.loads((folder / "index.json").read_text())
    (folder / "index.json").write_text(json.dumps(stamp | {"format": 0}))


def _one_byte(folder: Path) -> None:
    path = folder / "scores.npy"
    content = bytearray(path.read_bytes())
    content[-3] ^= 0xFF
    path.write_bytes(bytes(content))


def _no_stamp(folder: Path) -> None:
    (folder / "index.json").unlink()


def _stamp_of_a_list(folder: Path) -> None:
    (folder / "index.json").write_text("[]")


@pytest.mark.parametrize(
    "damage", [_delete, _empty, _rubbish, _a_file, _stale, _old_format, _one_byte, _no_stamp, _stamp_of_a_list]
)
def test_the_lexical_index_heals_by_itself(
    store: Store, workspace: Path, expected: Answers, damage: Callable[[Path], None]
) -> None:
    damage(workspace / "lexical")
    assert _again(store, workspace) == expected
    stamp = json.loads((workspace / "lexical" / "index.json").read_text())
    assert stamp["files"]
    assert [path.name for path in workspace.glob("lexical.*")] == []


def test_a_fresh_lexical_index_is_read_and_not_built(store: Store, workspace: Path, expected: Answers) -> None:
    before = (workspace / "lexical" / "index.json").stat().st_mtime_ns
    assert _again(store, workspace) == expected
    assert (workspace / "lexical" / "index.json").stat().st_mtime_ns == before


def test_growing_an_index_and_building_it_anew_are_the_same(store: Store, workspace: Path) -> None:
    fill(store, 3)
    with HybridSearch(store, None, workspace) as search:
        _answers(search)
        fill(store, 12)
        put(store, "d01", "换成别的内容。")
        grown = _answers(search)
        search.rebuild()
        assert _answers(search) == grown
    with HybridSearch(store) as search:
        assert _answers(search) == grown


def test_a_corpus_without_a_single_word(store: Store, workspace: Path) -> None:
    put(store, "甲", "——。", title="？！")
    with HybridSearch(store, None, workspace) as search:
        assert search.search("检查") == []
    with HybridSearch(store, None, workspace) as search:
        assert search.search("检查") == []


def test_a_cache_folder_that_cannot_be_written_costs_only_time(store: Store, workspace: Path) -> None:
    fill(store, 2)
    blocked = workspace / "file"
    blocked.touch()
    with HybridSearch(store, HashingEmbedder(), blocked) as search:
        search.embed_pending()
        assert search.search("公务用车")
        status = search.status()
    assert status.dense == "exact"
    assert "逐条比较" in status.note


@pytest.mark.parametrize("chosen", [1, 3, 7, 11, 12])
def test_however_few_documents_are_chosen_the_answer_is_exact(
    store: Store, workspace: Path, expected: Answers, chosen: int
) -> None:
    ids = [f"d{number:02d}" for number in range(chosen)]
    with (
        HybridSearch(store, HashingEmbedder(), workspace) as chroma,
        HybridSearch(store, HashingEmbedder(), workspace) as exact,
    ):
        assert (chroma.status().dense, exact.status().dense) == ("chroma", "exact")
        for query in QUERIES:
            one, two = (search.search(query, 150, document_ids=ids) for search in (chroma, exact))
            cosines = {hit.passage.id: hit.dense for hit in two}
            assert len(one) == len(cosines) == chosen * len(TOPICS)
            for hit in one:
                assert hit.dense == pytest.approx(cosines[hit.passage.id], abs=2e-5)
