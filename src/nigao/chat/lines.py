"""Events of a turn as lines to read, the same on a terminal and for a client that shows plain text."""

from __future__ import annotations

from nigao.chat.events import ProposalEvent
from nigao.checks.finding import Finding, Severity


def proposal_lines(event: ProposalEvent) -> list[str]:
    """A proposed sentence: its number with what the checks say of it, what stands there now, and the new words."""
    why = f"：{'；'.join(event.reasons)}" if event.reasons else ""
    was = [f"     原文：{event.was}"] if event.was else []
    return [f"  {event.number}. [{event.verdict.label}{why}]", *was, f"     改为：{event.now or '（删去）'}"]


def finding_line(finding: Finding) -> str:
    """A finding: its rule, how grave it is, where, what is wrong, and what to do where it is more than a note."""
    advice = f"（{finding.suggestion}）" if finding.suggestion and finding.severity is not Severity.INFO else ""
    return f"{finding.code} {finding.severity.label} 第{finding.line}行：{finding.message}{advice}"
