"""A real HTTP server on 127.0.0.1 that speaks the chat-completions protocol and answers, or misbehaves, as told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from langchain_core import exceptions as known
from langchain_core.messages import AIMessage

# What the server's function may return besides a fake's answers: raw bytes, written as they are.
Request = dict[str, Any]


@dataclass(frozen=True)
class Status:
    """An error response."""

    code: int
    body: str = '{"error": {"message": "no"}}'
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


@dataclass(frozen=True)
class Raw:
    """A 200 whose body is these bytes; the connection is cut after them where `cut` is set."""

    chunks: Callable[[], Iterator[bytes]]
    content_type: str = "text/event-stream"


@dataclass(frozen=True)
class Cut:
    """A stream that ends in the middle of the answer."""

    text: str


_STATUS = (
    (known.ModelRateLimitError, Status(429, headers={"Retry-After": "0"})),
    (known.ModelAuthenticationError, Status(401)),
    (known.ModelNotFoundError, Status(404)),
    (known.ModelInvalidRequestError, Status(400)),
    (known.ModelAPIError, Status(500)),
)


class ChatServer:
    """`answer(request)` gives what to answer a request's JSON; `requests` keeps them all with their headers."""

    def __init__(self, answer: Callable[[Request], Any], *, counts: bool = True, latency: float = 0.0) -> None:
        self.answer = answer
        self.counts = counts
        self.latency = latency
        self.requests: list[Request] = []
        self.headers: list[dict[str, str]] = []
        self.gone = threading.Event()
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        server.daemon_threads = True
        self._server = server
        self.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"

    def __enter__(self) -> ChatServer:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                owner.requests.append(body)
                owner.headers.append({name.lower(): value for name, value in self.headers.items()})
                try:
                    owner._reply(self, body)
                except (BrokenPipeError, ConnectionResetError):
                    owner.gone.set()

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def _reply(self, handler: BaseHTTPRequestHandler, request: Request) -> None:
        answer = self.answer(request)
        if isinstance(answer, Exception):
            answer = next((status for sort, status in _STATUS if isinstance(answer, sort)), Status(400))
        if isinstance(answer, Status):
            body = answer.body.encode()
            handler.send_response(answer.code)
            handler.send_header("Content-Type", answer.content_type)
            handler.send_header("Content-Length", str(len(body)))
            for name, value in answer.headers.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(body)
            return
        time.sleep(self.latency)
        chunks = answer.chunks() if isinstance(answer, Raw) else self._stream(answer, request)
        handler.send_response(200)
        handler.send_header("Content-Type", answer.content_type if isinstance(answer, Raw) else "text/event-stream")
        handler.end_headers()
        for chunk in chunks:
            handler.wfile.write(chunk)
            handler.wfile.flush()

    def _stream(self, answer: Any, request: Request) -> Iterator[bytes]:
        finish = "stop"
        if isinstance(answer, AIMessage):
            finish = answer.response_metadata.get("finish_reason", "stop")
            refusal = answer.additional_kwargs.get("refusal")
            yield _event({"content": str(answer.content), "refusal": refusal})
        elif isinstance(answer, Cut):
            yield _event({"content": answer.text})
            return
        elif isinstance(answer, str) or not request.get("tools"):
            text = answer if isinstance(answer, str) else json.dumps(_plain(answer), ensure_ascii=False)
            for start in range(0, len(text), 9):
                yield _event({"content": text[start : start + 9]})
        else:
            name = request["tools"][0]["function"]["name"]
            function = {"name": name, "arguments": json.dumps(_plain(answer), ensure_ascii=False)}
            yield _event({"tool_calls": [{"index": 0, "id": "c", "type": "function", "function": function}]})
            finish = "tool_calls"
        yield _event({}, finish)
        if self.counts and request.get("stream_options"):
            usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
            yield _data(
                {
                    "id": "1",
                    "object": "chat.completion.chunk",
                    "created": 0,
                    "model": "m",
                    "choices": [],
                    "usage": usage,
                }
            )
        yield b"data: [DONE]\n\n"


def _plain(answer: Any) -> Any:
    return answer if isinstance(answer, dict) else answer.model_dump()


def _event(delta: dict[str, Any], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return _data({"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]})


def _data(value: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()
