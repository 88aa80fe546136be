"""Bring the store in step with a manifest: admit what is new or changed, refuse at the door, withdraw what left."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from nigao.corpus.admission import Admitted, Suspicion, admit
from nigao.corpus.limits import DEFAULT_LIMITS, AdmissionLimits
from nigao.corpus.manifest import Manifest, ManifestEntry, document_from_entry
from nigao.corpus.model import RefusalReason, Role, Status
from nigao.errors import AdmissionError, UsageError
from nigao.store import Store
from nigao.store.documents import KnownDocument, document_fingerprint
from nigao.text.units import stated_issuer

# The origin of files that a person adds by name, rather than by a manifest.
BY_HAND = "add"
# Raise it when readers or splitter change what they make of the same bytes: every document is then read again.
RECIPE = "2"
# An audit entry is no place for a whole document.
_AUDITED = 20


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document turned away: `reason` is the stable code, `message` says what is wrong and what to do."""

    document_id: str
    title: str
    path: str
    reason: str
    message: str


@dataclass(slots=True)
class SyncResult:
    """Ids by what became of them. `suspicious`: words for a model in what this run admitted."""

    admitted: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    suspicious: list[Suspicion] = field(default_factory=list)


def sync_manifest(
    store: Store,
    manifest: Manifest,
    origin: str,
    *,
    limits: AdmissionLimits = DEFAULT_LIMITS,
    progress: Callable[[int, int], None] | None = None,
) -> SyncResult:
    """Admit the manifest's documents one by one; one bad file never stops the others.

    Each document is one transaction, so that a run that is killed is completed by the next. `origin` names the
    manifest: documents that came by it and left it are withdrawn.
    """
    known = store.documents.origin_ids(origin)
    result = SyncResult()
    for number, entry in enumerate(manifest.documents, start=1):
        take(store, entry, manifest.file_of(entry), origin, known.get(entry.id), result, limits)
        if progress is not None:
            progress(number, len(manifest.documents))
    listed = {entry.id for entry in manifest.documents}
    gone = [id for id, was in known.items() if id not in listed and was.status is Status.APPROVED]
    if gone:
        store.documents.withdraw(gone, "清单中已不再列出")
        result.withdrawn.extend(gone)
    return result


def take(
    store: Store,
    entry: ManifestEntry,
    path: Path,
    origin: str,
    known: KnownDocument | None,
    result: SyncResult,
    limits: AdmissionLimits = DEFAULT_LIMITS,
) -> None:
    """Admit one document into the store, or record why not; the outcome is added to `result`.

    Raises UsageError where a file added by hand is not there: a slip of the pen, and no document to record.
    """
    if known is not None and _unchanged(store, entry, path, known, limits):
        result.unchanged.append(entry.id)
        return
    try:
        admitted = admit(entry, path, limits)
    except AdmissionError as refusal:
        if origin == BY_HAND and refusal.reason == RefusalReason.MISSING:
            raise UsageError(refusal.message, where=str(path), fix="核对路径") from None
        message = f"{refusal.message}（{refusal.fix}）" if refusal.fix else refusal.message
        role = entry.role or Role.MATERIAL
        store.documents.refuse(entry.id, entry.title, entry.path, refusal.reason, message, origin, role=role)
        result.refused.append(Refusal(entry.id, entry.title, entry.path, refusal.reason, message))
        return
    _tell_suspicions(store, admitted, result)
    store.documents.put(admitted.document, admitted.text, admitted.passages, origin, recipe=RECIPE)
    result.admitted.append(entry.id)


def _tell_suspicions(store: Store, admitted: Admitted, result: SyncResult) -> None:
    """Record them before the document: a run killed in between tells them again rather than never."""
    if not admitted.suspicious:
        return
    told = [{"locator": s.locator, "excerpt": s.excerpt, "why": s.why} for s in admitted.suspicious[:_AUDITED]]
    detail = {"sha256": admitted.document.sha256, "found": len(admitted.suspicious), "first": told}
    store.audit.append("document.suspicious", admitted.document.id, "nigao", detail)
    result.suspicious.extend(admitted.suspicious)


def _unchanged(store: Store, entry: ManifestEntry, path: Path, known: KnownDocument, limits: AdmissionLimits) -> bool:
    """Whether bytes, record and recipe are those of the last sync; a revoked document with them stays as it is."""
    if known.status not in (Status.APPROVED, Status.REVOKED) or known.recipe != RECIPE or entry.role is None:
        return False
    try:
        if path.stat().st_size > limits.max_bytes:
            return False
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return False
    if digest != known.sha256 or (entry.sha256 and entry.sha256 != digest):
        return False
    record = document_from_entry(entry, digest)
    if not record.issuer:
        # Where the manifest is silent, what the document itself tells was recorded at the door.
        record = replace(record, issuer=stated_issuer(entry.title, store.documents.text(entry.id)))
    return document_fingerprint(record) == known.fingerprint


def add_files(store: Store, files: Sequence[Path], approval: ManifestEntry) -> SyncResult:
    """Admit files that a person names, each under the same approval; one added again replaces its earlier version.

    The approval's own id and path do not count, and an empty title stands for the file's name.
    """
    result = SyncResult()
    known = store.documents.origin_ids(BY_HAND)
    for file in files:
        own = {"id": _document_id(file), "path": file.resolve().as_posix(), "title": approval.title or file.stem}
        entry = approval.model_copy(update=own)
        take(store, entry, file, BY_HAND, known.get(entry.id), result)
    return result


def _document_id(file: Path) -> str:
    """A file's name where it can be an id, else a stable one made from it."""
    stem = file.stem
    if stem.isascii() and all(c.isalnum() or c in "-_" for c in stem) and stem[:1].isalnum() and len(stem) <= 60:
        return stem
    return f"doc-{hashlib.sha256(stem.encode()).hexdigest()[:10]}"
