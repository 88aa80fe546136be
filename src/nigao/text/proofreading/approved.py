"""What proofreading asks of the approved corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ApprovedText:
    """A passage of an approved document, and the document's title."""

    title: str
    text: str


class ApprovedWords(Protocol):
    """The approved corpus as proofreading sees it."""

    def holds(self, words: str) -> bool:
        """Whether any document in force contains these words."""
        ...

    def near(self, sentence: str) -> Sequence[ApprovedText]:
        """Passages in force that say something near the sentence, nearest first."""
        ...
