"""A small reranking endpoint on 127.0.0.1, well-behaved unless told otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

from local_server import LocalServer

Answer = Callable[[dict[str, Any]], tuple[int, bytes]]


def by_length(body: dict[str, Any]) -> tuple[int, bytes]:
    """The shortest text is the best one, told in no order."""
    rows = [{"index": i, "relevance_score": -float(len(text))} for i, text in enumerate(body["documents"])]
    return 200, json.dumps({"results": rows[::-1]}).encode()


def said(value: Any, status: int = 200) -> Answer:
    """An answer of just this."""
    return lambda _: (status, value if isinstance(value, bytes) else json.dumps(value).encode())


class RerankServer(LocalServer):
    """`answer` is what it says; `hold` makes it wait."""

    def __init__(self) -> None:
        super().__init__()
        self.answer: Answer = by_length
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.hold = False

    def handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                owner.asked.append(body)
                owner.paths.append(self.path)
                owner.headers.append({name.lower(): value for name, value in self.headers.items()})
                if owner.hold:
                    owner.released.wait(60)
                status, content = owner.answer(body)
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        return Handler
