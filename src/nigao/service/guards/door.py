"""The door: who may not come in is told so before a word of what they send is read."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from nigao.errors import NigaoError
from nigao.service.authenticating import Doorkeeper
from nigao.service.guards.answering import refuse
from nigao.service.problems import headers_of, problem_of

# Everything behind these asks who is calling; a route that forgot its rule is not open to the world for that.
_PREFIXES = ("/api/v1/", "/v1/", "/mcp")


class Door:
    """Finds out who calls, once a request; routes find them in its state (`serving.caller_of`)."""

    def __init__(self, app: ASGIApp, doorkeeper: Doorkeeper) -> None:
        self.app = app
        self._doorkeeper = doorkeeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in or refuse it."""
        if scope["type"] == "http" and scope["path"].startswith(_PREFIXES):
            try:
                caller = await run_in_threadpool(self._doorkeeper.caller, Headers(scope=scope))
            except NigaoError as error:
                problem = problem_of(error)
                await refuse(scope, send, problem, headers_of(problem, error))
                return
            scope.setdefault("state", {})["caller"] = caller
        await self.app(scope, receive, send)
