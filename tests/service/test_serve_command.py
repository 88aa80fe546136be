"""`nigao serve` as a process of its own: what it prints, whom it refuses to serve, and how it stops."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from queue import Empty, Queue

import httpx2
import pytest
import yaml

from local_server import LocalServer
from nigao import Assistant

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
_WAIT = 60.0


class Serving:
    """A running `nigao serve`; `url` is what it printed."""

    def __init__(self, workspace: Path, *options: str) -> None:
        words = ["-m", "nigao.cli.main", "-w", str(workspace), "serve", *options]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("NIGAO_")}
        self.process = subprocess.Popen(
            [sys.executable, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment | {"PYTHONIOENCODING": "utf-8"},
        )
        self.out: list[str] = []
        self.err: list[str] = []
        self._told: Queue[str] = Queue()
        self._readers = [threading.Thread(target=self._read), threading.Thread(target=self._read_errors)]
        for reader in self._readers:
            reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.out.append(line)
            self._told.put(line)
        self._told.put("")

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self.err += self.process.stderr

    @property
    def url(self) -> str:
        until = time.monotonic() + _WAIT
        while time.monotonic() < until:
            try:
                line = self._told.get(timeout=_WAIT)
            except Empty:
                break
            found = re.search(r"http://[\d.]+:\d+", line)
            if found:
                return found[0]
            if not line:
                break
        raise AssertionError("".join(self.out + self.err))

    def ended(self) -> int:
        """Its exit code, once it has ended."""
        code = self.process.wait(_WAIT)
        for reader in self._readers:
            reader.join()
        return code

    def kill(self) -> None:
        self.process.kill()
        self.ended()
        for pipe in (self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()


Serve = Callable[..., Serving]


@pytest.fixture
def serve(workspace: Path) -> Iterator[Serve]:
    """Starts `nigao serve` on the workspace, without a model of meaning, which would take time to load."""
    settings = workspace / "nigao.toml"
    written = settings.read_text(encoding="utf-8").replace('embeddings = "local"', 'embeddings = "none"')
    settings.write_text(written, encoding="utf-8")
    started: list[Serving] = []

    def start(*options: str) -> Serving:
        started.append(Serving(workspace, *options))
        return started[-1]

    yield start
    for one in started:
        one.kill()


def _ask_for_draft(url: str, workspace: Path) -> str:
    brief = yaml.safe_load((workspace / "brief.yaml").read_text(encoding="utf-8"))
    answer = httpx2.post(
        f"{url}/api/v1/reports", json={"brief": json.loads(json.dumps(brief, default=str))}, timeout=_WAIT
    )
    assert answer.status_code == 202, answer.text
    id: str = answer.json()["id"]
    return id


def test_serves_where_it_says_and_stops_when_told(serve: Serve) -> None:
    server = serve("--port", "0")
    url = server.url
    assert httpx2.get(f"{url}/readyz", timeout=_WAIT).json()["status"] == "ok"
    assert httpx2.get(f"{url}/api/v1/me", timeout=_WAIT).json()["key"] == "local"
    answer = httpx2.get(f"{url}/healthz", timeout=_WAIT)
    assert "server" not in answer.headers
    server.process.send_signal(signal.SIGTERM)
    assert server.ended() == 0
    printed = "".join(server.out)
    assert f"{url}/api/docs" in printed
    assert "密钥：不用" in printed
    # The log is JSON throughout.
    routes = [json.loads(line).get("route") for line in server.err]
    assert "/healthz" in routes


def test_small_answers_are_not_held_back_and_ctrl_c_stops_it(serve: Serve) -> None:
    server = serve("--port", "0")
    with httpx2.Client(base_url=server.url, timeout=_WAIT) as client:
        took = []
        for _ in range(30):
            began = time.perf_counter()
            client.get("/healthz")
            took.append(time.perf_counter() - began)
    # Where the socket waits to fill a packet, not one of them comes in less than 40 ms.
    assert min(took) < 0.03
    server.process.send_signal(signal.SIGINT)
    assert server.ended() == 0


def test_the_address_is_that_of_the_settings_where_no_option_says_otherwise(serve: Serve, workspace: Path) -> None:
    with (workspace / "nigao.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[service]\nport = 0\ndrafts = 3\n")
    server = serve()
    assert httpx2.get(f"{server.url}/readyz", timeout=_WAIT).json()["checks"]["jobs"] == "ok"


def test_others_are_not_served_without_a_key(serve: Serve, workspace: Path) -> None:
    refused = serve("--host", "0.0.0.0", "--port", "0")
    assert refused.ended() == 2
    assert "nigao keys create" in "".join(refused.err)
    with Assistant.open(workspace, embeddings=False) as assistant:
        _, secret = assistant.store.keys.create(person="李晓明", roles=["drafter"], by="管理员")
    server = serve("--host", "0.0.0.0", "--port", "0")
    url = server.url.replace("0.0.0.0", "127.0.0.1")
    assert httpx2.get(f"{url}/api/v1/me", timeout=_WAIT).status_code == 401
    bearer = {"Authorization": f"Bearer {secret}"}
    assert httpx2.get(f"{url}/api/v1/me", headers=bearer, timeout=_WAIT).json()["person"] == "李晓明"
    assert "密钥：需要" in "".join(server.out)


def test_a_port_in_use_is_said_to_be(serve: Serve) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = serve("--port", str(port))
        assert refused.ended() == 2
    told = "".join(refused.err)
    assert f"端口 {port} 用不了" in told
    assert "--port" in told


def test_a_workspace_is_served_once(serve: Serve) -> None:
    first = serve("--port", "0")
    url = first.url
    second = serve("--port", "0")
    assert second.ended() == 2
    assert "已有一个 nigao serve" in "".join(second.err)
    assert httpx2.get(f"{url}/healthz", timeout=_WAIT).status_code == 200
    # However the first one goes, the next may serve.
    first.process.kill()
    first.ended()
    assert serve("--port", "0").url


def test_a_host_that_is_not_there_is_said_to_be(serve: Serve) -> None:
    refused = serve("--host", "no.such.host.invalid")
    assert refused.ended() == 2
    assert "no.such.host.invalid" in "".join(refused.err)


def test_stopping_ends_what_is_followed_and_leaves_the_draft_to_be_found(serve: Serve, workspace: Path) -> None:
    server = serve("--port", "0")
    url = server.url
    job = _ask_for_draft(url, workspace)
    with httpx2.stream("GET", f"{url}/api/v1/jobs/{job}/events", timeout=_WAIT) as events:
        lines = events.iter_lines()
        assert next(lines)
        server.process.send_signal(signal.SIGTERM)
        # It ends, and as an answer that is whole.
        list(lines)
    assert server.ended() == 0
    with Assistant.open(workspace, embeddings=False) as assistant:
        left = assistant.store.jobs.get(job)
        assert left.state in ("done", "queued")
    again = serve("--port", "0")
    with httpx2.stream("GET", f"{again.url}/api/v1/jobs/{job}/events", timeout=_WAIT) as events:
        told = [line for line in events.iter_lines() if line.startswith("event:")]
    assert told[-1] == "event: end"
    with Assistant.open(workspace, embeddings=False) as assistant:
        assert assistant.store.jobs.get(job).state == "done"
        assert len(assistant.store.reports.list()) == 1


class SilentModel(LocalServer):
    """A model that takes every request and answers none until it is released."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()

    def handler(self) -> type[BaseHTTPRequestHandler]:
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                model.asked.set()
                model.released.wait(_WAIT)

            def log_message(self, *_: object) -> None: ...

        return Handler


