"""The report as data: Report → Part → Item → Sentence, each sentence with its origin and citations.

One model serves drafted and parsed reports. `gap` is what makes a parsed report lossless: the exact characters that
stood before a node. A drafted report has `gap=None` everywhere and the renderer supplies the usual line breaks.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from nigao.report.waivers import Waiver


class Origin(StrEnum):
    """Where a sentence comes from (DESIGN §1.1). A placeholder carries nothing checkable: a connective."""

    SOURCE = "source"
    FACT = "fact"
    CONNECTIVE = "connective"
    HUMAN = "human"


class Repair(StrEnum):
    """What was done about a sentence that did not pass the checks: the model mended it, the composer's sentence took
    its place, or a blank did.
    """

    REWRITTEN = "rewritten"
    COMPOSED = "composed"
    BLANKED = "blanked"


class _Node(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Citation(_Node):
    """One approved passage that a sentence rests on.

    `quote` is the passage's own wording that supports the sentence, so that a reader without the corpus can judge.
    """

    passage_id: str
    document_id: str
    title: str
    locator: str = ""
    quote: str = ""


class Sentence(_Node):
    """A sentence with its closing punctuation and without surrounding white space.

    `facts` names the brief's facts that a `fact` sentence rests on. `worded_by` is the model whose words these are,
    empty for the composer's and a person's. `locked` keeps it from any change. `start`/`end` are character offsets into
    the text that was parsed, absent in a drafted report.
    """

    text: str
    origin: Origin = Origin.HUMAN
    citations: list[Citation] = Field(default_factory=list)
    facts: list[str] = Field(default_factory=list)
    worded_by: str = ""
    repair: Repair | None = None
    # Left out where False: reports from before there were locks keep their hash.
    locked: bool = Field(default=False, exclude_if=lambda locked: not locked)
    gap: str | None = None
    start: int | None = None
    end: int | None = None


class Item(_Node):
    """A subsection, an enumerated item, or (with an empty `ordinal`) a run-in point.

    `ordinal` is kept as written (`（一）`, `一是`, `1.`); `heading` is the heading or topic sentence. `addresses` holds
    the 1-based numbers of the problems that a measure answers.
    """

    ordinal: str = ""
    heading: Sentence | None = None
    sentences: list[Sentence] = Field(default_factory=list)
    items: list[Item] = Field(default_factory=list)
    addresses: list[int] = Field(default_factory=list)
    gap: str | None = None

    def walk(self) -> Iterator[Sentence]:
        """Every sentence of the item in reading order, the heading first."""
        if self.heading is not None:
            yield self.heading
        yield from self.sentences
        for item in self.items:
            yield from item.walk()


class Part(_Node):
    """One of the report's parts. `key` is the kind's part key, or `other` for a heading that the kind does not know."""

    key: str
    ordinal: str = ""
    heading: Sentence
    lead: list[Sentence] = Field(default_factory=list)
    items: list[Item] = Field(default_factory=list)
    gap: str | None = None

    def walk(self) -> Iterator[Sentence]:
        """Every sentence of the part in reading order, the heading left out."""
        yield from self.lead
        for item in self.items:
            yield from item.walk()


class Table(_Node):
    """Rows of cells, as many in each; the first `head_rows` head the table and are repeated on every page of it."""

    rows: list[list[str]] = Field(min_length=1)
    head_rows: int = Field(default=1, ge=0)

    @model_validator(mode="after")
    def _even(self) -> Self:
        if len({len(row) for row in self.rows}) != 1 or not self.rows[0]:
            raise ValueError("每一行的格数应相同，且至少有一格")
        if self.head_rows >= len(self.rows):
            raise ValueError("表头之下至少要有一行")
        return self


class Annex(_Node):
    """附件: a text or a table on pages of its own behind the report."""

    title: Sentence
    paragraphs: list[Sentence] = Field(default_factory=list)
    table: Table | None = None


class Remark(_Node):
    """A comment that a person made in Word on `words` of the report, `line` being the text of the line they stand on.

    `on` is when (ISO 8601, empty where the file does not say).
    """

    text: str
    by: str
    on: str = ""
    words: str = ""
    line: str = ""


class Report(_Node):
    """A whole report. `date` and `signature` are 成文日期 and 署名; `trailing` is white space at the end.

    `waivers` say which findings an editor lets stand, and why; `remarks` are what people wrote beside it in Word.
    """

    kind: str
    title: Sentence | None = None
    recipient: Sentence | None = None
    opening: list[Sentence] = Field(default_factory=list)
    parts: list[Part] = Field(default_factory=list)
    attachments: list[Sentence] = Field(default_factory=list)
    signature: Sentence | None = None
    date: Sentence | None = None
    after: list[Sentence] = Field(default_factory=list)
    trailing: str | None = None
    unit: str = ""
    as_of: dt.date | None = None
    waivers: list[Waiver] = Field(default_factory=list)
    # Left out where there are none: reports from before there were any keep their hash.
    annexes: list[Annex] = Field(default_factory=list, exclude_if=lambda annexes: not annexes)
    remarks: list[Remark] = Field(default_factory=list, exclude_if=lambda remarks: not remarks)

    def part(self, key: str) -> Part | None:
        """The first part with this key, or None."""
        return next((part for part in self.parts if part.key == key), None)

    def sentences(self) -> Iterator[Sentence]:
        """Every body sentence in reading order: opening and parts, without title, part headings and closing lines."""
        yield from self.opening
        for part in self.parts:
            yield from part.walk()

    def content_hash(self) -> str:
        """SHA-256 (hex) of the report's canonical JSON; an approval is bound to this."""
        # Reports approved before these fields were there keep their hash.
        newer = {name for name in ("attachments", "after", "waivers") if not getattr(self, name)}
        return hashlib.sha256(self.model_dump_json(exclude=newer).encode()).hexdigest()
