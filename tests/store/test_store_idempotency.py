"""Requests that come twice are done once; conversations find the session that they go on with."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from nigao.errors import ConflictError, KeyReusedError
from nigao.store import Kept, Store

NOON = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "nigao.db", clock=lambda: NOON) as opened:
        yield opened


def test_the_first_answer_is_given_again(office: Store) -> None:
    kept = office.idempotency
    assert kept.begin("k1", "键", "f", "p") is None
    kept.finish("k1", "键", 201, {"location": "/reports/r0001", "x": "中"}, b"\x00{}")
    answer = Kept(201, {"location": "/reports/r0001", "x": "中"}, b"\x00{}")
    assert kept.begin("k1", "键", "f", "p") == answer == kept.begin("k1", "键", "f", "another process")
    kept.release("k1", "键")
    assert kept.begin("k1", "键", "f", "p") == answer
    assert kept.begin("k2", "键", "f", "p") is None
    assert kept.begin("k1", "另一键", "f", "p") is None


def test_a_request_under_way_is_not_begun_again(office: Store) -> None:
    kept = office.idempotency
    assert kept.begin("k1", "a", "f", "p") is None
    with pytest.raises(ConflictError, match="同一请求还在办理") as caught:
        kept.begin("k1", "a", "f", "p")
    assert caught.value.fix
    kept.release("k1", "a")
    assert kept.begin("k1", "a", "f", "p") is None


def test_what_a_dead_process_did_not_finish_is_begun_anew(office: Store) -> None:
    kept = office.idempotency
    assert kept.begin("k1", "a", "f", "dead") is None
    assert kept.begin("k1", "a", "f", "alive") is None
    with pytest.raises(ConflictError):
        kept.begin("k1", "a", "f", "alive")


@pytest.mark.parametrize("finished", [True, False])
@pytest.mark.parametrize("owner", ["p", "another process"])
def test_another_request_under_the_same_key_is_refused(office: Store, owner: str, finished: bool) -> None:
    kept = office.idempotency
    kept.begin("k1", "a", "f", "p")
    if finished:
        kept.finish("k1", "a", 200, {}, b"")
    with pytest.raises(KeyReusedError):
        kept.begin("k1", "a", "other", owner)


def test_of_ten_at_once_one_begins(office: Store) -> None:
    outcomes: list[str] = []
    start = threading.Barrier(10)

    def work() -> None:
        start.wait()
        try:
            outcomes.append("begun" if office.idempotency.begin("k1", "a", "f", "p") is None else "answered")
        except ConflictError:
            outcomes.append("under way")
        except BaseException as error:
            outcomes.append(repr(error))

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["begun"] + ["under way"] * 9


def test_old_answers_are_forgotten(tmp_path: Path) -> None:
    now = NOON
    with Store.open(tmp_path / "nigao.db", clock=lambda: now) as store:
        for key in ("a", "b"):
            store.idempotency.begin("k1", key, "f", "p")
        now = NOON + dt.timedelta(hours=1)
        store.idempotency.finish("k1", "b", 200, {}, b"")
        assert store.idempotency.forget(NOON) == 0
        assert store.idempotency.forget(now) == 1
        assert store.idempotency.begin("k1", "a", "f", "p") is None
        assert store.idempotency.begin("k1", "b", "f", "p") == Kept(200, {}, b"")


def test_a_conversation_finds_its_session(office: Store) -> None:
    found = office.conversations
    assert found.get("d1") is None
    found.put("d1", "s0001")
    found.put("d2", "s0002")
    assert (found.get("d1"), found.get("d2")) == ("s0001", "s0002")
    found.put("d1", "s0003")
    assert found.get("d1") == "s0003"
