"""What went wrong, as RFC 9457 tells it."""

from __future__ import annotations

from pydantic import Field

from nigao.views.view import View


class FieldProblem(View):
    """One field of a request that cannot be taken as it is."""

    field: str
    message: str


class Problem(View):
    """RFC 9457. `title` names the kind of problem, `detail` says what is wrong here, `fix` what to do, `where` the
    field, file or id. `expected` and `actual` are revisions, where somebody else was quicker.
    """

    type: str = Field(examples=["urn:nigao:problem:not-found"])
    title: str = Field(examples=["没有找到"])
    status: int = Field(examples=[404])
    detail: str = ""
    instance: str = ""
    where: str = ""
    fix: str = ""
    request_id: str = ""
    reason: str | None = None
    expected: int | None = None
    actual: int | None = None
    errors: list[FieldProblem] | None = None
