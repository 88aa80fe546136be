"""Keep the lexical and the dense index in step with the store; both are caches and may vanish at any time."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nigao.corpus.model import Passage
from nigao.errors import IndexUnavailableError, ModelAnswerError
from nigao.retrieval.catalog import Catalog, indexed_text, text_key
from nigao.retrieval.dense import PROBE, ChromaIndex
from nigao.retrieval.embeddings import Embedder
from nigao.retrieval.exact import DenseIndex, ExactIndex
from nigao.retrieval.lexical import LexicalIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nigao.store import Store

Progress = Callable[[int, int], None]

# Small enough that a kill loses seconds of work, large enough that commits cost nothing beside embedding. An embedder
# may know better by its `batch`.
_BATCH = 32
# A vector and itself, by whichever index.
_SAME = 0.999


@dataclass(frozen=True)
class Snapshot:
    """The indexes at one state of the store. `coverage` (0..1) is the share of passages that have a vector."""

    lexical: LexicalIndex
    dense: DenseIndex | None
    coverage: float

    @property
    def catalog(self) -> Catalog:
        """The passages that the indexes cover."""
        return self.lexical.catalog


class Indexes:
    """Owner of both indexes. `folder` is where their caches live, None for memory only."""

    def __init__(
        self, store: Store, embedder: Embedder | None, folder: Path | None, probe: Sequence[str] = PROBE
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._folder = folder
        self._probe = probe
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._seen = ("", "")
        self._dense: DenseIndex | None = None
        self._fresh = False
        # Why the dense side is not what it should be, in Chinese.
        self.trouble = ""

    def current(self) -> Snapshot:
        """The indexes, brought up to date when the store has changed; two rows are read when it has not."""
        with self._lock:
            model = self._embedder.name if self._embedder else ""
            seen = (self._store.documents.corpus_version(), self._store.vectors.version(model))
            if self._snapshot is None or seen != self._seen:
                lexical = self._lexical(seen[0])
                self._snapshot = Snapshot(lexical, *self._dense_over(lexical.catalog))
                self._seen = seen
            return self._snapshot

    def nearest(
        self, snapshot: Snapshot, vector: NDArray[np.float32], k: int, keys: Set[str] | None
    ) -> dict[str, float]:
        """Cosine of the `k` nearest vectors by key, `keys` narrowing the choice; never fails for want of Chroma."""
        if snapshot.dense is None:
            return {}
        try:
            return snapshot.dense.query(vector, k, keys)
        except IndexUnavailableError as error:
            with self._lock:
                exact = self._fall_back(error)
                # The next call of `current` starts from here.
                self._snapshot = Snapshot(snapshot.lexical, *self._dense_over(snapshot.catalog))
                return exact.query(vector, k, keys)

    def embed_pending(self, progress: Progress | None = None) -> int:
        """Embed what has no vector yet, each batch committed; the number of texts embedded. Raises ModelError.

        While another process does the same, `progress` is told how far that one is.
        """
        if self._embedder is None:
            return 0
        model, at_first = self._embedder.name, 0

        def waiting() -> None:
            nonlocal at_first
            rest = len(self._pending(model))
            at_first = at_first or rest
            if progress and rest:
                progress(at_first - rest, at_first)

        # How far the other one is takes reading the whole corpus: only for somebody who wants to know.
        with self._store.turn("embedding", waiting if progress else None):
            done = self._embed(self._embedder, progress)
        self.current()
        return done

    def _pending(self, model: str) -> dict[str, str]:
        """The texts that have no vector of this model: the id of a passage by the text's key."""
        titles, passages = self._titles(), self._store.documents.each_passage()
        known = {text_key(indexed_text(passage, titles[passage.document_id])): passage.id for passage in passages}
        return {key: known[key] for key in self._store.vectors.missing(model, known)}

    def _embed(self, embedder: Embedder, progress: Progress | None) -> int:
        pending, titles = self._pending(embedder.name), self._titles()
        keys, size = list(pending), getattr(embedder, "batch", _BATCH)
        for start in range(0, len(keys), size):
            batch = keys[start : start + size]
            passages = self._store.documents.current_passages(pending[key] for key in batch)
            found = [passages[pending[key]] for key in batch if pending[key] in passages]
            current = {text_key(text): text for text in (indexed_text(p, titles[p.document_id]) for p in found)}
            # What went or changed meanwhile needs no vector.
            texts = {key: current[key] for key in batch if key in current}
            if texts:
                vectors = embedder.embed_passages(list(texts.values()))
                self.require_fit(vectors)
                self._store.vectors.put(embedder.name, dict(zip(texts, vectors, strict=True)))
            if progress:
                progress(start + len(batch), len(keys))
        return len(keys)

    def require_fit(self, vectors: NDArray[np.float32]) -> None:
        """Raise ModelAnswerError where vectors are of another length than those the store has under the same name: the
        model behind the name is then another one.
        """
        model = self._embedder.name if self._embedder else ""
        kept = self._store.vectors.dimensions(model)
        if kept is not None and vectors.shape[-1] != kept:
            raise ModelAnswerError(
                f"以前的向量是 {kept} 维，现在得到 {vectors.shape[-1]} 维",
                where=f"向量模型 {model}",
                fix="恢复原来的模型，或在 [embedding] 写明 dimensions，向量就按新模型重建",
            )

    def lost(self, passages: Sequence[Passage]) -> list[str]:
        """Ids of those passages that the store has a vector of and the dense index does not find by it."""
        snapshot = self.current()
        titles = self._titles()
        keys = {passage.id: text_key(indexed_text(passage, titles[passage.document_id])) for passage in passages}
        vectors = self._fetch(set(keys.values()))
        # Rounding in an index may make another text of nearly the same vector the nearest; its cosine tells.
        found = {key: max(self.nearest(snapshot, vectors[key], 1, None).values(), default=0.0) for key in vectors}
        return [id for id, key in keys.items() if found.get(key, 1.0) < _SAME]

    def rebuild(self) -> None:
        """Throw both caches away and build them again from the store."""
        with self._lock:
            self.close()
            if self._folder:
                shutil.rmtree(self._folder / "lexical", ignore_errors=True)
            self._fresh = True
            try:
                self.current()
            finally:
                self._fresh = False

    def close(self) -> None:
        """Close the dense index cleanly and forget everything; a later call opens anew."""
        with self._lock:
            dense, self._dense, self._snapshot, self.trouble = self._dense, None, None, ""
            if dense is not None:
                dense.close()

    def _lexical(self, version: str) -> LexicalIndex:
        folder = self._folder / "lexical" if self._folder else None
        known = self._snapshot.lexical if self._snapshot else (LexicalIndex.load(folder) if folder else None)
        if known is not None and known.catalog.version == version:
            return known
        documents, titles = self._store.documents, self._titles()
        if folder is None:
            return LexicalIndex.build(documents.each_passage(), titles, version, known)
        return LexicalIndex.renewed(folder, documents.each_passage, titles, version, known)

    def _titles(self) -> dict[str, str]:
        return {document.id: document.title for document in self._store.documents.all()}

    def _dense_over(self, catalog: Catalog) -> tuple[DenseIndex | None, float]:
        if self._embedder is None:
            return None, 0.0
        missing = set(self._store.vectors.missing(self._embedder.name, catalog.text_keys))
        keys = set(catalog.text_keys) - missing
        if self._dense is None and not keys:
            return None, 0.0
        try:
            self._dense = self._dense or self._open(self._embedder)
            self._dense.sync(keys, self._fetch)
        except IndexUnavailableError as error:
            self._fall_back(error).sync(keys, self._fetch)
        covered = sum(key not in missing for key in catalog.text_keys)
        return self._dense, covered / len(catalog) if catalog else 0.0

    def _open(self, embedder: Embedder) -> DenseIndex:
        folder = self._folder / "chroma" if self._folder else None
        return ChromaIndex(folder, embedder.name, probe=self._probe, fresh=self._fresh)

    def _fall_back(self, error: IndexUnavailableError) -> ExactIndex:
        """Compare every vector instead; slower on a large corpus, never wrong."""
        self.trouble = f"{error.message}，改为逐条比较向量"
        broken, exact = self._dense, ExactIndex()
        self._dense = exact
        if broken is not None:
            # It is broken: that is why it goes.
            with contextlib.suppress(IndexUnavailableError):
                broken.close()
        return exact

    def _fetch(self, keys: Collection[str]) -> Mapping[str, NDArray[np.float32]]:
        return self._store.vectors.get(self._embedder.name if self._embedder else "", keys)
