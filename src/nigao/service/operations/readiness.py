"""Whether the service can do its work: what an orchestrator asks before it sends anybody here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

from nigao.errors import NigaoError
from nigao.service.serving import Service

OK = "ok"
_LEAST_FREE_BYTES = 200_000_000


def readiness(service: Service) -> dict[str, str]:
    """What was looked at, and `ok` or in a few words of Chinese what is wrong. No path and no name is told."""
    return {name: look(service) for name, look in _LOOKS.items()}


def _database(service: Service) -> str:
    store = service.assistant.store
    try:
        store.jobs.list(limit=1)
    except NigaoError:
        return "读不出"
    path = store.path
    if path is not None and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return "不可写"
    return OK


def _index(service: Service) -> str:
    try:
        service.assistant.hybrid.status()
    except NigaoError:
        return "打不开"
    return OK


def _jobs(service: Service) -> str:
    return OK if service.runner.alive else "有任务线程停了"


def _disk(service: Service) -> str:
    path = service.assistant.store.path
    try:
        free = shutil.disk_usage(path.parent).free if path is not None else _LEAST_FREE_BYTES
    except OSError:
        return "看不到"
    return OK if free >= _LEAST_FREE_BYTES else f"空间不足 {_LEAST_FREE_BYTES // 1_000_000} MB"


_LOOKS: dict[str, Callable[[Service], str]] = {"database": _database, "index": _index, "jobs": _jobs, "disk": _disk}
