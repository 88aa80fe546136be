"""A keeper over an empty corpus, and a small report of a fictional office that it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kept_reports import BRIEF, small_report

from nigao.report.kinds import load_kind
from nigao.report.model import Report
from nigao.revising.keeper import ReportKeeper
from nigao.settings import Settings, SignoffSettings
from nigao.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.in_memory() as opened:
        yield opened


@pytest.fixture
def keeper(store: Store, tmp_path: Path) -> ReportKeeper:
    signoff = SignoffSettings(approvers=("周文清", "周敏"))
    settings = Settings(root=tmp_path, manifest=tmp_path / "m.yaml", kinds=tmp_path / "kinds", signoff=signoff)
    return ReportKeeper(store, settings, load_kind, lambda day, units: None)


@pytest.fixture
def report(store: Store) -> Report:
    """Kept as r0001, drafted by 周敏."""
    kept = small_report()
    store.reports.add(kept, BRIEF.model_dump_json(), "[]", "周敏", "拟稿")
    return kept
