"""Search of the approved corpus: who may be cited is asked of SQL on every query, then two rankings become one."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from nigao.corpus.model import Document, Passage, Role
from nigao.errors import ModelError
from nigao.retrieval.catalog import Choice, indexed_text
from nigao.retrieval.circuit import Circuit
from nigao.retrieval.dense import PROBE
from nigao.retrieval.embeddings import Embedder
from nigao.retrieval.figures import by_figures
from nigao.retrieval.fusion import DENSE_WEIGHT, DEPTH, fuse, led
from nigao.retrieval.indexes import Indexes, Progress, Snapshot
from nigao.retrieval.lexical import LexicalIndex
from nigao.retrieval.naming import may_name
from nigao.retrieval.repeats import copies_last
from nigao.retrieval.second_look import SecondLook
from nigao.retrieval.standing import Standing, standing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nigao.retrieval.reranking import Reranker
    from nigao.store import Store

_CITABLE = (Role.BASIS, Role.MATERIAL)
# How many of the passages found first tell what the answer is about.
FEEDBACK = 15


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


@dataclass(frozen=True, slots=True)
class _Found:
    """Passage ids with their joint score, best first, and what each side scored of them."""

    ranked: list[tuple[str, float]]
    words: dict[str, float]
    vectors: dict[str, float]

    @property
    def ids(self) -> list[str]:
        return [id for id, _ in self.ranked]


class HybridSearch:
    """Lexical and dense search over a store.

    `embedder` None means lexical only. `cache_dir` holds the index caches, None keeps them in memory. `probe` is the
    command that tries out a doubtful Chroma folder. A model that fails is left alone for a minute by `clock` (seconds):
    search then goes by words, and the status says why; a `reranker` that fails leaves the order as it was. Close it: a
    clean close spares the next opening a probe.
    """

    def __init__(
        self,
        store: Store,
        embedder: Embedder | None = None,
        cache_dir: Path | None = None,
        *,
        reranker: Reranker | None = None,
        probe: Sequence[str] = PROBE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._circuit = Circuit(clock)
        self._second_look = SecondLook(reranker, clock)
        self._standing: Standing | None = None
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
        unit: str | Collection[str] | None = None,
        include_exemplars: bool = False,
        words_only: bool = False,
    ) -> list[Hit]:
        """The `k` best passages that are evidence on the date (today by default), best first.

        `unit` is who asks, by one name or several of the same: without it only what everybody may see is found.
        `roles` and `document_ids` narrow the choice. An exemplar is found only when asked for by role or by
        `include_exemplars`. `words_only` leaves the models out, which takes a millisecond instead of an embedding.
        Documents that the query names by 《title》 or 文号 come first, with at most half of the hits; passages with its
        figures move up, copies of a passage down. The same corpus, query and date give the same hits in the same order.
        """
        if k <= 0 or not query.strip():
            return []
        day = on or dt.date.today()
        wanted = set(_CITABLE if roles is None else roles) | ({Role.EXEMPLAR} if include_exemplars else set())
        known = self.standing()
        citable = known.citable(day, wanted, unit)
        if document_ids is not None:
            citable &= frozenset(document_ids)
        snapshot = self._indexes.current()
        allowed = snapshot.catalog.choice(citable)
        if not allowed.vector_keys:
            return []
        vector = None if words_only or snapshot.dense is None else self._query_vector(query)
        found = self._found(snapshot, query, vector, allowed, max(DEPTH, k))
        named = known.names.named_in(query) & citable if may_name(query) else frozenset[str]()
        leading = self._of(named, snapshot, query, vector, -(-k // 2))

        def texts(ids: Sequence[str]) -> dict[str, str]:
            return self._texts(ids, known, day)

        def likely(figures: Sequence[str], ids: Sequence[str]) -> dict[str, str]:
            return texts(snapshot.lexical.spelling(figures, ids))

        ranked = led(by_figures(found.ranked, query, likely), leading.ids)
        if not words_only:
            ranked = self._second_look.ranked(ranked, query, texts, len(leading.ids))
        ranked = copies_last(ranked, snapshot.lexical.copies, k)
        return self._hits(ranked[:k], leading.words | found.words, leading.vectors | found.vectors, known, day)

    def standing(self) -> Standing:
        """What SQL says of the documents now; the same object as long as nothing is recorded."""
        self._standing = standing(self._store, self._standing)
        return self._standing

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
            note="；".join(filter(None, (self._indexes.trouble, trouble, note, self._second_look.note))),
        )

    def lost_vectors(self, passages: Sequence[Passage]) -> list[str]:
        """Ids of those of the passages whose vector the dense index does not find again."""
        return self._indexes.lost(passages)

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

    def _found(
        self, snapshot: Snapshot, query: str, vector: NDArray[np.float32] | None, allowed: Choice, depth: int
    ) -> _Found:
        """Both rankings as one: by words and vectors, and again with what the best of that round have in common."""
        lexical = snapshot.lexical
        scores = lexical.scores(query, allowed.mask)
        words = lexical.best(scores, depth)
        vectors = {} if vector is None else self._dense_scores(snapshot, vector, depth, allowed)
        if not vectors or not words:
            return _Found(fuse(words, vectors, weight=1.0 if vectors else 0.0, depth=depth), words, vectors)
        weight = DENSE_WEIGHT * snapshot.coverage
        first = fuse(words, vectors, weight=weight, depth=depth)
        wider = lexical.best(lexical.widened(scores, first[:FEEDBACK], allowed.mask), depth)
        return _Found(fuse(wider, vectors, weight=weight, depth=depth), words, vectors)

    def _of(
        self, named: Set[str], snapshot: Snapshot, query: str, vector: NDArray[np.float32] | None, most: int
    ) -> _Found:
        """Passages of the documents that the query names, best first; none where it names none."""
        if not named:
            return _Found([], {}, {})
        allowed = snapshot.catalog.choice(frozenset(named))
        found = self._found(snapshot, query, vector, allowed, DEPTH)
        # Named by its 文号, which its passages do not repeat: the rest from its beginning.
        rest = [snapshot.catalog.passage_ids[i] for i in allowed.mask.nonzero()[0].tolist()]
        ranked = led(found.ranked, [*found.ids, *rest])
        return _Found(ranked[:most], found.words, found.vectors)

    def _texts(self, ids: Sequence[str], known: Standing, day: dt.date) -> dict[str, str]:
        """What search sees of these passages, those that are gone left out, in the order asked for."""
        passages = self._store.documents.current_passages(ids)
        owners = known.documents({passage.document_id for passage in passages.values()}, day)
        found = (passages[id] for id in ids if id in passages and passages[id].document_id in owners)
        return {passage.id: indexed_text(passage, owners[passage.document_id].title) for passage in found}

    def _dense_scores(
        self, snapshot: Snapshot, vector: NDArray[np.float32], depth: int, allowed: Choice
    ) -> dict[str, float]:
        catalog = snapshot.catalog
        found = self._indexes.nearest(snapshot, vector, depth, allowed.vector_keys)
        return {
            # Rounded, so that the last bits, which differ from index to index, do not decide between equals.
            catalog.passage_ids[i]: round(cosine, 5)
            for key, cosine in found.items()
            for i in catalog.positions.get(key, ())
            if allowed.mask[i]
        }

    def _query_vector(self, query: str) -> NDArray[np.float32] | None:
        """The query's vector, None while the model cannot give it."""
        if self._embedder is None or not self._circuit.closed:
            return None
        try:
            vector = self._embedder.embed_query(query)
            self._indexes.require_fit(vector)
        except ModelError as error:
            self._circuit.fail(error)
            return None
        self._circuit.close()
        return vector

    def _hits(
        self,
        ranked: list[tuple[str, float]],
        words: dict[str, float],
        vectors: dict[str, float],
        known: Standing,
        day: dt.date,
    ) -> list[Hit]:
        passages = self._store.documents.current_passages(id for id, _ in ranked)
        documents = known.documents({passage.document_id for passage in passages.values()}, day)
        return [
            Hit(passages[id], documents[passages[id].document_id], score, words.get(id), vectors.get(id))
            for id, score in ranked
            if id in passages and passages[id].document_id in documents
        ]
