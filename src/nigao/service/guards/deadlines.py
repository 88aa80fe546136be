"""How long an answer may take to begin, and what ends the ones that never end by themselves."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nigao.service.guards.answering import refuse
from nigao.service.problems import Problem

# Long enough for a turn that asks a model more than once; drafts for programs of others are waited for.
_SECONDS, _LONG_SECONDS = 300.0, 1800.0
_LONG = ("/v1/", "/mcp")


class Closing:
    """Tells streams that the server is about to stop; from any thread, also from a signal handler."""

    def __init__(self) -> None:
        self.asked = False
        self._lock = threading.RLock()
        self._heard: set[Callable[[], None]] = set()

    def ask(self) -> None:
        """Have all streams end that only tell what goes on elsewhere."""
        with self._lock:
            self.asked = True
            heard = list(self._heard)
        for hear in heard:
            hear()

    def on(self, hear: Callable[[], None]) -> None:
        """Have somebody told, at once where it was asked before."""
        with self._lock:
            self._heard.add(hear)
            asked = self.asked
        if asked:
            hear()

    def off(self, hear: Callable[[], None]) -> None:
        """Tell them no more."""
        with self._lock:
            self._heard.discard(hear)


class Deadlines:
    """`seconds`, `long_seconds` (for /v1 and /mcp) run from the last piece of the request. A route that runs in a
    thread cannot be killed: it goes on, and its late answer is dropped.
    """

    def __init__(
        self, app: ASGIApp, closing: Closing, seconds: float = _SECONDS, long_seconds: float = _LONG_SECONDS
    ) -> None:
        self.app = app
        self._closing = closing
        self._seconds = seconds
        self._long_seconds = long_seconds
        # Nobody else holds on to what runs late.
        self._late: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request in time."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = _Exchange(receive, send)
        task = asyncio.create_task(_run(self.app, scope, exchange))
        seconds = self._long_seconds if scope["path"].startswith(_LONG) else self._seconds
        try:
            if not await exchange.begins(task, seconds):
                self._leave(task, exchange)
                await refuse(scope, send, _too_late(seconds))
                return
            if exchange.streams and scope["method"] == "GET":
                await self._until_closing(task, exchange)
            await task
        except asyncio.CancelledError:
            task.cancel()
            self._leave(task, exchange)
            raise

    def _leave(self, task: asyncio.Task[None], exchange: _Exchange) -> None:
        exchange.dropped = True
        self._late.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._late.discard(task)
        if not task.cancelled():
            # Asked for, so that asyncio does not complain that nobody did: there is nobody to tell any more.
            task.exception()

    async def _until_closing(self, task: asyncio.Task[None], exchange: _Exchange) -> None:
        loop = asyncio.get_running_loop()
        closing = asyncio.Event()

        def hear() -> None:
            loop.call_soon_threadsafe(closing.set)

        self._closing.on(hear)
        heard = asyncio.create_task(closing.wait())
        try:
            await asyncio.wait({task, heard}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._closing.off(hear)
            heard.cancel()
        if not task.done():
            await exchange.end()
            task.cancel()
            await asyncio.wait({task})


async def _run(app: ASGIApp, scope: Scope, exchange: _Exchange) -> None:
    try:
        await app(scope, exchange.receive, exchange.send)
    except asyncio.CancelledError:
        if not exchange.dropped:
            raise


class _Exchange:
    """One request and its answer. `dropped`: what the route still says goes nowhere."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._loop = asyncio.get_running_loop()
        self._heard_at = self._loop.time()
        self._begun = asyncio.Event()
        self.streams = False
        self.dropped = False

    async def begins(self, task: asyncio.Task[None], seconds: float) -> bool:
        """Wait for the answer to begin, or for the route to end without one; whether either came in time."""
        begun = asyncio.create_task(self._begun.wait())
        try:
            while not (self._begun.is_set() or task.done()):
                left = self._heard_at + seconds - self._loop.time()
                if left <= 0:
                    return False
                await asyncio.wait({task, begun}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            return True
        finally:
            begun.cancel()

    async def receive(self) -> Message:
        """The next piece of the request."""
        if self.dropped:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._heard_at = self._loop.time()
        return message

    async def send(self, message: Message) -> None:
        """Pass on a piece of the answer."""
        if self.dropped:
            return
        if message["type"] == "http.response.start":
            kind = dict(message.get("headers", ())).get(b"content-type", b"")
            self.streams = kind.startswith(b"text/event-stream")
            self._begun.set()
        await self._send(message)

    async def end(self) -> None:
        """End the answer where it stands."""
        self.dropped = True
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})


def _too_late(seconds: float) -> Problem:
    return Problem(
        type="about:blank",
        title="没有及时办完",
        status=504,
        detail=f"{seconds:g} 秒没有办完，可能仍在办理",
        fix="先查看结果再决定是否重试；起草请用 POST /api/v1/reports，它立即返回任务编号",
    )
