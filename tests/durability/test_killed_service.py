"""`nigao serve` killed under load: what it acknowledged is there after it is started again, and nothing twice."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from nigao import Assistant, Brief
from nigao.workspace import create_workspace

_KILLS = max(2, int(os.environ.get("NIGAO_KILLS", "6")) // 3)
_PATIENCE_SECONDS = 120
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@dataclass
class Acknowledged:
    """What the server said was done: jobs by the key they were asked with, revisions, documents, conversations."""

    jobs: dict[str, str] = field(default_factory=dict)
    revisions: list[int] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    turns: list[tuple[str, str]] = field(default_factory=list)

    @property
    def counts(self) -> tuple[int, ...]:
        return len(self.jobs), len(self.revisions), len(self.documents), len(self.turns)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace by words, with a report."""
    folder = tmp_path_factory.mktemp("served") / "ws"
    create_workspace(folder, sample=True)
    config = folder / "nigao.toml"
    words = config.read_text(encoding="utf-8").replace('embeddings = "local"', 'embeddings = "none"')
    config.write_text(f"{words}\n[service]\nrequests_per_minute = 0\ngrace = 1\n", encoding="utf-8")
    with Assistant.open(folder) as assistant:
        assistant.sync()
        assistant.draft(Brief.load(folder / "brief.yaml"), author="周文清")
    return folder


@contextmanager
def _served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "nigao.cli.main", "-w", str(folder), "serve", "--port", "0"]
    with (folder / "serve.log").open("a", encoding="utf-8") as log:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert server.stdout is not None
        address = next(found[0] for line in server.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        yield server, address
    finally:
        server.kill()
        server.wait()
        server.stdout.close() if server.stdout is not None else None


def test_what_a_killed_server_acknowledged_is_there_and_nothing_is_there_twice(drafted: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(drafted, tmp_path / "ws"))
    chance, done = random.Random(20261123), Acknowledged()
    for _ in range(_KILLS):
        with _served(folder) as (server, address):
            workers = [threading.Thread(target=_work, args=(act, address, done)) for act in _ACTS]
            for worker in workers:
                worker.start()
            _until_each_was_acknowledged(done)
            time.sleep(chance.uniform(0, 1))
            server.send_signal(signal.SIGKILL)
            for worker in workers:
                worker.join()
    with _served(folder) as (_, address), httpx2.Client(base_url=address, timeout=30) as http:
        _all_there(http, done)
    with Assistant.open(folder) as assistant:
        assert assistant.verify() == []
        # A report for each job, and the one that was there before.
        assert len(assistant.store.reports.list()) == len(assistant.store.jobs.list(limit=1000)) + 1


def _until_each_was_acknowledged(done: Acknowledged) -> None:
    """Until something of every kind was acknowledged by the server that now runs."""
    before, until = done.counts, time.monotonic() + _PATIENCE_SECONDS
    while not all(now > then for now, then in zip(done.counts, before, strict=True)):
        assert time.monotonic() < until, done
        time.sleep(0.02)


def _all_there(http: httpx2.Client, done: Acknowledged) -> None:
    # Those too that were kept and never acknowledged.
    ended = {job["id"]: _ended(http, job["id"]) for job in _pages(http, "/api/v1/jobs")}
    made = [ended[job] for job in done.jobs.values()]
    assert all(job["state"] == "done" and job["report_id"] for job in made), made
    assert len({job["report_id"] for job in made}) == len(set(done.jobs.values()))
    for key, job in done.jobs.items():
        asker = {"Idempotency-Key": key, "X-Nigao-Person": _draft.__name__}
        again = http.post("/api/v1/reports", json=_DRAFT, headers=asker)
        assert again.json()["id"] == job
    there = {entry["revision"] for entry in _pages(http, "/api/v1/reports/r0001/revisions")}
    assert there >= set(done.revisions)
    assert {entry["id"] for entry in _pages(http, "/api/v1/documents")} >= set(done.documents)
    for session, said in done.turns:
        assert said in [turn["said"] for turn in _pages(http, f"/api/v1/sessions/{session}/turns", "_converse")]


def _pages(http: httpx2.Client, path: str, person: str = "_draft") -> Iterator[dict[str, Any]]:
    cursor: str | None = ""
    while cursor is not None:
        asked = {"limit": 200, "cursor": cursor}
        page = http.get(path, params=asked, headers={"X-Nigao-Person": person}).json()
        yield from page["items"]
        cursor = page["next"]


def _ended(http: httpx2.Client, job: str) -> dict[str, Any]:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        found: dict[str, Any] = http.get(f"/api/v1/jobs/{job}").json()
        if found["state"] not in ("queued", "running"):
            return found
        time.sleep(0.1)
    pytest.fail(f"{job} did not end")


_DRAFT = {"brief": {"unit": "青澜市政务服务管理办公室"}, "part": "problems", "offline": True}


def _draft(http: httpx2.Client, done: Acknowledged) -> None:
    key = uuid4().hex
    answer = http.post("/api/v1/reports", json=_DRAFT, headers={"Idempotency-Key": key})
    assert answer.status_code == 202, answer.text
    done.jobs[key] = answer.json()["id"]
    _ended(http, done.jobs[key])


def _change(http: httpx2.Client, done: Acknowledged) -> None:
    etag = http.get("/api/v1/reports/r0001").headers["ETag"]
    verb = random.choice(["lock", "unlock"])
    answer = http.post(
        "/api/v1/reports/r0001/commands",
        json={"command": {"verb": verb, "place": {"part": "basics"}}},
        headers={"If-Match": etag},
    )
    if answer.status_code == 412:
        return
    assert answer.status_code == 200, answer.text
    done.revisions.append(answer.json()["reply"]["revision"])


def _submit(http: httpx2.Client, done: Acknowledged) -> None:
    name = f"note-{uuid4().hex[:12]}"
    answer = http.post(
        "/api/v1/documents",
        data={"role": "material"},
        files={"file": (f"{name}.txt", f"全年开展检查{random.randint(2, 99)}次。\n".encode())},
        headers={"Idempotency-Key": uuid4().hex},
    )
    assert answer.status_code == 201, answer.text
    done.documents.append(answer.json()["document"]["id"])


def _converse(http: httpx2.Client, done: Acknowledged) -> None:
    session = http.post("/api/v1/sessions", json={"report_id": "r0001", "fresh": True}).json()["id"]
    said = f"第三部分第{random.choice('一二')}条的依据是什么"
    answer = http.post(f"/api/v1/sessions/{session}/turns", json={"say": said})
    assert answer.status_code == 200, answer.text
    done.turns.append((session, said))


_ACTS = (_draft, _draft, _change, _submit, _converse)


def _work(act: Any, address: str, done: Acknowledged) -> None:
    """Do one thing again and again, until the server is gone."""
    # Each as somebody of their own: a conversation is its author's, and has one turn at a time.
    headers = {"X-Nigao-Person": act.__name__}
    with httpx2.Client(base_url=address, timeout=30, headers=headers) as http, suppress(httpx2.TransportError):
        while True:
            act(http, done)
