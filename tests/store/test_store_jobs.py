"""Jobs: each is done once, by whichever process gets to it, and what it told is there afterwards."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nigao import Assistant, Brief
from nigao.errors import ConflictError, KeyReusedError, NotFoundError, UsageError
from nigao.report.model import Report, Sentence
from nigao.store import JobRecord, NewRevision, Store
from nigao.store.jobs import Ended

NOON = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
UNIT = ("云汀市档案馆", "市档案馆")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "nigao.db"


@pytest.fixture
def office(file: Path) -> Iterator[Store]:
    with Store.open(file, clock=lambda: NOON) as opened:
        yield opened


def _add(store: Store, request: str = "{}", **fields: Any) -> JobRecord:
    values = {"person": "李强", "units": UNIT, "caller": "k0001"} | fields
    job, new = store.jobs.add("draft", request, **values)
    assert new
    return job


def _report(title: str = "报告") -> Report:
    return Report(kind="political-ecology", title=Sentence(text=title), unit=UNIT[0])


def _make(store: Store, job: str) -> str:
    return store.reports.add(_report(), "{}", "[]", "李强", "拟稿", job=job).id


def _together(count: int, work: Callable[[int], None]) -> None:
    """Run the work in so many threads at once; what fails in one fails the test."""
    failures: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            start.wait()
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_job_waits_runs_and_ends(office: Store) -> None:
    job = _add(office, '{"unit":"甲"}')
    assert (job.id, job.kind, job.state, job.person, job.units) == ("j0001", "draft", "queued", "李强", UNIT)
    assert (job.request_json, job.result_json, job.problem_json, job.report) == ('{"unit":"甲"}', "", "", None)
    assert (job.created_at, job.started_at, job.ended_at, job.attempts) == (NOON.isoformat(), None, None, 0)
    assert (job.caller, job.idempotency_key, job.number, job.ended) == ("k0001", "", 1, False)
    running = office.jobs.claim()
    assert running is not None
    assert (running.id, running.state, running.attempts, running.started_at) == ("j0001", "running", 1, job.created_at)
    assert office.jobs.claim() is None
    done = office.jobs.end("j0001", "done", result_json='{"a":1}')
    assert (done.state, done.result_json, done.ended_at, done.ended) == ("done", '{"a":1}', NOON.isoformat(), True)
    assert office.jobs.get("J1") == done


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_what_is_over_stays_as_it_ended(office: Store, state: Ended) -> None:
    job = _add(office)
    office.jobs.claim()
    ended = office.jobs.end(job.id, state, problem_json='{"first":1}')
    others: list[Ended] = ["done", "failed", "cancelled"]
    for other in others:
        assert office.jobs.end(job.id, other, problem_json='{"second":2}') == ended
    assert office.jobs.park() == 0
    assert office.jobs.claim() is None
    assert office.jobs.get(job.id) == ended


def test_jobs_are_taken_up_in_their_order_and_may_be_cancelled_before(office: Store) -> None:
    first, second, third = (_add(office, str(number)) for number in range(3))
    assert office.jobs.end(second.id, "cancelled").state == "cancelled"
    claimed = [office.jobs.claim() for _ in range(3)]
    assert [job.id if job else None for job in claimed] == [first.id, third.id, None]


@pytest.mark.parametrize("kind", ["file", "memory"])
def test_two_threads_take_up_each_job_once(file: Path, kind: str) -> None:
    taken: list[list[str]] = [[], []]
    with Store.open(file) if kind == "file" else Store.in_memory() as one:
        wanted = [_add(one).id for _ in range(20)]

        def work(number: int) -> None:
            while (job := one.jobs.claim()) is not None:
                taken[number].append(job.id)

        _together(2, work)
    assert sorted(taken[0] + taken[1]) == wanted


def test_two_processes_share_the_queue(file: Path) -> None:
    with Store.open(file) as one, Store.open(file) as other:
        _add(one)
        _add(other)
        jobs = [one.jobs.claim(), other.jobs.claim(), one.jobs.claim()]
    assert [job.id if job else None for job in jobs] == ["j0001", "j0002", None]


def test_the_same_request_makes_one_job(office: Store) -> None:
    made = _add(office, idempotency_key="键1", fingerprint="f1")
    again: dict[str, Any] = {"person": "李强", "units": UNIT, "idempotency_key": "键1"}
    assert office.jobs.add("draft", "{}", caller="k0001", fingerprint="f1", **again) == (made, False)
    with pytest.raises(KeyReusedError, match="已用于另一个请求") as caught:
        office.jobs.add("draft", "{}", caller="k0001", fingerprint="f2", **again)
    assert isinstance(caught.value, UsageError)
    assert (caught.value.where, bool(caught.value.fix)) == ("键1", True)
    # Another caller's key is another key; without one every request is a new job.
    assert office.jobs.add("draft", "{}", caller="k0002", fingerprint="f1", **again)[1]
    assert [_add(office).id, _add(office).id] == ["j0003", "j0004"]


def test_many_at_once_make_one_job(office: Store) -> None:
    found: list[tuple[str, bool]] = []

    def work(number: int) -> None:
        job, new = office.jobs.add(
            "draft", "{}", person="李强", units=(), caller="k0001", idempotency_key="a", fingerprint="f"
        )
        found.append((job.id, new))

    _together(8, work)
    assert sorted(found) == [("j0001", False)] * 7 + [("j0001", True)]


def test_a_list_shows_a_unit_or_person_their_own_newest_first(office: Store) -> None:
    for units in (UNIT, ("乙单位",), (), UNIT, ("丙单位",)):
        _add(office, units=units, person="王芳" if not units else "李强")

    def ids(**how: Any) -> list[str]:
        return [job.id for job in office.jobs.list(**{"units": None, "before": None, "limit": 10} | how)]

    assert ids() == ["j0005", "j0004", "j0003", "j0002", "j0001"]
    assert ids(limit=2) == ["j0005", "j0004"]
    assert ids(limit=2, before=4) == ["j0003", "j0002"]
    assert ids(units=["市档案馆"]) == ["j0004", "j0001"]
    assert ids(units=["市档案馆", "乙单位"], before=4) == ["j0002", "j0001"]
    assert ids(person="王芳") == ["j0003"]
    assert ids(person="李强", units=UNIT) == ["j0004", "j0001"]
    assert ids(person="王芳", units=UNIT) == []
    assert ids(units=["档案馆"]) == ids(units=[]) == []


def test_what_a_process_left_is_taken_up_by_the_next(file: Path) -> None:
    with Store.open(file) as store:
        _add(store)
        _add(store)
        store.jobs.claim()
    # The process was killed here: nobody ended the job.
    with Store.open(file) as store:
        assert store.jobs.park() == 1
        job = store.jobs.claim()
        assert job is not None
        assert (job.id, job.attempts, job.report) == ("j0001", 2, None)


def test_a_draft_made_just_before_the_kill_is_not_made_again(file: Path) -> None:
    with Store.open(file) as store:
        _add(store)
        store.jobs.claim()
        made = _make(store, "j0001")
        assert store.jobs.get("j0001").report == made
    with Store.open(file) as store:
        assert store.jobs.park() == 0
        job = store.jobs.get("j0001")
        assert (job.state, job.report, job.result_json, job.ended_at is None) == ("done", made, "", False)
        assert store.jobs.claim() is None
        assert len(store.reports.list()) == 1


def test_a_job_begun_twice_makes_one_report(office: Store) -> None:
    _add(office)
    office.jobs.claim()
    office.jobs.park()
    office.jobs.claim()
    made = _make(office, "j0001")
    with pytest.raises(ConflictError, match=made):
        _make(office, "j0001")
    assert [report.id for report in office.reports.list()] == [made]
    assert office.audit.verify() == 1


def test_work_that_is_finished_after_it_was_parked_counts(office: Store) -> None:
    _add(office)
    office.jobs.claim()
    office.jobs.park()
    # The thread goes on while its process ends: a failure then is no failure of the job.
    assert office.jobs.end("j0001", "failed", problem_json="{}").state == "queued"
    made = _make(office, "j0001")
    assert office.jobs.claim() is None
    assert office.jobs.park() == 0
    assert (office.jobs.get("j0001").state, office.jobs.get("j0001").report) == ("done", made)


def test_what_was_cancelled_makes_no_report(office: Store) -> None:
    _add(office)
    office.jobs.claim()
    office.jobs.end("j0001", "cancelled")
    with pytest.raises(ConflictError, match="已经取消或结束"):
        _make(office, "j0001")
    with pytest.raises(NotFoundError):
        _make(office, "j0009")
    assert office.reports.list() == []
    assert office.audit.events() == []


def test_several_revisions_are_one_jobs_report(office: Store) -> None:
    first = office.reports.add(_report(), "{}", "[]", "李强", "拟稿").id
    _add(office)
    office.jobs.claim()
    several = [NewRevision(first, _report(title), "{}", "[]", "李强", "改") for title in ("二稿", "三稿")]
    assert [stored.revision for stored in office.reports.write_all(several, job="j0001")] == [2, 3]
    assert office.jobs.get("j0001").report == first


def test_what_is_told_is_numbered_without_gaps(office: Store) -> None:
    _add(office)
    _add(office)
    assert office.jobs.events("j0001") == []
    assert office.jobs.tell("j0001", []) == 0
    assert office.jobs.tell("j0001", ['{"a":1}', '{"a":2}']) == 2
    assert office.jobs.tell("j0002", ['{"b":1}']) == 1
    assert office.jobs.tell("j0001", ['{"a":3}']) == 3
    assert office.jobs.tell("j0001", []) == 3
    assert office.jobs.events("j0001", 1) == [(2, '{"a":2}'), (3, '{"a":3}')]
    assert office.jobs.events("j0001", 3) == []

    def work(number: int) -> None:
        for turn in range(5):
            office.jobs.tell("j0002", [f"[{number},{turn}]", "[]"])

    _together(4, work)
    assert [number for number, _ in office.jobs.events("j0002")] == list(range(1, 42))


def test_what_ended_jobs_told_is_forgotten_in_time(file: Path) -> None:
    now = NOON
    with Store.open(file, clock=lambda: now) as store:
        for _ in range(3):
            store.jobs.tell(_add(store).id, ["1", "2"])
        store.jobs.end("j0001", "done")
        now = NOON + dt.timedelta(days=1)
        store.jobs.end("j0002", "cancelled")
        assert store.jobs.forget(NOON) == 0
        assert store.jobs.forget(now) == 2
        assert [len(store.jobs.events(f"j000{number}")) for number in (1, 2, 3)] == [0, 2, 2]
        assert store.jobs.get("j0001").state == "done"


def test_unknown_jobs_are_told(office: Store) -> None:
    jobs = office.jobs
    asked: list[Callable[[str], object]] = [jobs.get, jobs.events, lambda id: jobs.tell(id, ["1"])]
    asked += [lambda id: jobs.end(id, "done")]
    for id in ("j0009", "r0001", ""):
        for ask in asked:
            with pytest.raises(NotFoundError, match="没有这项任务"):
                ask(id)


def test_an_assistant_drafts_for_a_job() -> None:
    with Assistant.in_memory() as assistant:
        _add(assistant.store)
        assistant.store.jobs.claim()
        brief = Brief.model_validate({"unit": UNIT[0]})
        draft = assistant.start(brief, offline=True, job="j0001").wait()
        assert assistant.store.jobs.get("j0001").report == draft.id
        with pytest.raises(ConflictError, match=draft.id):
            assistant.draft(brief, offline=True, job="j0001")
        assert len(assistant.store.reports.list()) == 1
