"""BM25 scores by token, worked out a stretch of passages at a time, so that memory does not grow with the corpus.

`bm25s`, which this agrees with, takes every document's tokens as Python lists at once: 33 MB a megabyte of text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Lucene's variant with its usual values.
K1, B = 1.5, 0.75
# Tokens taken at a time: some 50 MB while they are sorted.
_STRETCH = 1_000_000
_DATA, _PLACES, _STARTS = "scores.npy", "places.npy", "starts.npy"


@dataclass(frozen=True)
class Postings:
    """Token `t` stands in passages `places[starts[t]:starts[t + 1]]`, in rising order, with the scores beside them.

    The arrays may lie in files: only what is asked for is then read.
    """

    data: NDArray[np.float32]
    places: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """What `build_postings` wrote to the folder, mapped and not read. Raises OSError, ValueError."""
        import numpy as np

        # As plain arrays over the files: numpy's own kind for them costs more to slice than what is in the slices.
        data, places = (np.load(folder / name, mmap_mode="r").view(np.ndarray) for name in (_DATA, _PLACES))
        return cls(data, places, np.load(folder / _STARTS))

    def sizes(self, tokens: NDArray[np.int64]) -> NDArray[np.int64]:
        """In how many passages each of the tokens stands."""
        return self.starts[tokens + 1] - self.starts[tokens]

    def sums(
        self, tokens: NDArray[np.int64], passages: int, factors: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """The scores of all passages; a token given twice counts twice, or as its factor says."""
        import numpy as np

        total = np.zeros(passages)
        for i, (a, b) in enumerate(zip(self.starts[tokens].tolist(), self.starts[tokens + 1].tolist(), strict=True)):
            # A token stands once in the places of a passage, so that nothing is added twice to one of them.
            total[self.places[a:b]] += self.data[a:b] if factors is None else factors[i] * self.data[a:b]
        return total

    def counts(self, tokens: NDArray[np.int64], passages: int) -> NDArray[np.float64]:
        """How many of the tokens each passage has."""
        import numpy as np

        if not len(tokens):
            return np.zeros(passages)
        slices = [slice(a, b) for a, b in zip(self.starts[tokens], self.starts[tokens + 1], strict=True)]
        return np.bincount(np.concatenate([self.places[part] for part in slices]), None, passages).astype(np.float64)


def build_postings(
    flat: NDArray[np.int32], offsets: NDArray[np.int64], vocabulary: int, folder: Path | None = None
) -> Postings:
    """The postings of passages whose token numbers, below `vocabulary`, are `flat[offsets[i]:offsets[i + 1]]`.

    With a folder the large arrays are made as files in it. Raises OSError where they cannot be.
    """
    import numpy as np

    holders = np.zeros(vocabulary, dtype=np.int64)
    for tokens, _, _ in _stretches(flat, offsets):
        holders += np.bincount(tokens, minlength=vocabulary)
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(holders)])
    data, places = _room(folder, int(starts[-1]))
    worth = rarity(holders, len(offsets) - 1)
    lengths = np.diff(offsets)
    norms = K1 * (1 - B + B * lengths / max(lengths.mean() if len(lengths) else 0.0, 1e-9))
    filled = starts[:-1].copy()
    for tokens, passages, times in _stretches(flat, offsets):
        # Within a stretch a token's entries stand together: the n-th of them goes n places after what is there.
        first = np.flatnonzero(np.concatenate([[True], tokens[1:] != tokens[:-1]]))
        runs = np.diff(np.append(first, len(tokens)))
        rank = np.arange(len(tokens)) - np.repeat(first, runs)
        target = filled[tokens] + rank
        places[target] = passages
        data[target] = worth[tokens] * times / (times + norms[passages])
        filled[tokens[first]] += runs
    if folder is not None:
        np.save(folder / _STARTS, starts)
    return Postings(data, places, starts)


def rarity(holders: NDArray[np.int64], passages: int) -> NDArray[np.float64]:
    """What each token is worth by how many of the passages have it."""
    import numpy as np

    worth: NDArray[np.float64] = np.log(1 + (passages - holders + 0.5) / (holders + 0.5))
    return worth


def _stretches(
    flat: NDArray[np.int32], offsets: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    """Token, passage and how often it stands there, by token and then passage, for some passages at a time."""
    import numpy as np

    first, total = 0, len(offsets) - 1
    while first < total:
        last = int(np.searchsorted(offsets, offsets[first] + _STRETCH, side="right")) - 1
        last = min(max(last, first + 1), total)
        tokens = np.asarray(flat[offsets[first] : offsets[last]], dtype=np.int64)
        owners = np.repeat(np.arange(first, last), np.diff(offsets[first : last + 1]))
        keys, times = np.unique(tokens * total + owners, return_counts=True)
        if len(keys):
            yield keys // total, keys % total, times
        first = last


def _room(folder: Path | None, entries: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    import numpy as np

    if folder is None:
        return np.zeros(entries, np.float32), np.zeros(entries, np.int32)
    return _made(folder / _DATA, entries, np.dtype(np.float32)), _made(folder / _PLACES, entries, np.dtype(np.int32))


def _made(path: Path, entries: int, kind: np.dtype[Any]) -> Any:
    """A file of zeros that is really on the disk, mapped: on a full disk a write to a hole would end the process."""
    import numpy as np

    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(
            file, {"descr": np.lib.format.dtype_to_descr(kind), "fortran_order": False, "shape": (entries,)}
        )
        for start in range(0, entries, _STRETCH):
            file.write(bytes(kind.itemsize * min(_STRETCH, entries - start)))
    # An empty file cannot be mapped.
    return np.load(path, mmap_mode="r+" if entries else None)
