"""Whether the audit chain is sound, and whether every sealed row is still what the chain says that was written."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from nigao.errors import AuditError
from nigao.store.database import canonical_json
from nigao.store.sealing import Seals, seal_all, sealed_thing
from nigao.store.tables import audit, revisions, versions

# The event by which a database from before there were seals got them.
SEAL = "store.seal"
_CHAIN_FIX = "审计记录在拟稿之外被改动过；从备份恢复数据库，并查明是谁改的"
_ROW_FIX = "数据在拟稿之外被改动过；从备份恢复数据库，并查明是谁改的"
# As `Report.content_hash` leaves them out where they are empty.
_LEFT_OUT = ("attachments", "after", "waivers")


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found sound: how many audit events, and how many documents, revisions, turns and steps of sign-off."""

    events: int
    documents: int
    revisions: int
    turns: int
    signoffs: int


def event_digest(
    sequence: int, at: str, action: str, subject: str, actor: str, detail: str, previous: str, seals: str
) -> str:
    """The hash of an event, given as its columns; one without seals is hashed as before there were any."""
    columns: list[int | str] = [sequence, at, action, subject, actor, detail, previous]
    return hashlib.sha256(canonical_json([*columns, seals] if seals else columns).encode()).hexdigest()


def verify_all(connection: Connection, head: tuple[int, str]) -> Verified:
    """Verify the chain up to `head` (number and hash of the last event), then the rows.

    Raises AuditError naming the first broken event, or the row that was changed, taken out or put in.
    """
    events = connection.execute(select(audit).order_by(audit.c.sequence)).all()
    _verify_chain(events, head)
    found = _verify_rows(connection, events)
    count = Counter(key.partition("/")[0] for key in found)
    return Verified(len(events), count["document"], count["revision"], count["turn"], count["signoff"])


def _verify_chain(events: Sequence[Row[Any]], head: tuple[int, str]) -> None:
    previous = ""
    for expected, row in enumerate(events, start=1):
        if row.sequence != expected:
            raise AuditError("审计记录缺失", where=f"第 {expected} 条", fix=_CHAIN_FIX)
        columns = (row.sequence, row.at, row.action, row.subject, row.actor, row.detail, previous, row.seals)
        if row.previous != previous or row.hash != event_digest(*columns):
            raise AuditError("审计记录与其校验值不符", where=f"第 {expected} 条", fix=_CHAIN_FIX)
        previous = row.hash
    # Cutting off the end leaves a sound chain behind; only the recorded head tells.
    if head != (len(events), previous):
        raise AuditError("末尾的审计记录缺失", where=f"第 {len(events) + 1} 条", fix=_CHAIN_FIX)


def _verify_rows(connection: Connection, events: Sequence[Row[Any]]) -> Seals:
    expected: Seals = {}
    for event in events:
        if event.seals:
            if event.action == SEAL and expected:
                raise AuditError("数据被重新封存过", where=f"第 {event.sequence} 条审计记录", fix=_ROW_FIX)
            expected |= json.loads(event.seals)
    found = seal_all(connection)
    for key, digest in expected.items():
        if digest and key not in found:
            raise AuditError("记录被删除", where=sealed_thing(key), fix=_ROW_FIX)
        if digest and found[key] != digest:
            raise AuditError("记录被改动", where=sealed_thing(key), fix=_ROW_FIX)
    added = next((key for key in found if not expected.get(key)), None)
    if added is not None:
        raise AuditError("记录没有经过审计，是从外面加进来的", where=sealed_thing(added), fix=_ROW_FIX)
    for where in _altered_before_seals(connection, events):
        raise AuditError("记录被改动", where=where, fix=_ROW_FIX)
    return found


def _altered_before_seals(connection: Connection, events: Sequence[Row[Any]]) -> Iterator[str]:
    """What was altered before it was first sealed, as far as hashes in the older events tell."""
    sealed_at = next((event.sequence for event in events if event.action == SEAL), 0)
    for event in events[: max(0, sealed_at - 1)]:
        detail = json.loads(event.detail)
        if event.action in ("report.add", "report.revise"):
            number, revision = int(event.subject.removeprefix("r")), detail["revision"]
            own = (revisions.c.report == number, revisions.c.revision == revision)
            row = connection.execute(select(revisions.c.report_json, revisions.c.author).where(*own)).one_or_none()
            if row is None or _content_hash(row.report_json) != detail["content_hash"] or row.author != event.actor:
                yield sealed_thing(f"revision/{number}/{revision}")
        elif event.action in ("document.put", "document.approve", "document.amend") and "version" in detail:
            own = (versions.c.document_id == event.subject, versions.c.number == detail["version"])
            if connection.execute(select(versions.c.sha256).where(*own)).scalar_one_or_none() != detail["sha256"]:
                yield sealed_thing(f"text/{event.subject}")


def _content_hash(report_json: str) -> str:
    """`Report.content_hash` of a report as it was written, whatever fields the model had then."""
    written = json.loads(report_json)
    for name in _LEFT_OUT:
        if not written.get(name, True):
            del written[name]
    return hashlib.sha256(json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
