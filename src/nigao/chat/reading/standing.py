"""Whether every place of a command is in the report: no command that leaves the reading names one that is not."""

from __future__ import annotations

from nigao.chat.commands import Command
from nigao.errors import NotFoundError
from nigao.report.model import Report
from nigao.report.places import OPENING, TITLE, Place, find_item, find_part, find_sentence


def places_of(command: Command) -> list[Place]:
    """Every place that the command names."""
    found: list[Place] = []
    for name in type(command).model_fields:
        value = getattr(command, name)
        if isinstance(value, Place):
            found.append(value)
        elif isinstance(value, tuple):
            found += [one for one in value if isinstance(one, Place)]
    return found


def missing(report: Report | None, command: Command) -> str:
    """What is not there, in words; empty where every place is."""
    for place in places_of(command):
        if place == Place():
            continue
        if report is None:
            return "还没有报告，请先起草"
        try:
            _find(report, place)
        except NotFoundError as exc:
            return exc.message
    return ""


def _find(report: Report, place: Place) -> None:
    if place.part == TITLE and report.title is None:
        raise NotFoundError("报告没有标题")
    if place.part == OPENING and not report.opening:
        raise NotFoundError("报告没有开头")
    if place.part not in ("", TITLE, OPENING):
        find_part(report, place)
        if place.item:
            find_item(report, place.whole)
    if place.sentence is not None:
        find_sentence(report, place)
