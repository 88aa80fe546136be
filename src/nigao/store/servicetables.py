"""The tables of those who work over HTTP: keys, jobs, requests that may come twice, conversations without a session."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, text

from nigao.store.tables import metadata

# Who may use the HTTP API. Sealed: a right that somebody gives himself behind the audit log's back shows.
keys = Table(
    "keys",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("secret_hash", String, nullable=False),
    Column("prefix", String, nullable=False),
    Column("person", String, nullable=False),
    Column("roles_json", Text, nullable=False),
    Column("scopes_json", Text, nullable=False),
    Column("units_json", Text, nullable=False),
    Column("created_at", String, nullable=False),
    Column("created_by", String, nullable=False),
    Column("expires_at", String),
    Column("revoked_at", String),
    Column("revoked_by", String, nullable=False),
    Column("reason", String, nullable=False),
    Index("uq_keys_secret", "secret_hash", unique=True),
)

# When a key was last used; apart from `keys`, whose rows do not change without an audit event.
key_uses = Table(
    "key_uses",
    metadata,
    Column("key", Integer, ForeignKey("keys.number"), primary_key=True),
    Column("at", String, nullable=False),
)

# Work that somebody asked for and that outlives the process which does it.
jobs = Table(
    "jobs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),  # queued, running, done, failed or cancelled
    Column("person", String, nullable=False),
    Column("units_json", Text, nullable=False),
    Column("request_json", Text, nullable=False),
    Column("result_json", Text, nullable=False),
    Column("problem_json", Text, nullable=False),
    Column("report", Integer, ForeignKey("reports.number")),  # written together with the report
    Column("created_at", String, nullable=False),
    Column("started_at", String),
    Column("ended_at", String),
    Column("attempts", Integer, nullable=False),
    Column("caller", String, nullable=False),
    Column("idempotency_key", String),
    Column("fingerprint", String, nullable=False),
    Index("ix_jobs_state", "state", "number"),
    Index(
        "uq_jobs_idempotency",
        "caller",
        "idempotency_key",
        unique=True,
        sqlite_where=text("idempotency_key IS NOT NULL"),
    ),
)

# What a job told while it ran, numbered from 1.
job_events = Table(
    "job_events",
    metadata,
    Column("job", Integer, ForeignKey("jobs.number"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("event_json", Text, nullable=False),
    Column("at", String, nullable=False),
)

# Answers by the key that the caller gave the request; `status` is NULL while the request is being worked on.
idempotency = Table(
    "idempotency",
    metadata,
    Column("caller", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("fingerprint", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("status", Integer),
    Column("headers_json", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", String, nullable=False),
)

# Which session goes on a conversation that is sent whole each time, by the digest of its messages so far.
conversations = Table(
    "conversations",
    metadata,
    Column("digest", String, primary_key=True),
    Column("session", String, nullable=False),
    Column("at", String, nullable=False),
)
