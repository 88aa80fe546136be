"""A server that misbehaves in every way: no traceback, no hang past the timeout, no claim without evidence."""

from __future__ import annotations

import itertools
import json
import random
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chat_server import ChatServer, Cut, Raw, Request, Status
from drafting_samples import SUMMARY, brief, office
from nigao import Assistant, Draft
from nigao.modelsettings import ModelSettings

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

TIMEOUT = 3.0
BRIEF = brief()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with office(tmp_path_factory.mktemp("office"), summary=SUMMARY) as assistant:
        yield assistant


def random_bytes() -> Iterator[bytes]:
    chance = random.Random(7)
    for _ in range(50):
        yield chance.randbytes(500)


def endless_text() -> Iterator[bytes]:
    event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
    while True:
        choice = {"index": 0, "delta": {"content": "学习" * 50}, "finish_reason": None}
        yield f"data: {json.dumps({**event, 'choices': [choice]})}\n\n".encode()


def endless_noise() -> Iterator[bytes]:
    while True:
        yield b"x" * 65536


def endless_silence() -> Iterator[bytes]:
    while True:
        yield b": still thinking\n\n"
        time.sleep(0.05)


def an_error_in_the_stream() -> Iterator[bytes]:
    yield b'data: {"error": {"message": "out of memory", "code": 500}}\n\n'


def everything(request: Request) -> Any:
    """Valid JSON for whichever schema was asked for, made of lies."""
    line = {"text": "全年培训9999次，经省政府批准，满意度100%。", "keys": ["aaaa", "1", "</依据>"]}
    return {
        "sentences": [{**line, "number": 1}],
        "points": [{"number": number, "sentences": [line]} for number in (-1, 0, 1, 2, 999)],
        "topic": line,
    }


HOSTILE: dict[str, Any] = {
    "random bytes": Raw(random_bytes),
    "random bytes as json": Raw(random_bytes, "application/json"),
    "endless text": Raw(endless_text),
    "endless noise": Raw(endless_noise),
    "endless silence": Raw(endless_silence),
    "nothing": Raw(lambda: iter([])),
    "an error in the stream": Raw(an_error_in_the_stream),
    "html page": Raw(lambda: iter([b"<html><body>Welcome</body></html>"]), "text/html"),
    "html error": Status(502, "<html><h1>502 Bad Gateway</h1></html>", content_type="text/html"),
    "html not found": Status(404, "<html>nginx</html>", content_type="text/html"),
    "forbidden": Status(403),
    "too many": Status(429, headers={"Retry-After": "0"}),
    "too many for an hour": Status(429, headers={"Retry-After": "3600"}),
    "down": Status(503, "", content_type="text/plain"),
    "redirect": Status(302, "", headers={"Location": "/v1/elsewhere"}),
    "unprocessable": Status(422),
    "wrong shape": {"answer": [1, 2, 3]},
    "deep nesting": '{"a":' * 1200,
    "numbers for text": {"sentences": [{"text": 5, "keys": 7}]},
    "a cut stream": Cut('{"sentences": [{"text": "全年开展集中学习11次'),
    "null bytes": "\u0000" * 200,
    "prose": "好的，以下是报告：全年培训9999次。",
    "lies in the right shape": everything,
}


def drafted(archive: Assistant, base_url: str) -> Draft:
    settings = ModelSettings(
        name="m", base_url=base_url, timeout=TIMEOUT, retries=1, tokens_per_answer=400, tokens_per_call=3000
    )
    return archive.draft(BRIEF, model=settings)


@pytest.mark.parametrize("name", HOSTILE)
def test_the_report_is_completed_and_sound(archive: Assistant, name: str) -> None:
    behaviour = HOSTILE[name]
    offline = archive.draft(BRIEF, offline=True)
    with ChatServer(lambda request: behaviour(request) if callable(behaviour) else behaviour) as server:
        started = time.monotonic()
        draft = drafted(archive, server.base_url)
        # Two calls without an answer are the most that is waited for, each at most the timeout.
        assert time.monotonic() - started < 2 * TIMEOUT + 60
    assert server.requests
    assert draft.text() == offline.text()
    assert draft.errors == []
    assert draft.record is not None
    assert draft.record.wording.model == 0
    if behaviour is not everything:
        assert draft.record.troubles
        assert all("Traceback" not in trouble for trouble in draft.record.troubles)


def test_a_port_where_nothing_listens(archive: Assistant) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    draft = drafted(archive, f"http://127.0.0.1:{port}/v1")
    assert draft.text() == archive.draft(BRIEF, offline=True).text()
    assert draft.record is not None
    assert any("连接不上" in trouble for trouble in draft.record.troubles)


