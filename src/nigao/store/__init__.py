"""The SQL database: the one truth about documents, passages, vectors, reports and the audit chain."""

from nigao.store.approvals import ApprovalRecord, ApprovalRepository, Submission
from nigao.store.audit import AuditEvent, AuditLog
from nigao.store.citations import CitedSentence
from nigao.store.documents import DocumentRepository, KnownDocument, document_fingerprint
from nigao.store.reports import ReportRepository, ReportSummary, StoredReport
from nigao.store.store import Store
from nigao.store.vectors import VectorRepository

__all__ = [
    "ApprovalRecord",
    "ApprovalRepository",
    "AuditEvent",
    "AuditLog",
    "CitedSentence",
    "DocumentRepository",
    "KnownDocument",
    "ReportRepository",
    "ReportSummary",
    "Store",
    "StoredReport",
    "Submission",
    "VectorRepository",
    "document_fingerprint",
]
