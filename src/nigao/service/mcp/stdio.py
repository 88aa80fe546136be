"""MCP over standard input and output: for an agent that the person at this machine has started."""

from __future__ import annotations

import logging
import sys

import anyio

from nigao.assistant import Assistant
from nigao.service.authenticating import Doorkeeper, Rates, own_machine
from nigao.service.jobs.runner import JobRunner
from nigao.service.mcp.server import build_server
from nigao.service.serving import Served, Service
from nigao.settings import ServiceSettings


def run_stdio(assistant: Assistant, person: str = "") -> None:
    """Serve until the input ends. Standard output carries the protocol alone; what there is to log goes to standard
    error. `person` is as for `own_machine`.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    settings = assistant.settings.service if assistant.settings is not None else ServiceSettings()
    service = Service(
        assistant,
        settings,
        Doorkeeper(assistant.store, True, Rates(settings.requests_per_minute)),
        JobRunner(assistant, settings.drafts),
    )
    served = Served(service, own_machine(person), signs=False)
    anyio.run(build_server(lambda _: served).run_stdio_async)
