"""The first schema: documents with versions and passages, vectors, reports with revisions, the audit chain.

A migration is frozen once released: it repeats the columns instead of importing them from `tables`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table of the first release."""
    _documents()
    _passages()
    _reports()
    op.create_table(
        "vectors",
        sa.Column("model", sa.String, primary_key=True),
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer, primary_key=True),
        *_texts("at", "action", "subject", "actor"),
        sa.Column("detail", sa.Text, nullable=False),
        *_texts("previous", "hash"),
    )
    op.create_table("properties", sa.Column("name", sa.String, primary_key=True), *_texts("value"))


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String, primary_key=True),
        *_texts("title", "role", "sha256", "path", "issuer", "number", "approved_by"),
        sa.Column("approved_on", sa.Date),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_to", sa.Date),
        *_texts("status", "status_reason", "origin", "recipe", "fingerprint"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("ix_documents_origin", "documents", ["origin"])
    op.create_table(
        "supersessions",
        sa.Column("document_id", sa.String, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("supersedes_id", sa.String, primary_key=True),
    )
    op.create_index("ix_supersessions_supersedes", "supersessions", ["supersedes_id"])
    op.create_table(
        "versions",
        sa.Column("document_id", sa.String, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        *_texts("sha256"),
        sa.Column("text", sa.Text, nullable=False),
        *_texts("recorded_at"),
    )


def _passages() -> None:
    op.create_table(
        "passages",
        sa.Column("row", sa.Integer, primary_key=True),
        *_texts("id", "document_id"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        *_texts("locator", "heading"),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["document_id", "version"], ["versions.document_id", "versions.number"]),
    )
    op.create_index("ix_passages_id", "passages", ["id"])
    op.create_index("ix_passages_document", "passages", ["document_id", "position"])
    op.create_index("uq_passages_current", "passages", ["id"], unique=True, sqlite_where=sa.text("current = 1"))


def _reports() -> None:
    op.create_table("reports", sa.Column("number", sa.Integer, primary_key=True), *_texts("created_at"))
    op.create_table(
        "revisions",
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.number"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        *_texts("kind", "title", "unit"),
        sa.Column("report_json", sa.Text, nullable=False),
        sa.Column("brief_json", sa.Text, nullable=False),
        sa.Column("findings_json", sa.Text, nullable=False),
        *_texts("content_hash", "author", "reason", "created_at"),
    )