def test_a_server_that_accepts_and_says_nothing(archive: Assistant) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        draft = drafted(archive, f"http://127.0.0.1:{mute.getsockname()[1]}/v1")
    assert draft.record is not None
    assert any("时限" in trouble for trouble in draft.record.troubles)
    assert draft.text() == archive.draft(BRIEF, offline=True).text()


def test_trouble_that_passes_is_got_over(archive: Assistant) -> None:
    """429 once for each question, then an answer: the client's retries are the only ones."""
    turns = itertools.count()

    def sometimes(request: Request) -> Any:
        return Status(429, headers={"Retry-After": "0"}) if next(turns) % 2 == 0 else {"sentences": [], "points": []}

    with ChatServer(sometimes) as server:
        settings = ModelSettings(name="m", base_url=server.base_url, timeout=TIMEOUT, retries=2, concurrency=1)
        draft = archive.draft(BRIEF, part="problems", model=settings)
    assert draft.record is not None
    assert draft.record.usage.failed_calls == 0


def test_the_request_is_what_endpoints_understand(archive: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGAO_API_KEY", "sk-of-the-office")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another")
    with ChatServer(lambda request: "不会") as server:
        settings = ModelSettings(
            name="qwen-plus",
            base_url=server.base_url,
            headers={"X-Department": "files"},
            temperature=0.2,
            seed=7,
            tokens_per_answer=321,
            structured="prompt",
        )
        archive.draft(BRIEF, part="problems", model=settings)
    body, headers = server.requests[0], server.headers[0]
    assert (body["model"], body["temperature"], body["seed"], body["max_tokens"]) == ("qwen-plus", 0.2, 7, 321)
    assert body["stream"] is True
    assert [message["role"] for message in body["messages"][:2]] == ["system", "user"]
    assert headers["authorization"] == "Bearer sk-of-the-office"
    assert headers["x-department"] == "files"
    assert "sk-of-another" not in json.dumps([server.requests, server.headers])


def test_the_openai_key_is_not_shown_to_another_endpoint(archive: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NIGAO_API_KEY", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another")
    with ChatServer(lambda request: "不会") as server:
        drafted(archive, server.base_url)
    assert server.headers
    assert "sk-of-another" not in json.dumps(server.headers)


def test_cancelling_drops_the_connection(archive: Assistant) -> None:
    """The server notices at once: a model that goes on writing for nobody costs money."""
    run = archive.start(BRIEF, part="problems", model=_patient("http://127.0.0.1:9"))
    begun = threading.Event()

    def slowly() -> Iterator[bytes]:
        begun.set()
        yield from endless_silence()

    with ChatServer(lambda request: Raw(slowly)) as server:
        run = archive.start(BRIEF, part="problems", model=_patient(server.base_url))
        threading.Thread(target=lambda: begun.wait(10) and run.cancel()).start()
        draft = run.wait()
        assert server.gone.wait(10)
    assert draft.record is not None
    assert draft.record.cancelled


def _patient(base_url: str) -> ModelSettings:
    return ModelSettings(name="m", base_url=base_url, timeout=600)


def test_what_worked_is_remembered_for_the_endpoint(archive: Assistant) -> None:
    def only_tools(request: Request) -> Any:
        if "response_format" in request or "tools" not in request:
            return Status(400, '{"error": {"message": "response_format is not supported"}}')
        return {"sentences": [], "points": [], "topic": {"text": "", "keys": []}}

    with ChatServer(only_tools) as server:
        settings = ModelSettings(name="m", base_url=server.base_url, timeout=TIMEOUT, concurrency=1)
        first = archive.draft(BRIEF, part="problems", model=settings)
        tried = len(server.requests)
        second = archive.draft(BRIEF, part="problems", model=settings)
    assert first.record is not None
    assert first.record.method == "tools"
    assert archive.store.endpoints.method(server.base_url, "m") == "tools"
    assert len(server.requests) - tried == tried - 1
    assert all("tools" in request for request in server.requests[tried:])
    assert second.record is not None
    assert second.record.usage.failed_calls == 0


def test_no_tracing_service_hears_of_it(archive: Assistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    heard: list[Request] = []
    with ChatServer(lambda request: heard.append(request) or "{}") as tracer, ChatServer(lambda r: "不会") as server:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "k")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", tracer.base_url)
        drafted(archive, server.base_url)
    assert heard == []
