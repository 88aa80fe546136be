"""What no JSON body may hold, looked at in one place: characters that no text has, and numbers that no place has."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import Request

from nigao.errors import UsageError

# What every JSON reader takes as a whole number (RFC 7493); the database takes little more.
_LARGEST = 2**53


async def plain_body(request: Request) -> None:
    """Raise UsageError for a null character or half a surrogate pair in a text or a field's name, and for whole numbers
    beyond 2^53. Put it on a router; a form, and what is no JSON, are for the route itself.
    """
    form = request.headers.get("content-type", "").startswith(("multipart/", "application/x-www-form-urlencoded"))
    if form or not await request.body():
        return
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        return
    require_plain(body)


def require_plain(body: object) -> None:
    """The same for a JSON value already read. Raises UsageError."""
    for value in _values(body):
        if isinstance(value, str) and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
            raise UsageError("文字里有不能收录的字符（空字符或残缺的字符）", where="body", fix="删去这些字符后再试")
        if isinstance(value, int) and abs(value) > _LARGEST:
            raise UsageError("数字过大", where="body", fix="核对后再试")


def _values(body: object) -> Iterator[object]:
    """Every text and number of a JSON value, names of fields among them."""
    left = [body]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            left += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            left += value
        else:
            yield value
