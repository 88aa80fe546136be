"""Editing: what each revision did, conversations, sign-off, and seals that bind rows to the audit chain."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns and tables. What was there is sealed once the schema is the newest (`store.migrate`)."""
    op.add_column("audit", sa.Column("seals", sa.Text, nullable=False, server_default=""))
    op.add_column("revisions", sa.Column("command_json", sa.Text, nullable=False, server_default=""))
    op.add_column("revisions", sa.Column("restores", sa.Integer, nullable=True))
    op.add_column("revisions", sa.Column("act", sa.String, nullable=False, server_default="edit"))
    op.execute("UPDATE revisions SET act = 'draft' WHERE revision = 1")
    op.create_table(
        "sessions",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.number")),
        *_texts("author", "created_at"),
        *_long("state_json"),
        sa.Column("revision", sa.Integer),
    )
    op.create_index("ix_sessions_report", "sessions", ["report", "author"])
    op.create_table(
        "turns",
        sa.Column("session", sa.Integer, sa.ForeignKey("sessions.number"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        *_long("said", "command_json", "reply_json"),
        sa.Column("revision", sa.Integer),
        *_texts("at"),
    )
    op.create_table(
        "signoffs",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("report", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        *_texts("state", "content_hash", "by", "at"),
        *_long("note", "waived_json"),
        sa.ForeignKeyConstraint(["report", "revision"], ["revisions.report", "revisions.revision"]),
    )
    op.create_index("ix_signoffs_report", "signoffs", ["report"])


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _long(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
