"""Findings as SARIF 2.1.0 (OASIS, 2020), for editors and CI systems that show such results at their place."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from nigao.checks.finding import Finding, Severity
from nigao.checks.registry import Rule, all_rules
from nigao.checks.result import CheckResult

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def to_sarif(result: CheckResult, file: str, version: str) -> dict[str, Any]:
    """The result as one SARIF log of this version of nigao. `file` is the report's path as the user gave it; a waived
    finding is suppressed.
    """
    rules = all_rules()
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    results = [_result(finding, numbers[finding.code], file) for finding in result.findings]
    for waived in result.waived:
        suppressed = _result(waived.finding, numbers[waived.finding.code], file)
        suppressed["suppressions"] = [{"kind": "inSource", "justification": waived.reason}]
        results.append(suppressed)
    run = {
        "tool": {"driver": {"name": "nigao", "version": version, "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "language": "zh-CN",
        "results": _fingerprinted(results),
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"依据：{rule.ground}\n不妥：{rule.bad.told}\n妥当：{rule.good.told}"},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
    }


def _result(finding: Finding, number: int, file: str) -> dict[str, Any]:
    words = f"{finding.message}。{finding.suggestion}" if finding.suggestion else finding.message
    region: dict[str, Any] = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    if finding.text:
        region["snippet"] = {"text": finding.text}
    artifact = {"uri": quote(file.replace("\\", "/"))}
    found: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": number,
        "level": _LEVEL[finding.severity],
        "message": {"text": words},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
    if finding.evidence:
        found["properties"] = {"evidence": finding.evidence}
    if finding.fix is not None:
        place = {key: region[key] for key in ("startLine", "startColumn", "endLine", "endColumn")}
        replacement = {"deletedRegion": place, "insertedContent": {"text": finding.fix.text}}
        kind = "可自动修正" if finding.fix.safe else "建议改为，请核对"
        change = {"artifactLocation": artifact, "replacements": [replacement]}
        found["fixes"] = [{"description": {"text": kind}, "artifactChanges": [change]}]
    return found


def _fingerprinted(results: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results with a fingerprint of rule, words and message, so that a finding is known again on another line."""
    seen: dict[str, int] = {}
    for result in results:
        place = result["locations"][0]["physicalLocation"]["region"]
        words = place.get("snippet", {}).get("text", "")
        key = f"{result['ruleId']}\n{words}\n{result['message']['text']}"
        seen[key] = seen.get(key, 0) + 1
        digest = hashlib.sha256(f"{key}\n{seen[key]}".encode()).hexdigest()[:32]
        result["partialFingerprints"] = {"nigaoFinding/v1": digest}
    return list(results)
