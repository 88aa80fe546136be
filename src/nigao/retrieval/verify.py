"""Is the corpus whole? Passages against their texts, the index against the database, the audit chain against itself."""

from __future__ import annotations

from nigao.errors import AuditError
from nigao.retrieval.search import HybridSearch
from nigao.store import Store


def corpus_problems(store: Store, search: HybridSearch) -> list[str]:
    """What is wrong with the corpus, in Chinese; empty when all is well."""
    problems: list[str] = []
    documents = store.documents
    passages = documents.passages()
    texts = {id: documents.text(id) for id in {passage.document_id for passage in passages}}
    for passage in passages:
        if texts[passage.document_id][passage.start : passage.end] != passage.text:
            problems.append(f"{passage.id}：段落与原文不一致，请运行 nigao corpus sync 重新收录")
    indexed = search.status().passages
    if indexed != len(passages):
        problems.append(f"索引有 {indexed} 段，数据库有 {len(passages)} 段，请运行 nigao corpus rebuild")
    try:
        store.audit.verify()
    except AuditError as error:
        problems.append(str(error))
    return problems
