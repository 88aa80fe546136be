"""Bring the store in step with a manifest, or with files that a person names."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from nigao.corpus.limits import DEFAULT_LIMITS, AdmissionLimits
from nigao.corpus.manifest import Manifest, ManifestEntry
from nigao.corpus.model import Status
from nigao.errors import UsageError
from nigao.retrieval.intake import BY_HAND, RECIPE, Intake, Pending, Refusal, SyncResult
from nigao.store import Store

__all__ = ["BY_HAND", "RECIPE", "Pending", "Refusal", "SyncResult", "add_files", "submit_files", "sync_manifest"]

# What is known of the files is read once for a run: two at a time would each admit what is new.
_TURN = "sync"
_LISTED = (Status.APPROVED, Status.SUBMITTED, Status.RETURNED)


def sync_manifest(
    store: Store,
    manifest: Manifest,
    origin: str,
    *,
    limits: AdmissionLimits = DEFAULT_LIMITS,
    full: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> SyncResult:
    """Admit the manifest's documents one by one; one bad file never stops the others.

    Each document is one transaction, so that a run that is killed is completed by the next. `origin` names the
    manifest: documents that came by it and left it are withdrawn. A file that looks as it did when it was last read is
    not read again, unless `full`.
    """
    listed = {entry.id for entry in manifest.documents}
    with store.turn(_TURN):
        intake = Intake(store, origin, listed, limits=limits, full=full)
        for number, entry in enumerate(manifest.documents, start=1):
            intake.take(entry, manifest.file_of(entry))
            if progress is not None:
                progress(number, len(manifest.documents))
        came = store.documents.origin_ids(origin)
        intake.withdraw([id for id, was in came.items() if id not in listed and was.status in _LISTED])
        return intake.finish()


def add_files(store: Store, files: Sequence[Path], approval: ManifestEntry) -> SyncResult:
    """Admit files that a person names, each under the same approval; one added again replaces its earlier version.

    The approval's own id and path do not count, and an empty title stands for the file's name.
    """
    return _by_hand(store, files, approval, Intake.take)


def submit_files(store: Store, files: Sequence[Path], proposal: ManifestEntry, by: str) -> SyncResult:
    """Read and keep files for a person to approve, in the name of who submits them; they are the result's `pending`.

    The proposal's own id and path do not count, and an empty title stands for the file's name.
    """
    return _by_hand(store, files, proposal, lambda intake, entry, file: intake.submit(entry, file, by))


def _by_hand(
    store: Store, files: Sequence[Path], stated: ManifestEntry, act: Callable[[Intake, ManifestEntry, Path], None]
) -> SyncResult:
    entries = [_entry(file, stated) for file in files]
    with store.turn(_TURN):
        intake = Intake(store, BY_HAND, [entry.id for entry in entries])
        for entry, file in zip(entries, files, strict=True):
            act(intake, entry, file)
        return intake.finish()


def _entry(file: Path, stated: ManifestEntry) -> ManifestEntry:
    if not str(file.resolve()).replace("\u3000", "").isprintable():
        # What a terminal, a log or a table would show of it is not its name.
        raise UsageError("文件名或路径里有控制字符或看不见的字符", where=str(file), fix="改名后再试")
    own = {"id": _document_id(file), "path": file.resolve().as_posix(), "title": stated.title or file.stem}
    return stated.model_copy(update=own)


def _document_id(file: Path) -> str:
    """A file's name where it can be an id, else a stable one made from it."""
    stem = file.stem
    if stem.isascii() and all(c.isalnum() or c in "-_" for c in stem) and stem[:1].isalnum() and len(stem) <= 60:
        return stem
    return f"doc-{hashlib.sha256(stem.encode()).hexdigest()[:10]}"
