"""Is the corpus whole? Passages against texts, the indexes against the database, the audit chain against itself."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence

from nigao.corpus.model import Passage
from nigao.errors import AuditError
from nigao.retrieval.search import HybridSearch
from nigao.store import Store
from nigao.text.tokens import search_tokens

# To look for every passage of a large corpus would take minutes; these are spread over all of it.
_LOOKED_FOR = 200
# Passages of the same words may stand before the one that is looked for.
_AMONG = 20


def corpus_problems(store: Store, search: HybridSearch) -> list[str]:
    """What is wrong with the corpus, in Chinese; empty when all is well."""
    passages = store.documents.passages()
    problems = [f"数据库有损坏：{found}，请用 nigao restore 从备份恢复" for found in [store.unsound()] if found]
    problems += [f"{id}：在用的文本没有相应的批准，请重新批准" for id in store.approvals.unapproved()]
    problems += _misplaced(store, passages) + _not_indexed(store, search, passages)
    try:
        store.audit.verify()
    except AuditError as error:
        problems.append(str(error))
    return problems


def _misplaced(store: Store, passages: Sequence[Passage]) -> list[str]:
    texts = store.documents.texts({passage.document_id for passage in passages})
    return [
        f"{passage.id}：段落与原文不一致，请运行 nigao corpus sync 重新收录"
        for passage in passages
        if texts.get(passage.document_id, "")[passage.start : passage.end] != passage.text
    ]


def _not_indexed(store: Store, search: HybridSearch, passages: Sequence[Passage]) -> list[str]:
    indexed = set(search.words().catalog.passage_ids)
    if indexed != {passage.id for passage in passages}:
        return [f"索引有 {len(indexed)} 段，数据库有 {len(passages)} 段，两者不符，请运行 nigao corpus rebuild"]
    evidence = store.documents.evidence_ids(dt.date.today())
    citable = [passage for passage in passages if passage.document_id in evidence]
    some = citable[:: max(1, len(citable) // _LOOKED_FOR)]
    lost = [passage.id for passage in some if not _found(search, passage)] + search.lost_vectors(some)
    return [f"{id}：索引里查不到，请运行 nigao corpus rebuild" for id in dict.fromkeys(lost)]


def _found(search: HybridSearch, passage: Passage) -> bool:
    index = search.words()
    own = index.catalog.choice(frozenset({passage.document_id})).mask
    holders = index.holders(unicodedata.normalize("NFKC", passage.text), own)
    if holders is not None:
        return passage.id in holders
    # Without two Chinese characters in a row it is looked for like anything else, if there is a word in it at all.
    hits = search.search(passage.text, _AMONG, document_ids=[passage.document_id], words_only=True)
    return not search_tokens(passage.text) or any(hit.passage.text == passage.text for hit in hits)
