"""Search of the approved corpus: who may be cited is asked of SQL on every query, then two rankings become one."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from nigao.corpus.model import Document, Passage, Role
from nigao.errors import ModelError
from nigao.retrieval.catalog import Choice
from nigao.retrieval.circuit import Circuit
from nigao.retrieval.dense import PROBE
from nigao.retrieval.embeddings import Embedder
from nigao.retrieval.fusion import DENSE_WEIGHT, DEPTH, fuse
from nigao.retrieval.indexes import Indexes, Progress, Snapshot
from nigao.retrieval.lexical import LexicalIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nigao.store import Store

_CITABLE = (Role.BASIS, Role.MATERIAL)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` (0..1) ranks within this query only.

    `lexical` is the BM25 score and `dense` the cosine, comparable across queries; None where the passage was not among
    that side's best.
    """

    passage: Passage
    document: Document
    score: float
    lexical: float | None
    dense: float | None


@dataclass(frozen=True, slots=True)
class SearchStatus:
    """How search stands. `dense` is `chroma`, `exact` or `off`; `note` says in Chinese what could be better."""

    passages: int
    embedded: int
    model: str
    dense: str
    note: str


class HybridSearch:
    """Lexical and dense search over a store.

    `embedder` None means lexical only. `cache_dir` holds the index caches, None keeps them in memory. `probe` is the
    command that tries out a doubtful Chroma folder. A model that fails is left alone for a minute by `clock` (seconds):
    search then goes by words, and the status says why. Close it: a clean close spares the next opening a probe.
    """

    def __init__(
        self,
        store: Store,
        embedder: Embedder | None = None,
        cache_dir: Path | None = None,
        *,
        probe: Sequence[str] = PROBE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._circuit = Circuit(clock)
        self._store = store
        self._embedder = embedder
        self._indexes = Indexes(store, embedder, cache_dir, probe)

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        roles: Collection[Role] | None = None,
        document_ids: Collection[str] | None = None,
        on: dt.date | None = None,
        include_exemplars: bool = False,
        words_only: bool = False,
    ) -> list[Hit]:
        """The `k` best passages that are evidence on the date (today by default), best first.

        `roles` and `document_ids` narrow the choice. An exemplar is found only when asked for by role or by
        `include_exemplars`. `words_only` leaves the vectors out, which takes a millisecond instead of an embedding. The
        same corpus, query and date give the same hits in the same order.
        """
        if k <= 0 or not query.strip():
            return []
        day = on or dt.date.today()
        wanted = set(_CITABLE if roles is None else roles) | ({Role.EXEMPLAR} if include_exemplars else set())
        citable = self._store.documents.evidence_ids(day, wanted)
        if document_ids is not None:
            citable &= set(document_ids)
        snapshot = self._indexes.current()
        allowed = snapshot.catalog.choice(frozenset(citable))
        if not allowed.vector_keys:
            return []
        depth = max(DEPTH, k)
        words = snapshot.lexical.scores(query, depth, allowed.mask)
        vectors = {} if words_only else self._dense_scores(snapshot, query, depth, allowed)
        weight = (DENSE_WEIGHT * snapshot.coverage if words else 1.0) if vectors else 0.0
        ranked = fuse(words, vectors, weight=weight, depth=depth)[:k]
        return self._hits(ranked, words, vectors, day)

    def words(self) -> LexicalIndex:
        """The index of words, brought up to date."""
        return self._indexes.current().lexical

    def embed_pending(self, progress: Progress | None = None) -> int:
        """Embed the current passages that have no vector yet; returns how many texts that were.

        Each batch is committed, so that a run that is killed is continued by the next; each text is embedded once ever.
        `progress` is told (done, total) after each batch. Does nothing without an embedder. Raises ModelError where the
        model fails; what was embedded until then is kept.
        """
        self._circuit.close()
        try:
            return self._indexes.embed_pending(progress)
        except ModelError as error:
            self._circuit.fail(error)
            raise

    def status(self) -> SearchStatus:
        """How search stands, with the indexes brought up to date first."""
        snapshot = self._indexes.current()
        total = len(snapshot.catalog)
        embedded = round(snapshot.coverage * total)
        trouble = self._circuit.trouble
        if self._embedder is None:
            note = "没有可用的向量模型，只按字词检索"
        elif embedded < total and trouble:
            note = f"还有 {total - embedded} 段未建立向量，只按字词检索，恢复后运行 nigao corpus sync 可续建"
        elif trouble:
            note = "向量模型恢复之前只按字词检索"
        elif embedded < total:
            note = f"还有 {total - embedded} 段未建立向量，这些段落只按字词检索"
        else:
            note = ""
        return SearchStatus(
            passages=total,
            embedded=embedded,
            model=self._embedder.name if self._embedder else "",
            dense=snapshot.dense.kind if snapshot.dense else "off",
            note="；".join(filter(None, (self._indexes.trouble, trouble, note))),
        )

    def rebuild(self) -> None:
        """Throw the index caches away and build them again from the store, which keeps the vectors."""
        self._indexes.rebuild()

    def close(self) -> None:
        """Close the indexes cleanly. The store stays open: it belongs to the caller."""
        self._indexes.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _dense_scores(self, snapshot: Snapshot, query: str, depth: int, allowed: Choice) -> dict[str, float]:
        if self._embedder is None or snapshot.dense is None:
            return {}
        vector = self._query_vector(self._embedder, query)
        if vector is None:
            return {}
        catalog = snapshot.catalog
        found = self._indexes.nearest(snapshot, vector, depth, allowed.vector_keys)
        return {
            # Rounded, so that the last bits, which differ from index to index, do not decide between equals.
            catalog.passage_ids[i]: round(cosine, 5)
            for key, cosine in found.items()
            for i in catalog.positions.get(key, ())
            if allowed.mask[i]
        }

    def _query_vector(self, embedder: Embedder, query: str) -> NDArray[np.float32] | None:
        """The query's vector, None while the model cannot give it."""
        if not self._circuit.closed:
            return None
        try:
            vector = embedder.embed_query(query)
            self._indexes.require_fit(vector)
        except ModelError as error:
            self._circuit.fail(error)
            return None
        self._circuit.close()
        return vector

    def _hits(
        self, ranked: list[tuple[str, float]], words: dict[str, float], vectors: dict[str, float], day: dt.date
    ) -> list[Hit]:
        passages = self._store.documents.current_passages(id for id, _ in ranked)
        owners = {passage.document_id for passage in passages.values()}
        documents = {document.id: document for document in self._store.documents.many(owners, day)}
        return [
            Hit(passages[id], documents[passages[id].document_id], score, words.get(id), vectors.get(id))
            for id, score in ranked
            if id in passages
        ]
