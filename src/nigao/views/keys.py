"""API keys as JSON; never what a key is known by."""

from __future__ import annotations

import dataclasses
import datetime as dt

from nigao.store import KeyRecord
from nigao.views.view import View


class KeyView(View):
    """A key: `prefix` is the part of its secret that may be seen, `scopes` narrow what the roles allow (empty: all of
    it), `units` are the names of one unit (empty: every unit). `refusal` is empty while the key can be used.
    """

    id: str
    prefix: str
    person: str
    roles: list[str]
    scopes: list[str]
    units: list[str]
    created_at: str
    created_by: str
    expires_at: str | None
    revoked_at: str | None
    revoked_by: str
    reason: str
    last_used_at: str | None
    refusal: str


class CreatedKeyView(KeyView):
    """A key just made, with its `secret`, which cannot be had again."""

    secret: str


def key_view(record: KeyRecord) -> KeyView:
    """A key as it stands now."""
    return KeyView.model_validate(_values(record))


def created_key_view(record: KeyRecord, secret: str) -> CreatedKeyView:
    """A key just made."""
    return CreatedKeyView.model_validate({**_values(record), "secret": secret})


def _values(record: KeyRecord) -> dict[str, object]:
    return dataclasses.asdict(record) | {"refusal": record.refusal(dt.datetime.now(dt.UTC))}
