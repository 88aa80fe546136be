"""A draft made within a request, for the protocols whose clients wait for it."""

from __future__ import annotations

from nigao.draft import Draft
from nigao.drafting.run import DraftRun
from nigao.report.brief import Brief
from nigao.service.serving import Served


def start_draft(served: Served, brief: Brief, *, part: str = "", offline: bool = False) -> DraftRun[Draft]:
    """A running draft in the caller's name, kept as a stored report when it is done.

    Raises AccessError for another unit's brief, UsageError where it names a file, KindError for a kind or part that is
    not there.
    """
    served.reports.require_draftable(brief, part)
    return served.assistant.start(brief, part=part, offline=offline, author=served.caller.person)
