"""What rules may look at besides the report: the kind, the brief, and the approved corpus."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from nigao.checks.reporttext import ReportText
from nigao.corpus.model import Document, Passage
from nigao.report.brief import Brief
from nigao.report.kinds import Kind
from nigao.report.model import Report
from nigao.text.phrases import ApprovedWording
from nigao.text.terms import Term
from nigao.text.units import UnitNames

__all__ = ["ApprovedWording", "CheckContext", "Evidence"]

if TYPE_CHECKING:
    from nigao.report.wordlayout import WordLayout


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

    def related_to_each(self, texts: Sequence[str]) -> Sequence[Sequence[Passage]]:
        """`related` for each of many texts, which costs less than one by one."""
        ...

    def passages_of(self, document_ids: Collection[str]) -> Sequence[Passage]:
        """The current passages of these documents."""
        ...

    def holds(self, folded: str) -> bool:
        """Whether any document in force contains these words (compared by `text.terms.fold`)."""
        ...

    def near(self, term: Term) -> ApprovedWording | None:
        """What documents in force write where a 《title》 or “quoted term” is nearly that; None where none does."""
        ...

    def titled(self, title: str) -> Sequence[Document]:
        """The documents of that title ever recorded, in force or not."""
        ...

    def exemplars(self) -> Sequence[tuple[str, str]]:
        """Title and text of every exemplar (last year's report, another unit's), which is never evidence itself."""
        ...

    def numbers(self) -> Mapping[str, str]:
        """Every 文号 (folded) that documents in force have or name, with its document's title where that is known."""
        ...


@dataclass(frozen=True, slots=True)
class CheckContext:
    """`evidence` is None outside a workspace; `brief` is None where none was given; `layout` is a Word file's.

    `view` is the text of the report being checked, made once for all the rules.
    """

    kind: Kind
    on: dt.date
    brief: Brief | None = None
    evidence: Evidence | None = None
    layout: WordLayout | None = None
    view: ReportText | None = None

    def text(self, report: Report) -> str:
        """The report's text, which `Mark.at` counts in."""
        return self.seen(report).text

    def seen(self, report: Report) -> ReportText:
        """The report's text with where everything stands in it."""
        return self.view if self.view is not None and self.view.report is report else ReportText(report)

    @property
    def unit(self) -> UnitNames | None:
        """The reporting unit's names, or None where no brief was given."""
        return UnitNames(self.brief.unit.full, self.brief.unit.short) if self.brief is not None else None

    def one_owner(self, one: Document, other: Document) -> bool:
        """Whether two documents speak of the same unit's doings: both the reporting unit's, or of equal issuers."""
        if self.unit is not None and self.unit.owns(one.issuer) and self.unit.owns(other.issuer):
            return True
        if self.unit is None and not (one.issuer and other.issuer):
            return True
        return one.issuer == other.issuer
