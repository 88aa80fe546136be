"""BM25 over words and character pairs, kept in a cache folder and brought up to date from the store."""

from __future__ import annotations

import json
import os
import re
import shutil
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nigao.corpus.model import Passage
from nigao.retrieval.catalog import Catalog, indexed_text
from nigao.retrieval.fusion import top_positions
from nigao.text.tokens import search_tokens
from nigao.text.wordpairs import pairs_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Raise it when the tokens or the files change: an index of another format is built anew.
_FORMAT = 1
_HAN = re.compile("[一-鿿]+")
# A pair that more than an eighth of the passages have tells little and costs most.
_COMMON, _FEWEST = 8, 3
_STAMP, _CATALOG, _TOKENS = "index.json", "catalog.json", "tokens.npz"


class LexicalIndex:
    """A BM25 index over one catalog. Immutable: a change of the corpus makes a new one, reusing known tokens."""

    def __init__(self, catalog: Catalog, bm25: Any | None, tokens: _Tokens) -> None:
        self.catalog = catalog
        self._bm25 = bm25
        self._tokens = tokens

    @classmethod
    def build(
        cls,
        catalog: Catalog,
        passages: Iterable[Passage],
        titles: Mapping[str, str],
        previous: LexicalIndex | None = None,
    ) -> LexicalIndex:
        """Index the catalog's passages; only texts that `previous` did not hold are cut into tokens."""
        texts = {passage.id: indexed_text(passage, titles[passage.document_id]) for passage in passages}
        tokens = _Tokens.of(catalog, texts, previous)
        return cls(catalog, tokens.bm25(), tokens)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex | None:
        """The saved index, or None when it is missing, damaged or of another format. It may be stale."""
        try:
            stamp = json.loads((folder / _STAMP).read_bytes())
            if stamp["format"] != _FORMAT or stamp["files"] != _checksums(folder):
                return None
            saved = json.loads((folder / _CATALOG).read_bytes())
            lists = {name: tuple(value) for name, value in saved.items() if name != "version"}
            return cls._read(folder, Catalog(version=saved["version"], **lists))
        except Exception:
            # Whatever is wrong with a cache, the answer is the same: build it anew.
            return None

    @classmethod
    def _read(cls, folder: Path, catalog: Catalog) -> LexicalIndex:
        import bm25s
        import numpy as np

        with np.load(folder / _TOKENS) as saved:
            flat, offsets = saved["flat"], saved["offsets"]
        if not len(flat):
            return cls(catalog, None, _Tokens({}, flat, offsets))
        bm25 = bm25s.BM25.load(folder, load_vocab=True, show_progress=False)
        return cls(catalog, bm25, _Tokens(bm25.vocab_dict, flat, offsets))

    def save(self, folder: Path) -> None:
        """Put the index in place of what the folder holds. A cache that cannot be written is no error."""
        fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
        old = folder.with_name(f"{folder.name}.{os.getpid()}.old")
        try:
            self._write(fresh)
            if folder.is_dir():
                folder.rename(old)
            elif folder.exists():
                folder.unlink()
            fresh.rename(folder)
        except OSError:
            # Full disk, no permission, or another process was quicker: the index in memory serves.
            pass
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)

    def _write(self, folder: Path) -> None:
        import numpy as np

        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        np.savez(folder / _TOKENS, flat=self._tokens.flat, offsets=self._tokens.offsets)
        (folder / _CATALOG).write_text(json.dumps(asdict(self.catalog)), encoding="utf-8")
        if self._bm25 is not None:
            self._bm25.save(folder, show_progress=False)
        stamp = {"format": _FORMAT, "files": _checksums(folder)}
        (folder / _STAMP).write_text(json.dumps(stamp), encoding="utf-8")

    def scores(self, query: str, k: int, allowed: NDArray[np.bool_] | None = None) -> dict[str, float]:
        """The `k` best BM25 scores above zero by passage id; `allowed` is a mask over the catalog's positions."""
        import numpy as np

        tokens = search_tokens(query)
        if self._bm25 is None or not tokens or k <= 0:
            return {}
        all_scores: NDArray[np.float32] = self._bm25.get_scores(tokens)
        if allowed is not None:
            all_scores = np.where(allowed, all_scores, np.float32(0))
        return {self.catalog.passage_ids[i]: float(all_scores[i]) for i in top_positions(all_scores, k)}

    def nearest_by_pairs(self, texts: Sequence[str], k: int, allowed: NDArray[np.bool_]) -> list[list[str]]:
        """For each text the ids of the `k` passages that score best by its pairs of characters alone, best first.

        Cheaper than `scores`: nothing is cut into words, and pairs that half the corpus has are left out.
        """
        import numpy as np

        found: list[list[str]] = []
        for text in texts:
            numbers = self._numbers(pairs_of(text))
            sizes = self._postings.sizes(numbers)
            rare = numbers[sizes * _COMMON <= len(self.catalog)]
            scores = self._postings.sums(rare if len(rare) >= _FEWEST else numbers, len(self.catalog))
            best = top_positions(np.where(allowed, scores, 0.0), k)
            found.append([self.catalog.passage_ids[i] for i in best])
        return found

    def holders(self, text: str, allowed: NDArray[np.bool_]) -> list[str] | None:
        """Ids of the passages that have every pair of neighbouring Chinese characters of the text, among which are all
        that contain it; None where it has no such pair.
        """
        import numpy as np

        pairs = {run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)}
        if not pairs:
            return None
        numbers = self._numbers(pairs)
        if len(numbers) < len(pairs):
            return []
        counts = self._postings.counts(numbers, len(self.catalog))
        return [self.catalog.passage_ids[i] for i in np.flatnonzero((counts == len(numbers)) & allowed)]

    def _numbers(self, tokens: Iterable[str]) -> NDArray[np.int64]:
        import numpy as np

        known = self._tokens.vocabulary
        found = () if self._bm25 is None else sorted(known[token] for token in tokens if token in known)
        return np.array(found, dtype=np.int64)

    @cached_property
    def _postings(self) -> _Postings:
        import numpy as np

        if self._bm25 is None:
            return _Postings(np.zeros(0, np.float32), np.zeros(0, np.int32), np.zeros(1, np.int64))
        return _Postings(*(self._bm25.scores[name] for name in ("data", "indices", "indptr")))


