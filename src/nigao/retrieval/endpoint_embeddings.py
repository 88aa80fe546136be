"""The embedding model of an OpenAI-compatible endpoint: bounded in time, checked, and explained where it fails."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any, TypeVar

from nigao.errors import ModelAnswerError, ModelError, ModelUnavailableError, WorkspaceError
from nigao.modelsettings import EMBEDDING_KEY_VARIABLE, KEY_VARIABLE, EmbeddingSettings, Endpoint
from nigao.retrieval.embeddings import (
    NO_VECTORS_FIX,
    Embedder,
    LangChainEmbedder,
    TextEmbeddings,
    local_embedder,
    place_of,
)
from nigao.settings import CONFIG_NAME, Settings

T = TypeVar("T")

_OPENAI_URL = "https://api.openai.com/v1"
# Servers without a key want none, the client wants some.
_NO_KEY = "none"
# To find out that nobody is there takes less patience than to wait for a slow model.
_CONNECT_SECONDS = 10.0
_DETAIL_LENGTH = 200
# Three times the longest honest vector as text: an answer without end is cut off before memory is.
_BYTES_A_TEXT = 256 * 1024


def configured_embedder(settings: Settings) -> Embedder | None:
    """The embedder that a workspace's settings ask for; None means words only. No endpoint is called.

    Raises WorkspaceError where an endpoint is asked for and none is described.
    """
    if settings.embeddings == "none":
        return None
    if settings.embeddings == "local":
        return local_embedder()
    if not settings.embedding.name:
        where = f"{settings.root / CONFIG_NAME} 的 [embedding] name"
        fix = '填写 name 和 base_url，或改用 embeddings = "local"'
        raise WorkspaceError("没有写明向量模型的名称", where=where, fix=fix)
    return endpoint_embedder(settings.embedding, settings.model)


def endpoint_embedder(settings: EmbeddingSettings, chat: Endpoint | None = None) -> LangChainEmbedder:
    """The embedding model of an OpenAI-compatible endpoint. Nothing is sent before the first text.

    Where the chat model `chat` has the same address, its key serves too. Without any key an endpoint of one's own is
    asked with a made-up one.
    """
    # Two addresses left empty are the same only where the chat model is one at all.
    shared = chat is not None and chat.base_url == settings.base_url and bool(chat.base_url or chat.name)
    variables = (EMBEDDING_KEY_VARIABLE, KEY_VARIABLE) if shared else (EMBEDDING_KEY_VARIABLE,)
    return LangChainEmbedder(
        _OpenAIEndpoint(settings, variables),
        endpoint_name(settings),
        dimensions=settings.dimensions,
        batch=settings.batch,
    )


def endpoint_name(settings: EmbeddingSettings) -> str:
    """The name under which vectors of this endpoint are kept: model, place and dimensions, and nothing secret."""
    # An `@` in the model's name must not make two settings look alike.
    model = settings.name.replace("%", "%25").replace("@", "%40")
    return f"endpoint/{model}@{place_of(settings.base_url or _OPENAI_URL)}/{settings.dimensions or 'auto'}"


class _OpenAIEndpoint:
    """langchain-openai's embeddings, built when first used, each call bounded in time and every failure explained."""

    def __init__(self, settings: EmbeddingSettings, variables: tuple[str, ...]) -> None:
        self._settings = settings
        self._variables = variables
        self._where = f"向量模型 {settings.name}@{place_of(settings.base_url or _OPENAI_URL)}"
        self._lock = threading.Lock()
        self._client: TextEmbeddings | None = None
        self._hang_up: Callable[[], object] = lambda: None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        found: list[list[float]] = []
        for start in range(0, len(texts), self._settings.batch):
            part = texts[start : start + self._settings.batch]
            answer = self._call(part)
            if len(answer) != len(part):
                message = f"要 {len(part)} 个向量，得到 {len(answer)} 个"
                raise ModelAnswerError(message, where=self._where, fix=NO_VECTORS_FIX)
            found.extend(answer)
        return found

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    def _call(self, texts: list[str]) -> list[list[float]]:
        if not self._settings.base_url and self._key() == _NO_KEY:
            # Nothing may go to a public service because an address was forgotten.
            raise ModelUnavailableError(
                "没有密钥，也没有写明端点地址",
                where=self._where,
                fix=f"设置环境变量 {EMBEDDING_KEY_VARIABLE}，或在 [embedding] 写明 base_url",
                lasting=True,
            )
        client = self._connected()
        try:
            return within(self._settings.timeout, lambda: client.embed_documents(texts))
        except Exception as error:
            if isinstance(error, TimeoutError):
                # What is still under way must not be tried again behind our back.
                self._disconnect()
            raise self._explained(error) from None

    def _key(self) -> str:
        found = self._settings.key(*self._variables)
        return found.get_secret_value() if found else _NO_KEY

    def _connected(self) -> TextEmbeddings:
        with self._lock:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def _connect(self) -> TextEmbeddings:
        try:
            import openai
            from langchain_openai import OpenAIEmbeddings
        except ImportError as error:
            fix = "安装 langchain-openai"
            raise ModelUnavailableError("缺少 langchain-openai", where=self._where, fix=fix, lasting=True) from error
        settings = self._settings
        patience = openai.Timeout(settings.timeout, connect=min(settings.timeout, _CONNECT_SECONDS))
        limit = (settings.batch + 1) * _BYTES_A_TEXT
        http = openai.DefaultHttpxClient(timeout=patience, event_hooks={"response": [lambda r: _limit(r, limit)]})
        self._hang_up = weakref.finalize(self, http.close)
        return OpenAIEmbeddings(
            model=settings.name,
            openai_api_base=settings.base_url or _OPENAI_URL,
            openai_api_key=self._key,
            dimensions=settings.dimensions,
            # Texts, not tokens: other servers take no tokens, and the tokenizer's tables would be downloaded.
            check_embedding_ctx_length=False,
            chunk_size=settings.batch,
            max_retries=settings.retries,
            request_timeout=patience,
            default_headers=settings.headers or None,
            # Not every server knows base64, the client's own choice.
            model_kwargs={"encoding_format": "float"},
            http_client=http,
            # Variables meant for OpenAI's library do not steer another endpoint.
            openai_api_type=None,
            openai_proxy=None,
        )

    def _disconnect(self) -> None:
        with self._lock:
            self._client = None
            self._hang_up()

    def _explained(self, error: Exception) -> ModelError:
        import openai

        if isinstance(error, ModelError):
            return error
        if isinstance(error, openai.APIStatusError):
            return self._of_status(error.status_code, self._detail(error))
        if isinstance(error, openai.APITimeoutError | TimeoutError):
            message = f"{self._settings.timeout:g} 秒内没有回答"
            fix = "核对端点是否在运行，或调大 [embedding] 的 timeout"
            return ModelUnavailableError(message, where=self._where, fix=fix)
        if isinstance(error, openai.APIConnectionError):
            return ModelUnavailableError("连接不上", where=self._where, fix="核对 [embedding] 的 base_url 和网络")
        return ModelAnswerError("端点有回答，但不是向量（可能是网页）", where=self._where, fix=NO_VECTORS_FIX)

    def _of_status(self, status: int, detail: str) -> ModelError:
        told = f"（HTTP {status}{detail}）"
        if status in (401, 403):
            message, fix = f"端点不接受密钥{told}", f"核对环境变量 {self._variables[0]}"
        elif status == 404:
            message, fix = f"端点没有这个模型，或地址不对{told}", NO_VECTORS_FIX
        elif status == 429:
            message, fix = f"端点限制了调用次数或用量{told}", "稍后再试，或核对用量"
        elif status >= 500:
            message, fix = f"端点内部出错{told}", "稍后再试，或查看端点的日志"
        else:
            message, fix = f"端点不接受请求{told}", "核对 [embedding] 的 name、dimensions，或调小 batch"
        return ModelUnavailableError(message, where=self._where, fix=fix, lasting=status in (401, 403, 404))

    def _detail(self, error: Any) -> str:
        """What the server says of a refusal, short and without secrets; a web page says nothing."""
        body = error.body
        text = body.get("message") if isinstance(body, dict) else body
        if not isinstance(text, str) or text.lstrip().startswith("<"):
            return ""
        for secret in (self._key(), *self._settings.headers.values()):
            if secret != _NO_KEY:
                text = text.replace(secret, "…")
        text = " ".join(text.split())[:_DETAIL_LENGTH]
        return f"，{text}" if text else ""


def _limit(response: Any, limit: int) -> None:
    import httpx2

    body = response.stream

    class Limited(httpx2.SyncByteStream):
        """The body, cut off where no honest one ends."""

        def __iter__(self) -> Iterator[bytes]:
            received = 0
            for chunk in body:
                received += len(chunk)
                if received > limit:
                    raise ValueError("endless answer")
                yield chunk

        def close(self) -> None:
            body.close()

    response.stream = Limited()


def within(seconds: float, call: Callable[[], T]) -> T:
    """What the call returns or raises; TimeoutError when it takes longer. It then runs on, in a thread that no exit
    waits for: a client's own timeouts do not bound a server that sends a byte now and then, nor the pauses of retries.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, name="embedding", daemon=True).start()
    return future.result(seconds)
