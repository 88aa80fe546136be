"""What a chat completion asks for: its messages as plain text, and a refusal of what cannot be done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from nigao.errors import UsageError

_MOST_CHARACTERS = 400_000
_EXAMPLE = {"role": "user", "content": "为清河市水务局起草2025年政治生态分析报告"}


class TextPart(BaseModel):
    """A piece of a message. Only text can be read."""

    model_config = ConfigDict(extra="ignore")

    type: str = Field(max_length=50, examples=["text"])
    text: str = ""


class Message(BaseModel):
    """One message. What else a client writes beside it (a name, calls of tools long over) is left aside."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant"]
    content: str | list[TextPart] | None = Field(default=None)

    @property
    def text(self) -> str:
        """The message's words. Raises UsageError for a piece that is no text."""
        if not isinstance(self.content, list):
            return (self.content or "").strip()
        other = next((part.type for part in self.content if part.type != "text"), "")
        if other:
            raise UsageError(f"读不了 {other} 内容", where="messages", fix="只发文字；图片、文件请先转成文字")
        return "".join(part.text for part in self.content).strip()


class StreamOptions(BaseModel):
    """How to stream. With `include_usage` a last chunk tells the usage."""

    model_config = ConfigDict(extra="ignore")

    include_usage: bool = False


class ChatRequest(BaseModel):
    """A chat completion. How a model should sample (temperature and the like) means nothing here and is left aside."""

    model_config = ConfigDict(extra="ignore")

    model: str = Field(max_length=100, examples=["nigao-draft"])
    messages: list[Message] = Field(min_length=1, max_length=500, examples=[[_EXAMPLE]])
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: int | None = Field(default=None, examples=[1])
    tools: list[Any] | None = Field(default=None, max_length=500)
    functions: list[Any] | None = Field(default=None, max_length=500)
    logprobs: bool | None = None
    response_format: dict[str, Any] | None = None
    modalities: list[str] | None = Field(default=None, max_length=10)
    audio: dict[str, Any] | None = None

    @property
    def wants_usage(self) -> bool:
        """Whether a stream is to end with the usage."""
        return self.stream_options is not None and self.stream_options.include_usage

    def require_possible(self) -> None:
        """Raise UsageError for what would change the answer and cannot be had."""
        wanted = {
            "n": self.n not in (None, 1),
            "tools": bool(self.tools),
            "functions": bool(self.functions),
            "logprobs": bool(self.logprobs),
            "response_format": (self.response_format or {}).get("type", "text") != "text",
            "modalities": bool(set(self.modalities or ()) - {"text"}),
            "audio": self.audio is not None,
        }
        for name, there in wanted.items():
            if there:
                raise UsageError(f"不支持 {name}", where=name, fix=f"去掉 {name} 再试；结构化结果见 /api/v1")
        if sum(len(message.text) for message in self.messages) > _MOST_CHARACTERS:
            raise UsageError("对话过长", where="messages", fix=f"总共不超过 {_MOST_CHARACTERS} 字，或另起对话")
        if self.messages[-1].role != "user" or not self.messages[-1].text:
            raise UsageError("最后一条消息应是使用者说的话", where="messages", fix="把要说的放在最后一条 user 消息里")


class Conversation:
    """The messages that count: what people said, and what was answered."""

    def __init__(self, request: ChatRequest) -> None:
        self._turns = [(one.role, one.text) for one in request.messages if one.role in ("user", "assistant")]

    @property
    def said(self) -> str:
        """The last thing said."""
        return self._turns[-1][1]

    @property
    def all_said(self) -> list[str]:
        """All that the person said, first to last."""
        return [text for role, text in self._turns if role == "user"]

    @property
    def texts(self) -> list[str]:
        """All that was said and answered, first to last."""
        return [text for _, text in self._turns]

    @property
    def answered(self) -> bool:
        """Whether anything was answered before."""
        return any(role == "assistant" for role, _ in self._turns)

    def before(self, person: str) -> str:
        """What the conversation up to its last answer is known by, for this person."""
        last = max((at for at, (role, _) in enumerate(self._turns) if role == "assistant"), default=-1)
        return _digest(person, self._turns[: last + 1])

    def after(self, person: str, answer: str) -> str:
        """What it will be known by when it comes back with this answer."""
        return _digest(person, [*self._turns, ("assistant", answer.strip())])


def _digest(person: str, turns: Sequence[tuple[str, str]]) -> str:
    return hashlib.sha256(json.dumps([person, turns], ensure_ascii=False).encode()).hexdigest()
