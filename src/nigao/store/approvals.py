"""The life of a document: submitted, approved by a person, sent back; and what was in force on an earlier day."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from nigao.corpus.approval import Approval
from nigao.corpus.model import Document, Passage, Role, Status
from nigao.errors import NotFoundError, UsageError
from nigao.store import rows
from nigao.store.admitting import Act, Provenance, admit
from nigao.store.audit import AuditLog
from nigao.store.database import Database, in_chunks
from nigao.store.documents import names_of
from nigao.store.tables import approvals, documents, submissions, versions

_WITHOUT_TEXT = tuple(column for column in submissions.c if column.name not in ("text", "passages_json"))


@dataclass(frozen=True, slots=True)
class Submission:
    """Bytes that wait for a person: `document` as it would be recorded. `returned_by` is who sent them back, or empty;
    `fingerprint` and `recipe` are as in `KnownDocument`.
    """

    document: Document
    submitted_by: str
    submitted_at: str
    returned_by: str
    reason: str
    fingerprint: str
    recipe: str

    @property
    def told(self) -> str:
        """Where it stands, in Chinese."""
        return f"已由{self.returned_by}退回：{self.reason}" if self.returned_by else "待批准"


@dataclass(frozen=True, slots=True)
class ApprovalRecord:
    """An approval as it was given and what became of it: in force from `started_on` until before `ended_on`.

    `document` is the record as approved; `end_reason` is empty, `replaced`, `reapproved`, `revoked`, `withdrawn` or
    `refused`.
    """

    document: Document
    version: int
    recorded_at: str
    started_on: dt.date
    ended_on: dt.date | None
    end_reason: str


class ApprovalRepository:
    """Every writing method is one transaction and leaves its audit events in it, in the name of who acts."""

    def __init__(self, database: Database, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit

    def submit(
        self,
        document: Document,
        text: str,
        passages: Sequence[Passage],
        origin: str,
        *,
        recipe: str = "",
        fingerprint: str = "",
        by: str,
    ) -> None:
        """Keep a text for a person to approve; it replaces what waited for the same document before.

        An approved version stays in force meanwhile, but who may see the document changes at once. Raises UsageError
        for a revoked document.
        """
        with self._database.write() as connection:
            act = Act(connection, self._database, self._audit, by)
            row = rows.find(connection, document.id)
            if row is not None and row.status == Status.REVOKED.value:
                raise _revoked(row)
            stated = fingerprint or rows.document_fingerprint(document)
            if row is None or row.status != Status.APPROVED.value:
                self._register(connection, document, row, Provenance(origin, recipe, stated))
            elif set(document.visible_to) != set(_units(connection, document.id)):
                rows.save_visibility(connection, document)
                act.record("document.amend", document.id, {"changed": {"visible_to": list(document.visible_to)}})
            values = {
                "document_id": document.id,
                "sha256": document.sha256,
                "record_json": rows.record_json(document),
                "text": text,
                "passages_json": json.dumps([asdict(passage) for passage in passages], ensure_ascii=False),
                "origin": origin,
                "recipe": recipe,
                "fingerprint": stated,
                "submitted_by": by,
                "submitted_at": self._database.now(),
                "returned_by": "",
                "reason": "",
            }
            statement = insert(submissions).values(values)
            connection.execute(statement.on_conflict_do_update(index_elements=["document_id"], set_=values))
            act.record("document.submit", document.id, {"sha256": document.sha256, "origin": origin})

    def approve(self, ids: Iterable[str], by: str, on: dt.date, *, sha256: str = "") -> list[Document]:
        """Approve what waits for these documents, all or none; the documents as they are in force from now on.

        `sha256` is how the hash of the bytes meant begins: what waits may have been replaced since they were read. What
        was sent back may be approved after all. Raises NotFoundError for an unknown id, UsageError for a revoked
        document, for one with nothing waiting, and where other bytes wait.
        """
        approved: list[Document] = []
        with self._database.write() as connection:
            act = Act(connection, self._database, self._audit, by)
            for id in dict.fromkeys(ids):
                waiting = _waiting(connection, id)
                if not waiting.sha256.startswith(sha256.lower()):
                    fix = "重新看过再批准（nigao corpus show）"
                    raise UsageError(f"待批准的内容已经换了（现在是 {waiting.sha256[:12]}…）", where=id, fix=fix)
                document = rows.document_from_json(waiting.record_json)
                document = replace(document, approved_by=by, approved_on=on)
                source = Provenance(waiting.origin, waiting.recipe, waiting.fingerprint)
                admit(act, document, waiting.text, _passages(waiting), source, action="document.approve")
                approved.append(document)
        return approved

    def send_back(self, id: str, by: str, reason: str) -> None:
        """Return what waits for this document, with a reason; an approved version stays in force.

        Raises NotFoundError for an unknown id, UsageError where nothing waits.
        """
        with self._database.write() as connection:
            act = Act(connection, self._database, self._audit, by)
            waiting = _waiting(connection, id)
            change = update(submissions).where(submissions.c.document_id == id)
            connection.execute(change.values(returned_by=by, reason=reason))
            fresh = documents.c.status == Status.SUBMITTED.value
            own = update(documents).where(documents.c.id == id, fresh)
            connection.execute(own.values(status=Status.RETURNED.value, status_reason=reason))
            act.record("document.return", id, {"sha256": waiting.sha256, "reason": reason})

    def waiting(self, ids: Collection[str] | None = None) -> dict[str, Submission]:
        """What waits, or was sent back, for all documents or for these, by document id."""
        found: dict[str, Submission] = {}
        with self._database.read() as connection:
            for chunk in [None] if ids is None else in_chunks(ids):
                query = select(*_WITHOUT_TEXT).order_by(submissions.c.document_id)
                query = query if chunk is None else query.where(submissions.c.document_id.in_(chunk))
                found.update((row.document_id, _submission(row)) for row in connection.execute(query))
        return found

    def waiting_text(self, id: str) -> tuple[str, list[Passage]]:
        """The text that waits for this document, and its passages. Raises NotFoundError for an unknown id, UsageError
        where none waits.
        """
        with self._database.read() as connection:
            waiting = _waiting(connection, id)
            return waiting.text, _passages(waiting)

    def given(self, ids: Collection[str]) -> dict[str, tuple[Approval, ...]]:
        """Every approval that these documents ever had, oldest first, by document id."""
        found: dict[str, tuple[Approval, ...]] = {}
        columns = (approvals.c.document_id, approvals.c.sha256, approvals.c.approved_by, approvals.c.approved_on)
        with self._database.read() as connection:
            for chunk in in_chunks(ids):
                query = select(*columns).where(approvals.c.document_id.in_(chunk)).order_by(approvals.c.row)
                for row in connection.execute(query):
                    approval = Approval(row.sha256, row.approved_by, row.approved_on)
                    found[row.document_id] = (*found.get(row.document_id, ()), approval)
        return found

    def history(self, id: str) -> list[ApprovalRecord]:
        """Every approval of a document, oldest first. Raises NotFoundError for an unknown id."""
        query = select(approvals).where(approvals.c.document_id == id).order_by(approvals.c.row)
        with self._database.read() as connection:
            rows.known(connection, id)
            return [_record(row) for row in connection.execute(query)]

    def unapproved(self) -> list[str]:
        """Ids of the documents in use whose text is not the one that the approval in force was given for; none ever."""
        held = select(approvals.c.row).where(
            approvals.c.document_id == documents.c.id,
            approvals.c.sha256 == documents.c.sha256,
            approvals.c.version == documents.c.version,
            approvals.c.ended_on.is_(None),
        )
        in_use = documents.c.status == Status.APPROVED.value
        with self._database.read() as connection:
            found = connection.execute(select(documents.c.id).where(in_use, ~held.exists()).order_by(documents.c.id))
            return list(found.scalars())

    def in_force(
        self, on: dt.date, roles: Collection[Role] | None = None, unit: str | Collection[str] | None = None
    ) -> list[ApprovalRecord]:
        """What was in force on a date, by document id: approved by then, valid, not superseded, and not yet revoked,
        withdrawn or replaced. For people who look back; what may be cited is `DocumentRepository.evidence_ids`.

        By default of every role. `unit` is as there: who may see a document is asked of today.
        """
        seen = rows.visible(approvals.c.document_id, names_of(unit))
        return self._in_force(on, [record for record in self._holding(on, seen) if _has_role(record, roles)])

    def everything_in_force(self, on: dt.date) -> list[ApprovalRecord]:
        """The same for who keeps the corpus and may see all of it."""
        return self._in_force(on, self._holding(on))

    def text_on(self, id: str, on: dt.date) -> tuple[ApprovalRecord, str]:
        """The approval of a document that was in force on a date, and the text of that version.

        Raises NotFoundError for an unknown id, or where none of its versions was in force then.
        """
        with self._database.read() as connection:
            rows.known(connection, id)
        found = next((record for record in self.everything_in_force(on) if record.document.id == id), None)
        if found is None:
            raise NotFoundError(f"这份文件在 {on} 不在用", where=id, fix="查看它的批准经过（nigao corpus show）")
        own = (versions.c.document_id == id, versions.c.number == found.version)
        with self._database.read() as connection:
            return found, str(connection.execute(select(versions.c.text).where(*own)).scalar_one())

    def _holding(self, on: dt.date, *conditions: Any) -> list[ApprovalRecord]:
        """The approvals that held on a date, the last one of each document, whatever became of it by validity."""
        held = (approvals.c.started_on <= on, or_(approvals.c.ended_on.is_(None), approvals.c.ended_on > on))
        query = select(approvals).where(*held, *conditions).order_by(approvals.c.row)
        with self._database.read() as connection:
            last = {row.document_id: row for row in connection.execute(query)}
        return [_record(last[id]) for id in sorted(last)]

    def _in_force(self, on: dt.date, records: list[ApprovalRecord]) -> list[ApprovalRecord]:
        # Those that may not be seen supersede all the same.
        valid = [record.document for record in self._holding(on) if _valid(record.document, on)]
        replaced = {old for document in valid for old in document.supersedes if old != document.id}
        return [r for r in records if _valid(r.document, on) and r.document.id not in replaced]

    def _register(self, connection: Connection, document: Document, old: Row[Any] | None, source: Provenance) -> None:
        """A document with nothing in force is recorded as submitted."""
        rows.save(
            connection,
            document,
            status=Status.SUBMITTED.value,
            status_reason="",
            origin=source.origin,
            recipe="",
            fingerprint=source.fingerprint,
            version=old.version if old is not None else 0,
        )


def _valid(document: Document, on: dt.date) -> bool:
    return (document.valid_from is None or document.valid_from <= on) and (
        document.valid_to is None or on <= document.valid_to
    )


def _has_role(record: ApprovalRecord, roles: Collection[Role] | None) -> bool:
    return roles is None or record.document.role in roles


def _units(connection: Connection, id: str) -> tuple[str, ...]:
    return rows.load_documents(connection, dt.date.today(), [id])[0].visible_to


def _waiting(connection: Connection, id: str) -> Row[Any]:
    known = rows.known(connection, id)
    if known.status == Status.REVOKED.value:
        raise _revoked(known)
    row = connection.execute(select(submissions).where(submissions.c.document_id == id)).one_or_none()
    if row is None:
        raise UsageError("没有待批准的内容", where=id, fix="核对文件；要批准新的内容，先提交（nigao corpus submit）")
    return row


def _passages(waiting: Row[Any]) -> list[Passage]:
    return [Passage(**values) for values in json.loads(waiting.passages_json)]


def _revoked(row: Row[Any]) -> UsageError:
    why = f"（{row.status_reason}）" if row.status_reason else ""
    return UsageError(f"这份文件此前已撤销{why}", where=row.id, fix="撤销不能收回；换一个编号（文件名）重新提交")


def _submission(row: Row[Any]) -> Submission:
    status = Status.RETURNED if row.returned_by else Status.SUBMITTED
    document = rows.document_from_json(row.record_json, status=status, status_reason=row.reason)
    names = ("submitted_by", "submitted_at", "returned_by", "reason", "fingerprint", "recipe")
    return Submission(document, **{name: getattr(row, name) for name in names})


def _record(row: Row[Any]) -> ApprovalRecord:
    document = rows.document_from_json(row.record_json)
    names = ("version", "recorded_at", "started_on", "ended_on", "end_reason")
    return ApprovalRecord(document, **{name: getattr(row, name) for name in names})
