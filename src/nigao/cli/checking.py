"""`nigao check` and `nigao rules`: findings as text or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nigao.checks.finding import Finding, Severity, Summary
from nigao.checks.registry import Rule
from nigao.checks.result import CheckResult
from nigao.cli.console import FOUND, out, print_json, say
from nigao.cli.models import RuleView
from nigao.cli.workspace import has_workspace, kind_named, open_assistant
from nigao.report.brief import Brief

if TYPE_CHECKING:
    from nigao.assistant import Assistant

# Notes for a person to look up, not faults: told together in one line.
_UNSEEN = "G220"
_STYLE = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


def run_check(
    file: Path, *, brief: Path | None, kind: str, select: Sequence[str], ignore: Sequence[str], as_json: bool
) -> None:
    """Check a file; exits 1 where an error is found. Outside a workspace the corpus rules have nothing to look at."""
    asked = Brief.load(brief) if brief is not None else None
    with _assistant() as assistant:
        wanted = kind or (asked.kind if asked else "")
        kind_named(assistant, wanted, "--kind" if kind else f"{brief} 的 kind")
        report = assistant.read(file, wanted)
        kind_named(assistant, report.kind, f"{file} 的 kind")
        findings = assistant.check(report, brief=asked, select=_codes(select), ignore=_codes(ignore))
    if as_json:
        print_json(CheckResult.of(report, findings))
    else:
        print_findings(findings, str(file))
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(FOUND)


def _assistant() -> Assistant:
    if has_workspace():
        return open_assistant(embeddings=False)
    from nigao.assistant import Assistant

    return Assistant.in_memory()


def _codes(options: Sequence[str]) -> list[str]:
    return [code.strip() for option in options for code in option.split(",") if code.strip()]


def print_findings(findings: Sequence[Finding], where: str) -> None:
    """Findings in reading order, one block each, then the count."""
    unseen = [finding for finding in findings if finding.code == _UNSEEN]
    for finding in findings:
        if finding in unseen:
            continue
        place = f"{where}:{finding.line}:{finding.column}"
        say(f"{place} {finding.code} {finding.severity.label}：{finding.message}", _STYLE[finding.severity])
        for line in finding.evidence[:2]:
            say(f"    依据：{_short(line)}")
        if finding.suggestion:
            say(f"    建议：{finding.suggestion}")
    if unseen:
        words = "、".join(dict.fromkeys(finding.text for finding in unseen))
        say(f"{_UNSEEN} 说明：语料中未见，供查证，不等于有错：{words}", _STYLE[Severity.INFO])
    summary = Summary.of(list(findings))
    say(f"错误 {summary.error} 处，提醒 {summary.warning} 处，说明 {summary.info} 处。")


def _short(text: str, length: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length or not out.is_terminal else line[: length - 1] + "…"


def rule_view(rule: Rule) -> RuleView:
    """A rule as JSON."""
    return RuleView(
        code=rule.code,
        severity=rule.severity.value,
        title=rule.title,
        why=rule.why,
        authority=rule.authority.value,
        bad=rule.bad,
        good=rule.good,
    )


def explain_rule(rule: Rule) -> None:
    """A rule in words."""
    say(f"{rule.code} {rule.title}（{rule.severity.label}）", "bold")
    say(f"为什么：{rule.why}")
    say(f"依据类型：{rule.authority.value}")
    say(f"不妥：{rule.bad}")
    say(f"妥当：{rule.good}")
