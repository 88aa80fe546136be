"""Keeping the corpus: files submitted, approved, sent back, revoked; what rests on them; what was in force when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from pydantic import ValidationError

from nigao.corpus.model import Document, Role
from nigao.errors import UsageError
from nigao.retrieval.search import HybridSearch
from nigao.settings import Settings
from nigao.store import ApprovalRecord, CitedSentence, Store
from nigao.store.rows import unknown
from nigao.yamlfile import explain

if TYPE_CHECKING:
    from nigao.corpus.manifest import ManifestEntry
    from nigao.retrieval.sync import SyncResult

Progress = Callable[[int, int], None]


class Stated(TypedDict, total=False):
    """What may be said of files by hand. `title` (for one file) defaults to the file's name; `visible_to` names the
    units that may see them, empty for everybody.
    """

    title: str
    issuer: str
    number: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    supersedes: Sequence[str]
    visible_to: Sequence[str]


class CorpusKeeper:
    """The corpus of one workspace as the people see it who keep it: everything, whoever may see it in a search."""

    def __init__(self, store: Store, settings: Settings | None, search: Callable[[], HybridSearch]) -> None:
        self._store = store
        self._settings = settings
        self._search = search

    def sync(
        self, manifest: str | Path | None = None, *, full: bool = False, progress: Progress | None = None
    ) -> SyncResult:
        """Bring the corpus in step with a manifest (default: the workspace's). Searchable by words on return.

        Changed bytes wait for a person unless the manifest states a new approval. A file that looks as when it was last
        read is not read again, unless `full`. Raises ManifestError for a manifest that cannot be used, with nothing
        changed.
        """
        from nigao.corpus.manifest import load_manifest
        from nigao.retrieval.sync import sync_manifest

        path = Path(manifest) if manifest is not None else self._manifest()
        return sync_manifest(self._store, load_manifest(path), self._origin(path), full=full, progress=progress)

    def add(
        self,
        files: Sequence[str | Path],
        *,
        role: Role | str,
        approved_by: str,
        approved_on: dt.date,
        **stated: Unpack[Stated],
    ) -> SyncResult:
        """Submit and approve single files in one act; a file added again replaces its earlier version.

        Raises UsageError for an approval of a day to come, NotFoundError where one is to supersede an unknown document.
        """
        from nigao.corpus.approval import require_past
        from nigao.retrieval.sync import add_files

        entry = self._entry(files, role, stated, approved_by=approved_by, approved_on=approved_on)
        if entry.approved_on is not None:
            require_past(entry.approved_on, dt.date.today(), "approved_on")
        return add_files(self._store, [Path(file) for file in files], entry)

    def submit(self, files: Sequence[str | Path], *, role: Role | str, by: str, **stated: Unpack[Stated]) -> SyncResult:
        """Have files read and kept for a person to approve (`pending` of the result); no evidence until then.

        An approved version of the same file stays in force meanwhile. Raises UsageError where `by` names nobody,
        NotFoundError where one is to supersede an unknown document.
        """
        from nigao.corpus.approval import require_person
        from nigao.retrieval.sync import submit_files

        person = require_person(by)
        return submit_files(self._store, [Path(file) for file in files], self._entry(files, role, stated), person)

    def approve(self, ids: Sequence[str], *, by: str, on: dt.date | None = None, sha256: str = "") -> list[Document]:
        """Approve what waits for these documents, all or none, as of today or an earlier day. With `sha256` (its first
        digits will do) only these very bytes are approved.

        Raises NotFoundError, UsageError (nothing or other bytes wait, revoked before, nobody named, a day to come).
        """
        from nigao.corpus.approval import require_past, require_person

        today = dt.date.today()
        day = require_past(on or today, today, "--on")
        return self._store.approvals.approve(ids, require_person(by), day, sha256=sha256)

    def send_back(self, document_id: str, *, by: str, reason: str) -> None:
        """Return what waits for a document, with the reason; an approved version stays in force.

        Raises NotFoundError, UsageError.
        """
        from nigao.corpus.approval import require_person

        if not reason.strip():
            raise UsageError("没有写明退回的理由", where="--reason", fix="写明要改什么")
        self._store.approvals.send_back(document_id, require_person(by), reason.strip())

    def revoke(self, document_id: str, *, reason: str, by: str = "") -> None:
        """Stop a document from being evidence, for good, from the next query on. Raises NotFoundError, UsageError."""
        self._store.documents.revoke(document_id, reason, by or "nigao")

    def document(self, document_id: str) -> Document:
        """A document as recorded, whatever its status. Raises NotFoundError."""
        found = self._store.documents.get(document_id)
        if found is None:
            raise unknown(document_id)
        return found

    def impact(self, document_id: str, *, every_revision: bool = False) -> list[CitedSentence]:
        """The sentences that rest on a document, in the stored reports' latest revisions or in every one.

        Raises NotFoundError.
        """
        self.document(document_id)
        return self._store.reports.resting_on(document_id, every_revision=every_revision)

    def in_force(self, on: dt.date, *, unit: str | Collection[str] | None = None) -> list[ApprovalRecord]:
        """What was in force on a date, with the version that then was; all of it, or what a unit may see."""
        approvals = self._store.approvals
        return approvals.everything_in_force(on) if unit is None else approvals.in_force(on, unit=unit)

    def text_on(self, document_id: str, on: dt.date) -> tuple[ApprovalRecord, str]:
        """The version of a document that was in force on a date, and its text. Raises NotFoundError."""
        return self._store.approvals.text_on(document_id, on)

    def verify(self) -> list[str]:
        """What is wrong with the corpus, in Chinese; empty when all is well.

        Looks for passages that are not in their text, passages not indexed, and a broken audit chain.
        """
        from nigao.retrieval.verify import corpus_problems

        return corpus_problems(self._store, self._search())

    def _entry(
        self, files: Sequence[str | Path], role: Role | str, stated: Stated, **approval: object
    ) -> ManifestEntry:
        from nigao.corpus.manifest import ManifestEntry

        if stated.get("title") and len(files) > 1:
            raise UsageError("一次加入多份文件时不能共用一个标题", where="title", fix="逐份加入，或省略标题")
        for old in stated.get("supersedes", ()):
            self.document(old)
        try:
            return ManifestEntry.model_validate({"id": "each", "path": "each", "role": role} | stated | approval)
        except ValidationError as error:
            raise UsageError("；".join(explain(error, ManifestEntry)), fix="改正后再试") from None

    def _origin(self, manifest: Path) -> str:
        """How a manifest is known in the store: by its place in the workspace, so that a workspace can be moved."""
        place = manifest.resolve()
        if self._settings is not None and place.is_relative_to(self._settings.root):
            return place.relative_to(self._settings.root).as_posix()
        return str(place)

    def _manifest(self) -> Path:
        if self._settings is None:
            raise UsageError("没有指明语料清单", where="manifest", fix="给出 manifest.yaml 的路径")
        return self._settings.manifest
