"""A small corpus of a fictional office for the tests of search."""

from __future__ import annotations

import hashlib
from typing import Any

from nigao.corpus.model import Document, Passage, Role
from nigao.store import Store

TOPICS = (
    "严格执行中央八项规定精神，压减会议文件",
    "开展公务用车专项检查，登记用车事由",
    "落实谈心谈话制度，支部书记逐人谈话",
    "修订采购管理办法，明确验收责任",
    "组织警示教育，通报身边的典型问题",
    "梳理廉政风险点，建立防控台账",
    "推行窗口服务承诺，缩短办理时限",
    "开展档案数字化，规范借阅审批",
)


def put(store: Store, id: str, *texts: str, **fields: Any) -> None:
    """Admit a document whose passages are these texts."""
    passages = [
        Passage(
            id=f"{id}-{hashlib.sha256(text.encode()).hexdigest()[:8]}",
            document_id=id,
            position=position,
            text=text,
            locator=f"第{position}段",
            heading="二、主要做法",
            start=0,
            end=len(text),
        )
        for position, text in enumerate(texts, start=1)
    ]
    whole = "".join(texts)
    digest = hashlib.sha256(whole.encode()).hexdigest()
    values = {"title": f"临江市档案馆{id}", "role": Role.MATERIAL, "sha256": digest} | fields
    store.documents.put(Document(id=id, **values), whole, passages, "清单")


def fill(store: Store, documents: int = 12) -> None:
    """Documents d00, d01, … of eight passages each, all different."""
    for number in range(documents):
        put(
            store,
            f"d{number:02d}",
            *(f"第{number}季度，{topic}，共计{number * 7 + i}次。" for i, topic in enumerate(TOPICS)),
        )
