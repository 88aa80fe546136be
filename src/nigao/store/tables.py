"""The tables as SQLAlchemy sees them; `migrations/` brings a database to this shape, and a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

# The newest migration. Known without importing alembic, which would slow down every start.
SCHEMA_HEAD = "0005"

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("role", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("path", String, nullable=False),
    Column("issuer", String, nullable=False),
    Column("number", String, nullable=False),
    Column("approved_by", String, nullable=False),
    Column("approved_on", Date),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("status", String, nullable=False),
    Column("status_reason", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("recipe", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("version", Integer, nullable=False),  # 0 while no text was ever admitted
    Index("ix_documents_origin", "origin"),
)

supersessions = Table(
    "supersessions",
    metadata,
    Column("document_id", String, ForeignKey("documents.id"), primary_key=True),
    # No foreign key: a rule may supersede one that this corpus never held.
    Column("supersedes_id", String, primary_key=True),
    Index("ix_supersessions_supersedes", "supersedes_id"),
)

# Which units may see a document; everybody may see one that has no row here.
visibilities = Table(
    "visibilities",
    metadata,
    Column("document_id", String, ForeignKey("documents.id"), primary_key=True),
    Column("unit", String, primary_key=True),
)

# Only what a person approved ever gets a version: what waits for approval is in `submissions`.
versions = Table(
    "versions",
    metadata,
    Column("document_id", String, ForeignKey("documents.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("recorded_at", String, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", String, nullable=False),
    Column("document_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("locator", String, nullable=False),
    Column("heading", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    ForeignKeyConstraint(["document_id", "version"], ["versions.document_id", "versions.number"]),
    Index("ix_passages_id", "id"),
    Index("ix_passages_document", "document_id", "position"),
    Index("uq_passages_current", "id", unique=True, sqlite_where=text("current = 1")),
)

# Every approval that was ever given, with the record as it then was; at most one per document has no `ended_on`.
approvals = Table(
    "approvals",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("document_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("approved_by", String, nullable=False),
    Column("approved_on", Date),
    Column("record_json", Text, nullable=False),
    Column("recorded_at", String, nullable=False),
    Column("started_on", Date, nullable=False),  # the day of approval; of its return for bytes that were in use before
    Column("ended_on", Date),  # from this day on it no longer holds
    Column("end_reason", String, nullable=False),
    ForeignKeyConstraint(["document_id", "version"], ["versions.document_id", "versions.number"]),
    Index("ix_approvals_document", "document_id"),
    Index("uq_approvals_open", "document_id", unique=True, sqlite_where=text("ended_on IS NULL")),
)

# The one text of a document that waits for a person, or was sent back: no evidence, and never in an index.
submissions = Table(
    "submissions",
    metadata,
    Column("document_id", String, ForeignKey("documents.id"), primary_key=True),
    Column("sha256", String, nullable=False),
    Column("record_json", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("passages_json", Text, nullable=False),
    Column("origin", String, nullable=False),
    Column("recipe", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("submitted_by", String, nullable=False),
    Column("submitted_at", String, nullable=False),
    Column("returned_by", String, nullable=False),  # empty while it waits
    Column("reason", String, nullable=False),
)

# How each file looked when it was last read, so that it need not be read again.
files = Table(
    "files",
    metadata,
    Column("document_id", String, primary_key=True),
    Column("path", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("mtime_ns", Integer, nullable=False),
    Column("ctime_ns", Integer, nullable=False),
    Column("seen_ns", Integer, nullable=False),
)

vectors = Table(
    "vectors",
    metadata,
    Column("model", String, primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # little-endian float32
)

reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("created_at", String, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("report", Integer, ForeignKey("reports.number"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("report_json", Text, nullable=False),
    Column("brief_json", Text, nullable=False),
    Column("findings_json", Text, nullable=False),
    Column("record_json", Text, nullable=False, server_default=""),  # how a model made it; empty for others
    Column("content_hash", String, nullable=False),
    Column("author", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("command_json", Text, nullable=False, server_default=""),  # the command that made it; empty for others
    Column("restores", Integer),  # the revision whose content an undo, redo or restore brings back
    Column("act", String, nullable=False, server_default="edit"),  # draft, edit, undo, redo or restore
)

# Conversations about a report; one that has not drafted yet is about none. `revision` is the one last seen in it.
sessions = Table(
    "sessions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("report", Integer, ForeignKey("reports.number")),
    Column("author", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("state_json", Text, nullable=False),
    Column("revision", Integer),
    Index("ix_sessions_report", "report", "author"),
)

# What was said in them and what came of it; `revision` is what the turn made, if it made one.
turns = Table(
    "turns",
    metadata,
    Column("session", Integer, ForeignKey("sessions.number"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("said", Text, nullable=False),
    Column("command_json", Text, nullable=False),
    Column("reply_json", Text, nullable=False),
    Column("revision", Integer),
    Column("at", String, nullable=False),
)

# Every step of sign-off that was ever taken. A step holds while the report has the content that it was taken on.
signoffs = Table(
    "signoffs",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("report", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String, nullable=False),  # submitted, approved or returned
    Column("content_hash", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("waived_json", Text, nullable=False),
    ForeignKeyConstraint(["report", "revision"], ["revisions.report", "revisions.revision"]),
    Index("ix_signoffs_report", "report"),
)

# Each sentence that rests on a document, drawn from the revisions so that the question is quick.
citations = Table(
    "citations",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("report", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("document_id", String, nullable=False),
    Column("passage_id", String, nullable=False),
    Column("locator", String, nullable=False),
    Column("part", String, nullable=False),
    Column("heading", String, nullable=False),
    Column("ordinal", String, nullable=False),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(["report", "revision"], ["revisions.report", "revisions.revision"]),
    Index("ix_citations_document", "document_id", "report", "revision"),
)

audit = Table(
    "audit",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
    # Digests, by key, of the rows that the change wrote (`store.sealing`); empty where it wrote none.
    Column("seals", Text, nullable=False, server_default=""),
)

# Which way of asking for structured output an endpoint was found to understand.
endpoints = Table(
    "endpoints",
    metadata,
    Column("address", String, primary_key=True),
    Column("model", String, primary_key=True),
    Column("method", String, nullable=False),
    Column("learned_at", String, nullable=False),
)

# Small facts about the database as a whole: `corpus_digest` and `audit_head`.
properties = Table(
    "properties",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
