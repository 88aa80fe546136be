"""Long lists, a page at a time: the cursor is the key of the last one shown, so that additions move nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import Query

from nigao.errors import UsageError
from nigao.views.page import Page

__all__ = ["Cursor", "Limit", "Page", "no_page", "page"]

ItemT = TypeVar("ItemT")
ShownT = TypeVar("ShownT")

Limit = Annotated[int, Query(ge=1, le=200, description="一页最多几项")]
Cursor = Annotated[str, Query(max_length=200, description="上一页的 next；缺省为第一页")]


def page(
    items: Sequence[ItemT], key: Callable[[ItemT], str], show: Callable[[ItemT], ShownT], *, limit: int, cursor: str
) -> Page[ShownT]:
    """The page that follows `cursor`; only its own items are shown. Raises UsageError for a cursor of nothing."""
    start = 0
    if cursor:
        places = {key(item): at for at, item in enumerate(items)}
        if cursor not in places:
            raise no_page()
        start = places[cursor] + 1
    chosen = items[start : start + limit]
    more = start + limit < len(items)
    return Page[ShownT](items=[show(item) for item in chosen], next=key(chosen[-1]) if more else None)


def no_page() -> UsageError:
    """What is told of a cursor that no page gave."""
    return UsageError("没有这一页", where="cursor", fix="用上一页给出的 next，或从第一页看起")
