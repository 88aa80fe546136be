"""Sessions and turns: a turn is kept with the revision that it made, or neither is."""

from __future__ import annotations

from typing import Any

import pytest

from nigao.errors import ConflictError, NotFoundError, UsageError
from nigao.report.model import Part, Report, Sentence
from nigao.store import NewRevision, NewTurn, Store

DRAFT = '{"verb":"draft"}'


def _report(title: str) -> Report:
    part = Part(key="basics", ordinal="一、", heading=Sentence(text="基本情况"))
    return Report(kind="political-ecology", title=Sentence(text=title), parts=[part], unit="临江市档案馆")


def _change(id: str, title: str, **fields: Any) -> NewRevision:
    return NewRevision(id, _report(title), "{}", "[]", "李强", f"改为{title}", **fields)


def _turn(said: str, state: str = "{}", **fields: Any) -> NewTurn:
    return NewTurn(said, DRAFT, '{"text":"好"}', state, **fields)


@pytest.fixture
def report(store: Store) -> str:
    return store.reports.add(_report("初稿"), "{}", "[]", "周敏", "起草").id


def test_a_session_is_opened_and_found_again(store: Store, report: str) -> None:
    first = store.chats.open(report, " 李强 ", '{"seen":1}')
    assert (first.id, first.report, first.author, first.revision, first.turns) == ("s0001", "r0001", "李强", 1, 0)
    assert first.state_json == '{"seen":1}'
    other = store.chats.open(report, "周敏")
    assert store.chats.latest("R1", "李强") == first == store.chats.get("S1")
    again = store.chats.open(report, "李强")
    assert store.chats.latest(report, "李强") == again
    assert store.chats.latest(report, "王芳") is None
    assert store.chats.list(report) == [first, other, again]
    assert store.audit.verify() == 4


def test_a_turn_is_kept_with_its_revision(store: Store, report: str) -> None:
    session = store.chats.open(report, "李强")
    looked = store.chats.commit(session, _turn("看看"))
    assert (looked.stored, looked.turn.revision, looked.session.revision) == (None, None, 1)
    made = store.chats.commit(looked.session, _turn("改标题", '{"a":1}'), _change(report, "二稿", expected_revision=1))
    assert made.stored is not None
    assert (made.stored.revision, made.stored.author) == (2, "李强")
    assert (made.turn.number, made.turn.revision, made.turn.said) == (2, 2, "改标题")
    assert (made.session.turns, made.session.revision, made.session.state_json) == (2, 2, '{"a":1}')
    assert store.chats.turns("s0001") == [looked.turn, made.turn]
    assert [event.action for event in store.audit.events()] == [
        "report.add",
        "chat.open",
        "chat.turn",
        "report.revise",
        "chat.turn",
    ]
    assert store.audit.verify() == 5


def test_a_conflict_leaves_nothing_of_the_turn(store: Store, report: str) -> None:
    session = store.chats.open(report, "李强")
    store.reports.revise(report, _report("别人的"), "{}", "[]", "周敏", "统一口径")
    before = store.audit.head()
    with pytest.raises(ConflictError, match="周敏已改出第 2 稿（统一口径）") as caught:
        store.chats.commit(session, _turn("改标题", '{"a":1}'), _change(report, "我的", expected_revision=1))
    assert (caught.value.expected, caught.value.actual) == (1, 2)
    assert store.audit.head() == before
    assert store.chats.get(session.id) == session
    assert store.chats.turns(session.id) == []
    assert [entry.title for entry in store.reports.history(report)] == ["初稿", "别人的"]


def test_a_turn_may_begin_a_report(store: Store) -> None:
    session = store.chats.open("", "李强")
    assert (session.report, session.revision) == (None, None)
    assert store.chats.latest("", "李强") == session
    made = store.chats.commit(session, _turn("起草"), _change("", "初稿", act="draft"))
    assert made.stored is not None
    assert (made.session.report, made.session.revision, made.stored.act) == ("r0001", 1, "draft")
    assert store.chats.latest("r0001", "李强") == made.session
    assert store.chats.latest("", "李强") is None
    store.reports.add(_report("另一份"), "{}", "[]", "周敏", "起草")
    turned = store.chats.commit(made.session, _turn("换一份", report="r0002", revision=1))
    assert (turned.session.report, turned.session.revision) == ("r0002", 1)
    assert store.audit.verify() == 5


def test_a_session_that_went_on_elsewhere_goes_on(store: Store, report: str) -> None:
    session = store.chats.open(report, "李强")
    for said in ("甲", "乙", "丙"):
        store.chats.commit(session, _turn(said))
    assert [(turn.number, turn.said) for turn in store.chats.turns(session.id)] == [(1, "甲"), (2, "乙"), (3, "丙")]


@pytest.mark.parametrize("id", ["s0002", "r0001", "", "s①", "s9999999999999"])
def test_unknown_sessions(store: Store, report: str, id: str) -> None:
    store.chats.open(report, "李强")
    for call in (store.chats.get, store.chats.turns):
        with pytest.raises(NotFoundError) as caught:
            call(id)
        assert caught.value.fix


def test_a_session_is_somebodys_about_a_report_that_is_there(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.chats.open("r0007", "李强")
    with pytest.raises(UsageError, match="没有写明是谁"):
        store.chats.open(None, "【待补：姓名】")
    assert store.audit.verify() == 0
