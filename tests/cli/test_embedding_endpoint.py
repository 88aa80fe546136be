"""A workspace whose vectors come from an endpoint, as its user meets it: up, down, up again, and back to local."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Command

from embedding_server import EmbeddingServer, refusal
from nigao import Assistant
from nigao.errors import WorkspaceError
from nigao.retrieval import HashingEmbedder, LangChainEmbedder

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

MANIFEST = """\
version: 1
documents:
  - {id: cars, path: cars.txt, title: 用车制度, role: basis, approved_by: 程立, approved_on: 2025-01-01}
  - {id: duty, path: duty.txt, title: 值班制度, role: basis, approved_by: 程立, approved_on: 2025-01-01}
"""
DOCUMENTS = {
    "cars.txt": "用车制度\n\n第一条　公务用车一律登记事由和里程，由综合科统一派车，节假日封存停驶。\n",
    "duty.txt": "值班制度\n\n第一条　工作日值班由综合科安排，每日一人，负责接待来访群众并做好记录。\n",
}


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NAME", "BASE_URL", "API_KEY", "TIMEOUT", "RETRIES", "DIMENSIONS", "BATCH", "HEADERS"):
        monkeypatch.delenv(f"NIGAO_EMBEDDING_{name}", raising=False)


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with EmbeddingServer() as running:
        yield running


@pytest.fixture
def office(empty: Path, server: EmbeddingServer) -> Path:
    """A workspace of two documents that asks the server for vectors."""
    for name, text in DOCUMENTS.items():
        (empty / "corpus" / name).write_text(text, encoding="utf-8")
    (empty / "corpus" / "manifest.yaml").write_text(MANIFEST, encoding="utf-8")
    use_endpoint(empty, server)
    return empty


def use_endpoint(folder: Path, server: EmbeddingServer) -> None:
    text = f'embeddings = "endpoint"\n[embedding]\nname = "m"\nbase_url = "{server.url}"\nretries = 0\n'
    (folder / "nigao.toml").write_text(text, encoding="utf-8")


def test_an_endpoint_that_is_down_costs_vectors_and_no_documents(
    office: Path, server: EmbeddingServer, nigao: Command
) -> None:
    server.always = refusal(503, "starting")
    synced = nigao("corpus", "sync", cwd=office)
    assert synced.code == 0
    assert "收录 2 份" in synced.out
    assert "新建向量 0 段" in synced.out
    assert "HTTP 503，starting" in synced.err
    assert "未建立向量" in synced.err
    assert "nigao corpus sync" in synced.err
    found = nigao("search", "公务用车登记")
    assert found.code == 0
    assert "用车制度" in found.out
    assert "未建立向量" in found.err
    told = json.loads(nigao("corpus", "sync", "--json").out)
    assert (told["embedded"], "HTTP 503" in told["note"]) == (0, True)
    rebuilt = nigao("corpus", "rebuild")
    assert rebuilt.code == 0
    assert "HTTP 503" in rebuilt.err
    # It is back: the next sync goes on.
    server.always = None
    again = json.loads(nigao("corpus", "sync", "--json").out)
    assert (again["unchanged"], again["note"]) == (["cars", "duty"], "")
    assert again["embedded"] > 0
    hits = json.loads(nigao("search", "公务用车登记", "--json").out)
    assert hits[0]["document_id"] == "cars"
    assert hits[0]["dense"] is not None


def test_search_tells_why_it_goes_by_words(office: Path, server: EmbeddingServer, nigao: Command) -> None:
    assert nigao("corpus", "sync", cwd=office).code == 0
    server.always = refusal(401)
    found = nigao("search", "公务用车登记")
    assert found.code == 0
    assert "用车制度" in found.out
    assert "不接受密钥" in found.err
    assert "NIGAO_EMBEDDING_API_KEY" in found.err
    assert "只按字词检索" in found.err
    (hit, *_) = json.loads(nigao("search", "公务用车登记", "--json").out)
    assert hit["dense"] is None


def test_a_sync_that_fails_midway_is_continued(office: Path, server: EmbeddingServer, nigao: Command) -> None:
    with (office / "nigao.toml").open("a") as file:
        file.write("batch = 1\n")
    server.answers = [server.honest]
    server.always = refusal(500)
    first = json.loads(nigao("corpus", "sync", "--json", cwd=office).out)
    assert first["embedded"] == 1
    server.always = None
    failed = server.asked[1]["input"][0]
    second = json.loads(nigao("corpus", "sync", "--json").out)
    assert second["embedded"] >= 1
    assert Counter(server.texts) == Counter({text: 2 if text == failed else 1 for text in server.texts})


def test_from_the_local_model_to_an_endpoint_and_back(workspace: Path, server: EmbeddingServer, nigao: Command) -> None:
    before = nigao("search", "党风廉政建设责任", "--json", cwd=workspace).out
    kept = (workspace / "nigao.toml").read_text(encoding="utf-8")
    use_endpoint(workspace, server)
    waiting = nigao("search", "党风廉政建设责任")
    assert waiting.code == 0
    assert "未建立向量" in waiting.err
    synced = json.loads(nigao("corpus", "sync", "--json").out)
    with Assistant.open(workspace) as assistant:
        status = assistant.hybrid.status()
        assert (status.model, status.embedded) == (
            f"endpoint/m@{server.url.removeprefix('http://')}/auto",
            status.passages,
        )
        assert len(server.texts) == synced["embedded"] == len(set(server.texts))
    assert json.loads(nigao("corpus", "sync", "--json").out)["embedded"] == 0
    (workspace / "nigao.toml").write_text(kept, encoding="utf-8")
    assert json.loads(nigao("corpus", "sync", "--json").out)["embedded"] == 0
    assert nigao("search", "党风廉政建设责任", "--json").out == before


def test_an_endpoint_without_a_model_is_a_mistake_in_the_settings(empty: Path, nigao: Command) -> None:
    (empty / "nigao.toml").write_text('embeddings = "endpoint"\n', encoding="utf-8")
    refused = nigao("search", "用车", cwd=empty)
    assert refused.code == 2
    assert "nigao.toml 的 [embedding] name" in refused.err
    assert nigao("corpus", "list").code == 0
    looked = nigao("doctor")
    assert looked.code == 1
    assert "✗ 向量模型端点" in looked.out
    with pytest.raises(WorkspaceError):
        Assistant.open(empty)


def test_doctor_names_the_endpoint_and_does_not_call_it(office: Path, server: EmbeddingServer, nigao: Command) -> None:
    looked = nigao("doctor", cwd=office)
    assert looked.code == 0
    assert f"向量模型端点：endpoint/m@{server.url.removeprefix('http://')}/auto" in looked.out
    assert "本地向量模型" not in looked.out
    assert server.asked == []
    (office / "nigao.toml").write_text('embeddings = "none"\n', encoding="utf-8")
    assert "· 向量模型：设置为不用" in nigao("doctor").out


def test_the_librarys_user_may_bring_any_embedder(office: Path, server: EmbeddingServer) -> None:
    from langchain_openai import OpenAIEmbeddings

    client = OpenAIEmbeddings(model="其他", base_url=server.url, api_key="k", check_embedding_ctx_length=False)
    for embedder in (HashingEmbedder(), client, LangChainEmbedder(client, "named")):
        with Assistant.open(office, embedder=embedder) as assistant:
            assistant.sync()
            assert assistant.embed() > 0
            assert assistant.search("公务用车登记")[0].dense is not None
    with Assistant.in_memory(client) as assistant:
        assistant.sync(office / "corpus" / "manifest.yaml")
        assert assistant.embed() > 0
    with Assistant.open(office, embeddings=False, embedder=client) as assistant:
        assert assistant.hybrid.status().model == ""
