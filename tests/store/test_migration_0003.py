"""A database of the schema before approvals had a history, made by that release, opens whole and tells its past."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from nigao.corpus.model import Status
from nigao.retrieval import HybridSearch
from nigao.retrieval.verify import corpus_problems
from nigao.store import Store

DUMP = Path(__file__).with_name("schema_0002.sql")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "nigao.db"
    connection = sqlite3.connect(file)
    connection.executescript(DUMP.read_text(encoding="utf-8"))
    connection.close()
    return file


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


def test_it_verifies_and_every_passage_is_found(store: Store) -> None:
    with HybridSearch(store) as search:
        assert corpus_problems(store, search) == []
        in_force = store.documents.evidence_ids(dt.date.today())
        passages = store.documents.passages(in_force)
        assert {passage.document_id for passage in passages} == {"duty", "new"}
        for passage in passages:
            assert passage.id in {hit.passage.id for hit in search.search(passage.text)}
    # The last one seals what was there.
    assert store.audit.verify() == 15


def test_earlier_days_are_answered_from_the_audit_log(store: Store) -> None:
    def on(*day: int) -> set[str]:
        return {record.document.id for record in store.approvals.in_force(dt.date(*day))}

    assert on(2024, 5, 31) == set()
    assert on(2024, 6, 1) == {"old"}
    assert on(2025, 3, 1) == {"duty", "summary", "old", "model", "gone"}
    assert on(2025, 4, 1) == {"duty", "summary", "new", "model", "gone"}
    assert on(2025, 5, 6) == {"duty", "summary", "new", "model"}
    assert on(2025, 6, 2) == {"duty", "new", "model"}


def test_each_version_has_its_approval(store: Store) -> None:
    told = [
        (r.version, r.document.approved_by, r.started_on, r.ended_on, r.end_reason) for r in _history(store, "duty")
    ]
    assert told == [
        (1, "程立", dt.date(2025, 1, 10), dt.date(2025, 5, 5), "replaced"),
        (2, "周敏", dt.date(2025, 5, 5), None, ""),
    ]
    assert "综合科安排" in store.approvals.text_on("duty", dt.date(2025, 3, 1))[1]
    assert "办公室安排" in store.approvals.text_on("duty", dt.date(2025, 5, 5))[1]
    assert [r.end_reason for r in _history(store, "summary")] == ["revoked"]
    assert [r.end_reason for r in _history(store, "gone")] == ["withdrawn"]
    assert _history(store, "missing") == []


def test_approvals_go_on_from_there(store: Store) -> None:
    (first, second) = store.approvals.given(["duty"])["duty"]
    known = store.documents.known(["duty"])["duty"]
    assert (known.status, known.sha256) == (Status.APPROVED, second.sha256)
    assert first.sha256 != second.sha256
    assert store.approvals.waiting() == {}


def test_what_reports_rest_on_is_drawn_from_their_revisions(store: Store) -> None:
    latest = store.reports.resting_on("summary")
    every = store.reports.resting_on("summary", every_revision=True)
    assert [(c.report, c.revision, c.text) for c in latest] == [
        ("r0001", 2, "召开支部党员大会4次。"),
        ("r0002", 1, "全年接待查档群众312人次。"),
        ("r0002", 1, "召开支部党员大会4次。"),
    ]
    assert len(every) == 5
    # As a report that is kept today has it.
    (stored,) = [report for report in store.reports.list() if report.id == "r0002"]
    kept = store.reports.get(stored.id)
    again = store.reports.add(kept.report, kept.brief_json, kept.findings_json, "拟稿人", "拟稿")
    for id in ("summary", "duty"):
        was = [_place(c) for c in store.reports.resting_on(id) if c.report == "r0002"]
        assert [_place(c) for c in store.reports.resting_on(id) if c.report == again.id] == was


def _place(cited: object) -> tuple[object, ...]:
    names = ("part", "heading", "ordinal", "text", "passage_id", "locator")
    return tuple(getattr(cited, name) for name in names)


def _history(store: Store, id: str) -> list:
    return store.approvals.history(id)
