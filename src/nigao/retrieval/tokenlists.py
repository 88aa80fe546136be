"""The token numbers of every passage in one array: what an index is worked out from, and its successor reuses."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nigao.corpus.model import Passage
from nigao.retrieval.catalog import Catalog, indexed_text, text_key
from nigao.text.tokens import search_tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FLAT, _OFFSETS, _VOCABULARY = "tokens.bin", "offsets.npy", "vocabulary.json"


@dataclass(frozen=True)
class TokenLists:
    """Passage i of the catalog has the tokens `flat[offsets[i]:offsets[i + 1]]`; `flat` may lie in a file.

    `vocabulary` gives each token's number. Numbers are only ever added, so that those of an earlier index keep their
    meaning in its successor.
    """

    vocabulary: Mapping[str, int]
    flat: NDArray[np.int32]
    offsets: NDArray[np.int64]

    @classmethod
    def load(cls, folder: Path) -> TokenLists:
        """What `gather` and `save` left in the folder. Raises OSError, ValueError."""
        import numpy as np

        offsets = np.load(folder / _OFFSETS)
        tokens = json.loads((folder / _VOCABULARY).read_bytes())
        return cls({token: number for number, token in enumerate(tokens)}, _mapped(folder / _FLAT), offsets)

    def save(self, folder: Path) -> None:
        """Write what `gather` did not write already."""
        import numpy as np

        np.save(folder / _OFFSETS, self.offsets)
        (folder / _VOCABULARY).write_text(json.dumps(list(self.vocabulary)), encoding="utf-8")

    def by_key(self, catalog: Catalog) -> dict[str, NDArray[np.int32]]:
        """The lists by the keys of the indexed texts."""
        slices = (self.flat[a:b] for a, b in zip(self.offsets[:-1], self.offsets[1:], strict=True))
        return dict(zip(catalog.text_keys, slices, strict=True))


def gather(
    passages: Iterable[Passage],
    titles: Mapping[str, str],
    version: str,
    previous: tuple[Catalog, TokenLists] | None = None,
    folder: Path | None = None,
) -> tuple[Catalog, TokenLists]:
    """Cut passages, which come in the order of their ids, into tokens; those that `previous` knows are taken over.

    With a folder the lists go to a file in it as they come. Raises OSError where it cannot be written.
    """
    import numpy as np

    known = previous[1].by_key(previous[0]) if previous else {}
    vocabulary = dict(previous[1].vocabulary) if previous else {}
    rows: list[tuple[str, str, str]] = []
    lengths = [0]
    path = folder / _FLAT if folder else None
    with path.open("wb") if path else io.BytesIO() as sink:
        for passage in passages:
            text = indexed_text(passage, titles[passage.document_id])
            key = text_key(text)
            numbers = known.get(key)
            if numbers is None:
                new = [vocabulary.setdefault(token, len(vocabulary)) for token in search_tokens(text)]
                numbers = np.array(new, dtype=np.int32)
            sink.write(numbers.tobytes())
            lengths.append(len(numbers))
            rows.append((passage.id, passage.document_id, key))
        in_memory = sink.getvalue() if isinstance(sink, io.BytesIO) else b""
    flat = _mapped(path) if path else np.frombuffer(in_memory, dtype=np.int32)
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    ids, documents, keys = map(tuple, columns)
    catalog = Catalog(version, ids, documents, keys)
    return catalog, TokenLists(vocabulary, flat, np.cumsum(lengths, dtype=np.int64))


def _mapped(path: Path) -> NDArray[np.int32]:
    import numpy as np

    # An empty file cannot be mapped.
    return np.memmap(path, np.int32, "r") if path.stat().st_size else np.zeros(0, np.int32)
