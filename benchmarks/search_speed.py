"""Times a warm search over a corpus of many passages, in all and by stage, beside its two engines called bare.

Run `python benchmarks/search_speed.py [--passages 20000] [--queries 200] [--documents 400] [--folder FOLDER]`; what is
built is kept in FOLDER for the next run. The texts are sentences of
the sample corpus put together anew and the vectors are drawn at random, both by a fixed seed; the queries are parts of
the texts. The local model embeds the queries where it is installed. Bare means: the same query vector, the words of the
query cut by jieba, `bm25s` over words, and a Chroma collection with the same settings and no filter.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from nigao.corpus.model import Document, Passage, Role
from nigao.resources import sample_corpus
from nigao.retrieval import HashingEmbedder, HybridSearch, local_embedder
from nigao.retrieval import search as searching
from nigao.store import Store
from nigao.text.sentences import split_sentences
from nigao.text.tokens import words

_SENTENCES = 4
_QUERY_LENGTHS = (6, 12, 24, 60)


class Drawn:
    """The real model for queries, vectors drawn at random for passages: size without an hour of embedding."""

    def __init__(self) -> None:
        self._model = local_embedder() or HashingEmbedder(384)
        self.name = f"drawn for {self._model.name}"
        self.dimensions = self._model.dimensions
        self.batch = 1000

    def embed_passages(self, texts: Sequence[str]) -> Any:
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) for text in texts]
        vectors = np.stack([np.random.default_rng(seed).standard_normal(self.dimensions) for seed in seeds])
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)

    def embed_query(self, text: str) -> Any:
        return self._model.embed_query(text)


def texts(count: int) -> Iterator[str]:
    """So many passages of sample sentences in new company."""
    folder = sample_corpus() / "documents"
    files = sorted(folder.rglob("*.md")) + sorted(folder.rglob("*.txt"))
    known = [span.text for file in files for span in split_sentences(file.read_text(encoding="utf-8"))]
    known = [text for text in known if len(text) > 15]
    chance = random.Random(7)
    for number in range(count):
        yield f"第{number}项，" + "".join(chance.sample(known, _SENTENCES))


def fill(store: Store, passages: Sequence[str], documents: int) -> None:
    """Admit the passages as so many documents of equal length."""
    size = -(-len(passages) // documents)
    for number in range(documents):
        own = passages[number * size : (number + 1) * size]
        whole = "\n".join(own)
        places, start = [], 0
        for position, text in enumerate(own, 1):
            id = f"d{number:05d}-{position:03d}"
            place = (start, start + len(text))
            places.append(Passage(id, f"d{number:05d}", position, text, f"第{position}段", "二、主要做法", *place))
            start += len(text) + 1
        digest = hashlib.sha256(whole.encode()).hexdigest()
        role = Role.BASIS if number % 3 else Role.MATERIAL
        if own:
            store.documents.put(Document(f"d{number:05d}", f"参考材料之{number}", role, digest), whole, places, "bench")


def questions(passages: Sequence[str], count: int) -> list[str]:
    """Parts of the passages, of the lengths that people and drafting ask with."""
    chance = random.Random(11)
    drawn = []
    for number in range(count):
        text = chance.choice(passages)
        length = _QUERY_LENGTHS[number % len(_QUERY_LENGTHS)]
        start = chance.randrange(max(1, len(text) - length))
        drawn.append(text[start : start + length])
    return drawn


class Stages:
    """Milliseconds of single steps, by wrapping the functions that take them."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def timed(self, owner: Any, name: str, label: str) -> Iterator[None]:
        """While it lasts, every call of `owner.name` is timed under the label."""
        plain: Callable[..., Any] = getattr(owner, name)

        def call(*args: Any, **options: Any) -> Any:
            start = time.perf_counter()
            try:
                return plain(*args, **options)
            finally:
                self.taken[label].append((time.perf_counter() - start) * 1000)

        setattr(owner, name, call)
        try:
            yield
        finally:
            setattr(owner, name, plain)


