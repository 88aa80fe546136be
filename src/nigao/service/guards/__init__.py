"""What stands between the network and the routes, whatever is asked: each guard is an ASGI app around another."""

from __future__ import annotations

from fastapi import FastAPI

from nigao.service.guards.bodies import BodyLimits
from nigao.service.guards.deadlines import Closing, Deadlines
from nigao.service.guards.door import Door
from nigao.service.guards.headers import SecurityHeaders
from nigao.service.guards.hosts import OwnMachine
from nigao.service.guards.recording import Recording
from nigao.service.operations.metrics import Metrics
from nigao.service.operations.tracing import configured_tracing
from nigao.service.serving import Service

__all__ = ["Closing", "guard"]


def guard(app: FastAPI, service: Service) -> None:
    """Put the guards around the app, with what they share in its state: `metrics`, and `closing` for who stops it."""
    metrics = app.state.metrics = Metrics(service)
    closing = app.state.closing = Closing()
    # What is added last stands outermost.
    app.add_middleware(Deadlines, closing=closing)
    app.add_middleware(BodyLimits, settings=service.settings)
    app.add_middleware(Door, doorkeeper=service.doorkeeper)
    app.add_middleware(OwnMachine, doorkeeper=service.doorkeeper)
    app.add_middleware(Recording, metrics=metrics, tracing=configured_tracing())
    app.add_middleware(SecurityHeaders, framed_by=service.settings.framed_by)
