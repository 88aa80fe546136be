"""A reranking endpoint puts the best candidates in order, and a search survives whatever it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rerank_server import RerankServer, said
from retrieval_samples import put

from nigao.errors import ModelAnswerError, ModelError, ModelUnavailableError, WorkspaceError
from nigao.modelsettings import RerankerSettings
from nigao.retrieval import HybridSearch
from nigao.retrieval.reranking import EndpointReranker, configured_reranker
from nigao.settings import load_settings
from nigao.store import Store

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

DAY = dt.date(2026, 3, 1)
QUERY = "公务用车专项检查"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[RerankServer]:
    monkeypatch.delenv("NIGAO_RERANKER_API_KEY", raising=False)
    with RerankServer() as running:
        yield running


def _reranker(server: RerankServer, **fields: Any) -> EndpointReranker:
    return EndpointReranker(RerankerSettings(**({"name": "m", "base_url": server.url} | fields)))


@pytest.fixture
def corpus(memory: Store) -> Store:
    put(memory, "甲", "开展公务用车专项检查，公务用车专项检查全覆盖，检查公务用车。")
    put(memory, "乙", "公务用车专项检查情况较好。")
    put(memory, "丙", "检查用车。")
    return memory


def _ids(search: HybridSearch, **options: Any) -> list[str]:
    return [hit.document.id for hit in search.search(QUERY, on=DAY, **options)]


def test_the_order_is_the_models_and_the_scores_are_those_of_the_ranking(server: RerankServer, corpus: Store) -> None:
    with HybridSearch(corpus) as plain:
        before = plain.search(QUERY, on=DAY)
    with HybridSearch(corpus, reranker=_reranker(server)) as search:
        after = search.search(QUERY, on=DAY)
        assert _ids(search, words_only=True) == [hit.document.id for hit in before]
    assert [hit.document.id for hit in after] == ["丙", "乙", "甲"]
    assert [hit.score for hit in after] == [hit.score for hit in before]
    assert len(server.asked) == 1
    assert server.paths == ["/v1/rerank"]
    assert server.asked[0]["top_n"] == len(server.asked[0]["documents"]) == 3
    assert (server.asked[0]["model"], server.asked[0]["query"]) == ("m", QUERY)
    assert "authorization" not in server.headers[0]


def test_only_the_first_candidates_are_shown(server: RerankServer, corpus: Store) -> None:
    with HybridSearch(corpus, reranker=_reranker(server, candidates=2)) as search:
        assert _ids(search)[2:] == ["丙"]
    assert len(server.asked[0]["documents"]) == 2


def test_what_the_query_names_still_leads(server: RerankServer, corpus: Store) -> None:
    put(corpus, "规", "公务用车专项检查按年度开展，检查结果通报全市各单位并纳入考核。", title="公务用车管理办法")
    with HybridSearch(corpus, reranker=_reranker(server)) as search:
        found = [hit.document.id for hit in search.search(f"《公务用车管理办法》{QUERY}", on=DAY)]
    assert found == ["规", "丙", "乙", "甲"]


def test_the_key_comes_from_its_variable(server: RerankServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGAO_RERANKER_API_KEY", "sk-secret-7")
    assert _reranker(server).scores("问", ["长一些", "短"]) == [-3.0, -1.0]
    assert server.headers[0]["authorization"] == "Bearer sk-secret-7"


UNUSABLE = {
    "not json": b"<html>",
    "no results": {"data": []},
    "a list": [1],
    "too few": {"results": [{"index": 0, "relevance_score": 1}]},
    "one twice": {"results": [{"index": 0, "relevance_score": 1}] * 2},
    "too many": {"results": [{"index": i % 2, "relevance_score": 1} for i in range(3)]},
    "an index out of range": {"results": [{"index": i, "relevance_score": 1} for i in (0, 2)]},
    "a negative index": {"results": [{"index": i, "relevance_score": 1} for i in (0, -1)]},
    "an index that is no number": {"results": [{"index": i, "relevance_score": 1} for i in (0, True)]},
    "a score that is none": {"results": [{"index": i, "relevance_score": "1"} for i in (0, 1)]},
    "infinite": b'{"results": [{"index": 0, "relevance_score": 1}, {"index": 1, "relevance_score": Infinity}]}',
    "no number": b'{"results": [{"index": 0, "relevance_score": 1}, {"index": 1, "relevance_score": NaN}]}',
    "endless": b" " * 1_000_000,
}


@pytest.mark.parametrize("answer", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_an_answer_that_cannot_be_used_is_refused(server: RerankServer, answer: Any) -> None:
    server.answer = said(answer)
    with pytest.raises(ModelAnswerError):
        _reranker(server).scores("问", ["甲", "乙"])


@pytest.mark.parametrize(("status", "lasting"), [(401, True), (404, True), (429, False), (503, False), (302, False)])
def test_a_refusal_is_explained_without_what_the_server_said(server: RerankServer, status: int, lasting: bool) -> None:
    server.answer = said({"error": "key sk-secret-7"}, status)
    with pytest.raises(ModelUnavailableError) as raised:
        _reranker(server).scores("问", ["甲", "乙"])
    assert raised.value.lasting is lasting
    assert str(status) in str(raised.value)
    assert "sk-secret" not in str(raised.value)


def test_a_server_that_is_silent_or_gone_is_given_up(server: RerankServer) -> None:
    server.hold = True
    with pytest.raises(ModelUnavailableError, match="没有回答"):
        _reranker(server, timeout=0.2).scores("问", ["甲", "乙"])
    with pytest.raises(ModelUnavailableError, match="连接不上"):
        EndpointReranker(RerankerSettings(name="m", base_url="http://127.0.0.1:9/v1")).scores("问", ["甲", "乙"])


def test_a_failure_leaves_the_order_and_is_told_and_not_repeated(server: RerankServer, corpus: Store) -> None:
    server.answer = said(b"", 500)
    now = [0.0]
    with HybridSearch(corpus) as plain:
        before = _ids(plain)
    with HybridSearch(corpus, reranker=_reranker(server), clock=lambda: now[0]) as search:
        assert search.status().note.count("重排") == 0
        assert _ids(search) == _ids(search) == before
        assert len(server.asked) == 1
        assert "重排模型恢复之前" in search.status().note
        now[0] = 61.0
        server.answer = RerankServer().answer
        assert _ids(search) != before
        assert "重排" not in search.status().note


def test_half_a_description_is_a_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NIGAO_RERANKER_NAME", "NIGAO_RERANKER_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "nigao.toml"
    file.write_text("", encoding="utf-8")
    assert configured_reranker(load_settings(tmp_path)) is None
    file.write_text('[reranker]\nname = "m"\n', encoding="utf-8")
    with pytest.raises(WorkspaceError, match="base_url"):
        configured_reranker(load_settings(tmp_path))
    monkeypatch.setenv("NIGAO_RERANKER_BASE_URL", "http://127.0.0.1:1/v1")
    assert configured_reranker(load_settings(tmp_path)) is not None
    file.write_text('[reranker]\nname = "m"\napi_key = "sk-1"\n', encoding="utf-8")
    with pytest.raises(WorkspaceError, match="NIGAO_RERANKER_API_KEY"):
        load_settings(tmp_path)


def test_nothing_to_rank_is_not_sent(server: RerankServer) -> None:
    assert _reranker(server).scores("问", []) == []
    assert server.asked == []
    assert issubclass(ModelAnswerError, ModelError)
