"""Two owners, and processes that are killed at the worst moment."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from retrieval_samples import TOPICS, fill

from nigao.retrieval import HashingEmbedder, HybridSearch
from nigao.store import Store

Child = Callable[..., "subprocess.Popen[str]"]

_HEAD = """
import sys
from pathlib import Path
from nigao.retrieval import HashingEmbedder, HybridSearch
from nigao.store import Store
workspace = Path(sys.argv[1])
store = Store.open(workspace / "nigao.db")
search = HybridSearch(store, HashingEmbedder(), workspace)
def wait(word):
    print(word, flush=True)
    sys.stdin.readline()
"""
EMBED_AND_HANG = _HEAD + "search.embed_pending(lambda done, total: done >= 64 and wait(f'{done} {total}'))"
OPEN_AND_HANG = _HEAD + "search.embed_pending(); search.search('用车'); wait('open'); search.close()"


def _answers(search: HybridSearch) -> list[list[str]]:
    return [[hit.passage.id for hit in search.search(topic, 20)] for topic in TOPICS]


def _kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_embedding_that_is_killed_goes_on_where_it_was(store: Store, workspace: Path, child: Child) -> None:
    fill(store)
    total = len(store.documents.passages())
    process = child(EMBED_AND_HANG, str(workspace))
    assert _line(process) == f"64 {total}"
    _kill(process)
    told: list[tuple[int, int]] = []
    with HybridSearch(store, HashingEmbedder(), workspace) as search:
        assert search.status().embedded == 64
        assert search.embed_pending(lambda done, of: told.append((done, of))) == total - 64
        assert told[-1] == (total - 64, total - 64)
        answers = _answers(search)
    assert store.vectors.count(HashingEmbedder().name) == total
    assert store.audit.verify() > 0
    with Store.in_memory() as other:
        fill(other)
        with HybridSearch(other, HashingEmbedder()) as fresh:
            fresh.embed_pending()
            assert _answers(fresh) == answers


def test_a_killed_owner_leaves_a_doubtful_folder_that_is_tried_out(store: Store, workspace: Path, child: Child) -> None:
    fill(store)
    process = child(OPEN_AND_HANG, str(workspace))
    assert _line(process) == "open"
    assert not (workspace / "chroma.ok").exists()
    _kill(process)
    with HybridSearch(store, HashingEmbedder(), workspace) as search:
        assert search.status().dense == "chroma"
        assert all(_answers(search))
    assert (workspace / "chroma.ok").exists()


def test_a_second_owner_compares_vectors_itself(store: Store, workspace: Path, child: Child) -> None:
    fill(store)
    process = child(OPEN_AND_HANG, str(workspace))
    assert _line(process) == "open"
    with HybridSearch(store, HashingEmbedder(), workspace) as second:
        status = second.status()
        assert status.dense == "exact"
        assert "另一个进程" in status.note
        answers = _answers(second)
        second.rebuild()
        assert _answers(second) == answers
    assert list((workspace / "chroma").rglob("chroma.sqlite3"))
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    assert process.wait() == 0
    with HybridSearch(store, HashingEmbedder(), workspace) as owner:
        assert owner.status().dense == "chroma"
        assert _answers(owner) == answers


def test_vectors_made_by_another_process_are_taken_up(store: Store, workspace: Path, child: Child) -> None:
    fill(store, 4)
    with HybridSearch(store, HashingEmbedder(), workspace) as search:
        assert search.search("用车")[0].dense is None
        process = child(OPEN_AND_HANG, str(workspace))
        assert _line(process) == "open"
        assert search.search("用车")[0].dense is not None
