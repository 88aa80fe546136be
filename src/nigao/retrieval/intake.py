"""One file at a time into the store: left alone, admitted, kept waiting for a person, or refused with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from nigao.corpus.admission import Admitted, Suspicion, admit
from nigao.corpus.approval import Approval, approval_of
from nigao.corpus.filestamp import FileStamp, look_at, with_hash
from nigao.corpus.limits import DEFAULT_LIMITS, AdmissionLimits
from nigao.corpus.manifest import ManifestEntry, document_from_entry
from nigao.corpus.model import RefusalReason, Role, Status
from nigao.errors import AdmissionError, UsageError
from nigao.store import Store
from nigao.store.documents import KnownDocument, document_fingerprint

# The origin of files that a person adds or submits by name, rather than by a manifest.
BY_HAND = "add"
# Raise it when readers or splitter change what they make of the same bytes: every document is then read again.
RECIPE = "3"
# An audit entry is no place for a whole document.
_AUDITED = 20
# Trouble of this machine rather than of the file: no reason to give up a text that was read before.
_PASSING = (RefusalReason.RESOURCES, RefusalReason.CONVERTER)
_HOW = "由批准人运行 nigao corpus approve {id} --by 姓名，或在清单中写明新的批准人和批准日期"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document turned away: `reason` is the stable code, `message` says what is wrong and what to do."""

    document_id: str
    title: str
    path: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Pending:
    """Bytes that no person has approved yet, or that were sent back; `message` says so and what to do."""

    document_id: str
    title: str
    path: str
    message: str


@dataclass(slots=True)
class SyncResult:
    """Ids by what became of them. `suspicious`: words for a model in what this run read."""

    admitted: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    suspicious: list[Suspicion] = field(default_factory=list)


