"""What the indexes cover: the current passages by position, each with its document and the keys of its derived data."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from nigao.corpus.model import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def embedded_text(passage: Passage) -> str:
    """What the dense side sees of a passage: its headings and its text."""
    return f"{passage.heading}\n{passage.text}" if passage.heading else passage.text


def indexed_text(passage: Passage, title: str) -> str:
    """What the lexical side sees of a passage: the document's title, its headings and its text."""
    return f"{title}\n{embedded_text(passage)}"


def text_key(text: str) -> str:
    """SHA-256 (hex) by which tokens and vectors of a text are kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Catalog:
    """Parallel tuples over the current passages in order of passage id.

    `vector_keys` name the embedded texts and `token_keys` the lexically indexed ones; equal texts share a key.
    """

    version: str
    passage_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    vector_keys: tuple[str, ...]
    token_keys: tuple[str, ...]

    @classmethod
    def of(cls, passages: Sequence[Passage], titles: Mapping[str, str], version: str) -> Catalog:
        """The catalog of these passages; `titles` are by document id."""
        ordered = sorted(passages, key=lambda passage: passage.id)
        return cls(
            version=version,
            passage_ids=tuple(passage.id for passage in ordered),
            document_ids=tuple(passage.document_id for passage in ordered),
            vector_keys=tuple(text_key(embedded_text(passage)) for passage in ordered),
            token_keys=tuple(text_key(indexed_text(passage, titles[passage.document_id])) for passage in ordered),
        )

    def __len__(self) -> int:
        return len(self.passage_ids)

    def mask(self, document_ids: Collection[str]) -> NDArray[np.bool_]:
        """Shape (passages,): whether each passage belongs to one of the documents."""
        import numpy as np

        names, codes = self._codes
        return np.array([name in document_ids for name in names], dtype=np.bool_)[codes]

    @cached_property
    def _codes(self) -> tuple[list[str], NDArray[np.int32]]:
        import numpy as np

        names = sorted(set(self.document_ids))
        number = {name: i for i, name in enumerate(names)}
        return names, np.array([number[id] for id in self.document_ids], dtype=np.int32)

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """Positions of the passages by vector key."""
        found: dict[str, list[int]] = {}
        for i, key in enumerate(self.vector_keys):
            found.setdefault(key, []).append(i)
        return found
