"""Who is calling: by the key that a request bears, or on one's own machine, where there are no keys, by their word."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from nigao.corpus.approval import require_person
from nigao.errors import UnknownCallerError, UsageError
from nigao.service.access import Role, Scope, scopes_of
from nigao.service.caller import Caller
from nigao.service.problems import TooManyRequests
from nigao.store import KeyRecord, Store

PERSON_HEADER = "X-Nigao-Person"
_OWN_MACHINE = "local"
_LONGEST_NAME = 100
_FIX = "在 Authorization 里写 Bearer 和密钥；没有密钥，请管理员用 nigao keys create 发一把"


@dataclass(slots=True)
class Rates:
    """How often each caller may ask: a bucket of `per_minute` requests that fills as time goes; 0 for no limit."""

    per_minute: int
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, caller: str) -> None:
        """Count one request. Raises TooManyRequests."""
        if not self.per_minute:
            return
        pace = self.per_minute / 60
        with self._lock:
            now = time.monotonic()
            left, since = self._left.get(caller, (float(self.per_minute), now))
            left = min(float(self.per_minute), left + (now - since) * pace)
            if left < 1:
                wait = (1 - left) / pace
                raise TooManyRequests(
                    f"每分钟最多 {self.per_minute} 次",
                    wait=wait,
                    fix=f"{wait:.0f} 秒后再试，或请管理员调高 requests_per_minute",
                )
            self._left[caller] = (left - 1, now)


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """`loopback`: the server listens on this machine alone. There nobody needs a key as long as none was ever made."""

    store: Store
    loopback: bool
    rates: Rates

    @property
    def open(self) -> bool:
        """Whether callers need no key."""
        return self.loopback and not self.store.keys.list()

    def caller(self, headers: Mapping[str, str]) -> Caller:
        """Who bears these headers. Raises UnknownCallerError, TooManyRequests, UsageError for a nameless person."""
        secret = _bearer(headers.get("authorization", ""))
        record = self.store.keys.find(secret) if secret else None
        if record is not None:
            caller = self._known(record)
        elif self.open:
            caller = _own_machine(headers.get(PERSON_HEADER.lower(), ""))
        else:
            raise UnknownCallerError("密钥不对" if secret else "没有出示密钥", where="Authorization", fix=_FIX)
        self.rates.take(caller.id)
        return caller

    def still(self, caller: Caller) -> bool:
        """Whether a caller who was let in would be let in now: their key may have been revoked, or have expired."""
        if caller.id == _OWN_MACHINE:
            return self.open
        return not self.store.keys.get(caller.id).refusal(dt.datetime.now(dt.UTC))

    def _known(self, record: KeyRecord) -> Caller:
        refusal = record.refusal(dt.datetime.now(dt.UTC))
        if refusal:
            raise UnknownCallerError(f"密钥{record.prefix}…{refusal}", where="Authorization", fix=_FIX)
        self.store.keys.used(record.id)
        roles = tuple(Role(role) for role in record.roles)
        allowed = scopes_of(roles)
        narrowed = allowed & {Scope(scope) for scope in record.scopes} if record.scopes else allowed
        return Caller(record.id, record.person, roles, narrowed, record.units)


def own_machine(person: str = "") -> Caller:
    """Whoever works on their own machine: all roles, under the name given, else NIGAO_PERSON, else as logged in."""
    named = person.strip() or os.environ.get("NIGAO_PERSON", "").strip() or getpass.getuser()
    return Caller(_OWN_MACHINE, require_person(named, PERSON_HEADER), tuple(Role), frozenset(Scope))


def _own_machine(header: str) -> Caller:
    try:
        # A header holds bytes, told as Latin letters: of a name percent-encoded, or as it is in UTF-8.
        name = unquote_to_bytes(header.encode("latin-1")).decode()
    except UnicodeError:
        name = "\ufffd"
    if len(name) > _LONGEST_NAME or "\ufffd" in name or not name.isprintable():
        fix = f"写不超过 {_LONGEST_NAME} 个字的姓名，用 UTF-8 百分号编码"
        raise UsageError("看不懂姓名", where=PERSON_HEADER, fix=fix)
    return own_machine(name)


def _bearer(header: str) -> str:
    kind, _, secret = header.partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""
