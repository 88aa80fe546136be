"""An embedding endpoint in all its moods: good vectors or a plain Chinese error, and never a secret given away."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.embeddings import DeterministicFakeEmbedding

from embedding_server import EmbeddingServer, Reply, refusal, said, vectors_reply
from nigao.errors import ModelAnswerError, ModelError, ModelUnavailableError, UsageError
from nigao.modelsettings import EmbeddingSettings, ModelSettings
from nigao.retrieval import HashingEmbedder, LangChainEmbedder
from nigao.retrieval.embeddings import as_embedder
from nigao.retrieval.endpoint_embeddings import endpoint_embedder, endpoint_name

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

TEXTS = ["开展公务用车专项检查。", "组织警示教育。", "修订采购管理办法。"]
KEYS = ("NIGAO_API_KEY", "NIGAO_EMBEDDING_API_KEY", "OPENAI_API_KEY")


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with EmbeddingServer() as running:
        yield running


def embedder(server: EmbeddingServer, **fields: Any) -> LangChainEmbedder:
    return endpoint_embedder(EmbeddingSettings(**({"name": "m", "base_url": server.url, "retries": 0} | fields)))


def _numbers(value: Any) -> Callable[[dict[str, Any]], Reply]:
    return lambda body: vectors_reply([[value, 1.0]] * len(body["input"]))


def _rows(rows: Any) -> Callable[[dict[str, Any]], Reply]:
    return said(json.dumps({"data": [{"embedding": row, "index": i} for i, row in enumerate(rows)]}).encode())


HTML = b"<!doctype html><html><body>Sign in to the gateway</body></html>"
UNUSABLE = {
    "html": said(HTML, "text/html"),
    "html that claims to be json": said(HTML),
    "text": said(b"ok", "text/plain"),
    "nothing": said(b""),
    "half a json": said(b'{"data": [{"embedding": [0.1, '),
    "bytes": said(b"\xff\xfe\x00\x80"),
    "null": said(b"null"),
    "a list": said(b"[]"),
    "an error with status 200": said(b'{"error": {"message": "no such model"}}'),
    "no data": said(b'{"object": "list"}'),
    "data of null": said(b'{"data": null}'),
    "data of words": said(b'{"data": ["a", "b", "c"]}'),
    "no vectors": _rows([]),
    "too few": _rows([[1.0, 0.0]] * 2),
    "too many": _rows([[1.0, 0.0]] * 4),
    "of two lengths": _rows([[1.0, 0.0], [1.0], [1.0, 0.0]]),
    "empty": _rows([[]] * 3),
    "nested": _rows([[[1.0, 0.0]]] * 3),
    "words": _rows([["a", "b"]] * 3),
    "holes": _rows([[None, 1.0]] * 3),
    "numbers": _rows([1.0] * 3),
    "zeros": _rows([[0.0, 0.0]] * 3),
    "a huge whole number": said(b'{"data": [' + b",".join([b'{"embedding": [1' + b"0" * 400 + b"]}"] * 3) + b"]}"),
    "not a number": _numbers(float("nan")),
    "infinite": _numbers(float("inf")),
    "beyond all bounds": _numbers(1e308),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_answer_without_vectors_is_told_as_such(server: EmbeddingServer, name: str) -> None:
    server.always = UNUSABLE[name]
    with pytest.raises(ModelAnswerError) as caught:
        embedder(server).embed_passages(TEXTS)
    assert _is_plain(caught.value)
    assert "m@127.0.0.1" in caught.value.where


def _is_plain(error: ModelError) -> bool:
    """Said in Chinese, with a place and a remedy."""
    return bool(re.search("[一-鿿]", error.message) and error.where and re.search("[一-鿿]", error.fix))


@pytest.mark.parametrize(
    ("status", "lasting", "told"),
    [
        (400, False, "不接受请求"),
        (401, True, "不接受密钥"),
        (403, True, "不接受密钥"),
        (404, True, "没有这个模型"),
        (413, False, "不接受请求"),
        (422, False, "不接受请求"),
        (429, False, "限制"),
        (500, False, "内部出错"),
        (503, False, "内部出错"),
    ],
)
def test_a_refusal_says_what_and_why(server: EmbeddingServer, status: int, lasting: bool, told: str) -> None:
    server.always = refusal(status, "the reason")
    with pytest.raises(ModelUnavailableError, match=told) as caught:
        embedder(server).embed_query("用车")
    assert _is_plain(caught.value)
    assert caught.value.lasting is lasting
    assert f"HTTP {status}，the reason" in caught.value.message


def test_a_web_page_in_a_refusal_is_not_quoted(server: EmbeddingServer) -> None:
    server.always = lambda _: Reply(HTML, 502, "text/html")
    with pytest.raises(ModelUnavailableError) as caught:
        embedder(server).embed_query("用车")
    assert "html" not in str(caught.value)


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    settings = EmbeddingSettings(name="m", base_url=f"http://127.0.0.1:{port}", retries=0)
    with pytest.raises(ModelUnavailableError, match="连接不上") as caught:
        endpoint_embedder(settings).embed_query("用车")
    assert _is_plain(caught.value)


def test_a_connection_that_is_dropped(server: EmbeddingServer) -> None:
    server.always = lambda _: Reply(drop=True)
    with pytest.raises(ModelUnavailableError, match="连接不上"):
        embedder(server).embed_query("用车")


@pytest.mark.parametrize("mood", ["hang", "trickle"])
def test_a_server_that_never_ends_is_given_up(server: EmbeddingServer, mood: str) -> None:
    server.always = getattr(server, mood)
    model = embedder(server, timeout=0.3, retries=5)
    with pytest.raises(ModelUnavailableError, match=r"0\.3 秒内没有回答"):
        model.embed_query("用车")
    # The next call starts afresh.
    server.always = None
    assert model.embed_query("用车").shape == (64,)


def test_a_pause_asked_for_counts_too(server: EmbeddingServer) -> None:
    server.always = refusal(429, retry_after="100")
    with pytest.raises(ModelUnavailableError, match="没有回答"):
        embedder(server, timeout=0.3, retries=3).embed_query("用车")


def test_an_answer_without_end_is_cut_off(server: EmbeddingServer) -> None:
    server.always = server.flood
    with pytest.raises(ModelAnswerError):
        embedder(server, batch=1).embed_query("用车")


def test_a_busy_server_is_asked_again(server: EmbeddingServer) -> None:
    server.answers = [refusal(429, retry_after_ms="1"), refusal(500, retry_after_ms="1")]
    assert embedder(server, retries=2).embed_passages(TEXTS).shape == (3, 64)
    assert len(server.asked) == 3


def test_what_the_server_is_asked(server: EmbeddingServer) -> None:
    model = embedder(server, dimensions=32, batch=2, headers={"X-Office": "archive"})
    assert model.embed_passages(TEXTS).shape == (3, 32)
    assert [body["input"] for body in server.asked] == [TEXTS[:2], TEXTS[2:]]
    first = server.asked[0]
    assert (first["model"], first["dimensions"], first["encoding_format"]) == ("m", 32, "float")
    assert server.headers[0]["x-office"] == "archive"


def test_texts_are_sent_as_any_server_takes_them(server: EmbeddingServer) -> None:
    model = embedder(server)
    for text in ("", " \n", "空\0字符", "半\ud800个"):
        assert model.embed_query(text).shape == (64,)
    assert all(text.strip() and "\0" not in text for text in server.texts)


def test_other_dimensions_than_asked_for_or_than_before_are_refused(server: EmbeddingServer) -> None:
    server.always = lambda body: vectors_reply(HashingEmbedder(48).embed_passages(body["input"]))
    with pytest.raises(ModelAnswerError, match="应为 32 维，得到 48 维"):
        embedder(server, dimensions=32).embed_query("用车")
    model = embedder(server)
    assert model.embed_passages(TEXTS).shape == (3, 48)
    server.always = None
    with pytest.raises(ModelAnswerError, match="应为 48 维，得到 64 维"):
        model.embed_query("用车")


def test_dimensions_cost_one_question_at_most(server: EmbeddingServer) -> None:
    assert embedder(server, dimensions=32).dimensions == 32
    assert server.asked == []
    model = embedder(server)
    assert model.dimensions == model.dimensions == 64
    assert len(server.asked) == 1


def test_which_key_is_shown_to_whom(server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        monkeypatch.setenv(name, f"secret-of-{name}")
    settings = EmbeddingSettings(name="m", base_url=server.url)
    same, other = ModelSettings(base_url=server.url), ModelSettings(base_url="http://127.0.0.1:1/v1")
    shown = []
    for own in (True, False):
        if not own:
            monkeypatch.delenv("NIGAO_EMBEDDING_API_KEY")
        for chat in (None, same, other):
            endpoint_embedder(settings, chat).embed_query("用车")
            shown.append(server.headers[-1]["authorization"].removeprefix("Bearer "))
    assert shown == ["secret-of-NIGAO_EMBEDDING_API_KEY"] * 3 + ["none", "secret-of-NIGAO_API_KEY", "none"]


def test_the_key_is_read_when_a_call_is_made(server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    model = embedder(server)
    for key in ("one", "two"):
        monkeypatch.setenv("NIGAO_EMBEDDING_API_KEY", key)
        model.embed_query("用车")
    assert [headers["authorization"] for headers in server.headers] == ["Bearer one", "Bearer two"]


def test_nothing_is_sent_to_openai_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    # This key may be one of another place: no chat model is configured that would say so.
    monkeypatch.setenv("NIGAO_API_KEY", "k")
    with pytest.raises(ModelUnavailableError, match="没有密钥") as caught:
        endpoint_embedder(EmbeddingSettings(name="m"), ModelSettings()).embed_query("用车")
    assert caught.value.lasting
    assert "NIGAO_EMBEDDING_API_KEY" in caught.value.fix


def test_variables_of_openais_library_do_not_steer_us(server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "OPENAI_API_BASE": "http://127.0.0.1:1/v1",
        "OPENAI_BASE_URL": "http://127.0.0.1:1/v1",
        "OPENAI_API_TYPE": "azure",
        "OPENAI_PROXY": "http://127.0.0.1:1",
    }.items():
        monkeypatch.setenv(name, value)
    assert embedder(server).embed_query("用车").shape == (64,)


def test_no_secret_is_repeated(server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGAO_EMBEDDING_API_KEY", "sk-geheim")
    model = embedder(server, headers={"X-Pass": "losung"})
    for status in (400, 401, 429, 500):
        server.always = refusal(status, "key sk-geheim and pass losung are wrong")
        with pytest.raises(ModelUnavailableError) as caught:
            model.embed_query("用车")
        assert "are wrong" in str(caught.value)
        assert not re.search("sk-geheim|losung", str(caught.value) + model.name)


@given(st.lists(st.tuples(st.text("ab@/%1", min_size=1), st.sampled_from(["h", "h:1"]), st.text("ab/@1"))))
def test_two_settings_never_share_a_name(parts: list[tuple[str, str, str]]) -> None:
    names: dict[str, tuple[str, str, str]] = {}
    for model, host, path in parts:
        for dimensions in (None, 1, 11):
            settings = EmbeddingSettings(name=model, base_url=f"http://{host}/{path}", dimensions=dimensions)
            place = (model, f"{host}/{path}".rstrip("/"), str(dimensions))
            assert names.setdefault(endpoint_name(settings), place) == place


def test_a_name_has_no_secrets_and_knows_the_default_place() -> None:
    named = EmbeddingSettings(
        name="bge-m3", base_url="https://Host:8000/v1/?token=geheim", headers={"X-Pass": "geheim"}
    )
    assert endpoint_name(named) == "endpoint/bge-m3@host:8000/v1/auto"
    default = EmbeddingSettings(name="m", dimensions=256)
    explicit = EmbeddingSettings(name="m", dimensions=256, base_url="https://api.openai.com/v1")
    assert endpoint_name(default) == endpoint_name(explicit) == "endpoint/m@api.openai.com/v1/256"


@pytest.mark.parametrize("error", [OSError("x"), ConnectionError("x"), TimeoutError(), ValueError("x"), KeyError("x")])
def test_whatever_a_langchain_object_raises_becomes_our_error(error: Exception) -> None:
    class Broken:
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise error

        def embed_query(self, text: str) -> list[float]:
            raise error

    model = LangChainEmbedder(Broken(), "broken")
    for call in (lambda: model.embed_query("用车"), lambda: model.embed_passages(TEXTS), lambda: model.dimensions):
        with pytest.raises(ModelUnavailableError) as caught:
            call()
        assert _is_plain(caught.value)


def test_a_langchain_object_must_say_which_model_it_is(server: EmbeddingServer) -> None:
    from langchain_openai import OpenAIEmbeddings

    ours = HashingEmbedder()
    assert as_embedder(ours) is ours
    with pytest.raises(UsageError, match="看不出") as caught:
        as_embedder(DeterministicFakeEmbedding(size=8))
    assert "LangChainEmbedder" in caught.value.fix
    given_dimensions = [
        as_embedder(OpenAIEmbeddings(model="m", base_url=server.url, api_key="geheim", dimensions=dimensions))
        for dimensions in (None, 32)
    ]
    names = [model.name for model in given_dimensions]
    assert names[0] != names[1]
    assert not [name for name in names if "geheim" in name]
    vectors = LangChainEmbedder(DeterministicFakeEmbedding(size=8), "fake-8").embed_passages(TEXTS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0)
