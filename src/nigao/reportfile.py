"""A report's text and JSON, parsed: what our own exports append to a report is left out."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic_core import from_json

from nigao.report.kinds import Kind
from nigao.report.markdown import END
from nigao.report.model import Report
from nigao.report.pairing import infer_pairs
from nigao.report.parse import parse_report

# The AI label stands beside the report's own fields: for machines, and in words.
LABEL_KEY, NOTE_KEY = "AIGC", "AIGC_note"


def parse_text(text: str, kind: Kind) -> Report:
    """A report from plain text, with the problems that its measures answer inferred."""
    report = parse_report(without_notes(text), kind)
    infer_pairs(report, kind)
    return report


def without_notes(text: str) -> str:
    """A text without what our own exports append to it."""
    return text.split(END, maxsplit=1)[0]


def json_bytes(report: Report, label: Mapping[str, object]) -> bytes:
    """The report as a JSON file, with the entries of a label (may be empty) in front of its own fields."""
    data = {**label, **report.model_dump(mode="json")}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def report_in_json(data: bytes) -> Report:
    """The report that `json_bytes` wrote, with a label or without. Raises ValueError for anything else."""
    read = from_json(data)
    if isinstance(read, dict):
        read = {key: value for key, value in read.items() if key not in (LABEL_KEY, NOTE_KEY)}
    return Report.model_validate(read)


def label_in_json(data: bytes) -> dict[str, object]:
    """The label of a file that `json_bytes` wrote; empty where it has none."""
    read = from_json(data)
    return {key: read[key] for key in (LABEL_KEY, NOTE_KEY) if key in read} if isinstance(read, dict) else {}