@pytest.mark.parametrize("grace", [0, 600])
def test_what_does_not_end_in_time_is_left_to_the_next_start(serve: Serve, workspace: Path, grace: int) -> None:
    with SilentModel() as model:
        with (workspace / "nigao.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'\n[model]\nname = "silent"\nbase_url = "{model.url}"\n[service]\ngrace = {grace}\n')
        server = serve("--port", "0")
        url = server.url
        job = _ask_for_draft(url, workspace)
        assert model.asked.wait(_WAIT)
        server.process.send_signal(signal.SIGTERM)
        if grace:
            # Told twice it does not wait for anything.
            _wait_until_closed(url)
            server.process.send_signal(signal.SIGTERM)
        assert server.ended() == (128 + signal.SIGTERM if grace else 0)
    with Assistant.open(workspace, embeddings=False) as assistant:
        # Who was stopped at once had no time to put the job back: that is done at the next start.
        assert assistant.store.jobs.get(job).state == ("running" if grace else "queued")
        assert assistant.store.reports.list() == []


def _wait_until_closed(url: str) -> None:
    until = time.monotonic() + _WAIT
    while time.monotonic() < until:
        try:
            httpx2.get(f"{url}/healthz", timeout=1)
        except httpx2.TransportError:
            return
    raise AssertionError("it still takes requests")
