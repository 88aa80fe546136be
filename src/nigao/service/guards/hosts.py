"""Where nobody needs a key, only programs of this machine may ask: not a web page that happens to be open on it.

A page elsewhere can send requests to 127.0.0.1 (its `Origin` gives it away), also under a name of its own that it
points there (DNS rebinding; the `Host` gives it away). A reverse proxy would let in everybody, so that it needs keys.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from nigao.errors import AccessError
from nigao.service.authenticating import Doorkeeper
from nigao.service.guards.answering import header, refuse
from nigao.service.problems import problem_of

_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_FIX = "在本机用 http://127.0.0.1 或 http://localhost 访问；要从别处访问，先用 nigao keys create 发密钥"


class OwnMachine:
    """Refuses what does not come from this machine's own programs, as long as callers need no key. With keys all may
    come: a page elsewhere has none, and no cookie would lend it one.
    """

    def __init__(self, app: ASGIApp, doorkeeper: Doorkeeper) -> None:
        self.app = app
        self._doorkeeper = doorkeeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in or refuse it."""
        if scope["type"] == "http":
            suspicion = _suspicion(scope)
            if bool(suspicion) and await run_in_threadpool(self._open):
                await refuse(scope, send, problem_of(AccessError(suspicion, fix=_FIX)))
                return
        await self.app(scope, receive, send)

    def _open(self) -> bool:
        return self._doorkeeper.open


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _suspicion(scope: Scope) -> str:
    """Why the request may come from elsewhere, empty where nothing says so."""
    host, origin = header(scope, "host"), header(scope, "origin")
    try:
        name = urlsplit(f"//{host}").hostname or ""
        page = urlsplit(origin).netloc
    except ValueError:
        return "看不懂 Host 或 Origin"
    if not is_loopback(name):
        return "没有密钥时只接受本机地址的请求，这个请求的 Host 不是本机"
    if origin and page.lower() != host.lower():
        return "没有密钥时不接受别的网页发来的请求"
    if any(header(scope, one) for one in _FORWARDED):
        return "没有密钥时不接受经代理转来的请求"
    return ""
