"""Search over the approved corpus: lexical and dense indexes as caches of the store, fused into one ranking.

Importing this package loads no engine; each is loaded by the first object that needs it.
"""

from nigao.retrieval.embeddings import Embedder, HashingEmbedder, LangChainEmbedder, LocalE5, local_embedder
from nigao.retrieval.search import Hit, HybridSearch, SearchStatus

__all__ = [
    "Embedder",
    "HashingEmbedder",
    "Hit",
    "HybridSearch",
    "LangChainEmbedder",
    "LocalE5",
    "SearchStatus",
    "local_embedder",
]
