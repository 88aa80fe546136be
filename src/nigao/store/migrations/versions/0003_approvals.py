"""The life of a document: approvals with their history, submissions, who may see what, files as last read, citations.

What approvals there were is told by the audit log; it is replayed, so that questions about earlier days have answers.
"""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables, then fill approvals from the audit log and citations from the revisions."""
    _documents()
    _approvals()
    _citations()
    connection = op.get_bind()
    for number, row in enumerate(_replayed(connection), start=1):
        connection.execute(_APPROVALS.insert().values(row=number, **row))
    keys = connection.execute(sa.text("SELECT report, revision FROM revisions ORDER BY report, revision")).fetchall()
    for key in keys:
        # One at a time: all reports of an office may be more than fits into memory.
        own = sa.text("SELECT report_json FROM revisions WHERE report = :report AND revision = :revision")
        place = {"report": key.report, "revision": key.revision}
        written = connection.execute(own, place).scalar_one()
        rows = [place | found for found in _cited(json.loads(written))]
        if rows:
            connection.execute(_CITATIONS.insert(), rows)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _integers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _long(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _documents() -> None:
    op.create_table(
        "visibilities",
        sa.Column("document_id", sa.String, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("unit", sa.String, primary_key=True),
    )
    op.create_table(
        "submissions",
        sa.Column("document_id", sa.String, sa.ForeignKey("documents.id"), primary_key=True),
        *_texts("sha256"),
        *_long("record_json", "text", "passages_json"),
        *_texts("origin", "recipe", "fingerprint", "submitted_by", "submitted_at", "returned_by", "reason"),
    )
    op.create_table(
        "files",
        sa.Column("document_id", sa.String, primary_key=True),
        *_texts("path", "sha256"),
        *_integers("size", "mtime_ns", "ctime_ns", "seen_ns"),
    )


def _approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("row", sa.Integer, primary_key=True),
        *_texts("document_id"),
        *_integers("version"),
        *_texts("sha256", "approved_by"),
        sa.Column("approved_on", sa.Date),
        *_long("record_json"),
        *_texts("recorded_at"),
        sa.Column("started_on", sa.Date, nullable=False),
        sa.Column("ended_on", sa.Date),
        *_texts("end_reason"),
        sa.ForeignKeyConstraint(["document_id", "version"], ["versions.document_id", "versions.number"]),
    )
    op.create_index("ix_approvals_document", "approvals", ["document_id"])
    op.create_index(
        "uq_approvals_open", "approvals", ["document_id"], unique=True, sqlite_where=sa.text("ended_on IS NULL")
    )


def _citations() -> None:
    op.create_table(
        "citations",
        sa.Column("row", sa.Integer, primary_key=True),
        *_integers("report", "revision"),
        *_texts("document_id", "passage_id", "locator", "part", "heading", "ordinal"),
        *_long("text"),
        sa.ForeignKeyConstraint(["report", "revision"], ["revisions.report", "revisions.revision"]),
    )
    op.create_index("ix_citations_document", "citations", ["document_id", "report", "revision"])


_APPROVALS = sa.table(
    "approvals",
    *(sa.column(n) for n in ("row", "document_id", "version", "sha256", "approved_by", "record_json", "recorded_at")),
    *(sa.column(n, sa.Date) for n in ("approved_on", "started_on", "ended_on")),
    sa.column("end_reason"),
)
_CITATIONS = sa.table(
    "citations",
    *(
        sa.column(name)
        for name in ("report", "revision", "document_id", "passage_id", "locator", "part", "heading", "ordinal", "text")
    ),
)
_ENDS = {"document.revoke": "revoked", "document.withdraw": "withdrawn", "document.refuse": "refused"}


def _replayed(connection: sa.Connection) -> list[dict[str, Any]]:
    """The rows of approvals, oldest first. Each document's own row has the last word on how things stand."""
    known = {row.id: row._mapping for row in connection.execute(sa.text("SELECT * FROM documents ORDER BY id"))}
    versions = {(v.document_id, v.number) for v in connection.execute(sa.text("SELECT * FROM versions"))}
    records = _records(connection, known)
    found: list[dict[str, Any]] = []
    current: dict[str, dict[str, Any]] = {}
    revoked: set[str] = set()
    events = connection.execute(
        sa.text("SELECT at, action, subject, detail FROM audit WHERE action LIKE 'document.%' ORDER BY sequence")
    )
    for event in events.fetchall():
        id, detail, day = event.subject, json.loads(event.detail), _day(event.at)
        if id not in known or id in revoked:
            continue
        if event.action == "document.put" and (id, detail["version"]) in versions:
            row = _approval(id, detail, event.at, records[id])
            _admit(row, current, found)
        elif event.action in _ENDS and id in current:
            _end(current.pop(id), day, _ENDS[event.action])
        if event.action == "document.revoke":
            revoked.add(id)
    for id, document in known.items():
        if document["status"] != "approved" and id in current:
            _end(current.pop(id), _today(), document["status"])
        elif document["status"] == "approved" and id not in current and (id, document["version"]) in versions:
            detail = {name: document[name] for name in ("sha256", "version", "approved_by", "approved_on")}
            _admit(_approval(id, detail, _now(), records[id]), current, found)
    return found


