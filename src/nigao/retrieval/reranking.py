"""A second look at what search found first: a reranking model of an endpoint puts the best candidates in order."""

from __future__ import annotations

import json
import math
import threading
import weakref
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from nigao.errors import ModelAnswerError, ModelError, ModelUnavailableError, WorkspaceError
from nigao.modelsettings import RERANKER_KEY_VARIABLE, RerankerSettings
from nigao.retrieval.embeddings import place_of
from nigao.retrieval.endpoint_embeddings import within
from nigao.settings import CONFIG_NAME, Settings

if TYPE_CHECKING:
    import httpx2

_CONNECT_SECONDS = 5.0
# An honest answer has an index and a number for each text, and some servers send the texts back.
_BYTES_A_TEXT = 4096
_ADDRESS_FIX = "核对 [reranker] 的 name 和 base_url（服务的重排接口应是 地址/rerank）"


class Reranker(Protocol):
    """Says how well each text answers a query. `candidates` is how many of the texts found first it is shown."""

    @property
    def name(self) -> str: ...

    @property
    def candidates(self) -> int: ...

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """A finite number for each text, on a scale of its own, higher is better. Raises ModelError."""
        ...


class EndpointReranker:
    """`POST {base_url}/rerank` as vLLM, llama.cpp, Jina, Cohere and SiliconFlow answer it. Nothing is sent before the
    first query, each call is bounded in time and size, and an answer that leaves a text without a score is refused.
    """

    def __init__(self, settings: RerankerSettings) -> None:
        self.name = f"{settings.name}@{place_of(settings.base_url)}"
        self.candidates = settings.candidates
        self._settings = settings
        self._where = f"重排模型 {self.name}"
        self._lock = threading.Lock()
        self._client: httpx2.Client | None = None
        self._hang_up: Callable[[], object] = lambda: None

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """One for each text, in their order. Raises ModelUnavailableError, ModelAnswerError."""
        if not texts:
            return []
        asked = {"model": self._settings.name, "query": query, "documents": list(texts), "top_n": len(texts)}
        limit = 65_536 + sum(len(text.encode("utf-8", "replace")) * 6 + _BYTES_A_TEXT for text in texts)
        client = self._connected()
        try:
            status, body = within(self._settings.timeout, lambda: _post(client, self._address, asked, limit))
        except Exception as error:
            # What is still under way must not answer a later query.
            self._disconnect()
            raise self._explained(error) from None
        if status != 200:
            raise self._of_status(status)
        return self._read(body, len(texts))

    @property
    def _address(self) -> str:
        base = self._settings.base_url
        return base if base.endswith("/rerank") else f"{base}/rerank"

    def _connected(self) -> httpx2.Client:
        import httpx2

        with self._lock:
            if self._client is None:
                key = self._settings.key(RERANKER_KEY_VARIABLE)
                bearer = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
                seconds = self._settings.timeout
                patience = httpx2.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS))
                self._client = httpx2.Client(headers=bearer | self._settings.headers, timeout=patience)
                self._hang_up = weakref.finalize(self, self._client.close)
            return self._client

    def _disconnect(self) -> None:
        with self._lock:
            self._client = None
            self._hang_up()

    def _read(self, body: bytes, count: int) -> list[float]:
        """The scores of an answer, by the texts they are for."""
        try:
            results = json.loads(body)["results"]
            scored = {_index(result["index"], count): _finite(result["relevance_score"]) for result in results}
        except (ValueError, TypeError, KeyError, RecursionError):
            raise self._unusable("回答里没有可用的分数") from None
        if len(results) != count or len(scored) != count:
            raise self._unusable(f"要 {count} 个分数，得到 {len(scored)} 个（{len(results)} 条）")
        return [scored[i] for i in range(count)]

    def _unusable(self, message: str) -> ModelAnswerError:
        return ModelAnswerError(message, where=self._where, fix=_ADDRESS_FIX)

    def _explained(self, error: Exception) -> ModelError:
        import httpx2

        if isinstance(error, ModelError):
            return error
        if isinstance(error, TimeoutError | httpx2.TimeoutException):
            message = f"{self._settings.timeout:g} 秒内没有回答"
            fix = "核对端点是否在运行，或调大 [reranker] 的 timeout"
            return ModelUnavailableError(message, where=self._where, fix=fix)
        if isinstance(error, _TooLongError):
            return self._unusable("回答长得没有尽头")
        return ModelUnavailableError("连接不上", where=self._where, fix="核对 [reranker] 的 base_url 和网络")

    def _of_status(self, status: int) -> ModelError:
        # What the server says is not repeated: it may quote the key.
        if status in (401, 403):
            message, fix = f"端点不接受密钥（HTTP {status}）", f"核对环境变量 {RERANKER_KEY_VARIABLE}"
        elif status == 429:
            message, fix = f"端点限制了调用次数或用量（HTTP {status}）", "稍后再试，或核对用量"
        elif status >= 500:
            message, fix = f"端点内部出错（HTTP {status}）", "稍后再试，或查看端点的日志"
        else:
            message, fix = f"端点不接受请求（HTTP {status}）", _ADDRESS_FIX
        return ModelUnavailableError(message, where=self._where, fix=fix, lasting=status in (401, 403, 404))


def configured_reranker(settings: Settings) -> Reranker | None:
    """The reranker that a workspace's settings name, None where they name none. No endpoint is called.

    Raises WorkspaceError where only half of it is described: no query may go to an address that nobody wrote down.
    """
    asked = settings.reranker
    if not asked.name and not asked.base_url:
        return None
    if not asked.name or not asked.base_url:
        where = f"{settings.root / CONFIG_NAME} 的 [reranker]"
        raise WorkspaceError("重排模型要同时写明 name 和 base_url", where=where, fix="补上，或两项都去掉")
    return EndpointReranker(asked)


class _TooLongError(Exception):
    """The answer went on where no honest one does."""


def _post(client: httpx2.Client, address: str, asked: dict[str, Any], limit: int) -> tuple[int, bytes]:
    """Status and body; a refusal's body is not read."""
    with client.stream("POST", address, json=asked) as response:
        if response.status_code != 200:
            return response.status_code, b""
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > limit:
                raise _TooLongError
        return response.status_code, bytes(body)


def _index(value: object, count: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < count:
        raise ValueError("index")
    return value


def _finite(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("relevance_score")
    return float(value)
