"""Which passages are current: a document's versions, passages that take their place or retire, the corpus digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, func, insert, select, update

from nigao.corpus.model import Document, Passage
from nigao.errors import StoreError
from nigao.store import rows
from nigao.store.database import get_property, in_chunks, set_property
from nigao.store.tables import documents, passages, versions

_DIGEST = "corpus_digest"
_MODULUS = 1 << 128


def digest(connection: Connection) -> str:
    """32 hex digits that stand for the set of current passages with their headings and titles."""
    return get_property(connection, _DIGEST) or f"{0:032x}"


def ensure_version(connection: Connection, document: Document, text: str, now: str) -> int:
    """The number of the version with this file and text, however old, else of a new one. The document's row must be
    there.
    """
    own = versions.c.document_id == document.id
    same = select(versions.c.number).where(own, versions.c.sha256 == document.sha256, versions.c.text == text)
    known = connection.execute(same.order_by(versions.c.number.desc()).limit(1)).scalar_one_or_none()
    if known is not None:
        return int(known)
    number = int(connection.execute(select(func.max(versions.c.number)).where(own)).scalar_one() or 0) + 1
    values = {"document_id": document.id, "number": number, "sha256": document.sha256, "text": text}
    connection.execute(insert(versions).values(values | {"recorded_at": now}))
    return number


def retire(connection: Connection, document_id: str) -> None:
    """Keep the document's passages as no longer current. Call before the title changes: the digest needs it."""
    query = rows.select_passages().where(passages.c.document_id == document_id, passages.c.current)
    gone = [rows.passage_from(row) for row in connection.execute(query)]
    if gone:
        title = connection.execute(select(documents.c.title).where(documents.c.id == document_id)).scalar_one()
        _shift(connection, -sum(rows.passage_weight(title, passage) for passage in gone))
        own = passages.c.document_id == document_id
        connection.execute(update(passages).where(own, passages.c.current).values(current=False))


def activate(connection: Connection, document: Document, version: int, new: Sequence[Passage]) -> None:
    """Make these the document's current passages. Raises StoreError when an id stands for another text already."""
    _refuse_reused_ids(connection, document, new)
    same = (passages.c.document_id == document.id) & (passages.c.version == version)
    columns = rows.select_passages().add_columns(passages.c.row).where(same)
    known = {rows.passage_from(row): row.row for row in connection.execute(columns)}
    for chunk in in_chunks(known[passage] for passage in new if passage in known):
        connection.execute(update(passages).where(passages.c.row.in_(chunk)).values(current=True))
    added = [rows.passage_values(passage, version) for passage in new if passage not in known]
    if added:
        connection.execute(insert(passages), added)
    _shift(connection, sum(rows.passage_weight(document.title, passage) for passage in new))


def _refuse_reused_ids(connection: Connection, document: Document, new: Sequence[Passage]) -> None:
    """An id in an old report must go on meaning the text that was cited, so that it is never given to another."""
    owner = {passage.id: (passage.document_id, passage.text) for passage in new}
    strange = [passage.id for passage in new if passage.document_id != document.id]
    if len(owner) != len(new) or strange:
        raise _reused(document.id, "段落编号重复，或不属于这份文件")
    for taken in _texts_of(connection, owner):
        if owner[taken[0]] != taken[1]:
            raise _reused(document.id, f"段落编号 {taken[0]} 已用于另一段文字")


def _texts_of(connection: Connection, ids: Iterable[str]) -> Iterable[tuple[str, tuple[str, str]]]:
    for chunk in in_chunks(ids):
        query = select(passages.c.id, passages.c.document_id, passages.c.text).where(passages.c.id.in_(chunk))
        for row in connection.execute(query):
            yield row.id, (row.document_id, row.text)


def _reused(document_id: str, message: str) -> StoreError:
    return StoreError(message, where=document_id, fix="段落编号应由文件编号和段落内容得出；请反馈这个问题")


def _shift(connection: Connection, amount: int) -> None:
    set_property(connection, _DIGEST, f"{(int(digest(connection), 16) + amount) % _MODULUS:032x}")
