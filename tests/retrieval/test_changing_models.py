"""Another embedding model, and one that fails: vectors of two models never meet, and search goes on by words."""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from retrieval_samples import TOPICS, fill, put

from embedding_server import EmbeddingServer, refusal
from nigao.errors import ModelAnswerError, ModelUnavailableError
from nigao.modelsettings import EmbeddingSettings
from nigao.retrieval import Embedder, HashingEmbedder, HybridSearch
from nigao.retrieval.catalog import indexed_text
from nigao.retrieval.circuit import PAUSE_SECONDS
from nigao.retrieval.endpoint_embeddings import endpoint_embedder
from nigao.store import Store

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
Child = Callable[..., "subprocess.Popen[str]"]
OLD = HashingEmbedder(64)


class Mirrored(HashingEmbedder):
    """Another model of the same size: its vectors mean something else."""

    def __init__(self) -> None:
        super().__init__(64)
        self.name = "mirrored"

    def embed_query(self, text: str):
        return np.ascontiguousarray(super().embed_query(text)[::-1])


class Moody:
    """An embedder that fails where it is told to, and counts how often it is asked."""

    name = "moody"
    dimensions = 64
    batch = 10

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.asked = 0
        self.allowed = 10**6

    def embed_passages(self, texts: Sequence[str]):
        self.asked += 1
        self.allowed -= 1
        if self.error and self.allowed < 0:
            raise self.error
        return OLD.embed_passages(texts)

    def embed_query(self, text: str):
        self.asked += 1
        if self.error:
            raise self.error
        return OLD.embed_query(text)


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with EmbeddingServer() as running:
        yield running


def endpoint(server: EmbeddingServer, **fields: object) -> Embedder:
    return endpoint_embedder(EmbeddingSettings(**({"name": "m", "base_url": server.url, "retries": 0} | fields)))


def only_of(search: HybridSearch, embedder: Embedder) -> int:
    """Asserts that every cosine found is the one of this embedder; how many there were."""
    seen = 0
    for topic in TOPICS:
        hits = [hit for hit in search.search(topic, 200) if hit.dense is not None]
        texts = [indexed_text(hit.passage, hit.document.title) for hit in hits]
        cosines = embedder.embed_passages(texts) @ embedder.embed_query(topic)
        assert np.allclose([hit.dense for hit in hits], cosines, atol=1e-4)
        seen += len(hits)
    return seen


OTHERS: dict[str, Callable[[EmbeddingServer], Embedder]] = {
    "same size": lambda _: Mirrored(),
    "other size": lambda _: HashingEmbedder(32),
    "endpoint": endpoint,
    "endpoint, other size": lambda server: endpoint(server, dimensions=32),
}


