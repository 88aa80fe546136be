"""Long lists, a page at a time."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import Field

from nigao.views.view import View

ShownT = TypeVar("ShownT")


class Page(View, Generic[ShownT]):
    """One page. `next` is the cursor of the page that follows, null on the last."""

    items: list[ShownT]
    next: str | None = Field(default=None, examples=["r0020"])
