"""Vectors by text hash, and reports whose revisions are never overwritten."""

from __future__ import annotations

import numpy as np
import pytest

from nigao.errors import ConflictError, NotFoundError
from nigao.report.model import Part, Report, Sentence
from nigao.store import Store


def _report(title: str) -> Report:
    part = Part(key="basics", ordinal="一、", heading=Sentence(text="基本情况"))
    return Report(kind="political-ecology", title=Sentence(text=title), parts=[part], unit="临江市档案馆")


def test_vectors_come_back_exactly(store: Store) -> None:
    vectors = {f"h{i}": np.random.default_rng(i).normal(size=8).astype(np.float32) for i in range(3)}
    store.vectors.put("m", vectors)
    read = store.vectors.get("m", ["h0", "h2", "无"])
    assert set(read) == {"h0", "h2"}
    for key, vector in read.items():
        assert vector.dtype == np.float32
        assert np.array_equal(vector, vectors[key])
    assert store.vectors.count("m") == 3


def test_missing_keeps_the_order_and_knows_models_apart(store: Store) -> None:
    store.vectors.put("m", {"b": np.ones(2, dtype=np.float32)})
    assert store.vectors.missing("m", ["c", "b", "a", "c"]) == ["c", "a"]
    assert store.vectors.missing("另一个", ["b"]) == ["b"]
    assert store.vectors.get("另一个", ["b"]) == {}
    store.vectors.put("m", {})


def test_a_vector_is_never_replaced(store: Store) -> None:
    store.vectors.put("m", {"a": np.ones(2, dtype=np.float32)})
    store.vectors.put("m", {"a": np.zeros(2, dtype=np.float32), "b": np.zeros(2, dtype=np.float32)})
    assert store.vectors.get("m", ["a"])["a"].tolist() == [1.0, 1.0]
    assert store.vectors.count("m") == 2


def test_many_keys_at_once(store: Store) -> None:
    keys = [f"{i:064x}" for i in range(12_000)]
    store.vectors.put("m", dict.fromkeys(keys, np.ones(1, dtype=np.float32)))
    assert store.vectors.missing("m", [*keys, "新"]) == ["新"]
    assert len(store.vectors.get("m", keys)) == len(keys)


def test_revisions_are_appended(store: Store) -> None:
    first = store.reports.add(_report("初稿"), "{}", "[]", "周敏", "起草")
    assert (first.id, first.revision, first.author) == ("r0001", 1, "周敏")
    assert first.content_hash == _report("初稿").content_hash()
    second = store.reports.revise("r0001", _report("二稿"), '{"a":1}', "[1]", "李强", "改题目")
    assert (second.revision, second.brief_json, second.findings_json) == (2, '{"a":1}', "[1]")
    assert store.reports.get("r0001") == second
    assert store.reports.get("R1", 1) == first
    assert first.report == _report("初稿")
    assert [(entry.revision, entry.title) for entry in store.reports.history("r0001")] == [(1, "初稿"), (2, "二稿")]


def test_the_list_shows_the_latest_of_each(store: Store) -> None:
    assert store.reports.list() == []
    store.reports.add(_report("甲"), "{}", "[]", "周敏", "起草")
    store.reports.add(_report("乙"), "{}", "[]", "周敏", "起草")
    store.reports.revise("r0001", _report("甲二"), "{}", "[]", "李强", "改")
    listed = [(entry.id, entry.revision, entry.title, entry.unit) for entry in store.reports.list()]
    assert listed == [("r0001", 2, "甲二", "临江市档案馆"), ("r0002", 1, "乙", "临江市档案馆")]
    events = store.audit.events()
    assert [(event.action, event.subject, event.actor) for event in events] == [
        ("report.add", "r0001", "周敏"),
        ("report.add", "r0002", "周敏"),
        ("report.revise", "r0001", "李强"),
    ]


@pytest.mark.parametrize("id", ["r0002", "x", "", "r99999999999999999999", "r①"])
def test_unknown_reports(store: Store, id: str) -> None:
    store.reports.add(_report("甲"), "{}", "[]", "周敏", "起草")
    for call in (
        lambda: store.reports.get(id),
        lambda: store.reports.history(id),
        lambda: store.reports.revise(id, _report("乙"), "{}", "[]", "李强", "改"),
    ):
        with pytest.raises(NotFoundError):
            call()
    with pytest.raises(NotFoundError, match="第 7 稿"):
        store.reports.get("r0001", 7)
    assert store.audit.verify() == 1


def test_a_change_of_what_is_no_longer_the_latest_is_refused(store: Store) -> None:
    store.reports.add(_report("甲"), "{}", "[]", "周敏", "起草")
    told = {"command_json": '{"verb":"undo"}', "restores": 1, "act": "undo"}
    second = store.reports.revise("r0001", _report("甲"), "{}", "[]", "李强", "撤销", expected_revision=1, **told)
    assert (second.command_json, second.restores, second.act) == ('{"verb":"undo"}', 1, "undo")
    assert store.audit.events()[-1].detail["restores"] == 1
    with pytest.raises(ConflictError, match="李强已改出第 2 稿（撤销）") as caught:
        store.reports.revise("r0001", _report("乙"), "{}", "[]", "王芳", "改", expected_revision=1)
    assert (caught.value.expected, caught.value.actual) == (1, 2)
    assert [(entry.act, entry.restores) for entry in store.reports.history("r0001")] == [("draft", None), ("undo", 1)]
    assert store.audit.verify() == 2
