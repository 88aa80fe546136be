"""Findings as text: place, message, the line with a caret under the words, what it rests on, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from nigao.checks.finding import Finding, Severity, Summary
from nigao.checks.result import CheckResult
from nigao.cli.console import out, say

# Notes for a person to look up, not faults: told together in one line.
_UNSEEN = "G220"
_STYLE = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
# How much of a long line is shown before and behind the words concerned.
_AROUND = 24


def print_result(result: CheckResult, where: str, lines: Sequence[str]) -> None:
    """A whole result: the findings in reading order, what was waived and why, then the count."""
    print_findings(result.findings, where, lines)
    for waived in result.waived:
        found = waived.finding
        by = f"（{waived.by}）" if waived.by else ""
        say(
            f"{where}:{found.line}:{found.column} {found.code} 已忽略{by}：{found.message}。理由：{waived.reason}",
            "dim",
        )
    for waiver in result.idle_waivers:
        say(f"忽略标记 {'、'.join(waiver.codes)} 没有用上，可以删去。理由原为：{waiver.reason}", "dim")


def print_findings(findings: Sequence[Finding], where: str, lines: Sequence[str] = ()) -> None:
    """Findings in reading order, one block each, then the count; `lines` are the report's, for showing the place."""
    unseen = [finding for finding in findings if finding.code == _UNSEEN]
    for finding in findings:
        if finding in unseen:
            continue
        place = f"{where}:{finding.line}:{finding.column}"
        say(f"{place} {finding.code} {finding.severity.label}：{finding.message}", _STYLE[finding.severity])
        if lines and finding.text:
            for line in pointed(finding, lines):
                say(f"    {line}")
        for line in finding.evidence[:2]:
            say(f"    依据：{_short(line)}")
        advice = _advice(finding)
        if advice:
            say(f"    建议：{advice}")
    if unseen:
        words = "、".join(dict.fromkeys(finding.text for finding in unseen))
        say(f"{_UNSEEN} 说明：语料中未见，供查证，不等于有错：{words}", _STYLE[Severity.INFO])
    summary = Summary.of(list(findings))
    say(f"错误 {summary.error} 处，提醒 {summary.warning} 处，说明 {summary.info} 处。")


def pointed(finding: Finding, lines: Sequence[str]) -> list[str]:
    """The finding's line, cut short around its words, and a line of carets under them."""
    line = lines[finding.line - 1]
    start = finding.column - 1
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    first, last = max(0, start - _AROUND), min(len(line), max(end, start + 1) + _AROUND)
    before = ("…" if first else "") + line[first:start].lstrip(" \t　" if not first else "")
    words = line[start:end]
    shown = words if len(words) <= 2 * _AROUND else words[: 2 * _AROUND]
    after = line[end:last] + ("…" if last < len(line) else "") if shown == words else "…"
    return [f"{before}{shown}{after}", " " * cell_len(before) + "^" * max(1, cell_len(shown))]


def _advice(finding: Finding) -> str:
    """What to do, with the replacement where the suggestion does not name it."""
    fix, advice = finding.fix, finding.suggestion
    if fix is None:
        return advice
    told = fix.text in advice if fix.text else "删" in advice
    if not told:
        written = f"{finding.text} 改为 {fix.text}" if fix.text.strip() else f"删去“{finding.text}”"
        advice = f"{written}；{advice}" if advice else written
    return f"{advice}（--fix 可自动改）" if fix.safe else advice


def _short(text: str, length: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length or not out.is_terminal else line[: length - 1] + "…"