@pytest.mark.parametrize("other", OTHERS)
def test_another_model_starts_anew_and_never_meets_the_old(
    store: Store, workspace: Path, server: EmbeddingServer, other: str
) -> None:
    fill(store, 6)
    total = len(store.documents.passages())
    with HybridSearch(store, OLD, workspace) as search:
        assert search.embed_pending() == total
    new = OTHERS[other](server)
    # Half of the way: words find all, vectors only what the new model has seen.
    with HybridSearch(store, new, workspace) as search:
        assert only_of(search, new) == 0

        def stop(done: int, _: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            search.embed_pending(stop)
        assert search.status().embedded == 32
        assert only_of(search, new) > 0
    with HybridSearch(store, new, workspace) as search:
        assert search.embed_pending() == total - 32
        assert (search.status().dense, search.status().note, search.status().model) == ("chroma", "", new.name)
        assert only_of(search, new) == total * len(TOPICS)
    # And back again, for nothing.
    with HybridSearch(store, OLD, workspace) as search:
        assert search.embed_pending() == 0
        assert only_of(search, OLD) == total * len(TOPICS)


@pytest.mark.parametrize("other", OTHERS)
def test_a_new_model_over_a_doubtful_folder_of_the_old(
    store: Store, workspace: Path, server: EmbeddingServer, other: str
) -> None:
    fill(store, 3)
    with HybridSearch(store, OLD, workspace) as search:
        search.embed_pending()
    # As a killed owner leaves it.
    (workspace / "chroma.ok").unlink()
    new = OTHERS[other](server)
    with HybridSearch(store, new, workspace) as search:
        search.embed_pending()
        assert search.status().dense == "chroma"
        assert only_of(search, new) == 24 * len(TOPICS)


EMBED_AND_HANG = """
import sys
from pathlib import Path
from nigao.modelsettings import EmbeddingSettings
from nigao.retrieval import HybridSearch
from nigao.retrieval.endpoint_embeddings import endpoint_embedder
from nigao.store import Store
workspace, stop = Path(sys.argv[1]), int(sys.argv[3])
store = Store.open(workspace / "nigao.db")
model = endpoint_embedder(EmbeddingSettings(name="m", base_url=sys.argv[2], batch=10))
search = HybridSearch(store, model, workspace)
def told(done, total):
    if done == stop:
        print(done, flush=True)
        sys.stdin.readline()
search.embed_pending(told)
"""


def test_a_change_that_is_killed_goes_on_and_embeds_nothing_twice(
    store: Store, workspace: Path, server: EmbeddingServer, child: Child
) -> None:
    fill(store)
    with HybridSearch(store, OLD, workspace) as search:
        total = search.embed_pending()
    for stop in (20, 30):
        process = child(EMBED_AND_HANG, str(workspace), server.url, str(stop))
        assert process.stdout is not None
        assert process.stdout.readline().strip() == str(stop)
        process.kill()
        process.wait()
    model = endpoint(server, batch=10)
    with HybridSearch(store, model, workspace) as search:
        assert search.status().embedded == 50
        assert search.embed_pending() == total - 50
        texts = Counter(server.texts)
        assert set(texts.values()) == {1}
        assert len(texts) == total
        assert only_of(search, model) == total * len(TOPICS)
    assert store.vectors.count(OLD.name) == store.vectors.count(model.name) == total


def test_killed_while_the_server_works_only_that_batch_is_asked_again(
    store: Store, workspace: Path, server: EmbeddingServer, child: Child
) -> None:
    fill(store, 5)
    server.answers = [server.honest, server.honest, server.hang]
    process = child(EMBED_AND_HANG, str(workspace), server.url, "20")
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "20"
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    while len(server.asked) < 3:
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    server.released.set()
    with HybridSearch(store, endpoint(server, batch=10), workspace) as search:
        assert search.embed_pending() == 20
    assert Counter(server.texts) == Counter(server.asked[2]["input"]) + Counter(set(server.texts))


def test_the_batch_is_the_embedders(store: Store, workspace: Path, server: EmbeddingServer) -> None:
    fill(store, 3)
    told: list[int] = []
    with HybridSearch(store, endpoint(server, batch=7), workspace) as search:
        search.embed_pending(lambda done, _: told.append(done))
    assert told == [7, 14, 21, 24]
    assert [len(body["input"]) for body in server.asked] == [7, 7, 7, 3]


def test_the_model_behind_a_name_may_not_change_its_size(memory: Store, server: EmbeddingServer) -> None:
    fill(memory, 2)
    with HybridSearch(memory, endpoint(server)) as search:
        search.embed_pending()
    server.dimensions = 48
    put(memory, "新", "新增一段关于信访举报的内容。")
    with HybridSearch(memory, endpoint(server)) as search:
        hits = search.search("公务用车专项检查")
        assert hits
        assert all(hit.dense is None for hit in hits)
        assert "以前的向量是 64 维，现在得到 48 维" in search.status().note
        with pytest.raises(ModelAnswerError, match="64 维") as caught:
            search.embed_pending()
        assert "dimensions" in caught.value.fix
    name = endpoint(server).name
    assert (memory.vectors.count(name), memory.vectors.dimensions(name)) == (16, 64)


def test_a_dead_model_is_asked_once_a_while_and_words_go_on(memory: Store) -> None:
    fill(memory, 2)
    now, model = [1000.0], Moody()
    with HybridSearch(memory, model, clock=lambda: now[0]) as search:
        search.embed_pending()
        by_words = [hit.passage.id for hit in search.search("公务用车专项检查", words_only=True)]
        model.asked, model.error = 0, ModelUnavailableError("连接不上", where="某处", fix="核对网络")
        for _ in range(5):
            hits = search.search("公务用车专项检查")
            assert [hit.passage.id for hit in hits] == by_words
            assert all(hit.dense is None for hit in hits)
        assert model.asked == 1
        assert search.status().note == "某处：连接不上（核对网络）；向量模型恢复之前只按字词检索"
        now[0] += PAUSE_SECONDS - 1
        search.search("用车")
        assert model.asked == 1
        now[0] += 1
        search.search("用车")
        search.search("用车")
        assert model.asked == 2
        model.error = None
        now[0] += PAUSE_SECONDS
        assert search.search("公务用车")[0].dense is not None
        assert search.status().note == ""


def test_a_model_that_refuses_for_good_is_not_asked_again_until_the_next_embedding(memory: Store) -> None:
    fill(memory, 2)
    now, model = [0.0], Moody()
    with HybridSearch(memory, model, clock=lambda: now[0]) as search:
        search.embed_pending()
        model.asked, model.error = 0, ModelUnavailableError("端点不接受密钥", lasting=True)
        search.search("用车")
        now[0] += 100 * PAUSE_SECONDS
        search.search("用车")
        assert model.asked == 1
        model.error = None
        assert search.embed_pending() == 0
        assert search.search("公务用车")[0].dense is not None


def test_embedding_that_fails_midway_keeps_what_it_has(memory: Store) -> None:
    fill(memory, 3)
    model = Moody()
    model.error, model.allowed = ModelUnavailableError("连接不上"), 1
    with HybridSearch(memory, model) as search:
        with pytest.raises(ModelUnavailableError):
            search.embed_pending()
        status = search.status()
        assert status.embedded == 10
        assert status.note.startswith("连接不上；还有 14 段未建立向量")
        model.asked = 0
        assert search.search("公务用车")
        assert model.asked == 0
        model.error = None
        assert search.embed_pending() == 14
        assert search.status().note == ""
        assert search.search("公务用车")[0].dense is not None


def test_an_endpoint_that_goes_down_and_comes_back(store: Store, workspace: Path, server: EmbeddingServer) -> None:
    fill(store, 2)
    now = [0.0]
    with HybridSearch(store, endpoint(server), workspace, clock=lambda: now[0]) as search:
        search.embed_pending()
        best = search.search("公务用车专项检查")
        server.always = refusal(503)
        assert all(hit.dense is None for hit in search.search("公务用车专项检查"))
        assert "HTTP 503" in search.status().note
        server.always = None
        now[0] += PAUSE_SECONDS
        assert search.search("公务用车专项检查") == best
