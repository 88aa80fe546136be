"""`nigao serve`: one process with one server on one socket, stopped in an orderly way."""

from __future__ import annotations

import asyncio
import logging
import math
import os
import socket
import sys
from collections.abc import Callable
from types import FrameType

import uvicorn
from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI

from nigao.assistant import Assistant
from nigao.errors import IndexUnavailableError, NigaoError, UsageError
from nigao.service.app import create_app
from nigao.service.guards import Closing
from nigao.service.guards.hosts import is_loopback
from nigao.service.operations.logs import configure_logs
from nigao.settings import ServiceSettings

log = logging.getLogger("nigao.service")
# Routes wait for SQLite or a model; the pool of connections has 15, which jobs share.
_THREADS = 16
_CONNECTIONS = 500
_HEAD_BYTES = 65_536
_KEEP_ALIVE_SECONDS = 15
# After everything was asked to end, what is still there does not listen.
_LAST_SECONDS = 0.5


def serve(assistant: Assistant, settings: ServiceSettings, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is told the address once requests are taken.

    Raises UsageError where others could reach it without a key, where the address cannot be had, or where the workspace
    is served already.
    """
    addresses = _addresses(settings)
    loopback = all(is_loopback(address) for *_, address in addresses)
    if not loopback and not assistant.store.keys.any_usable():
        raise UsageError(
            f"别的机器也能访问 {settings.host}，而还没有可用的密钥",
            where="--host",
            fix="先用 nigao keys create 发密钥；只在本机用，写 --host 127.0.0.1",
        )
    # Two servers would take up each other's jobs.
    with assistant.store.turn("serve", _served_already), _bound(settings, addresses[0]) as listener:
        configure_logs(sys.stderr)
        _warm(assistant)
        app = create_app(assistant, settings, loopback=loopback)
        _run(app, settings, listener, ready)


def _run(app: FastAPI, settings: ServiceSettings, listener: socket.socket, ready: Callable[[str], None]) -> None:
    requests = asyncio.run(_serve(app, settings, listener, ready))
    jobs = app.state.service.runner.running
    if requests or jobs:
        # Threads cannot be ended. What they were at is parked, or was never written: no transaction is half done.
        log.warning("放下没办完的：请求 %d 个，任务 %d 项", requests, jobs)
        sys.stdout.flush()
        os._exit(0)


class _Server(uvicorn.Server):
    """Stops at the first signal in an orderly way and then exits with 0; at the second one at once."""

    def __init__(self, config: uvicorn.Config, closing: Closing, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._closing = closing
        self._ready = ready

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.should_exit:
            os._exit(128 + sig)
        self.should_exit = True
        self._closing.ask()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


async def _serve(app: FastAPI, settings: ServiceSettings, listener: socket.socket, ready: Callable[[str], None]) -> int:
    """Serve; how many requests are still under way when all is over."""
    current_default_thread_limiter().total_tokens = _THREADS
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        # Whom to believe about addresses is for the proxy; nothing here goes by a caller's address.
        proxy_headers=False,
        h11_max_incomplete_event_size=_HEAD_BYTES,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=max(1, math.ceil(settings.grace)),
    )
    host, port = listener.getsockname()[:2]
    address = f"http://[{host}]:{port}" if listener.family == socket.AF_INET6 else f"http://{host}:{port}"
    server = _Server(config, app.state.closing, lambda: ready(address))
    try:
        await server.serve(sockets=[listener])
    except SystemExit:
        raise NigaoError("服务没有启动成", fix="看上面日志中的原因") from None
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if not others:
        return 0
    _, left = await asyncio.wait(others, timeout=_LAST_SECONDS)
    return len(left)


def _addresses(settings: ServiceSettings) -> list[tuple[socket.AddressFamily, str]]:
    """What the host's name stands for. Raises UsageError."""
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise UsageError(f"没有 {settings.host} 这个地址", where="--host", fix="写本机的地址，如 127.0.0.1") from None
    return [(family, str(address[0])) for family, _, _, _, address in found]


def _bound(settings: ServiceSettings, address: tuple[socket.AddressFamily, str]) -> socket.socket:
    """A socket at the address. Raises UsageError where it cannot be had."""
    family, host = address
    # The protocol must be named: only then does asyncio send small answers without delay (40 ms each).
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # A server that was stopped a moment ago does not hold the port.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, settings.port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise UsageError(
            f"{host} 的端口 {settings.port} 用不了（{error.strerror}）",
            where="--port",
            fix="可能已有一个 nigao serve 在用；停掉它，或用 --port 另选一个端口",
        ) from None
    return listener


def _served_already() -> None:
    raise UsageError(
        "这个工作区已有一个 nigao serve 在运行", where="nigao serve", fix="用那一个；要换地址或端口，先停掉它"
    )


def _warm(assistant: Assistant) -> None:
    """Open the indexes now, so that nobody's first search waits for them."""
    try:
        assistant.hybrid.status()
    except IndexUnavailableError:
        log.exception("索引打不开，检索暂不可用")
