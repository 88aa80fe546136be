"""What rules may look at besides the report: the kind, the brief, and the approved corpus."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from nigao.corpus.model import Document, Passage
from nigao.report.brief import Brief
from nigao.report.kinds import Kind


class Evidence(Protocol):
    """The approved corpus as the rules see it."""

    def passage(self, passage_id: str) -> Passage | None:
        """The passage, current or not; None when it was never recorded."""
        ...

    def document(self, document_id: str) -> Document | None:
        """The document as recorded, whatever its status."""
        ...

    def is_current(self, passage_id: str) -> bool:
        """Whether the passage belongs to the document's present version."""
        ...

    def related(self, text: str) -> Sequence[Passage]:
        """Passages of documents in force that say something near the text, nearest first."""
        ...

    def passages_of(self, document_ids: Collection[str]) -> Sequence[Passage]:
        """The current passages of these documents."""
        ...

    def holds(self, folded: str) -> bool:
        """Whether any document in force contains these words (compared by `text.terms.fold`)."""
        ...


@dataclass(frozen=True, slots=True)
class CheckContext:
    """`evidence` is None outside a workspace; `brief` is None where none was given."""

    kind: Kind
    on: dt.date
    brief: Brief | None = None
    evidence: Evidence | None = None
