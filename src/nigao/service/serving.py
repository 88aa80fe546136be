"""What a request is served with: the one assistant of the process, as its caller may use it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from nigao.assistant import Assistant
from nigao.service.access import Scope
from nigao.service.authenticating import Doorkeeper
from nigao.service.caller import Caller
from nigao.service.caller.chats import CallerChats
from nigao.service.caller.checks import CallerChecks
from nigao.service.caller.corpus import CallerCorpus
from nigao.service.caller.reports import CallerReports
from nigao.service.jobs.runner import JobRunner
from nigao.settings import ServiceSettings


@dataclass(frozen=True, slots=True)
class Service:
    """What all requests share; it is the app's `state.service`."""

    assistant: Assistant
    settings: ServiceSettings
    doorkeeper: Doorkeeper
    runner: JobRunner


@dataclass(frozen=True)
class Served:
    """One caller with what they may use. `signs` is False where only a program may be at the other end."""

    service: Service
    caller: Caller
    signs: bool = True

    @property
    def assistant(self) -> Assistant:
        """The assistant itself: for what is the same whoever asks."""
        return self.service.assistant

    @cached_property
    def corpus(self) -> CallerCorpus:
        """The corpus."""
        return CallerCorpus(self.assistant, self.caller)

    @cached_property
    def reports(self) -> CallerReports:
        """The stored reports."""
        return CallerReports(self.assistant, self.caller)

    @cached_property
    def chats(self) -> CallerChats:
        """Conversations."""
        return CallerChats(self.assistant, self.caller, self.reports, self.signs)

    @cached_property
    def checks(self) -> CallerChecks:
        """Checks of what the caller hands in."""
        return CallerChecks(self.assistant, self.caller)


def service_of(request: Request) -> Service:
    """The service that the app runs."""
    return cast(Service, request.app.state.service)


def caller_of(request: Request) -> Caller:
    """Who calls, found out once a request. Raises UnknownCallerError, TooManyRequests."""
    known = getattr(request.state, "caller", None)
    if known is None:
        known = request.state.caller = service_of(request).doorkeeper.caller(request.headers)
    return cast(Caller, known)


_bearer = HTTPBearer(auto_error=False, description="nigao keys create 发的密钥；在本机且没有发过密钥时不用")


@dataclass(frozen=True, slots=True)
class Needs:
    """The rule of a route: what the caller's key must allow. Every route has one, or stands in `PUBLIC`."""

    scope: Scope

    def __call__(self, request: Request, _: Annotated[object, Depends(_bearer)]) -> None:
        """Raise AccessError, UnknownCallerError."""
        caller_of(request).require(self.scope)


class NeedsNobody:
    """The rule of a route for any caller who is known, whatever their key allows."""

    def __call__(self, request: Request, _: Annotated[object, Depends(_bearer)]) -> None:
        """Raise UnknownCallerError."""
        caller_of(request)


def served(request: Request) -> Served:
    """The caller with what they may use."""
    return Served(service_of(request), caller_of(request))


ServedHere = Annotated[Served, Depends(served)]
