"""Work that tells as it goes, done in a thread of its own while the event loop goes on serving."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import TypeVar

ItemT = TypeVar("ItemT")
# Most of what is done here waits for a model; asyncio's own pool is small, and others wait for it.
_THREADS = ThreadPoolExecutor(32, thread_name_prefix="nigao-aside")


async def aside(
    work: Callable[[Callable[[ItemT], None]], None], stop: Callable[[], None], beat: float
) -> AsyncGenerator[ItemT | None]:
    """What `work` tells by the function it is given, as it tells it, and None whenever nothing came for `beat` seconds,
    so that whoever listens can look whether it is still wanted. What `work` raises is raised here.

    Leaving early (close it: `contextlib.aclosing`) calls `stop`; the work then ends as it sees fit, unheard.
    """
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[tuple[ItemT] | None] = asyncio.Queue()

    def tell(item: ItemT) -> None:
        # When the server has gone nobody listens any more.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(told.put_nowait, (item,))

    working = loop.run_in_executor(_THREADS, copy_context().run, work, tell)
    working.add_done_callback(lambda done: _over(done, told))
    try:
        while True:
            try:
                item = await asyncio.wait_for(told.get(), beat)
            except TimeoutError:
                yield None
                continue
            if item is None:
                break
            yield item[0]
        await working
    finally:
        if not working.done():
            stop()


def _over(done: asyncio.Future[None], told: asyncio.Queue[tuple[ItemT] | None]) -> None:
    if not done.cancelled():
        # Looked at here, so that an error that comes after the listener has left is not reported as forgotten.
        done.exception()
    told.put_nowait(None)