@dataclass(frozen=True)
class _Postings:
    """The index by token: token `t` stands in passages `indices[starts[t]:starts[t + 1]]`, with these scores."""

    data: NDArray[np.float32]
    indices: NDArray[np.int32]
    starts: NDArray[np.int64]

    def sizes(self, tokens: NDArray[np.int64]) -> NDArray[np.int64]:
        """In how many passages each of the tokens stands."""
        return self.starts[tokens + 1] - self.starts[tokens]

    def sums(self, tokens: NDArray[np.int64], passages: int) -> NDArray[np.float64]:
        """The scores of all passages."""
        return self._added(tokens, passages, weighted=True)

    def counts(self, tokens: NDArray[np.int64], passages: int) -> NDArray[np.float64]:
        """How many of the tokens each passage has."""
        return self._added(tokens, passages, weighted=False)

    def _added(self, tokens: NDArray[np.int64], passages: int, *, weighted: bool) -> NDArray[np.float64]:
        import numpy as np

        if not len(tokens):
            return np.zeros(passages)
        slices = [slice(a, b) for a, b in zip(self.starts[tokens], self.starts[tokens + 1], strict=True)]
        places = np.concatenate([self.indices[part] for part in slices])
        weights = np.concatenate([self.data[part] for part in slices]) if weighted else None
        return np.bincount(places, weights, passages).astype(np.float64)


class _Tokens:
    """Token numbers of every passage in one array: passage i has `flat[offsets[i]:offsets[i + 1]]`."""

    def __init__(self, vocabulary: dict[str, int], flat: NDArray[np.int32], offsets: NDArray[np.int64]) -> None:
        self.vocabulary = vocabulary
        self.flat = flat
        self.offsets = offsets

    @classmethod
    def of(cls, catalog: Catalog, texts: Mapping[str, str], previous: LexicalIndex | None) -> _Tokens:
        import numpy as np

        known = previous._tokens.by_key(previous.catalog) if previous else {}
        # Numbers are only ever added, so that the arrays of the previous index keep their meaning.
        vocabulary = dict(previous._tokens.vocabulary) if previous else {}
        arrays: list[NDArray[np.int32]] = []
        for id, key in zip(catalog.passage_ids, catalog.token_keys, strict=True):
            if key not in known:
                numbers = [vocabulary.setdefault(token, len(vocabulary)) for token in search_tokens(texts[id])]
                known[key] = np.array(numbers, dtype=np.int32)
            arrays.append(known[key])
        flat = np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.int32)
        return cls(vocabulary, flat, np.cumsum([0, *map(len, arrays)], dtype=np.int64))

    def by_key(self, catalog: Catalog) -> dict[str, NDArray[np.int32]]:
        return dict(zip(catalog.token_keys, self._slices(), strict=True))

    def bm25(self) -> Any | None:
        if not len(self.flat):
            return None
        import bm25s

        index = bm25s.BM25()
        lists = [numbers.tolist() for numbers in self._slices()]
        index.index((lists, self.vocabulary), create_empty_token=False, show_progress=False)
        return index

    def _slices(self) -> list[NDArray[np.int32]]:
        return [self.flat[a:b] for a, b in zip(self.offsets[:-1], self.offsets[1:], strict=True)]


def _checksums(folder: Path) -> dict[str, int]:
    files = sorted(path for path in folder.iterdir() if path.name != _STAMP)
    return {path.name: zlib.crc32(path.read_bytes()) for path in files}
