"""What the indexes cover: the current passages by position, each with its document and the keys of its derived data."""

from __future__ import annotations

import bisect
import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nigao.corpus.model import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_REMEMBERED = 16
_FILE = "catalog.json"


def indexed_text(passage: Passage, title: str) -> str:
    """What both sides see of a passage: its document's title, its headings and its text. Without title and headings
    a passage often does not say what it is about.
    """
    return "\n".join(filter(None, (title, passage.heading, passage.text)))


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
    """Parallel tuples over the current passages, in the order of their ids.

    `text_keys` name the indexed texts, by which vectors and tokens are kept; equal texts share a key.
    """

    version: str
    passage_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    text_keys: tuple[str, ...]

    @classmethod
    def load(cls, folder: Path) -> Catalog:
        """What `save` wrote. Raises OSError, ValueError."""
        saved = json.loads((folder / _FILE).read_bytes())
        return cls(saved.pop("version"), **{name: tuple(values) for name, values in saved.items()})

    def save(self, folder: Path) -> None:
        """Write the catalog to the folder. Raises OSError."""
        (folder / _FILE).write_text(json.dumps(asdict(self)), encoding="utf-8")

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
        keys = frozenset(key for key, wanted in zip(self.text_keys, mask.tolist(), strict=True) if wanted)
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

    def place(self, passage_id: str) -> int:
        """The position of a passage that the catalog has."""
        return bisect.bisect_left(self.passage_ids, passage_id)

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """Positions of the passages by vector key."""
        found: dict[str, list[int]] = {}
        for i, key in enumerate(self.text_keys):
            found.setdefault(key, []).append(i)
        return found
