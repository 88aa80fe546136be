"""What a caller may choose about a Word export."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CitationStyle(StrEnum):
    """How the evidence of a sentence is shown: not at all, as Word comments, or as Word endnotes."""

    NONE = "none"
    COMMENTS = "comments"
    ENDNOTES = "endnotes"


@dataclass(frozen=True, slots=True)
class WordOptions:
    """Choices for one export.

    `ai_label` writes the visible note and the `AIGC` property; `produce_id` is the property's ProduceID (empty: the
    report's content hash) and `producer` its ContentProducer.
    """

    citations: CitationStyle = CitationStyle.COMMENTS
    ai_label: bool = True
    produce_id: str = ""
    producer: str = "nigao"
