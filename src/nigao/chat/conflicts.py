"""Two people at one report: whether what a command is about has changed since the person saw it."""

from __future__ import annotations

from nigao.chat.commands import Command, places_of
from nigao.chat.events import ConflictEvent
from nigao.chat.labels import label
from nigao.chat.telling import place_text
from nigao.chat.turn import Turn
from nigao.errors import NotFoundError
from nigao.report.editing.diff import diff_reports
from nigao.report.model import Report
from nigao.report.places import Place


def conflict(turn: Turn, command: Command) -> ConflictEvent | None:
    """Both sides where a place that the command names says something else than when the person last saw it (that it has
    another number by now counts); else None. What is about the whole report is made on the report as it stands.
    """
    state = turn.state
    seen = turn.office.reports.get(state.report_id, state.seen).report
    latest = turn.draft.report
    if all(_text(seen, place) == _text(latest, place) for place in places_of(command)):
        return None
    return ConflictEvent(
        expected=state.seen,
        actual=turn.revision,
        author=turn.office.store.reports.get(state.report_id).author,
        mine=label(command, seen),
        theirs=tuple(diff_reports(seen, latest).changes),
    )


def _text(report: Report, place: Place) -> str | None:
    """The words of a place; nothing for the whole report or a whole part, which stay what they are."""
    if not place.item and place.sentence is None:
        return ""
    try:
        return place_text(report, place)
    except NotFoundError:
        return None
