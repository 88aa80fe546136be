"""A small OpenAI-compatible embedding endpoint on 127.0.0.1, well-behaved unless told otherwise."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import numpy as np

from local_server import LocalServer
from nigao.retrieval import HashingEmbedder


@dataclass
class Reply:
    """What the server sends. `send` takes over the connection after the headers; `drop` closes it without a word."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    send: Callable[[Callable[[bytes], Any]], None] | None = None
    drop: bool = False


Answer = Callable[[dict[str, Any]], Reply]


class EmbeddingServer(LocalServer):
    """`answers` are used up first, then `always`, then honest vectors of `dimensions` values and of length 3."""

    def __init__(self, dimensions: int = 64) -> None:
        super().__init__()
        self.dimensions = dimensions
        self.answers: list[Answer] = []
        self.always: Answer | None = None
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []

    @property
    def texts(self) -> list[str]:
        """Every text of every request, in order."""
        return [text for body in self.asked for text in body["input"]]

    def honest(self, body: dict[str, Any]) -> Reply:
        vectors = 3 * HashingEmbedder(body.get("dimensions", self.dimensions)).embed_passages(body["input"])
        return vectors_reply(vectors, base64_wanted=body.get("encoding_format") == "base64")

    def hang(self, _: dict[str, Any]) -> Reply:
        self.released.wait(60)
        return Reply(drop=True)

    def trickle(self, _: dict[str, Any]) -> Reply:
        def send(write: Callable[[bytes], Any]) -> None:
            while not self.released.wait(0.02):
                write(b" ")

        return Reply(send=send)

    def flood(self, _: dict[str, Any]) -> Reply:
        def send(write: Callable[[bytes], Any]) -> None:
            while not self.released.is_set():
                write(b" " * 65536)

        return Reply(send=send)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        return _handler(self)


def vectors_reply(vectors: Any, *, base64_wanted: bool = False) -> Reply:
    """The answer of an endpoint that found these vectors."""
    rows = [list(map(float, vector)) for vector in vectors]
    shown = [base64.b64encode(np.array(row, "<f4").tobytes()).decode() for row in rows] if base64_wanted else rows
    data = [{"object": "embedding", "index": i, "embedding": row} for i, row in enumerate(shown)]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    return Reply(json.dumps({"object": "list", "model": "m", "data": data, "usage": usage}).encode())


def refusal(status: int, message: str = "no", **headers: str) -> Answer:
    """The answer of an endpoint that does not want to."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: Reply(json.dumps({"error": {"message": message}}).encode(), status, headers=named)


def said(body: bytes, kind: str = "application/json") -> Answer:
    """An answer of just these bytes."""
    return lambda _: Reply(body, kind=kind)


def _handler(owner: EmbeddingServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            owner.asked.append(body)
            owner.headers.append({name.lower(): value for name, value in self.headers.items()})
            if self.path != "/v1/embeddings":
                answer: Answer = refusal(404)
            else:
                answer = owner.answers.pop(0) if owner.answers else (owner.always or owner.honest)
            try:
                self._send(answer(body))
            except OSError:
                self.close_connection = True

        def _send(self, reply: Reply) -> None:
            self.close_connection = reply.drop or reply.send is not None
            if reply.drop:
                return
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.send is None:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            reply.send(self.wfile.write) if reply.send else self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
