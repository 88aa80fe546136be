"""MCP over HTTP: at exactly `/mcp`, behind the same keys as REST."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from mcp.server.transport_security import TransportSecuritySettings
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from nigao.errors import StoreError
from nigao.service.mcp.server import build_server
from nigao.service.serving import Served, Service, caller_of

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH = "/mcp"
# Who may ask by which Host and Origin is looked after by `guards`, for this path as for every other.
_GUARDED = TransportSecuritySettings(enable_dns_rebinding_protection=False)


def mount_mcp(app: FastAPI, service: Service) -> None:
    """Serve MCP at `/mcp`, as long as `app.state.mcp.running()` lasts."""
    app.state.mcp = mounted = Mounted(service)
    # Without the second, what ends in a slash would be sent on, and a client's POST with it. Without sessions there is
    # nothing to listen for (GET) and nothing to end (DELETE).
    app.router.routes += [Route(path, mounted, methods=["POST"]) for path in (PATH, f"{PATH}/")]


class Mounted:
    """The ASGI application behind `/mcp`. No sessions are kept: each request stands for itself, with its own key."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Answer requests as long as this lasts."""
        server = build_server(self._who)
        server.streamable_http_app(
            streamable_http_path=PATH,
            stateless_http=True,
            transport_security=_GUARDED,
            max_request_body_size=self._service.settings.body_mb * 10**6,
        )
        async with server.session_manager.run():
            self._manager = server.session_manager
            try:
                yield
            finally:
                self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer who is known. Raises UnknownCallerError, TooManyRequests; StoreError while not running."""
        await run_in_threadpool(caller_of, Request(scope))
        if self._manager is None:
            raise StoreError("服务正在启动或停止", where=PATH, fix="稍后再试")
        await self._manager.handle_request(scope, receive, send)

    def _who(self, request: Request) -> Served:
        return Served(self._service, caller_of(request), signs=False)
