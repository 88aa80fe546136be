"""Real texts of others, where the shared folder is at hand: nothing is lost and the seed is understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_samples import KIND

from nigao.report.pairing import infer_pairs
from nigao.report.parse import parse_report
from nigao.report.render import render_text
from nigao.text.placeholders import find_placeholders

SHARED = Path(__file__).resolve().parents[3] / "shared"
OFFICIAL = SHARED / "data" / "official"

needs_official = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="NOT RUN: ../shared/data/official is absent")


@needs_official
def test_official_texts_lose_nothing() -> None:
    paths = sorted(OFFICIAL.glob("*.txt"))
    assert paths
    for path in paths:
        text = path.read_text(encoding="utf-8")
        report = parse_report(text, KIND)
        assert render_text(report) == text, path.name
        assert report.title is not None, path.name


@needs_official
def test_official_texts_number_their_parts_by_chapters() -> None:
    for path in sorted(OFFICIAL.glob("*.txt")):
        report = parse_report(path.read_text(encoding="utf-8"), KIND)
        assert {part.ordinal[-1:] for part in report.parts} <= {"、"}, path.name


@needs_official
def test_official_texts_hold_next_to_no_blanks() -> None:
    blanks = {
        path.name: [span.text for span in find_placeholders(path.read_text(encoding="utf-8"))]
        for path in sorted(OFFICIAL.glob("*.txt"))
    }
    # One blacks out sums of money, one tells what a letter stands for, one heads a table of coordinates.
    assert sum(bool(found) for found in blanks.values()) <= 3, blanks


def test_the_seed(seed_text: str) -> None:
    report = parse_report(seed_text, KIND)
    infer_pairs(report, KIND)
    assert render_text(report) == seed_text
    assert [part.key for part in report.parts] == ["basics", "features", "problems", "measures"]
    basics, features, problems, measures = report.parts
    assert [s.text for s in basics.lead] == ["X"]
    assert [item.ordinal for item in features.items] == ["（一）", "（二）", "（三）", "（四）"]
    assert all(item.heading is not None and "，聚焦“" in item.heading.text for item in features.items)
    assert all(len(item.items) >= 2 for item in features.items)
    assert [item.ordinal for item in problems.items] == ["一是", "二是", "三是", "四是"]
    assert [item.ordinal for item in measures.items] == ["一是", "二是", "三是"]
    assert all(item.heading is not None for item in (*problems.items, *measures.items))
    assert {number for item in measures.items for number in item.addresses} <= {1, 2, 3, 4}
    assert measures.items[0].addresses[:1] == [1]
    assert report.opening
    assert report.title is not None
