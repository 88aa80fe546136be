"""How much a request may say, and how long it may take over it."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nigao.service.guards.answering import header, refuse
from nigao.service.problems import Problem, TooLarge, problem_of
from nigao.settings import ServiceSettings

MB = 1_000_000
_CLOSE = {"Connection": "close"}


class _RefusedError(Exception):
    """Raised where a route reads on; what the route makes of it is not sent."""


class BodyLimits:
    """Uploads (multipart) may have `upload_mb`, all else `body_mb`; between two pieces of a body `pause` seconds."""

    def __init__(self, app: ASGIApp, settings: ServiceSettings, pause: float = 30.0) -> None:
        self.app = app
        self._settings = settings
        self._pause = pause

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through as long as it keeps to the limits."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        upload = header(scope, "content-type").lower().startswith("multipart/")
        most = (self._settings.upload_mb if upload else self._settings.body_mb) * MB
        declared = header(scope, "content-length")
        if declared.isascii() and declared.isdecimal() and int(declared[:20]) > most:
            await refuse(scope, send, _too_large(most, upload=upload), _CLOSE)
            return
        body = _Body(receive, send, most, self._pause, upload=upload)
        try:
            await self.app(scope, body.receive, body.send)
        except Exception:
            if body.problem is None or body.begun:
                raise
        if body.problem is not None and not body.begun:
            await refuse(scope, send, body.problem, _CLOSE)


class _Body:
    """One body as it comes in. Once it is refused, the route's own answer is held back, unless it had begun before."""

    def __init__(self, receive: Receive, send: Send, most: int, pause: float, *, upload: bool) -> None:
        self._receive = receive
        self._send = send
        self._most = most
        self._pause = pause
        self._upload = upload
        self._read = 0
        self._whole = False
        self.begun = False
        self.problem: Problem | None = None

    async def receive(self) -> Message:
        """The next piece; once the body is whole there is no hurry, what comes then is that the caller has gone."""
        if self._whole:
            return await self._receive()
        if self.problem is not None:
            raise _RefusedError
        try:
            message = await asyncio.wait_for(self._receive(), self._pause)
        except TimeoutError:
            self.problem = _too_slow(self._pause)
            raise _RefusedError from None
        self._read += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._read > self._most:
            self.problem = _too_large(self._most, upload=self._upload)
            raise _RefusedError
        return message

    async def send(self, message: Message) -> None:
        """Pass on what the route answers."""
        if self.problem is not None and not self.begun:
            return
        self.begun = True
        await self._send(message)


def _too_large(most: int, *, upload: bool) -> Problem:
    setting = "upload_mb" if upload else "body_mb"
    fix = f"分开提交，或请管理员调高 nigao.toml 中 [service] 的 {setting}"
    return problem_of(TooLarge(f"超过 {most // MB} MB", fix=fix))


def _too_slow(pause: float) -> Problem:
    return Problem(
        type="about:blank", title="等不到请求的内容", status=408, detail=f"{pause:g} 秒没有收到后续内容", fix="重新发送"
    )
