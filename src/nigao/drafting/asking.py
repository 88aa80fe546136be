"""Calls to a model within their limits: how many at once, how long, how many tokens, and when to stop asking at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel

from nigao.drafting.models import MethodRefusedError, ServerFailedError, failure
from nigao.drafting.record import Usage
from nigao.drafting.structured import LADDER, Wanted, bound, read_answer, told_shape
from nigao.errors import ModelAnswerError, ModelError, ModelUnavailableError
from nigao.modelsettings import Method, ModelSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel, LanguageModelInput
    from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
    from langchain_core.runnables import Runnable

AnswerT = TypeVar("AnswerT", bound=BaseModel)

# How often one question is answered wrongly before it is given up; what was wrong is told each time.
_ANSWERS = 3
# So many calls in a row without an answer, and the endpoint is taken to be down for the rest of the run.
_FAILURES = 2
# The client of `models.py` cuts an endless answer off itself; this is for models of other makes.
_MOST_CHARACTERS = 4_000_000
# How much of a wrong answer is shown to the model again.
_QUOTED = 600
# For an older endpoint that cannot count while it streams; its tokens are then estimated.
_UNCOUNTED: dict[str, Any] = {"stream_usage": False}


class Asker:
    """One run's access to one model. `method` is what is known to work there; `on_method` hears what was found to."""

    def __init__(
        self,
        model: BaseChatModel,
        settings: ModelSettings,
        *,
        method: str = "",
        on_method: Callable[[Method], None] | None = None,
        on_usage: Callable[[Usage], None] | None = None,
    ) -> None:
        self._model = model
        self._settings = settings
        self._turns = asyncio.Semaphore(settings.concurrency)
        self._on_method = on_method
        self._on_usage = on_usage
        self._ladder = _ladder(settings, method)
        self._rung = 0
        self._proven = False
        self._failures = 0
        self._stopped: ModelUnavailableError | None = None
        self._reserved = 0
        self._counts_tokens = True
        self.usage = Usage(currency=settings.currency if _priced(settings) else "")

    @property
    def method(self) -> str:
        """The way of asking that worked in this run, empty while none has."""
        return self._ladder[self._rung] if self._proven else ""

    async def ask(
        self, messages: Sequence[BaseMessage], schema: type[AnswerT], choices: Mapping[str, Sequence[str]] | None = None
    ) -> AnswerT:
        """One question, answered in the schema; `choices` are the only values for lists of some name (see `Wanted`).

        Raises ModelUnavailableError where no answer can be had (or the budget is used up), ModelAnswerError where none
        of the answers could be used.
        """
        from langchain_core.messages import AIMessage, HumanMessage

        conversation = list(messages)
        wanted = Wanted(schema, choices or {})
        wrong = 0
        while True:
            said = ""
            try:
                async with self._turns:
                    # Chosen in its turn: by then another call may have found out what works.
                    method = self._ladder[self._rung]
                    message = await self._call(told_shape(conversation, method, wanted), method, wanted)
                said = message.text[:_QUOTED]
                value = read_answer(message, schema)
            except (MethodRefusedError, ServerFailedError) as error:
                if not self._descend(method):
                    raise self._given_up(error) from None
            except ModelAnswerError as error:
                wrong += 1
                if wrong >= _ANSWERS:
                    raise
                if wrong > 1:
                    self._descend(method)
                complaint = f"上面的回答不能用：{error.message}。请按要求重新回答。"
                conversation = [*messages, AIMessage(said or "（空）"), HumanMessage(complaint)]
            else:
                self._learn(method)
                return value

    async def _call(self, messages: list[BaseMessage], method: Method, wanted: Wanted) -> AIMessage:
        expected = sum(estimate_tokens(str(message.text)) for message in messages) + self._settings.tokens_per_answer
        self._admit(expected)
        self._reserved += expected
        try:
            message = await self._counted(messages, method, wanted)
        except Exception as error:
            told = failure(error, self._settings.address)
            self._note_failure(told)
            raise told from error
        finally:
            self._reserved -= expected
        self._failures = 0
        self._count(messages, message)
        return message

    def _admit(self, expected: int) -> None:
        """Raise where asking is of no use any more or would pass the report's budget."""
        if self._stopped is not None:
            raise self._stopped
        used = self.usage.input_tokens + self.usage.output_tokens + self._reserved
        if used + expected > self._settings.tokens_per_report:
            fix = "调大 nigao.toml [model] 的 tokens_per_report"
            raise ModelUnavailableError("这份报告的用量已到上限", where="tokens_per_report", fix=fix, lasting=True)

    async def _counted(self, messages: list[BaseMessage], method: Method, wanted: Wanted) -> AIMessage:
        """The streamed answer with its tokens counted, where the endpoint can do both."""
        counting = self._counts_tokens
        try:
            return await self._streamed(bound(self._model, method, wanted), messages, {} if counting else _UNCOUNTED)
        except Exception as error:
            if not (counting and "stream_options" in str(error)):
                raise
            self._counts_tokens = False
            return await self._streamed(bound(self._model, method, wanted), messages, _UNCOUNTED)

    async def _streamed(
        self, model: Runnable[LanguageModelInput, AIMessage], messages: list[BaseMessage], options: dict[str, Any]
    ) -> AIMessage:
        from langchain_core.messages.ai import add_ai_message_chunks
        from langsmith import tracing_context

        chunks: list[AIMessageChunk] = []
        size = 0
        # An office's documents go to no tracing service, whatever the environment says.
        with tracing_context(enabled=False):
            async with asyncio.timeout(self._settings.timeout):
                # Closed at once where it is left early, and the connection with it.
                async with aclosing(cast("AsyncGenerator[Any]", model.astream(messages, **options))) as stream:
                    async for chunk in stream:
                        chunks.append(chunk)
                        size += len(chunk.text) + sum(len(call["args"] or "") for call in chunk.tool_call_chunks)
                        if max(size, len(chunks)) > _MOST_CHARACTERS:
                            raise ModelAnswerError("回答超过长度上限，被截断")
        if not chunks:
            raise ModelAnswerError("回答是空的")
        return add_ai_message_chunks(chunks[0], *chunks[1:])

    def _note_failure(self, error: Exception) -> None:
        self.usage.failed_calls += 1
        trying = isinstance(error, ServerFailedError) and not self._proven and self._rung + 1 < len(self._ladder)
        if isinstance(error, ModelUnavailableError) and not trying:
            self._failures += 1
            if error.lasting or self._failures >= _FAILURES:
                self._stopped = error

    def _count(self, messages: list[BaseMessage], message: AIMessage) -> None:
        usage, told = self.usage, message.usage_metadata
        usage.calls += 1
        if told is None:
            usage.estimated = True
            usage.input_tokens += sum(estimate_tokens(str(asked.text)) for asked in messages)
            usage.output_tokens += estimate_tokens(str(message.text) or str(message.tool_calls))
        else:
            usage.input_tokens += told["input_tokens"]
            usage.output_tokens += told["output_tokens"]
        if _priced(self._settings):
            price_in, price_out = self._settings.price_in or 0.0, self._settings.price_out or 0.0
            usage.cost = round((usage.input_tokens * price_in + usage.output_tokens * price_out) / 1e6, 6)
        if self._on_usage is not None:
            self._on_usage(usage.model_copy())

    def _descend(self, method: Method) -> bool:
        """Go on to the next way of asking, unless another call has already; False where there is none left."""
        if self._proven and self._ladder[self._rung] == method:
            return False
        if self._ladder[self._rung] == method:
            if self._rung + 1 == len(self._ladder):
                return False
            self._rung += 1
        return True

    def _given_up(self, error: ModelError) -> ModelError:
        """The error, and nothing more is asked where no way of asking has ever worked."""
        if not self._proven:
            self._stopped = self._stopped or ModelUnavailableError(
                error.message, where=error.where, fix=error.fix, lasting=True
            )
        return error

    def _learn(self, method: Method) -> None:
        if not self._proven and self._ladder[self._rung] == method:
            self._proven = True
            if self._on_method is not None:
                self._on_method(method)


def _ladder(settings: ModelSettings, known: str) -> list[Method]:
    if settings.structured != "auto":
        return [settings.structured]
    first = [method for method in LADDER if method == known]
    return first + [method for method in LADDER if method != known]


def _priced(settings: ModelSettings) -> bool:
    return settings.price_in is not None or settings.price_out is not None


def estimate_tokens(text: str) -> int:
    """How many tokens a text is at most, nearly: one for each Chinese character, a third for any other."""
    wide = sum(char > "\u2e7f" for char in text)
    return wide + (len(text) - wide + 2) // 3
