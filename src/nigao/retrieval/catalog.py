"""What the indexes cover: the current passages by position, each with its document and the keys of its derived data."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from nigao.corpus.model import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_REMEMBERED = 16


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
class Choice:
    """Some of a catalog's passages: a mask over the positions, and the vector keys of those chosen."""

    mask: NDArray[np.bool_]
    vector_keys: frozenset[str]


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

    def choice(self, document_ids: frozenset[str]) -> Choice:
        """The passages that belong to these documents. Remembered, since queries mostly share their filter."""
        known = self._choices.get(document_ids)
        if known is None:
            if len(self._choices) >= _REMEMBERED:
                self._choices.clear()
            known = self._choices[document_ids] = self._choose(document_ids)
        return known

    def _choose(self, document_ids: frozenset[str]) -> Choice:
        import numpy as np

        names, codes = self._codes
        mask = np.array([name in document_ids for name in names], dtype=np.bool_)[codes]
        keys = frozenset(key for key, wanted in zip(self.vector_keys, mask.tolist(), strict=True) if wanted)
        return Choice(mask, keys)

    @cached_property
    def _choices(self) -> dict[frozenset[str], Choice]:
        return {}

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
