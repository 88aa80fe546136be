"""The guards: each is tried on the app as it is served, or around an app that does what no route of ours does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from nigao import Assistant
from nigao.service.app import create_app
from nigao.service.guards import Closing
from nigao.service.guards.bodies import BodyLimits
from nigao.service.guards.deadlines import Deadlines
from nigao.settings import ServiceSettings

BASE = "http://127.0.0.1"
PROBLEM = "application/problem+json"


async def _size(request: Request) -> dict[str, int]:
    return {"size": len(await request.body())}


@pytest.fixture
def small(assistant: Assistant) -> Iterator[TestClient]:
    """An app that takes 1 MB, 2 MB as an upload, and has a route that reads whatever comes."""
    app = create_app(assistant, ServiceSettings(body_mb=1, upload_mb=2))
    app.add_api_route("/api/v1/size", _size, methods=["POST"])
    with TestClient(app, base_url=BASE) as client:
        yield client


def _pieces(megabytes: int) -> Iterator[bytes]:
    for _ in range(megabytes * 4):
        yield b"x" * 250_000


def test_a_request_keeps_its_id_and_else_gets_one(client: TestClient) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "job-7.a_b"}).headers["X-Request-ID"] == "job-7.a_b"
    made = {client.get("/healthz").headers["X-Request-ID"] for _ in range(3)}
    assert len(made) == 3
    bad = client.get("/nowhere", headers={"X-Request-ID": "a b\t{}"})
    assert bad.headers["X-Request-ID"] == bad.json()["request_id"] != "a b\t{}"
    assert client.get("/healthz", headers={"X-Request-ID": "x" * 65}).headers["X-Request-ID"] != "x" * 65


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/me", "/api/docs", "/nowhere"])
def test_every_response_tells_browsers_what_not_to_do(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    assert (headers.get("Cache-Control") == "no-store") == path.startswith("/api/")


def test_named_origins_may_frame_the_page(assistant: Assistant) -> None:
    app = create_app(assistant, ServiceSettings(framed_by=("https://office.example.cn",)))
    headers = TestClient(app, base_url=BASE).get("/healthz").headers
    assert headers["Content-Security-Policy"].endswith("frame-ancestors https://office.example.cn")
    assert "X-Frame-Options" not in headers


def test_a_body_may_be_as_large_as_is_set_and_no_larger(small: TestClient) -> None:
    assert small.post("/api/v1/size", content=b"x" * 1_000_000).json() == {"size": 1_000_000}
    declared = small.post("/api/v1/size", content=b"x" * 1_000_001)
    assert (declared.status_code, declared.headers["content-type"]) == (413, PROBLEM)
    problem = declared.json()
    assert problem["type"] == "urn:nigao:problem:too-large"
    assert "body_mb" in problem["fix"]
    assert problem["request_id"]


def test_clients_of_openai_are_refused_in_their_own_words(small: TestClient) -> None:
    refused = small.post("/v1/chat/completions", content=b"x" * 1_000_001)
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "request_too_large")


def test_a_body_that_does_not_say_its_size_is_counted(small: TestClient) -> None:
    assert small.post("/api/v1/size", content=_pieces(1)).json() == {"size": 1_000_000}
    counted = small.post("/api/v1/size", content=_pieces(2))
    assert (counted.status_code, counted.headers["content-type"]) == (413, PROBLEM)


def test_an_upload_may_be_larger(small: TestClient) -> None:
    upload = {"Content-Type": "multipart/form-data; boundary=x"}
    assert small.post("/api/v1/size", content=_pieces(2), headers=upload).json() == {"size": 2_000_000}
    refused = small.post("/api/v1/size", content=_pieces(3), headers=upload)
    assert refused.status_code == 413
    assert "upload_mb" in refused.json()["fix"]


@pytest.mark.parametrize("depth", [900, 100_000])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_no_nesting_of_json_breaks_a_route(client: TestClient, depth: int, opening: str) -> None:
    closing = "]" if opening == "[" else "1}"
    nested = opening * depth + closing[:1] * (opening != "[") + closing[-1] * depth
    described = client.get("/api/openapi.json").json()["paths"]
    taking = [
        path
        for path, methods in described.items()
        if "application/json" in methods.get("post", {}).get("requestBody", {}).get("content", {}) and "{" not in path
    ]
    assert taking
    for path in taking:
        answer = client.post(path, content=nested.encode(), headers={"Content-Type": "application/json"})
        assert 400 <= answer.status_code < 500, (path, answer.text[:300])
        assert answer.headers["content-type"] in (PROBLEM, "application/json")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "[bad"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
        {"X-Forwarded-For": "10.0.0.1"},
        {"Forwarded": "for=10.0.0.1"},
    ],
)
def test_without_keys_only_this_machine_may_ask(
    client: TestClient, keyed: Callable[..., TestClient], headers: dict[str, str]
) -> None:
    refused = client.post("/api/v1/jobs/j0001/cancel", headers=headers)
    assert (refused.status_code, refused.headers["content-type"]) == (403, PROBLEM)
    assert "nigao keys create" in refused.json()["fix"]
    # With keys it is the key that counts.
    assert keyed("drafter").get("/api/v1/me", headers=headers).status_code == 200
    assert client.get("/api/v1/me", headers=headers).status_code == 401


@pytest.mark.parametrize("host", ["127.0.0.1:8710", "localhost", "LOCALHOST:1", "[::1]:8710", "127.9.9.9"])
def test_this_machine_has_several_names(client: TestClient, host: str) -> None:
    own = {"Host": host, "Origin": f"http://{host}"}
    assert client.get("/api/v1/me", headers=own).status_code == 200


def test_what_nobody_foresaw_is_a_problem_that_tells_nothing(app: FastAPI, client: TestClient) -> None:
    def broken() -> None:
        raise ValueError("机密的词")

    app.add_api_route("/api/v1/broken", broken)
    answer = client.get("/api/v1/broken")
    assert (answer.status_code, answer.headers["content-type"]) == (500, PROBLEM)
    assert "机密" not in answer.text
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def _ask(app: ASGIApp, receive: Callable[[], Any], method: str = "GET") -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/x", "query_string": b"", "headers": [], "root_path": ""}
    await app(scope, receive, send)
    return sent


async def _whole() -> Message:
    await asyncio.sleep(0)
    return {"type": "http.request", "body": b"", "more_body": False}


def test_a_body_that_stops_coming_is_given_up() -> None:
    async def reads(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.body())))

    inner = Starlette(routes=[Route("/x", reads, methods=["POST"])])
    pieces = [{"type": "http.request", "body": b"half", "more_body": True}]

    async def receive() -> Message:
        if not pieces:
            await asyncio.Event().wait()
        return pieces.pop()

    sent = asyncio.run(_ask(BodyLimits(inner, ServiceSettings(), pause=0.05), receive, "POST"))
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]


def test_an_answer_that_does_not_begin_in_time_is_dropped_when_it_comes() -> None:
    release, done = threading.Event(), threading.Event()

    def waits(request: Request) -> PlainTextResponse:
        release.wait(10)
        done.set()
        return PlainTextResponse("late")

    async def scene() -> list[Message]:
        sent = await _ask(Deadlines(Starlette(routes=[Route("/x", waits)]), Closing(), seconds=0.05), _whole)
        assert not done.is_set()
        release.set()
        while len(asyncio.all_tasks()) > 1:
            await asyncio.sleep(0)
        return sent

    sent = asyncio.run(scene())
    assert done.is_set()
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[0]["status"] == 504


def test_an_answer_that_has_begun_may_take_its_time() -> None:
    async def slow() -> Any:
        for _ in range(4):
            yield b"."
            await asyncio.sleep(0.03)

    async def tells(request: Request) -> StreamingResponse:
        return StreamingResponse(slow(), media_type="text/event-stream")

    async def receive() -> Message:
        await asyncio.sleep(10)
        return {"type": "http.disconnect"}

    app = Deadlines(Starlette(routes=[Route("/x", tells)]), Closing(), seconds=0.05)
    sent = asyncio.run(_ask(app, receive))
    assert b"".join(message.get("body", b"") for message in sent) == b"...."


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_streams_that_only_tell_end_when_the_server_stops(method: str) -> None:
    closing, over = Closing(), threading.Event()

    async def endless() -> Any:
        yield b"."
        while not over.is_set():
            yield b"."
            await asyncio.sleep(0)
        yield b"end"

    async def tells(request: Request) -> StreamingResponse:
        return StreamingResponse(endless(), media_type="text/event-stream")

    async def receive() -> Message:
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def scene() -> list[Message]:
        app = Deadlines(Starlette(routes=[Route("/x", tells, methods=[method])]), closing)
        asked = asyncio.create_task(_ask(app, receive, method))
        await asyncio.sleep(0.01)
        closing.ask()
        await asyncio.sleep(0.01)
        # What does work goes on until it is done.
        assert asked.done() == (method == "GET")
        over.set()
        return await asyncio.wait_for(asked, 5)

    sent = asyncio.run(scene())
    assert not sent[-1].get("more_body", False)
    assert (b"end" in [message.get("body") for message in sent]) == (method == "POST")
