"""Whose request a tool is serving: each request carries its own caller, over a connection that may carry many."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext

from nigao.service.serving import Served

# Set for each request in its own task; the threads in which tools run take it over from there.
_served: ContextVar[Served] = ContextVar("served")


def served_here() -> Served:
    """The caller of the request being served, with what they may use."""
    return _served.get()


class Introducing:
    """Middleware of the MCP server: finds out for each message who sent it."""

    def __init__(self, who: Callable[[Any], Served]) -> None:
        """`who` tells the caller by the HTTP request, which is None over stdio."""
        self._who = who

    async def __call__(self, ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        """Serve one message as its own sender's."""
        token = _served.set(self._who(ctx.request))
        try:
            return await call_next(ctx)
        finally:
            _served.reset(token)
