"""Chat models: the OpenAI-compatible client, opened for one run and closed with it, and what its failures mean.

The only module that imports a model client; everything else sees LangChain's `BaseChatModel`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from types import AsyncGeneratorType
from typing import TYPE_CHECKING, Any

from nigao.errors import ModelAnswerError, ModelError, ModelUnavailableError
from nigao.modelsettings import KEY_VARIABLE, ModelSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# No honest answer is as long, counted as a stream sends it; one without end is cut here rather than at the timeout.
_BYTES_A_TOKEN = 800
_BYTES_BESIDES = 64_000
# What an endpoint without keys is sent: the client insists on having one.
_NO_KEY = "none"


class MethodRefusedError(ModelError):
    """The endpoint does not take the request as it was put: another way of asking may do."""


class ServerFailedError(ModelUnavailableError):
    """The server failed over the request (5xx). Some do so over a way of asking that they do not know."""


@asynccontextmanager
async def open_chat_model(settings: ModelSettings) -> AsyncIterator[BaseChatModel]:
    """The configured model. Its connections belong to the running event loop and are closed on leaving.

    Retries of failed requests (connection, 429, 5xx, with Retry-After) are the client's and nobody else's.
    Raises ModelUnavailableError where no model is named or no key is there for an endpoint that needs one.
    """
    from langchain_openai import ChatOpenAI
    from openai import DefaultAsyncHttpxClient

    if not settings.name:
        fix = "用 --model 给出，或写在 nigao.toml 的 [model] name 中"
        raise ModelUnavailableError("没有指明模型", where="model", fix=fix, lasting=True)
    key = settings.key(KEY_VARIABLE)
    if key is None and not settings.base_url:
        fix = f"设置环境变量 {KEY_VARIABLE}，或用 --base-url 指明不需要密钥的端点"
        raise ModelUnavailableError("没有密钥", where=KEY_VARIABLE, fix=fix, lasting=True)
    options: dict[str, Any] = {}
    if settings.base_url:
        # The older name of the limit: it is the one that every compatible endpoint knows.
        options |= {"base_url": settings.base_url, "extra_body": {"max_tokens": settings.tokens_per_answer}}
    else:
        options["max_tokens"] = settings.tokens_per_answer
    most = _BYTES_BESIDES + settings.tokens_per_answer * _BYTES_A_TOKEN
    async with DefaultAsyncHttpxClient(event_hooks={"response": [partial(_limit_body, most=most)]}) as client:
        yield ChatOpenAI(
            model=settings.name,
            api_key=key.get_secret_value() if key is not None else _NO_KEY,
            timeout=settings.timeout,
            max_retries=settings.retries,
            default_headers=settings.headers or None,
            temperature=settings.temperature,
            seed=settings.seed,
            stream_usage=True,
            use_responses_api=False,
            http_async_client=client,
            **options,
        )


async def _limit_body(response: Any, most: int) -> None:
    """Cut a body off where no honest one ends; and close what reads it together with it.

    A stream that is left early leaves a chain of suspended generators behind, which Python then ends in no order and
    with complaints on standard error; so the chain is ended here, from its outer end.
    """
    from httpx2 import AsyncByteStream

    body, read = response.stream, response.aiter_bytes
    readers: list[AsyncGeneratorType[bytes]] = []

    class Limited(AsyncByteStream):
        """The body, as far as it may go."""

        def __init__(self) -> None:
            self._chunks = aiter(body)
            self._received = 0

        def __aiter__(self) -> AsyncIterator[bytes]:
            return self

        async def __anext__(self) -> bytes:
            chunk: bytes = await anext(self._chunks)
            self._received += len(chunk)
            if self._received > most:
                raise ModelAnswerError("模型的回答没有尽头，已切断", where=str(response.url))
            return chunk

        async def aclose(self) -> None:
            for reader in readers:
                if not reader.ag_running:
                    await reader.aclose()
            await body.aclose()

    def aiter_bytes(chunk_size: int | None = None) -> AsyncGeneratorType[bytes]:
        readers.append(read(chunk_size))
        return readers[-1]

    response.stream, response.aiter_bytes = Limited(), aiter_bytes


def failure(error: Exception, where: str) -> ModelError:
    """What a failed call means, whichever provider's client raised it."""
    cause = error.__cause__
    for known in (error, cause):
        if isinstance(known, ModelError):
            return known
    said = _first_line(error)
    for meaning in _meanings():
        if isinstance(error, meaning.sorts):
            return meaning.told(said, where)
    status = getattr(error, "status_code", None) or 0
    if status >= 500:
        return ServerFailedError(f"服务出错：{said}", where=where, fix=_LOG)
    if status >= 400:
        return MethodRefusedError(f"请求不被接受：{said}", where=where, fix=_SUPPORT)
    return ModelAnswerError(f"回答中断或无法识别（{type(error).__name__}：{said}）", where=where, fix="核对 base_url")


_LOG = "稍后再试，或查看该服务的日志"
_SUPPORT = "核对模型是否支持对话接口"


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What some sorts of exception mean; `{said}` in the message is the first line of the exception's own."""

    sorts: tuple[type[Exception], ...]
    message: str
    fix: str
    error: type[ModelError] = ModelUnavailableError
    lasting: bool = False

    def told(self, said: str, where: str) -> ModelError:
        message = self.message.format(said=said)
        if self.lasting:
            return ModelUnavailableError(message, where=where, fix=self.fix, lasting=True)
        return self.error(message, where=where, fix=self.fix)


def _meanings() -> tuple[_Meaning, ...]:
    """LangChain's provider-neutral errors; the first that fits counts."""
    from langchain_core import exceptions as known

    key = f"核对环境变量 {KEY_VARIABLE} 和该密钥的权限"
    refused = (known.ModelAuthenticationError, known.ModelPermissionDeniedError)
    invalid = (known.ModelInvalidRequestError, NotImplementedError)
    return (
        _Meaning((known.ContextOverflowError,), "提示超过了上下文长度", "调小 tokens_per_call", ModelAnswerError),
        _Meaning(refused, "密钥不被接受：{said}", key, lasting=True),
        _Meaning((known.ModelNotFoundError,), "没有这个模型或地址：{said}", "核对模型名称和 base_url", lasting=True),
        _Meaning((known.ModelRateLimitError,), "调用过于频繁或额度用完：{said}", "稍后再试，或调小 concurrency"),
        _Meaning((known.ModelTimeoutError, TimeoutError), "在时限内没有回答", "稍后再试，或调大 timeout"),
        _Meaning((known.ModelConnectionError, ConnectionError), "连接不上", "核对 base_url 和网络"),
        _Meaning(invalid, "请求不被接受：{said}", _SUPPORT, MethodRefusedError),
        _Meaning((known.ModelAPIError,), "服务出错：{said}", _LOG, ServerFailedError),
    )


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return text.splitlines()[0][:200] if text else type(error).__name__
