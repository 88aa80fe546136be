"""Files that a caller hands in for the corpus: screened before anything is recorded, kept apart by unit."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from nigao.corpus.admission import Suspicion, admit
from nigao.corpus.manifest import ManifestEntry
from nigao.corpus.markings import find_marking
from nigao.corpus.model import Document, RefusalReason, Role
from nigao.errors import AccessError, AdmissionError, NotFoundError, UsageError
from nigao.keeping import Stated
from nigao.service.access import Scope
from nigao.service.caller.corpus import CallerCorpus
from nigao.service.caller.identity import Caller
from nigao.service.uploads import FileName, Original, keep

_LONGEST_ID = 60
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came of a file: its document, whether it waits for approval, and what in it looks written for a model."""

    document: Document
    pending: bool
    suspicious: Sequence[Suspicion]


def submit(corpus: CallerCorpus, name: FileName, data: bytes, role: Role, **stated: Unpack[Stated]) -> Submitted:
    """Keep a file and have it wait for approval. One that is refused leaves nothing but an audit event.

    A caller of one unit submits for that unit alone, under an id that no other unit's file gets. Raises AdmissionError,
    AccessError, NotFoundError (a document to be superseded), UsageError.
    """
    caller, keeper = corpus.caller, corpus.keeper
    document_id = _id_for(name, caller.units)
    known = _known(corpus, document_id)
    stated["title"] = stated.get("title") or (known.title if known is not None else name.stem)
    stated["visible_to"] = _visible_to(caller, known, stated.get("visible_to", ()))
    for old in stated.get("supersedes", ()):
        if corpus.own(old).id == document_id:
            raise UsageError("文件不能取代自己", where="supersedes", fix="删去自己的编号")
    original: Original | None = None
    try:
        _refuse_marked(name, stated["title"])
        original = keep(corpus.assistant.settings, document_id, name, data)
        proposal = ManifestEntry(id=document_id, path=original.path.name, title=stated["title"], role=role)
        # A refusal by the keeper would be recorded under the document's id, for everybody to see.
        admit(proposal, original.path, approved=False)
        result = keeper.submit([original.path], role=role, by=caller.person, **stated)
        for refusal in result.refused:
            raise AdmissionError(refusal.message, reason=refusal.reason, where=name.whole)
    except BaseException as error:
        if original is not None:
            original.discard()
        if isinstance(error, AdmissionError):
            raise _told(corpus, name, error) from None
        raise
    return Submitted(corpus.seen(document_id), bool(result.pending), result.suspicious)


def _id_for(name: FileName, units: Sequence[str]) -> str:
    """The document's id: the file's name where that can be one, with a unit's mark for a caller of one unit. It does
    not depend on what other documents there are: nothing shows through of those that the caller may not see.
    """
    stem = name.stem
    mark = f"-{_digest(units[0], _DIGITS)}" if units else ""
    plain = stem.removesuffix(mark)
    usable = plain.isascii() and plain[:1].isalnum() and all(c.isalnum() or c in "-_" for c in plain)
    if usable and len(plain + mark) <= _LONGEST_ID:
        return plain + mark
    return f"doc-{_digest(plain, 10)}{mark}"


def _digest(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


def _known(corpus: CallerCorpus, document_id: str) -> Document | None:
    """The document as it is recorded, None for a new one. Raises AccessError where it is not the caller's to change."""
    known = corpus.assistant.store.documents.get(document_id)
    if known is not None:
        try:
            corpus.own(document_id)
        except (NotFoundError, AccessError):
            raise AccessError("这个文件名不能用", where="file", fix="换一个文件名再提交") from None
    return known


def _visible_to(caller: Caller, known: Document | None, asked: Sequence[str]) -> Sequence[str]:
    """Who may see the file: of a document that is there already, those who may see it now, as that would change at once
    and not only with the approval.
    """
    if not all(map(caller.sees_unit, asked)):
        raise AccessError(
            f"这把密钥只能提交对{'、'.join(caller.units)}开放的文件", where="visible_to", fix="改为本单位，或省略这一项"
        )
    if known is None:
        return list(asked or caller.units)
    if asked and set(asked) != set(known.visible_to) and Scope.CORPUS_APPROVE not in caller.scopes:
        raise AccessError(
            "已有这份文件，可见范围不能随新的内容改动", where="visible_to", fix="省略这一项，或请语料管理员提交"
        )
    return list(asked or known.visible_to)


def _refuse_marked(name: FileName, title: str) -> None:
    marking = find_marking(names=[name.stem, title])
    if marking:
        raise AdmissionError(
            f"文件名或标题带有“{marking}”标志，不予收录",
            reason=RefusalReason.CLASSIFIED,
            fix="涉密文件、工作秘密和内部资料不得进入语料库",
        )


def _told(corpus: CallerCorpus, name: FileName, refusal: AdmissionError) -> AdmissionError:
    """The refusal as the caller is told it, by the file's own name; who tried to submit what is on record."""
    detail = {"reason": str(refusal.reason), "message": refusal.message, "file": name.whole}
    corpus.assistant.store.audit.append("upload.refuse", "uploads", corpus.caller.person, detail)
    return AdmissionError(refusal.message, reason=refusal.reason, where=name.whole, fix=refusal.fix)
