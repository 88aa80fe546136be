"""What every view has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class View(BaseModel):
    """A shape of `--json` output and of the HTTP API; unknown fields are refused, so that a client can rely on it."""

    model_config = ConfigDict(extra="forbid")
