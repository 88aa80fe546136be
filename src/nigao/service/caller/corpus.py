"""The corpus as one caller may see and keep it."""

from __future__ import annotations

import builtins
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from nigao.assistant import Assistant
from nigao.corpus.approval import require_past
from nigao.corpus.model import Document, Passage, Role
from nigao.errors import AccessError, NotFoundError, UsageError
from nigao.keeping import CorpusKeeper
from nigao.retrieval.search import Hit
from nigao.service.caller.identity import Caller
from nigao.store import ApprovalRecord, CitedSentence, Submission

# What a document that the caller may not see is called where it supersedes one that they may.
_UNSEEN = "另一份文件"


@dataclass(frozen=True, slots=True)
class CallerCorpus:
    """A document that is open to other units alone is not found, whatever is asked about it; nothing that is told of
    another document names it or those units.
    """

    assistant: Assistant
    caller: Caller

    @property
    def keeper(self) -> CorpusKeeper:
        """The whole corpus; for use on documents that `seen` or `own` has let through."""
        return self.assistant.corpus

    def list(self) -> list[Document]:
        """Every document that may be seen, whatever its status, in the order of the store."""
        found = [one for one in self.assistant.store.documents.all() if self._visible(one)]
        seen = {one.id for one in found}
        return [self._shown(one, hidden=one.superseded_by not in seen) for one in found]

    def seen(self, id: str) -> Document:
        """A document that may be seen. Raises NotFoundError, in the same words for every reason."""
        document = self._found(id)
        newer = self.assistant.store.documents.get(document.superseded_by) if document.superseded_by else None
        return self._shown(document, hidden=newer is None or not self._visible(newer))

    def own(self, id: str) -> Document:
        """A document that is the caller's to approve, return or revoke. Raises NotFoundError, AccessError."""
        document = self._found(id)
        self._require_own(document)
        return self.seen(id)

    def waiting(self, id: str) -> Submission:
        """What waits for a person's approval. Raises NotFoundError where nothing does."""
        found = self.assistant.store.approvals.waiting([self.seen(id).id]).get(id)
        if found is None:
            raise NotFoundError(
                "没有待批准的内容", where=id, fix="用 GET /api/v1/documents?status=submitted 查看有哪些"
            )
        return found

    def approve(self, id: str, *, on: dt.date | None, sha256: str) -> Document:
        """Approve what waits, in the caller's name. Raises NotFoundError, AccessError, UsageError."""
        self.own(id)
        waiting = self.waiting(id).document
        self._require_own(waiting)
        for old in waiting.supersedes:
            document = self.assistant.store.documents.get(old)
            if document is not None:
                self._require_own(document)
        if on is not None:
            require_past(on, dt.date.today(), "on")
        if sha256 and sha256.lower() != waiting.sha256:
            raise UsageError("待批准的内容已经换了", where="sha256", fix="重新看过待批准的内容，再按它的 sha256 批准")
        # What was looked at above, and nothing that takes its place meanwhile.
        self.keeper.approve([id], by=self.caller.person, on=on, sha256=waiting.sha256)
        return self.seen(id)

    def send_back(self, id: str, reason: str) -> Document:
        """Return what waits, in the caller's name. Raises NotFoundError, AccessError."""
        self.own(id)
        self.waiting(id)
        self.keeper.send_back(id, by=self.caller.person, reason=reason)
        return self.seen(id)

    def revoke(self, id: str, reason: str) -> Document:
        """Stop a document from being evidence, in the caller's name. Raises NotFoundError, AccessError, UsageError."""
        self.own(id)
        self.keeper.revoke(id, reason=reason, by=self.caller.person)
        return self.seen(id)

    def history(self, id: str) -> builtins.list[ApprovalRecord]:
        """Every approval of a document, oldest first. Raises NotFoundError."""
        return self.assistant.store.approvals.history(self.seen(id).id)

    def impact(self, id: str, *, every_revision: bool = False) -> builtins.list[CitedSentence]:
        """What rests on a document in the reports that the caller may see. Raises NotFoundError."""
        resting = self.keeper.impact(self.seen(id).id, every_revision=every_revision)
        seen = {report.id for report in self.assistant.store.reports.list() if self.caller.sees_unit(report.unit)}
        return [cited for cited in resting if cited.report in seen]

    def passages(self, id: str) -> builtins.list[Passage]:
        """The current passages of a document, in its order. Raises NotFoundError."""
        return self.assistant.store.documents.passages([self.seen(id).id])

    def passage(self, id: str) -> Passage:
        """A passage of a document that may be seen. Raises NotFoundError."""
        passage = self.assistant.store.documents.passage(id)
        gone = NotFoundError(f"没有段落 {id}", where="passage_id", fix="从检索结果或报告的出处取段落编号")
        if passage is None:
            raise gone
        try:
            self.seen(passage.document_id)
        except NotFoundError:
            raise gone from None
        return passage

    def around(self, passage: Passage) -> tuple[str, str] | None:
        """The texts before and after a passage that `passage` has let through, "" at the document's ends; None for one
        that is not in the document as it stands.
        """
        texts = {one.id: one.text for one in self.assistant.store.documents.passages([passage.document_id])}
        if passage.id not in texts:
            return None
        at, told = list(texts).index(passage.id), ["", *texts.values(), ""]
        return told[at], told[at + 2]

    def search(self, query: str, k: int = 10, *, roles: Collection[Role] | None = None) -> builtins.list[Hit]:
        """The best passages of what may be cited by the caller's unit today."""
        if not self.caller.units:
            return self.assistant.search(query, k, roles=roles)
        return self.assistant.hybrid.search(query, k, unit=self.caller.units, roles=roles)

    def _found(self, id: str) -> Document:
        document = self.assistant.store.documents.get(id)
        if document is None or not self._visible(document):
            raise NotFoundError(f"没有文件 {id}", where="document_id", fix="用 GET /api/v1/documents 查看可用的编号")
        return document

    def _shown(self, document: Document, *, hidden: bool) -> Document:
        """The document without names of what the caller may not see."""
        units = tuple(unit for unit in document.visible_to if self.caller.sees_unit(unit))
        newer = _UNSEEN if document.superseded_by and hidden else document.superseded_by
        return replace(document, visible_to=units, superseded_by=newer)

    def _require_own(self, document: Document) -> None:
        units = set(self.caller.units)
        if units and not (document.visible_to and units.issuperset(document.visible_to)):
            raise AccessError(
                "牵涉到的文件还对别的单位开放，不由一个单位办理",
                where="document_id",
                fix="请不限单位的语料管理员批准、退回或撤销",
            )

    def _visible(self, document: Document) -> bool:
        return not document.visible_to or self.caller.owns(document.visible_to)
