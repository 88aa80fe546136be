"""Around all that works: each request has an id, is logged and counted, and is answered even where a route breaks."""

from __future__ import annotations

import logging
import re
import time
import uuid

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nigao.service.guards.answering import header, refuse
from nigao.service.operations.metrics import Metrics
from nigao.service.operations.tracing import Tracing
from nigao.service.problems import problem_of

log = logging.getLogger("nigao.service.access")
HEADER = "X-Request-ID"
_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# Where the caller has gone before there was an answer.
_GONE = 499


class Recording:
    """Logs and counts by the route's template: neither the log nor the metrics have a word of what a request says."""

    def __init__(self, app: ASGIApp, metrics: Metrics, tracing: Tracing | None) -> None:
        self.app = app
        self._metrics = metrics
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Record one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = header(scope, HEADER)
        id = asked if _SANE.fullmatch(asked) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = id
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = id
            await send(message)

        began, at = time.perf_counter(), time.time_ns()
        self._metrics.under_way.inc()
        try:
            await self.app(scope, receive, sending)
        except Exception as error:
            log.exception("请求出错", extra={"request_id": id, "route": route_of(scope)})
            if status:
                # Half an answer is out: only cutting it off tells the caller.
                raise
            await refuse(scope, sending, problem_of(error))
        finally:
            self._metrics.under_way.dec()
            self._record(scope, status or _GONE, time.perf_counter() - began, at)

    def _record(self, scope: Scope, status: int, seconds: float, at: int) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        route, state = route_of(scope), scope["state"]
        caller = getattr(state.get("caller"), "id", "")
        self._metrics.count(route, method, status, seconds)
        if self._tracing is not None:
            self._tracing.record(header(scope, "traceparent"), route, method, status, at, seconds)
        fields = {"request_id": state["request_id"], "method": method, "route": route, "status": status}
        level = logging.ERROR if status >= 500 else logging.INFO
        log.log(level, "请求", extra=fields | {"ms": round(seconds * 1000, 1), "caller": caller})


def route_of(scope: Scope) -> str:
    """The template of the route that a request went to, `-` where there is none."""
    route = scope.get("route")
    return getattr(route, "path_format", None) or getattr(route, "path", None) or "-"
