"""`Idempotency-Key`: a creation that is asked for twice, because an answer was lost on the way, is made once."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from nigao.errors import UsageError
from nigao.service.serving import caller_of, service_of

HEADER = "Idempotency-Key"
# What an earlier process left unfinished is not under way any more.
_PROCESS = uuid.uuid4().hex
_LONGEST = 200
_KEPT_HEADERS = ("content-type", "location", "etag")


class RepeatableRoute(APIRoute):
    """A route whose answer is kept under the caller's `Idempotency-Key`, and given again instead of made again."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with the answer kept around it."""
        handle = super().get_route_handler()

        async def once(request: Request) -> Response:
            key = request.headers.get(HEADER)
            if key is None:
                return await handle(request)
            if not key.strip() or len(key) > _LONGEST or not key.isprintable():
                raise UsageError(
                    "Idempotency-Key 应为 1 到 200 个可见字符", where=HEADER, fix="每次新建用一个新的 UUID，重试时不变"
                )
            return await _once(request, key, handle)

        return once


async def _once(request: Request, key: str, handle: Callable[[Request], Coroutine[Any, Any, Response]]) -> Response:
    kept = service_of(request).assistant.store.idempotency
    known = await run_in_threadpool(caller_of, request)
    caller = known.id
    fingerprint = request.state.fingerprint = await _fingerprint(request, known.person)
    found = await run_in_threadpool(kept.begin, caller, key, fingerprint, _PROCESS)
    if found is not None:
        return Response(found.body, found.status, found.headers | {"Idempotency-Replayed": "true"})
    try:
        response = await handle(request)
    except BaseException:
        # Nothing was made: the next try is a first one.
        await run_in_threadpool(kept.release, caller, key)
        raise
    headers = {name: value for name, value in response.headers.items() if name in _KEPT_HEADERS}
    await run_in_threadpool(kept.finish, caller, key, response.status_code, headers, bytes(response.body))
    return response


async def _fingerprint(request: Request, person: str) -> str:
    # Without keys several people are one caller.
    digest = hashlib.sha256(f"{person}\n{request.method} {request.url.path}?{request.url.query}\n".encode())
    body = await request.body()
    _, _, boundary = request.headers.get("content-type", "").partition("boundary=")
    # What parts an upload is chosen anew each time it is sent.
    digest.update(body.replace(boundary.strip('"').encode(), b"") if boundary else body)
    return digest.hexdigest()
