"""What `doctor` looks at, as JSON."""

from __future__ import annotations

from pydantic import Field

from nigao.views.view import View


class Health(View):
    """One thing that `doctor` looked at. `ok` is None for a note."""

    name: str
    ok: bool | None
    detail: str


class DoctorOutput(View):
    """All that `doctor` looked at."""

    version: str
    items: list[Health] = Field(default_factory=list)
