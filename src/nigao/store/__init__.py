"""The SQL database: the one truth about documents, passages, vectors, reports, keys, jobs and the audit chain."""

from nigao.store.approvals import ApprovalRecord, ApprovalRepository, Submission
from nigao.store.audit import AuditEvent, AuditLog
from nigao.store.chats import ChatRepository, Committed, NewTurn, SessionRecord, TurnRecord
from nigao.store.citations import CitedSentence
from nigao.store.conversations import ConversationRepository
from nigao.store.documents import DocumentRepository, KnownDocument, document_fingerprint
from nigao.store.idempotency import IdempotencyRepository, Kept
from nigao.store.jobs import JobRecord, JobRepository
from nigao.store.keys import KeyRecord, KeyRepository
from nigao.store.reports import ReportRepository
from nigao.store.revisions import NewRevision, ReportSummary, StoredReport
from nigao.store.signoffs import SignoffRecord, SignoffRepository
from nigao.store.store import Store
from nigao.store.vectors import VectorRepository
from nigao.store.verifying import Verified

__all__ = [
    "ApprovalRecord",
    "ApprovalRepository",
    "AuditEvent",
    "AuditLog",
    "ChatRepository",
    "CitedSentence",
    "Committed",
    "ConversationRepository",
    "DocumentRepository",
    "IdempotencyRepository",
    "JobRecord",
    "JobRepository",
    "Kept",
    "KeyRecord",
    "KeyRepository",
    "KnownDocument",
    "NewRevision",
    "NewTurn",
    "ReportRepository",
    "ReportSummary",
    "SessionRecord",
    "SignoffRecord",
    "SignoffRepository",
    "Store",
    "StoredReport",
    "Submission",
    "TurnRecord",
    "VectorRepository",
    "Verified",
    "document_fingerprint",
]
