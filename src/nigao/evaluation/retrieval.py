"""How well and how fast search finds what people judged relevant: a test collection, through the product itself."""

from __future__ import annotations

import hashlib
import math
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from nigao.corpus.model import Document, Passage, Role
from nigao.evaluation.collection import Entry, RetrievalData, read_collection
from nigao.evaluation.ranking import ndcg, recall, reciprocal_rank
from nigao.retrieval.catalog import text_key
from nigao.retrieval.embeddings import Embedder
from nigao.retrieval.search import HybridSearch
from nigao.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nigao.retrieval.reranking import Reranker
    from nigao.store.vectors import VectorRepository

Progress = Callable[[int, int], None]

_MEASURES = {"ndcg": ndcg, "recall": recall, "mrr": reciprocal_rank}


class RetrievalOutput(BaseModel):
    """What `nigao eval retrieval` prints: means over the judged queries at rank `k`, and the time taken.

    As JSON the three measures carry the rank in their names: `ndcg@10`. `index_s` is seconds from the texts in memory
    to a corpus searchable by words and by vectors, `embedded` of which had no vector before; `query_ms_*` are
    milliseconds of one search, warm, embedding of the query included. `missing` counts judged documents that the corpus
    does not have, which nothing can find.
    """

    model_config = ConfigDict(extra="forbid")

    k: int
    ndcg: float
    recall: float
    mrr: float
    index_s: float
    query_ms_p50: float
    query_ms_p95: float
    documents: int
    queries: int
    unjudged: int
    missing: int
    embedded: int
    model: str
    note: str

    @model_serializer(mode="wrap")
    def _named_by_rank(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        values: dict[str, Any] = handler(self)
        k = values.pop("k")
        return {f"{name}@{k}": values.pop(name) for name in _MEASURES} | values


@dataclass(frozen=True)
class _Run:
    """What the queries found: ids best first by query id, and the milliseconds each took."""

    found: dict[str, list[str]]
    milliseconds: list[float]
    note: str


def evaluate_retrieval(
    folder: Path,
    embedder: Embedder | None,
    *,
    reranker: Reranker | None = None,
    k: int = 10,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> RetrievalOutput:
    """Index the collection in `folder` in a store of its own and ask every judged query of it.

    Each line of the corpus is one document of one passage, neither split nor changed. `embedder` None searches by words
    only. `cache` is a folder that keeps vectors for the next time; `progress` is told (done, total) of the embedding.
    Raises UsageError for a collection of another shape, ModelError where the embedder fails.
    """
    data = read_collection(folder)
    with (
        tempfile.TemporaryDirectory(prefix="nigao-eval-", ignore_cleanup_errors=True) as place,
        _kept(embedder, cache) as model,
        Store.open(Path(place) / "nigao.db") as store,
        HybridSearch(store, model, Path(place), reranker=reranker) as search,
    ):
        start = time.perf_counter()
        documents = _admit(store, data.corpus)
        search.status()
        embedded = search.embed_pending(progress)
        taken = time.perf_counter() - start
        run = _asked(search, data, k)
    return _output(data, run, k, index_s=taken, documents=documents, embedded=_newly(model, embedded), model=embedder)


def _admit(store: Store, corpus: Sequence[Entry]) -> int:
    """Put every entry that has any text into the store; returns how many."""
    admitted = 0
    for entry in corpus:
        text = entry.text if entry.text.strip() else entry.title
        if not text.strip():
            continue
        digest = hashlib.sha256(text.encode()).hexdigest()
        passage = Passage(entry.id, entry.id, 1, text, "第1段", "", 0, len(text))
        document = Document(entry.id, entry.title, Role.BASIS, digest)
        store.documents.put(document, text, [passage], "eval")
        admitted += 1
    return admitted


def _asked(search: HybridSearch, data: RetrievalData, k: int) -> _Run:
    judged = [(id, text) for id, text in data.queries.items() if id in data.judgements]
    found: dict[str, list[str]] = {}
    milliseconds = []
    for _, text in judged[:1]:
        # The first search of a process loads what the others find loaded.
        search.search(text, k)
    for id, text in judged:
        start = time.perf_counter()
        hits = search.search(text, k)
        milliseconds.append((time.perf_counter() - start) * 1000)
        found[id] = [hit.document.id for hit in hits]
    return _Run(found, milliseconds, search.status().note)


def _output(
    data: RetrievalData, run: _Run, k: int, *, index_s: float, documents: int, embedded: int, model: Embedder | None
) -> RetrievalOutput:
    known = {entry.id for entry in data.corpus}
    judged = {id for document_ids in data.judgements.values() for id in document_ids}
    means = {
        name: _mean([measure(ranked, data.judgements[id], k) for id, ranked in run.found.items()])
        for name, measure in _MEASURES.items()
    }
    return RetrievalOutput(
        k=k,
        **means,
        index_s=round(index_s, 3),
        query_ms_p50=round(_percentile(run.milliseconds, 0.50), 3),
        query_ms_p95=round(_percentile(run.milliseconds, 0.95), 3),
        documents=documents,
        queries=len(run.found),
        unjudged=len(data.queries) - len(run.found),
        missing=len(judged - known),
        embedded=embedded,
        model=model.name if model else "",
        note=run.note,
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of the values does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)] if values else 0.0


class _Keeping:
    """An embedder whose passage vectors are kept in a database beside, and asked of the model once ever."""

    def __init__(self, embedder: Embedder, kept: VectorRepository) -> None:
        self._embedder = embedder
        self._kept = kept
        self.asked = 0
        self.name = embedder.name
        self.batch = getattr(embedder, "batch", 32)

    @property
    def dimensions(self) -> int:
        return self._embedder.dimensions

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (number of texts, dimensions)."""
        import numpy as np

        keyed = {text_key(text): text for text in texts}
        missing = self._kept.missing(self.name, keyed)
        if missing:
            new = self._embedder.embed_passages([keyed[key] for key in missing])
            self._kept.put(self.name, dict(zip(missing, new, strict=True)))
            self.asked += len(missing)
        vectors = self._kept.get(self.name, keyed)
        return np.stack([vectors[text_key(text)] for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Shape (dimensions,). Never from the cache: its time is measured."""
        return self._embedder.embed_query(text)


@contextmanager
def _kept(embedder: Embedder | None, cache: Path | None) -> Iterator[Embedder | None]:
    """The embedder, its vectors kept in the folder where one is given."""
    if embedder is None or cache is None:
        yield embedder
        return
    with Store.open(cache / "vectors.db") as store:
        yield _Keeping(embedder, store.vectors)


def _newly(model: Embedder | None, embedded: int) -> int:
    return model.asked if isinstance(model, _Keeping) else embedded
