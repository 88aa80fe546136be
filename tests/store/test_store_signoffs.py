"""Steps of sign-off: each on the content that was looked at, none twice."""

from __future__ import annotations

import pytest

from nigao.errors import ConflictError, NotFoundError
from nigao.report.model import Report, Sentence
from nigao.store import Store


def _report(title: str) -> Report:
    return Report(kind="political-ecology", title=Sentence(text=title))


@pytest.fixture
def digest(store: Store) -> str:
    return store.reports.add(_report("初稿"), "{}", "[]", "周敏", "起草").content_hash


def test_steps_are_kept_in_order_with_their_content(store: Store, digest: str) -> None:
    assert store.signoffs.last("r0001") is None
    sent = store.signoffs.add(
        "r1", "submitted", "李强", content_hash=digest, after=0, note="请审", waived_json='[{"a":1}]'
    )
    assert (sent.report, sent.revision, sent.state, sent.by, sent.note) == ("r0001", 1, "submitted", "李强", "请审")
    signed = store.signoffs.add("r0001", "approved", "周文清", content_hash=digest, after=sent.row)
    assert store.signoffs.list("r0001") == [sent, signed]
    assert store.signoffs.last("r0001") == signed
    store.reports.add(_report("另一份"), "{}", "[]", "周敏", "起草")
    assert store.signoffs.last_of_each() == {"r0001": signed}
    events = store.audit.events()
    assert [event.action for event in events[1:3]] == ["report.submit", "report.approve"]
    assert events[2].detail == {"revision": 1, "content_hash": digest, "note": ""}
    assert store.audit.examine().signoffs == 2


def test_what_was_changed_meanwhile_is_not_signed(store: Store, digest: str) -> None:
    sent = store.signoffs.add("r0001", "submitted", "李强", content_hash=digest, after=0)
    with pytest.raises(ConflictError, match="刚有别人办理过"):
        store.signoffs.add("r0001", "approved", "周文清", content_hash=digest, after=0)
    store.reports.revise("r0001", _report("二稿"), "{}", "[]", "李强", "改")
    with pytest.raises(ConflictError, match="报告刚被改过"):
        store.signoffs.add("r0001", "approved", "周文清", content_hash=digest, after=sent.row)
    assert store.signoffs.list("r0001") == [sent]


def test_an_unknown_report(store: Store) -> None:
    for id in ("r0009", "x"):
        with pytest.raises(NotFoundError):
            store.signoffs.add(id, "submitted", "李强", content_hash="", after=0)
        with pytest.raises(NotFoundError):
            store.signoffs.list(id)
