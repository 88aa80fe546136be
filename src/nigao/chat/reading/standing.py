"""Whether every place of a command is in the report: no command that leaves the reading names one that is not."""

from __future__ import annotations

from nigao.chat.commands import Command, places_of
from nigao.errors import NotFoundError
from nigao.report.model import Report
from nigao.report.places import Place, require_place


def missing(report: Report | None, command: Command) -> str:
    """What is not there, in words; empty where every place is."""
    for place in places_of(command):
        if place == Place():
            continue
        if report is None:
            return "还没有报告，请先起草"
        try:
            require_place(report, place)
        except NotFoundError as exc:
            return exc.message
    return ""