class Intake:
    """One run over some documents of one origin. What is known of them is read at once; each document is a transaction
    of its own; `finish` remembers how the files looked. `full` has every file read, however it looks.
    """

    def __init__(
        self,
        store: Store,
        origin: str,
        ids: Collection[str],
        *,
        limits: AdmissionLimits = DEFAULT_LIMITS,
        full: bool = False,
    ) -> None:
        self.result = SyncResult()
        self._store = store
        self._origin = origin
        self._limits = limits
        self._today = dt.date.today()
        self._known = store.documents.known(ids)
        self._waiting = store.approvals.waiting(ids)
        self._given = store.approvals.given(ids)
        self._stamps = {} if full else store.files.get(ids)
        self._seen: dict[str, FileStamp] = {}

    def take(self, entry: ManifestEntry, path: Path) -> None:
        """Admit one document as the entry states it, or record why not.

        A person's own act by hand approves the bytes at hand; a manifest may state an approval that was given for
        others, and then they wait. Raises UsageError where a file added by hand is not there: a slip of the pen.
        """
        known, looks = self._known.get(entry.id), self._look(entry, path)
        if known is not None and looks is not None and self._is_settled(entry, known, looks.sha256):
            return
        if self._is_revoked(entry, path):
            return
        try:
            # Pinned are the bytes in force: others are no mistake to refuse, they wait to be approved.
            pinned_before = known is not None and known.status is Status.APPROVED and known.sha256 == entry.sha256
            admitted = admit(entry.model_copy(update={"sha256": ""}) if pinned_before else entry, path, self._limits)
        except AdmissionError as refusal:
            self._refuse(entry, looks, refusal)
            return
        self._read(admitted, looks)
        approval = self._approval(entry, admitted.document.sha256)
        stated = document_fingerprint(document_from_entry(entry, admitted.document.sha256))
        if approval is None:
            self._hold(admitted, "nigao", stated)
            standing = known is not None and known.status is Status.APPROVED
            self._tell_pending(entry, "与批准时不同，批准前沿用原来的文本" if standing else "未经批准")
            return
        document = replace(admitted.document, approved_by=approval.by, approved_on=approval.on)
        self._store.documents.put(
            document, admitted.text, admitted.passages, self._origin, recipe=RECIPE, fingerprint=stated
        )
        self.result.admitted.append(entry.id)

    def submit(self, entry: ManifestEntry, path: Path, by: str) -> None:
        """Keep one document for a person to approve. One that is refused leaves the version in force alone, unless the
        file is marked as secret.
        """
        if self._is_revoked(entry, path):
            return
        try:
            admitted = admit(entry, path, self._limits, approved=False)
        except AdmissionError as refusal:
            self._refuse(entry, None, refusal, proposed=True)
            return
        self._read(admitted, None)
        self._hold(admitted, by, "")
        self._tell_pending(entry, f"待批准：由批准人运行 nigao corpus approve {entry.id} --by 姓名", full=True)

    def withdraw(self, ids: list[str]) -> None:
        """Documents that came by this origin and left it stop being evidence."""
        if ids:
            self._store.documents.withdraw(ids, "清单中已不再列出")
            self.result.withdrawn.extend(ids)

    def finish(self) -> SyncResult:
        """What became of the documents."""
        self._store.files.put(self._seen)
        return self.result

    def _look(self, entry: ManifestEntry, path: Path) -> FileStamp | None:
        """The file as it looks, with the hash of its bytes where there is something to compare it with; None where it
        cannot be read or is too large to be.
        """
        try:
            looks = look_at(path, entry.path)
            if looks.size > self._limits.max_bytes:
                return None
            last = self._stamps.get(entry.id)
            if last is not None and last.vouches(looks):
                return last
            if entry.id not in self._known:
                return looks
            looks = self._seen[entry.id] = with_hash(looks, path)
        except OSError:
            return None
        return looks

    def _is_settled(self, entry: ManifestEntry, known: KnownDocument, sha256: str) -> bool:
        """Whether there is nothing to do about these bytes, which is then told."""
        by_hand = self._origin == BY_HAND
        if known.status is Status.REVOKED and known.sha256 == sha256 and not by_hand:
            self.result.unchanged.append(entry.id)
            return True
        if entry.role is None:
            return False
        stated = document_fingerprint(document_from_entry(entry, sha256))
        approval, waiting = self._approval(entry, sha256), self._waiting.get(entry.id)
        if waiting is not None:
            same = waiting.document.sha256 == sha256 and (waiting.fingerprint, waiting.recipe) == (stated, RECIPE)
            if same and approval is None:
                standing = "，批准前沿用原来的文本" if known.status is Status.APPROVED else ""
                self._tell_pending(entry, f"{waiting.told}{standing}")
            return same and approval is None
        recorded = (known.status, known.sha256, known.fingerprint, known.recipe, known.origin)
        given = self._given.get(entry.id, ())
        settled = recorded == (Status.APPROVED, sha256, stated, RECIPE, self._origin) and given[-1:] == (approval,)
        if settled:
            self.result.unchanged.append(entry.id)
        return settled

    def _approval(self, entry: ManifestEntry, sha256: str) -> Approval | None:
        stated = Approval(sha256, entry.approved_by, entry.approved_on)
        if self._origin == BY_HAND:
            return stated
        return approval_of(stated, self._given.get(entry.id, ()), pinned=entry.sha256, today=self._today)

    def _is_revoked(self, entry: ManifestEntry, path: Path) -> bool:
        """Whether the document was revoked, which is for good and is then told."""
        known = self._known.get(entry.id)
        if known is None or known.status is not Status.REVOKED:
            return False
        message = "这份文件此前已撤销，不再收录（确需使用新的内容，换一个编号或文件名重新提交）"
        self.result.refused.append(Refusal(entry.id, entry.title, entry.path, RefusalReason.REVOKED, message))
        return True

    def _refuse(
        self, entry: ManifestEntry, looks: FileStamp | None, refusal: AdmissionError, *, proposed: bool = False
    ) -> None:
        if self._origin == BY_HAND and refusal.reason == RefusalReason.MISSING:
            raise UsageError(refusal.message, where=refusal.where, fix="核对路径") from None
        message = f"{refusal.message}（{refusal.fix}）" if refusal.fix else refusal.message
        known = self._known.get(entry.id)
        in_force = known is not None and known.status is Status.APPROVED
        same = known is not None and looks is not None and looks.sha256 == known.sha256
        passing = same and refusal.reason in _PASSING
        if in_force and (passing or (proposed and refusal.reason != RefusalReason.CLASSIFIED)):
            message += "；已收录的文本照旧使用"
            detail = {"reason": refusal.reason, "message": message, "path": entry.path, "origin": self._origin}
            self._store.audit.append("document.unread", entry.id, "nigao", detail)
        else:
            role = entry.role or Role.MATERIAL
            self._store.documents.refuse(
                entry.id, entry.title, entry.path, refusal.reason, message, self._origin, role=role
            )
        self.result.refused.append(Refusal(entry.id, entry.title, entry.path, refusal.reason, message))

    def _read(self, admitted: Admitted, looks: FileStamp | None) -> None:
        """Remember the bytes that were read, and tell what looks written for a model. That is recorded before the
        document: a run killed in between tells it again rather than never.
        """
        document, suspicious = admitted.document, admitted.suspicious
        if looks is not None:
            self._seen[document.id] = replace(looks, sha256=document.sha256)
        if suspicious:
            told = [{"locator": s.locator, "excerpt": s.excerpt, "why": s.why} for s in suspicious[:_AUDITED]]
            detail = {"sha256": document.sha256, "found": len(suspicious), "first": told}
            self._store.audit.append("document.suspicious", document.id, "nigao", detail)
            self.result.suspicious.extend(suspicious)

    def _hold(self, admitted: Admitted, by: str, fingerprint: str) -> None:
        # Who approves these bytes is still open, whatever a manifest says of earlier ones.
        document = replace(admitted.document, approved_by="", approved_on=None)
        self._store.approvals.submit(
            document, admitted.text, admitted.passages, self._origin, recipe=RECIPE, fingerprint=fingerprint, by=by
        )

    def _tell_pending(self, entry: ManifestEntry, message: str, *, full: bool = False) -> None:
        told = message if full else f"内容{message}（{_HOW.format(id=entry.id)}）"
        self.result.pending.append(Pending(entry.id, entry.title, entry.path, told))
