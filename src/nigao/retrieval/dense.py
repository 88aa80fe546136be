"""Chroma as the dense index: one owner, tried in a child process when in doubt, rebuilt from the store when unsound.

Chroma's embedded store is neither safe for several processes nor for a crash in mid-write; an unsound one can end the
interpreter. So nothing in its folder is relied upon: it holds copies of vectors that the SQL database has.
"""

from __future__ import annotations

import itertools
import math
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Collection, Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nigao.errors import IndexUnavailableError
from nigao.retrieval.seal import Seal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nigao.retrieval.exact import Fetch

# Run with the folder and the collection's name; exit code 0 means that opening and querying ended no interpreter.
PROBE = (sys.executable, "-m", "nigao.retrieval.probe")
_PROBE_SECONDS = 60
# Of the true 100 nearest 1.000 at 5,000 e5 vectors and 0.996 at 20,000; an ef_search of 100 finds 0.984 and 0.938.
_HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 500, "max_neighbors": 32}
_BATCH = 1_000
_REBUILD_FIX = "nigao corpus rebuild 可重建检索缓存"


class ChromaIndex:
    """Vectors by key in a Chroma collection, on disk in `folder` or in memory when it is None.

    `fresh` throws away what the folder holds. Raises IndexUnavailableError at once when another process, or another
    object in this one, owns the folder.
    """

    kind = "chroma"

    def __init__(self, folder: Path | None, model: str, *, probe: Sequence[str] = PROBE, fresh: bool = False) -> None:
        self._folder = folder
        self._probe = probe
        self._fresh = fresh
        self._seal = Seal(folder, f"{model} {sorted(_HNSW.items())}") if folder else None
        self._name = "passages"
        self._lock = _own(folder) if folder else None
        self._client: Any = None
        self._collection: Any = None
        self._keys: set[str] = set()

    def sync(self, keys: Collection[str], fetch: Fetch) -> None:
        """Hold exactly these keys; opens the index the first time, and rebuilds it once when anything is wrong.

        Raises IndexUnavailableError when even that fails.
        """
        wanted = set(keys)
        try:
            with _translated():
                if self._collection is None and not self._reopen(wanted, fetch):
                    self._rebuild()
                self._update(wanted, fetch)
        except IndexUnavailableError:
            with _translated():
                self._rebuild()
                self._update(wanted, fetch)

    def query(self, vector: NDArray[np.float32], k: int, keys: Set[str] | None = None) -> dict[str, float]:
        """Cosine of the `k` nearest among `keys`, or among all. Raises IndexUnavailableError when Chroma fails."""
        if self._collection is None or k <= 0:
            return {}
        if keys is None or self._keys <= keys:
            return self._nearest(vector, k, len(self._keys), None)
        wanted = self._keys & keys
        if 2 * len(wanted) > len(self._keys):
            # To name most of the keys costs Chroma more than to be asked for some too many.
            many = k + k // 4 + math.ceil(1.5 * k * (len(self._keys) / len(wanted) - 1))
            nearest = self._nearest(vector, many, len(self._keys), None)
            kept = {key: cosine for key, cosine in nearest.items() if key in keys}
            if len(kept) >= min(k, len(wanted)):
                return dict(itertools.islice(kept.items(), k))
        return self._nearest(vector, k, len(wanted), sorted(wanted))

    def _nearest(self, vector: NDArray[np.float32], k: int, available: int, ids: list[str] | None) -> dict[str, float]:
        if not available:
            return {}
        with _translated():
            found = self._collection.query(
                query_embeddings=vector[None, :], n_results=min(k, available), ids=ids, include=["distances"]
            )
        return {key: 1.0 - float(far) for key, far in zip(found["ids"][0], found["distances"][0], strict=True)}

    def close(self) -> None:
        """Close cleanly, so that the next owner need not doubt the folder, and give up ownership."""
        try:
            sound = self._collection is not None
            if self._folder is None and sound:
                with _translated():
                    self._client.delete_collection(self._name)
            self._disconnect()
            if self._seal and sound:
                self._seal.put()
        finally:
            if self._lock:
                self._lock.release()

    def _reopen(self, wanted: set[str], fetch: Fetch) -> bool:
        """Whether the folder could be opened and holds what it should; False means that it must be rebuilt."""
        place = _only_subfolder(self._folder)
        if self._fresh or self._seal is None or place is None:
            return False
        sealed = self._seal.intact()
        if not sealed and not _survives([*self._probe, str(place), self._name]):
            return False
        # From here on a crash leaves an unsealed folder behind.
        self._seal.remove()
        self._client = _client(place)
        self._collection = self._client.get_collection(self._name, embedding_function=None)
        self._keys = set(self._collection.get(include=[])["ids"])
        return self._collection.count() == len(self._keys) and (sealed or self._agrees(wanted, fetch))

    def _agrees(self, wanted: set[str], fetch: Fetch) -> bool:
        """Whether the vectors in the index are those of the store, and each is found when asked for."""
        import numpy as np

        shared = sorted(self._keys & wanted)
        truth = fetch(shared)
        for start in range(0, len(shared), _BATCH):
            got = self._collection.get(ids=shared[start : start + _BATCH], include=["embeddings"])
            expected = np.stack([truth[key] for key in got["ids"]])
            if not np.allclose(np.asarray(got["embeddings"]), expected, atol=1e-4):
                return False
        sample = shared[:: max(1, len(shared) // 32)]
        return all(next(iter(self.query(truth[key], 1).values()), 0.0) > 0.999 for key in sample)

    def _update(self, wanted: set[str], fetch: Fetch) -> None:
        gone = sorted(self._keys - wanted)
        for start in range(0, len(gone), _BATCH):
            self._collection.delete(ids=gone[start : start + _BATCH])
        added = sorted(wanted - self._keys)
        for start in range(0, len(added), _BATCH):
            vectors = fetch(added[start : start + _BATCH])
            self._collection.add(ids=list(vectors), embeddings=list(vectors.values()))
        self._keys = wanted
        if self._collection.count() != len(wanted):
            raise IndexUnavailableError("向量索引的条数对不上", where=str(self._folder or ""), fix=_REBUILD_FIX)

    def _rebuild(self) -> None:
        self._disconnect()
        unique = uuid.uuid4().hex
        if self._folder and self._seal:
            self._seal.remove()
            _clear(self._folder)
            # Chroma remembers a path that it failed to open for as long as the process lives.
            self._client = _client(self._folder / unique)
        else:
            # All in-memory clients of a process share one space of names.
            self._name = f"passages-{unique}"
            self._client = _client(None)
        self._collection = self._client.create_collection(
            self._name, configuration={"hnsw": dict(_HNSW)}, embedding_function=None
        )

    def _disconnect(self) -> None:
        client, self._client, self._collection, self._keys = self._client, None, None, set()
        if client is not None:
            with _translated():
                client.close()


def _client(folder: Path | None) -> Any:
    import chromadb
    from chromadb.config import Settings

    # Chroma would also read a `.env` file that happens to lie in the working directory.
    settings = Settings(anonymized_telemetry=False, _env_file=None)
    return chromadb.PersistentClient(folder, settings) if folder else chromadb.EphemeralClient(settings)


def _own(folder: Path) -> Any:
    import filelock

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # The system gives the lock back when its holder dies, however it dies.
        lock = filelock.FileLock(folder.with_name(folder.name + ".lock"), timeout=0, thread_local=False)
        lock.acquire()
    except filelock.Timeout as error:
        raise IndexUnavailableError("向量索引正由另一个进程使用", where=str(folder)) from error
    except OSError as error:
        raise IndexUnavailableError("向量索引所在的文件夹不可写", where=str(folder), fix="检查权限") from error
    return lock


def _only_subfolder(folder: Path | None) -> Path | None:
    """Where the index lies within its folder; None when that is not clear."""
    if folder is None or not folder.is_dir():
        return None
    found = [path for path in folder.iterdir() if path.is_dir()]
    return found[0] if len(found) == 1 else None


def _clear(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    elif folder.exists() or folder.is_symlink():
        folder.unlink()


def _survives(command: Sequence[str]) -> bool:
    """Whether the command ends well in time; a crash, a hang or no such command are all no."""
    # The child must find the package wherever this process found it.
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=_PROBE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


@contextmanager
def _translated() -> Iterator[None]:
    """Whatever Chroma throws, panics of its Rust core included (they are no `Exception`), becomes our error."""
    try:
        yield
    except (IndexUnavailableError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        message = f"向量索引不可用：{type(error).__name__}"
        raise IndexUnavailableError(message, fix=_REBUILD_FIX) from error


def try_out(folder: Path, name: str) -> None:
    """Open the folder, read everything and ask for some of it; for a child process, as it may end the interpreter."""
    collection = _client(folder).get_collection(name, embedding_function=None)
    found = collection.get(include=["embeddings"])
    vectors = found["embeddings"]
    for i in range(0, len(vectors), max(1, len(vectors) // 32)):
        collection.query(query_embeddings=vectors[i : i + 1], n_results=1, include=["distances"])
