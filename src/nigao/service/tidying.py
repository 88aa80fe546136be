"""What need not be kept for ever is dropped: answers for retries, what jobs told, where conversations went on."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging

from starlette.concurrency import run_in_threadpool

from nigao.errors import NigaoError
from nigao.store import Store

log = logging.getLogger("nigao.service")
_EVERY_SECONDS = 6 * 3600
# A client that tries again does so within minutes; a conversation may be taken up after a holiday.
_ANSWERS, _EVENTS, _CONVERSATIONS = dt.timedelta(days=7), dt.timedelta(days=30), dt.timedelta(days=90)


def tidy(store: Store) -> None:
    """Drop what is older than it need be. Jobs, sessions and reports themselves stay. Raises StoreError."""
    now = store.now()
    store.idempotency.forget(now - _ANSWERS)
    store.jobs.forget(now - _EVENTS)
    store.conversations.forget(now - _CONVERSATIONS)


async def tidy_on(store: Store) -> None:
    """Tidy now and every few hours, until cancelled."""
    while True:
        try:
            await run_in_threadpool(tidy, store)
        except NigaoError as error:
            # On a full or read-only disk the service still answers.
            log.warning("没有清理", extra={"event": "tidy", "error": str(error)})
        await asyncio.sleep(_EVERY_SECONDS)
