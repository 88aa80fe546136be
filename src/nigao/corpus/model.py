"""What the corpus is made of: documents with their approval, and the citable passages they are split into."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a document may be used for (DESIGN §2)."""

    BASIS = "basis"
    MATERIAL = "material"
    EXEMPLAR = "exemplar"


class Status(StrEnum):
    """Where a document stands in its life; only `APPROVED` documents can be evidence.

    One that is approved may have changed bytes waiting besides; a `SUBMITTED` one has nothing else.
    """

    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


class RefusalReason(StrEnum):
    """Why a document is refused at the door; `AdmissionError.reason` is one of these."""

    MISSING = "missing"
    OVERSIZED = "oversized"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    ARCHIVE = "archive"
    CLASSIFIED = "classified"
    UNAPPROVED = "unapproved"
    CHANGED = "changed"
    SCANNED = "scanned"  # a PDF without a text layer
    ENCRYPTED = "encrypted"  # needs a password
    RESOURCES = "resources"  # reading took too long, too much memory or output, or the parser crashed
    CONVERTER = "converter"  # LibreOffice is missing or failed
    REVOKED = "revoked"  # the document was revoked before, which is for good


_OUT_OF_USE = {
    Status.SUBMITTED: "待批准",
    Status.RETURNED: "已退回",
    Status.REVOKED: "已撤销",
    Status.WITHDRAWN: "已移出清单",
    Status.REFUSED: "未予收录",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A file as recorded. Dates are inclusive; `sha256` is of the file's bytes; an approval is of these bytes.

    `visible_to` names the units that may see it, by full or short name; empty means everybody.
    """

    id: str
    title: str
    role: Role
    sha256: str
    path: str = ""
    issuer: str = ""
    number: str = ""
    approved_by: str = ""
    approved_on: dt.date | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    supersedes: tuple[str, ...] = ()
    superseded_by: str | None = None
    status: Status = Status.APPROVED
    status_reason: str = ""
    visible_to: tuple[str, ...] = ()

    def why_not_evidence(self, on: dt.date) -> str:
        """Empty when the document is evidence on that date, else the reason in Chinese."""
        if self.role is Role.EXEMPLAR:
            return "范文只供参考体例，不作依据"
        if self.status is not Status.APPROVED:
            return _OUT_OF_USE[self.status] + (f"：{self.status_reason}" if self.status_reason else "")
        if self.superseded_by:
            return f"已被 {self.superseded_by} 取代"
        return self._out_of_time(on)

    def _out_of_time(self, on: dt.date) -> str:
        # A date without a person is only when the text was written.
        if self.approved_by and self.approved_on and on < self.approved_on:
            return f"{self.approved_on} 才批准"
        if self.valid_from and on < self.valid_from:
            return f"自 {self.valid_from} 起施行，尚未生效"
        if self.valid_to and on > self.valid_to:
            return f"有效期至 {self.valid_to}，已失效"
        return ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable piece of a document: `text` stood at characters `start:end` of the document's extracted text.

    `heading` is the path of headings above it joined by ` › `; `locator` is what a person is told: `二（三）第2段`.
    """

    id: str
    document_id: str
    position: int
    text: str
    locator: str
    heading: str
    start: int
    end: int
