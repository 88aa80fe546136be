"""A small report kept in a served workspace, who asks for it, and what a stream of events told."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from duty_report import REPORT
from nigao import Assistant, Brief
from nigao.revising.reviewing import findings_json

API = "/api/v1"
BRIEF = Brief.parse("{unit: 值班中心, facts: [{name: 工作人员, value: 12, unit: 名}]}")


def keep_report(assistant: Assistant, text: str = REPORT, author: str = "李晓明") -> str:
    """Keep a report of 值班中心, as a draft of `author` would be; its id."""
    report = assistant.parse(text).model_copy(update={"unit": BRIEF.unit.full})
    findings = findings_json(assistant.reports.review(report, BRIEF))
    return assistant.store.reports.add(report, BRIEF.model_dump_json(), findings, author, "拟稿").id


def by(person: str, on: int | str | None = None, **more: str) -> dict[str, str]:
    """Headers of who asks on their own machine, and of the revision (`*` for any) that they have before them."""
    named = {"X-Nigao-Person": quote(person)} | more
    return named if on is None else named | {"If-Match": "*" if on == "*" else f'"{on}"'}


def place(part: str, *item: int, sentence: int | None = None) -> dict[str, Any]:
    """A place as JSON."""
    return {"part": part, "item": list(item), "sentence": sentence}


def write(text: str, at: dict[str, Any]) -> dict[str, Any]:
    """A command that puts a text at a place."""
    return {"verb": "write", "place": at, "text": text}


def told(stream: str) -> list[tuple[str, str, dict[str, Any]]]:
    """The events of a whole stream: id (may be empty), kind, data."""
    found = []
    for block in stream.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields.get("id", ""), fields["event"], json.loads(fields["data"])))
    return found