def _admit(row: dict[str, Any], current: dict[str, dict[str, Any]], found: list[dict[str, Any]]) -> None:
    old = current.get(row["document_id"])
    what = ("sha256", "approved_by", "approved_on")
    if old is not None and all(old[name] == row[name] for name in what):
        old["version"] = row["version"]
        return
    if old is None and any(
        earlier["document_id"] == row["document_id"] and all(earlier[name] == row[name] for name in what)
        for earlier in found
    ):
        row["started_on"] = _day(row["recorded_at"])
    if old is not None:
        _end(old, row["started_on"], "replaced" if old["sha256"] != row["sha256"] else "reapproved")
    current[row["document_id"]] = row
    found.append(row)


def _approval(id: str, detail: dict[str, Any], at: str, record: dict[str, Any]) -> dict[str, Any]:
    on = detail.get("approved_on") or None
    day = dt.date.fromisoformat(on) if isinstance(on, str) else on
    by = detail.get("approved_by") or ""
    own = {"sha256": detail["sha256"], "approved_by": by, "approved_on": day.isoformat() if day else None}
    return {
        "document_id": id,
        "version": detail["version"],
        "sha256": detail["sha256"],
        "approved_by": by,
        "approved_on": day,
        "record_json": json.dumps(record | own, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "recorded_at": at,
        "started_on": day or _day(at),
        "ended_on": None,
        "end_reason": "",
    }


def _end(row: dict[str, Any], on: dt.date, reason: str) -> None:
    row["ended_on"], row["end_reason"] = max(on, row["started_on"]), reason


def _records(connection: sa.Connection, known: dict[str, Any]) -> dict[str, dict[str, Any]]:
    plain = ("id", "title", "role", "sha256", "path", "issuer", "number", "approved_by")
    dates = ("approved_on", "valid_from", "valid_to")
    records = {
        id: {name: row[name] for name in (*plain, *dates)} | {"supersedes": [], "visible_to": []}
        for id, row in known.items()
    }
    for link in connection.execute(sa.text("SELECT * FROM supersessions ORDER BY supersedes_id")):
        records[link.document_id]["supersedes"].append(link.supersedes_id)
    return records


def _cited(report: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Every citation of a report with the place of its sentence."""
    for sentence in report.get("opening", []):
        yield from _of(sentence, "", "", "")
    for part in report.get("parts", []):
        heading = part["heading"]["text"]
        for sentence in part.get("lead", []):
            yield from _of(sentence, part["key"], heading, part.get("ordinal", ""))
        for item in part.get("items", []):
            yield from _of_item(item, part["key"], heading, "")


def _of_item(item: dict[str, Any], part: str, above: str, ordinals: str) -> Iterator[dict[str, str]]:
    own = item.get("heading") or {}
    heading, ordinal = own.get("text") or above, ordinals + item.get("ordinal", "")
    for sentence in ([own] if own else []) + item.get("sentences", []):
        yield from _of(sentence, part, heading, ordinal)
    for inner in item.get("items", []):
        yield from _of_item(inner, part, heading, ordinal)


def _of(sentence: dict[str, Any], part: str, heading: str, ordinal: str) -> Iterator[dict[str, str]]:
    for citation in sentence.get("citations", []):
        yield {
            "document_id": citation["document_id"],
            "passage_id": citation["passage_id"],
            "locator": citation.get("locator", ""),
            "part": part,
            "heading": heading,
            "ordinal": ordinal,
            "text": sentence["text"],
        }


def _day(at: str) -> dt.date:
    return dt.datetime.fromisoformat(at).astimezone().date()


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _today() -> dt.date:
    return dt.date.today()
