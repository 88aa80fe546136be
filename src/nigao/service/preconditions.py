"""Which revision a change is made on: `ETag` on what is read, `If-Match` on what is changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Response

from nigao.errors import UsageError
from nigao.service.problems import PreconditionFailed, PreconditionRequired
from nigao.store import ReportSummary

_FIX = '先 GET 报告，把响应的 ETag 原样写进 If-Match，如 If-Match: "3"；不论哪一稿都改，写 *'


def tag(response: Response, revision: int) -> None:
    """Mark a response with the revision that it shows."""
    response.headers["ETag"] = f'"{revision}"'


_Header = Annotated[str | None, Header(alias="If-Match", description='所改的是哪一稿，如 "3"；* 为不论哪一稿')]


def _said(if_match: _Header = None) -> int | None:
    """The revision of `If-Match`, None for any or where it is not there. Raises UsageError."""
    if if_match is None or if_match.strip() == "*":
        return None
    digits = if_match.strip().removeprefix("W/").strip('"')
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise UsageError("看不懂 If-Match", where="If-Match", fix=_FIX)
    return int(digits)


def _asked(if_match: _Header = None) -> int | None:
    """The same, where it must be there. Raises PreconditionRequired."""
    if if_match is None:
        raise PreconditionRequired("没有写明改的是哪一稿", where="If-Match", fix=_FIX)
    return _said(if_match)


MadeOn = Annotated[int | None, Depends(_asked)]
MadeOnIfSaid = Annotated[int | None, Depends(_said)]


def require_latest(latest: ReportSummary, made_on: int | None) -> int:
    """The revision to change. Raises PreconditionFailed where the one asked for is not the latest."""
    if made_on not in (None, latest.revision):
        raise PreconditionFailed(
            f"改的是第 {made_on} 稿，而{latest.author}已改出第 {latest.revision} 稿，没有写入",
            where=latest.id,
            fix=f"看过第 {latest.revision} 稿再改；比较两稿用 GET /api/v1/reports/{latest.id}/diff",
            expected=made_on or 0,
            actual=latest.revision,
        )
    return latest.revision
