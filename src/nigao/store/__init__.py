"""The SQL database: the one truth about documents, passages, vectors, reports and the audit chain."""

from nigao.store.audit import AuditEvent, AuditLog
from nigao.store.documents import DocumentRepository, KnownDocument, document_fingerprint
from nigao.store.reports import ReportRepository, ReportSummary, StoredReport
from nigao.store.store import Store
from nigao.store.vectors import VectorRepository

__all__ = [
    "AuditEvent",
    "AuditLog",
    "DocumentRepository",
    "KnownDocument",
    "ReportRepository",
    "ReportSummary",
    "Store",
    "StoredReport",
    "VectorRepository",
    "document_fingerprint",
]
