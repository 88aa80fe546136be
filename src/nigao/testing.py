"""Models for tests: LangChain chat models that answer from a script or from a function, and what they were shown.

    assistant.draft(brief, model=FunctionModel(function=drafting_answer))

They go through the same calls, the same ways of asking and the same contract tests as a real endpoint.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import BaseModel, Field

# What a fake may answer: data (sent as JSON, or as a tool call where tools were asked for), plain text, a whole
# message, or an exception to raise.
FakeAnswer = dict[str, Any] | BaseModel | str | AIMessage | Exception

_EVIDENCE = re.compile(r'<依据 编号="([^"]+)">(.*?)</依据>', re.DOTALL)
# As a real stream comes: in pieces that respect no boundary.
_PIECE = 7


def offered(messages: Sequence[BaseMessage]) -> dict[str, str]:
    """The evidence that a prompt offers, by key, in its order."""
    return {key: text for message in messages for key, text in _EVIDENCE.findall(str(message.text))}


# Given the evidence of one run by key: the sentences to answer, each with the keys it rests on.
Lines = Callable[[dict[str, str]], list[dict[str, Any]]]
# Given a sentence that was handed back, and the evidence: the sentence to answer instead.
Mend = Callable[[str, dict[str, str]], str]


def repeating(evidence: dict[str, str]) -> list[dict[str, Any]]:
    """The first two pieces of evidence, word for word."""
    return [{"text": text, "keys": [key]} for key, text in list(evidence.items())[:2]]


def drafting_answer(
    messages: Sequence[BaseMessage], lines: Lines = repeating, mend: Mend | None = None
) -> dict[str, Any]:
    """A well-formed answer to any of the drafting prompts: by default a faithful one, that repeats the evidence.

    `lines` says what to write instead; `mend` what to make of sentences that the checks handed back (by default there
    is nothing better to say).
    """
    text = str(messages[-1].text)
    evidence = offered(messages[-1:])
    if "没有通过核对" in text:
        wrong = re.findall(r"^(\d+)\. (.+)\n   原因：", text, re.MULTILINE) if mend is not None else []
        first = list(evidence)[:1]
        return {
            "sentences": [{"number": int(n), "keys": first, "text": mend(old, evidence)} for n, old in wrong if mend]
        }
    if "number 是要点的序号" in text:
        blocks = re.split(r"要点 \d+：\n", text)[1:] or [text]
        runs = [dict(_EVIDENCE.findall(block)) for block in blocks]
        return {"points": [{"number": n, "sentences": lines(run)} for n, run in enumerate(runs, start=1)]}
    topic = {"topic": {"text": "", "keys": []}} if "主题句（topic" in text else {}
    return {**topic, "sentences": lines(evidence)}


class _FakeModel(BaseChatModel):
    """What both fakes share. `latency` is seconds before the answer begins; `seen` keeps every conversation."""

    latency: float = 0.0
    seen: list[list[BaseMessage]] = Field(default_factory=list)

    def answer(self, messages: list[BaseMessage], request: dict[str, Any]) -> FakeAnswer:
        """What to answer; `request` holds `tools` or `response_format` where they were asked for."""
        raise NotImplementedError

    @property
    def _llm_type(self) -> str:
        return type(self).__name__

    def bind_tools(
        self, tools: Sequence[Any], *, tool_choice: str | None = None, **kwargs: Any
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """The model with tools to answer by."""
        return self.bind(tools=list(tools), tool_choice=tool_choice, **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        whole: AIMessageChunk | None = None
        for chunk in self._chunks(messages, kwargs):
            whole = chunk if whole is None else whole + chunk
        told = AIMessage(**(whole or AIMessageChunk(content="")).model_dump(exclude={"type", "tool_call_chunks"}))
        return ChatResult(generations=[ChatGeneration(message=told)])

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        await asyncio.sleep(self.latency)
        for chunk in self._chunks(messages, kwargs):
            yield ChatGenerationChunk(message=chunk)

    def _chunks(self, messages: list[BaseMessage], request: dict[str, Any]) -> Iterator[AIMessageChunk]:
        self.seen.append(list(messages))
        answer = self.answer(messages, request)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, AIMessage):
            yield AIMessageChunk(**answer.model_dump(exclude={"type", "tool_calls", "invalid_tool_calls"}))
            return
        text, tool = _written(answer), _tool_name(request)
        for start in range(0, len(text), _PIECE):
            piece = text[start : start + _PIECE]
            if tool and not isinstance(answer, str):
                name = tool if start == 0 else None
                call = tool_call_chunk(name=name, args=piece, id="call" if start == 0 else None, index=0)
                yield AIMessageChunk(content="", tool_call_chunks=[call])
            else:
                yield AIMessageChunk(content=piece)
        yield AIMessageChunk(content="", response_metadata={"finish_reason": "stop"})


def _written(answer: dict[str, Any] | BaseModel | str) -> str:
    if isinstance(answer, str):
        return answer
    data = answer.model_dump(mode="json") if isinstance(answer, BaseModel) else answer
    return json.dumps(data, ensure_ascii=False)


def _tool_name(request: dict[str, Any]) -> str:
    tools = request.get("tools") or []
    return str(tools[0]["function"]["name"]) if tools else ""


class ScriptedModel(_FakeModel):
    """Answers from a list, in the order of the calls; the last answer is given again where `repeat` is set."""

    answers: list[Any]
    repeat: bool = False

    def answer(self, messages: list[BaseMessage], request: dict[str, Any]) -> FakeAnswer:
        """The next answer. Past the end of the script there is none, and the call fails."""
        place = len(self.seen) - 1
        if place >= len(self.answers) and not (self.repeat and self.answers):
            return ValueError(f"the script has {len(self.answers)} answers, and this is call {place + 1}")
        answer: FakeAnswer = self.answers[min(place, len(self.answers) - 1)]
        return answer


class FunctionModel(_FakeModel):
    """Answers what a function makes of the messages; see `offered` for the evidence in them."""

    function: Callable[[list[BaseMessage]], FakeAnswer]

    def answer(self, messages: list[BaseMessage], request: dict[str, Any]) -> FakeAnswer:
        """What the function says."""
        return self.function(messages)
