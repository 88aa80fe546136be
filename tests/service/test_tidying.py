"""What may be forgotten is, and nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from nigao.service.tidying import tidy
from nigao.store import Store

BEGUN = dt.datetime(2026, 1, 5, 8, 0, tzinfo=dt.UTC)


def test_answers_events_and_conversations_go_in_their_time_and_jobs_stay(tmp_path: Path) -> None:
    now = BEGUN
    with Store.open(tmp_path / "nigao.db", clock=lambda: now) as store:
        job, _ = store.jobs.add("draft", "{}", person="李晓明", units=[], caller="k0001")
        store.jobs.tell(job.id, ['{"type": "part"}'])
        store.jobs.end(job.id, "cancelled")
        store.idempotency.begin("k0001", "once", "f", "p")
        store.idempotency.finish("k0001", "once", 201, {}, b"{}")
        session = store.chats.open(None, "李晓明")
        store.conversations.put("digest", session.id)

        def kept() -> tuple[bool, bool, bool]:
            answered = store.idempotency.begin("k0001", "once", "f", "p") is not None
            if not answered:
                store.idempotency.release("k0001", "once")
            return answered, bool(store.jobs.events(job.id)), store.conversations.get("digest") is not None

        for days, expected in (
            (6, (True,) * 3),
            (8, (False, True, True)),
            (31, (False, False, True)),
            (91, (False,) * 3),
        ):
            now = BEGUN + dt.timedelta(days=days)
            tidy(store)
            assert kept() == expected, days
        assert store.jobs.get(job.id).state == "cancelled"
        assert store.chats.get(session.id).id == session.id