def told(label: str, values: Sequence[float], total: float) -> None:
    ordered = sorted(values)
    p50, p95 = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
    print(f"{label:<34}{p50:>9.2f} ms{p95:>9.2f} ms{100 * sum(values) / total:>8.0f} %")


def timed_each(queries: Sequence[str], ask: Callable[[str], object]) -> list[float]:
    """Milliseconds of each query, after one round that warms up."""
    for query in queries[:20]:
        ask(query)
    taken = []
    for query in queries:
        start = time.perf_counter()
        ask(query)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def bare(folder: Path, passages: Sequence[str], model: Drawn) -> Callable[[str], object]:
    """bm25s over jieba's words and Chroma, called one after the other."""
    import bm25s
    import chromadb

    index = bm25s.BM25()
    index.index([words(text) for text in passages], show_progress=False)
    collection = chromadb.PersistentClient(folder / "bare").get_or_create_collection(
        "bare",
        configuration={"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 500, "max_neighbors": 32}},
        embedding_function=None,
    )
    for start in range(collection.count(), len(passages), 1000):
        part = passages[start : start + 1000]
        ids = [str(start + i) for i in range(len(part))]
        collection.add(ids=ids, embeddings=list(model.embed_passages(part)))

    def ask(query: str) -> object:
        known = [word for word in words(query) if word in index.vocab_dict]
        if known:
            index.retrieve([known], k=100, show_progress=False)
        vector = model.embed_query(query)
        return collection.query(query_embeddings=vector[None, :], n_results=100, include=["distances"])

    return ask


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--passages", type=int, default=20_000)
    options.add_argument("--documents", type=int, default=400)
    options.add_argument("--queries", type=int, default=200)
    options.add_argument("--folder", type=Path)
    asked = options.parse_args()
    passages = list(texts(asked.passages))
    queries = questions(passages, asked.queries)
    model = Drawn()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = asked.folder or Path(name)
        with Store.open(folder / "nigao.db") as store, HybridSearch(store, model, folder) as search:
            if not store.documents.passages():
                fill(store, passages, asked.documents)
            start = time.perf_counter()
            search.status()
            print(f"lexical index: {time.perf_counter() - start:.1f} s")
            start = time.perf_counter()
            search.embed_pending()
            print(f"vectors and Chroma: {time.perf_counter() - start:.1f} s")
            measure(search, store, model, queries, bare(folder, passages, model))


def measure(
    search: HybridSearch, store: Store, model: Drawn, queries: Sequence[str], peer: Callable[[str], object]
) -> None:
    """Print the table of one corpus."""
    whole = timed_each(queries, search.search)
    narrowed = timed_each(queries, lambda query: search.search(query, roles=[Role.MATERIAL]))
    worded = timed_each(queries, lambda query: search.search(query, words_only=True))
    alone = timed_each(queries, model.embed_query)
    plain = timed_each(queries, peer)
    stages = Stages()
    snapshot = search._indexes.current()
    with (
        stages.timed(store.documents, "evidence_ids", "  who may be cited (SQL)"),
        stages.timed(search._indexes, "current", "  are the indexes current (SQL)"),
        stages.timed(snapshot.lexical, "scores", "  words"),
        stages.timed(model, "embed_query", "  embedding of the query"),
        stages.timed(search._indexes, "nearest", "  vectors"),
        stages.timed(searching, "fuse", "  fusion"),
        stages.timed(search, "_hits", "  reading the hits (SQL)"),
    ):
        timed_each(queries, search.search)
    print(f"{'':<34}{'p50':>12}{'p95':>12}{'share':>10}")
    told("search", whole, sum(whole))
    for label, values in stages.taken.items():
        told(label, values[-len(queries) :], sum(whole))
    told("search in one role", narrowed, sum(narrowed))
    told("search by words only", worded, sum(worded))
    told("bare: embedding of the query", alone, sum(alone))
    told("bare: embedding, bm25s, Chroma", plain, sum(plain))
    print(f"ratio to bare, p50: {statistics.median(whole) / statistics.median(plain):.2f}")


if __name__ == "__main__":
    main()
