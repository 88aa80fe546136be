"""Builders for the store's tests: small documents of a fictional office."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from nigao.corpus.model import Document, Passage, Role
from nigao.store import Store

NOON = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.in_memory(clock=lambda: NOON) as opened:
        yield opened


@pytest.fixture
def document() -> Callable[..., Document]:
    def make(id: str, text: str = "正文", **fields: Any) -> Document:
        digest = hashlib.sha256(text.encode()).hexdigest()
        values = {"title": f"关于{id}的通知", "role": Role.BASIS, "approved_by": "周敏", "sha256": digest} | fields
        return Document(id=id, **values)

    return make


@pytest.fixture
def passages() -> Callable[..., list[Passage]]:
    def make(document_id: str, *texts: str) -> list[Passage]:
        made, start = [], 0
        for position, text in enumerate(texts, start=1):
            digest = hashlib.sha256(text.encode()).hexdigest()[:8]
            where = {"position": position, "locator": f"第{position}段", "heading": "一、总则"}
            made.append(
                Passage(f"{document_id}-{digest}", document_id, text=text, start=start, end=start + len(text), **where)
            )
            start += len(text)
        return made

    return make


@pytest.fixture
def put(store: Store, document: Any, passages: Any) -> Callable[..., Document]:
    """Admit a document whose text is its passages joined."""

    def admit(id: str, *texts: str, **fields: Any) -> Document:
        texts = texts or (f"{id}的第一段。", f"{id}的第二段。")
        made = document(id, "".join(texts), **fields)
        store.documents.put(made, "".join(texts), passages(id, *texts), "清单")
        return made

    return admit
