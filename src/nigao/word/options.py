"""What a caller may choose about a Word export."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CitationStyle(StrEnum):
    """How the evidence of a sentence is shown: not at all, as Word comments, as Word endnotes, or as a table of sources
    behind the report.
    """

    NONE = "none"
    COMMENTS = "comments"
    ENDNOTES = "endnotes"
    APPENDIX = "appendix"


# As much of a content hash as a stamp bears.
CONTENT_CHARS = 16


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which stored revision a file shows, and since which one its tracked changes are (0: it has none). `content` is
    the beginning of its content hash, by which another workspace's report of the same number is told apart.
    """

    report: str
    revision: int
    since: int = 0
    content: str = ""


@dataclass(frozen=True, slots=True)
class WordOptions:
    """Choices for one export.

    `ai_label` writes the visible note and the `AIGC` property; `produce_id` is the property's ProduceID (empty: the
    report's content hash) and `producer` its ContentProducer. `house` is a docx or dotx whose page, styles and fonts
    are used in place of the standard's (empty: the standard's). `stamp` is what an edited copy is known by later.
    """

    citations: CitationStyle = CitationStyle.COMMENTS
    ai_label: bool = True
    produce_id: str = ""
    producer: str = "nigao"
    house: bytes = b""
    stamp: Stamp | None = None
