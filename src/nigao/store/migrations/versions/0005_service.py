"""The HTTP side: API keys, jobs and what they told, answers kept for repeated requests, conversations."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables; all begin empty, so that there is nothing to seal."""
    _keys()
    _jobs()
    op.create_table(
        "idempotency",
        sa.Column("caller", sa.String, primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        *_texts("fingerprint", "owner"),
        sa.Column("status", sa.Integer),
        *_long("headers_json"),
        sa.Column("body", sa.LargeBinary, nullable=False),
        *_texts("at"),
    )
    op.create_table("conversations", sa.Column("digest", sa.String, primary_key=True), *_texts("session", "at"))


def _keys() -> None:
    op.create_table(
        "keys",
        sa.Column("number", sa.Integer, primary_key=True),
        *_texts("secret_hash", "prefix", "person"),
        *_long("roles_json", "scopes_json", "units_json"),
        *_texts("created_at", "created_by"),
        sa.Column("expires_at", sa.String),
        sa.Column("revoked_at", sa.String),
        *_texts("revoked_by", "reason"),
    )
    op.create_index("uq_keys_secret", "keys", ["secret_hash"], unique=True)
    op.create_table(
        "key_uses", sa.Column("key", sa.Integer, sa.ForeignKey("keys.number"), primary_key=True), *_texts("at")
    )


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("number", sa.Integer, primary_key=True),
        *_texts("kind", "state", "person"),
        *_long("units_json", "request_json", "result_json", "problem_json"),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.number")),
        *_texts("created_at"),
        sa.Column("started_at", sa.String),
        sa.Column("ended_at", sa.String),
        sa.Column("attempts", sa.Integer, nullable=False),
        *_texts("caller"),
        sa.Column("idempotency_key", sa.String),
        *_texts("fingerprint"),
    )
    op.create_index("ix_jobs_state", "jobs", ["state", "number"])
    given = sa.text("idempotency_key IS NOT NULL")
    op.create_index("uq_jobs_idempotency", "jobs", ["caller", "idempotency_key"], unique=True, sqlite_where=given)
    op.create_table(
        "job_events",
        sa.Column("job", sa.Integer, sa.ForeignKey("jobs.number"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        *_long("event_json"),
        *_texts("at"),
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _long(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
