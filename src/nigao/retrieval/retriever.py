"""The search as a LangChain retriever, for chains and graphs that expect one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from nigao.corpus.model import Role
from nigao.retrieval.search import Hit, HybridSearch


class HybridRetriever(BaseRetriever):
    """Returns approved passages as LangChain documents, best first; `k` may be given per call too. `unit` is who asks:
    without it only what everybody may see is found.

    Metadata: `passage_id`, `document_id`, `title`, `locator`, `role`, `score`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: HybridSearch
    k: int = Field(default=10, ge=1)
    roles: frozenset[Role] | None = None
    document_ids: frozenset[str] | None = None
    on: dt.date | None = None
    unit: str | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None, **kwargs: Any
    ) -> list[Document]:
        hits = self.search.search(
            query,
            self.k if k is None else k,
            roles=self.roles,
            document_ids=self.document_ids,
            on=self.on,
            unit=self.unit,
        )
        return [_as_document(hit) for hit in hits]


def _as_document(hit: Hit) -> Document:
    metadata = {
        "passage_id": hit.passage.id,
        "document_id": hit.document.id,
        "title": hit.document.title,
        "locator": hit.passage.locator,
        "role": hit.document.role.value,
        "score": hit.score,
    }
    return Document(id=hit.passage.id, page_content=hit.passage.text, metadata=metadata)
