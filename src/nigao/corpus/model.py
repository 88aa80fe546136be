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
    """Where a document stands in its life; only `APPROVED` documents can be evidence."""

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


@dataclass(frozen=True, slots=True)
class Document:
    """An approved file as recorded. Dates are inclusive; `sha256` is of the file's bytes."""

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

    def why_not_evidence(self, on: dt.date) -> str:
        """Empty when the document is evidence on that date, else the reason in Chinese."""
        if self.role is Role.EXEMPLAR:
            return "范文只供参考体例，不作依据"
        if self.status is not Status.APPROVED:
            names = {Status.REVOKED: "已撤销", Status.WITHDRAWN: "已移出清单", Status.REFUSED: "未予收录"}
            return names[self.status] + (f"：{self.status_reason}" if self.status_reason else "")
        if self.superseded_by:
            return f"已被 {self.superseded_by} 取代"
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
