"""What mending a text came to, as JSON."""

from __future__ import annotations

from pydantic import Field

from nigao.checks.finding import Finding, Summary
from nigao.views.view import View


class MendedText(View):
    """A text after its safe fixes: `fixes` are the findings that were mended (placed in the text handed in), `findings`
    those of the mended text.
    """

    text: str = Field(examples=["一是加强学习，落实“三会一课”制度。"])
    fixes: list[Finding]
    findings: list[Finding]
    summary: Summary
