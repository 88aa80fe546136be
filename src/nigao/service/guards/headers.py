"""What browsers are told about every response: run nothing from elsewhere, guess nothing, keep nothing."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors "
)
_NEVER_KEPT = ("/api/", "/v1/", "/mcp")


class SecurityHeaders:
    """`framed_by` are the origins whose pages may show ours in a frame; none: nobody may."""

    def __init__(self, app: ASGIApp, framed_by: Sequence[str]) -> None:
        self.app = app
        self._headers = {
            "Content-Security-Policy": _POLICY + (" ".join(framed_by) or "'none'"),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if not framed_by:
            self._headers["X-Frame-Options"] = "DENY"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to one response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                if scope["path"].startswith(_NEVER_KEPT):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, sending)
