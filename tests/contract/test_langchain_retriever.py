"""The retriever keeps LangChain's own contract for retrievers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from nigao.corpus.model import Document, Passage, Role
from nigao.retrieval import HashingEmbedder, HybridSearch
from nigao.retrieval.retriever import HybridRetriever
from nigao.store import Store

# The standard test comes without the marker that pytest-asyncio asks for in its strict mode.
pytest.mark.asyncio(RetrieversIntegrationTests.test_ainvoke_returns_documents)


@pytest.fixture(scope="module")
def search() -> Iterator[HybridSearch]:
    texts = ["开展公务用车检查。", "开展会议文件检查。", "开展财务报销检查。", "开展档案借阅检查。"]
    with Store.in_memory() as store, HybridSearch(store, HashingEmbedder()) as opened:
        for number, text in enumerate(texts):
            role = Role.BASIS if number == 3 else Role.MATERIAL
            passage = Passage(f"p{number}", f"d{number}", 1, text, "第1段", "", 0, len(text))
            store.documents.put(Document(f"d{number}", f"检查记录{number}", role, "0"), text, [passage], "清单")
        opened.embed_pending()
        yield opened


class TestHybridRetriever(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _corpus(self, search: HybridSearch) -> None:
        self.search = search

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return HybridRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"search": self.search}

    @property
    def retriever_query_example(self) -> str:
        return "公务用车检查"


def test_metadata_names_the_source(search: HybridSearch) -> None:
    found = HybridRetriever(search=search, k=1).invoke("公务用车检查")[0]
    assert (found.id, found.page_content) == ("p0", "开展公务用车检查。")
    score = found.metadata.pop("score")
    assert 0 < score <= 1
    assert found.metadata == {
        "passage_id": "p0",
        "document_id": "d0",
        "title": "检查记录0",
        "locator": "第1段",
        "role": "material",
    }


def test_filters_are_those_of_the_search(search: HybridSearch) -> None:
    by_role = HybridRetriever(search=search, roles=frozenset({Role.BASIS})).invoke("检查")
    assert [document.metadata["document_id"] for document in by_role] == ["d3"]
    by_id = HybridRetriever(search=search, document_ids=frozenset({"d1", "d2"})).invoke("检查")
    assert {document.metadata["document_id"] for document in by_id} == {"d1", "d2"}
    assert HybridRetriever(search=search).invoke("检查", k=2) == HybridRetriever(search=search, k=2).invoke("检查")
