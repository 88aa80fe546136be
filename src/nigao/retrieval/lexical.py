"""BM25 over words and character pairs, kept in a cache folder and brought up to date from the store."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nigao.corpus.model import Passage
from nigao.retrieval.catalog import Catalog
from nigao.retrieval.fusion import top_positions
from nigao.retrieval.postings import K1, B, Postings, build_postings, rarity
from nigao.retrieval.repeats import copies
from nigao.retrieval.stamp import put_stamp, stamped
from nigao.retrieval.tokenlists import TokenLists, gather
from nigao.text.tokens import search_tokens
from nigao.text.wordpairs import pairs_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Raise it when the tokens or the files change: an index of another format is built anew.
_FORMAT = 3
_HAN = re.compile("[一-鿿]+")
# A pair that more than an eighth of the passages have tells little and costs most.
_COMMON, _FEWEST = 8, 3
# A single character that more than half of the passages have tells nothing and costs most.
_EVERYWHERE = 2
# Measured on seven sets (docs/adr/0010-retrieval.md): what the best passages found first have in common, so many words
# of it, and its share in the score.
_FEEDBACK_TOKENS, _FEEDBACK_SHARE = 80, 0.3


class LexicalIndex:
    """A BM25 index over one catalog. Immutable: a change of the corpus makes a new one, reusing known tokens."""

    def __init__(self, catalog: Catalog, tokens: TokenLists, postings: Postings) -> None:
        self.catalog = catalog
        self._tokens = tokens
        self._postings = postings

    @classmethod
    def build(
        cls,
        passages: Iterable[Passage],
        titles: Mapping[str, str],
        version: str,
        previous: LexicalIndex | None = None,
        folder: Path | None = None,
    ) -> LexicalIndex:
        """Index these passages, in the order of their ids; only texts that `previous` did not hold are cut into tokens.

        With a folder the large arrays are files in it. Raises OSError where they cannot be written.
        """
        known = (previous.catalog, previous._tokens) if previous else None
        catalog, tokens = gather(passages, titles, version, known, folder)
        return cls(catalog, tokens, build_postings(tokens.flat, tokens.offsets, len(tokens.vocabulary), folder))

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex | None:
        """The saved index, or None when it is missing, damaged or of another format. It may be stale."""
        try:
            if not stamped(folder, _FORMAT):
                return None
            return cls(Catalog.load(folder), TokenLists.load(folder), Postings.load(folder))
        except Exception:
            # Whatever is wrong with a cache, the answer is the same: build it anew.
            return None

    @classmethod
    def renewed(
        cls,
        folder: Path,
        passages: Callable[[], Iterable[Passage]],
        titles: Mapping[str, str],
        version: str,
        previous: LexicalIndex | None = None,
    ) -> LexicalIndex:
        """Build the index in place of what the folder holds. A cache that cannot be written is no error."""
        fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
        old = folder.with_name(f"{folder.name}.{os.getpid()}.old")
        try:
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(parents=True)
            built = cls.build(passages(), titles, version, previous, fresh)
            built.catalog.save(fresh)
            built._tokens.save(fresh)
            put_stamp(fresh, _FORMAT)
        except OSError:
            # Full disk, no permission: the index in memory serves.
            shutil.rmtree(fresh, ignore_errors=True)
            return cls.build(passages(), titles, version, previous)
        _swap(fresh, folder, old)
        return built

    def scores(self, query: str, allowed: NDArray[np.bool_]) -> NDArray[np.float64]:
        """BM25 of every passage by position; 0 for those that the mask does not allow."""
        import numpy as np

        return np.where(allowed, self._postings.sums(self._asked(query), len(self.catalog)), 0.0)

    def best(self, scores: NDArray[np.float64], k: int) -> dict[str, float]:
        """The `k` highest scores above zero by passage id."""
        return {self.catalog.passage_ids[i]: float(scores[i]) for i in top_positions(scores, k)}

    def widened(
        self, scores: NDArray[np.float64], feedback: Sequence[tuple[str, float]], allowed: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """The scores (0..1) with a share for what the feedback, passage ids with their weights, has in common (RM3): it
        finds what is said in other words than the query's.
        """
        import numpy as np

        highest = float(scores.max(initial=0.0))
        tokens, weights = self._common(feedback)
        if not len(tokens) or highest <= 0:
            return scores
        alike = np.where(allowed, self._postings.sums(tokens, len(self.catalog), weights), 0.0)
        share = _FEEDBACK_SHARE / max(float(alike.max()), 1e-9)
        # Rounded: the order in which a sum is taken must not decide between equals.
        return np.round((1 - _FEEDBACK_SHARE) / highest * scores + share * alike, 9)

    def copies(self, ids: Sequence[str], enough: int) -> list[str]:
        """Those of the passages that repeat an earlier one of them, looking until `enough` others were seen. Passages
        that differ in a figure are no copies: reports of two years are alike but for these.
        """
        import numpy as np

        flat, offsets = self._tokens.flat, self._tokens.offsets
        places = ((id, self.catalog.place(id)) for id in ids)
        own = ((id, np.unique(np.asarray(flat[offsets[i] : offsets[i + 1]], dtype=np.int64))) for id, i in places)
        return copies(own, enough, self._tells)

    def spelling(self, texts: Sequence[str], ids: Sequence[str]) -> list[str]:
        """Those of the passages that have every character and every number of one of the texts, among which are all
        that contain it.
        """
        import numpy as np

        places = np.array([self.catalog.place(id) for id in ids], dtype=np.int64)
        found = np.zeros(len(ids), dtype=np.bool_)
        for text in texts:
            spelt = {token for token in search_tokens(text) if len(token) == 1 or not _HAN.match(token)}
            numbers = self._numbers(spelt)
            if len(numbers) == len(spelt):
                found |= self._postings.counts(numbers, len(self.catalog))[places] == len(numbers)
        return [ids[i] for i in np.flatnonzero(found).tolist()]

    def _tells(self, numbers: NDArray[np.int64]) -> bool:
        return any(char.isdigit() for i in numbers.tolist() for char in self._words[i])

    @cached_property
    def _words(self) -> list[str]:
        """The tokens by number."""
        return list(self._tokens.vocabulary)

    def _common(self, feedback: Sequence[tuple[str, float]]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The tokens that weigh most in these passages, by BM25, and how much."""
        import numpy as np

        offsets, flat, total = self._tokens.offsets, self._tokens.flat, len(self.catalog)
        mean = max(float(offsets[-1]) / max(total, 1), 1e-9)
        found: list[NDArray[np.int64]] = []
        weighed: list[NDArray[np.float64]] = []
        for id, weight in feedback:
            place = self.catalog.place(id)
            own = flat[offsets[place] : offsets[place + 1]]
            tokens, times = np.unique(np.asarray(own, dtype=np.int64), return_counts=True)
            norm = K1 * (1 - B + B * len(own) / mean)
            found.append(tokens)
            weighed.append(weight * rarity(self._postings.sizes(tokens), total) * times / (times + norm))
        if not found:
            return np.zeros(0, np.int64), np.zeros(0)
        tokens, places = np.unique(np.concatenate(found), return_inverse=True)
        weights = np.zeros(len(tokens))
        np.add.at(weights, places, np.concatenate(weighed))
        weights = np.round(weights, 9)
        # All that reach the last one's weight: their numbers depend on how the index came to be.
        floor = np.partition(weights, -_FEEDBACK_TOKENS)[-_FEEDBACK_TOKENS] if len(weights) > _FEEDBACK_TOKENS else 0.0
        kept = weights >= floor
        return tokens[kept], weights[kept]

    def _asked(self, query: str) -> NDArray[np.int64]:
        """The numbers of the query's tokens, those that tell nothing left out where others remain."""
        import numpy as np

        tokens = search_tokens(query)
        numbers = self._numbers(tokens)
        single = self._numbers(token for token in tokens if len(token) == 1)
        common = single[self._postings.sizes(single) * _EVERYWHERE > len(self.catalog)]
        telling = numbers[~np.isin(numbers, common)]
        return telling if len(telling) else numbers

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
        return np.array(sorted(known[token] for token in tokens if token in known), dtype=np.int64)


def _swap(fresh: Path, folder: Path, old: Path) -> None:
    """Let the new folder take the place of the old one; where another process was quicker, its one is as good."""
    try:
        if folder.is_dir():
            folder.rename(old)
        elif folder.exists():
            folder.unlink()
        fresh.rename(folder)
    except OSError:
        pass
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
