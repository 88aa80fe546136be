"""The answers as OpenAI's clients read them, and what nigao adds: where the report is and what its marks stand for."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import Field

from nigao.checks.finding import Finding, Summary
from nigao.drafting.asking import estimate_tokens
from nigao.service.citedtext import CitationView
from nigao.views.view import View


class Extension(View):
    """`nigao` beside an answer: the report and session that it is about (null where there is none), what its marks
    stand for, how many findings the checks have left, and what is still to be supplied. `findings_listed` is for
    checks; `waits_for` is what the next turn of a conversation answers.
    """

    report_id: str | None = None
    revision: int | None = None
    session_id: str | None = None
    citations: list[CitationView] = Field(default_factory=list)
    findings: Summary | None = None
    placeholders: list[str] = Field(default_factory=list)
    findings_listed: list[Finding] = Field(default_factory=list)
    waits_for: str = ""
    # No tokenizer is known for whoever counts: estimated from the characters.
    usage_estimated: bool = True


class ModelView(View):
    """A model; `description` says what it is for."""

    id: str = Field(examples=["nigao-draft"])
    object: Literal["model"] = "model"
    created: int = Field(examples=[1767225600])
    owned_by: Literal["nigao"] = "nigao"
    description: str


class ModelsView(View):
    """All models."""

    object: Literal["list"] = "list"
    data: list[ModelView]


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Thought:
    """What is being done meanwhile: no part of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of the answer."""

    extension: Extension


Piece = Said | Thought | Ended


def usage(asked: list[str], answer: str) -> dict[str, int]:
    """Estimated tokens of what was asked and answered."""
    prompt, completion = sum(map(estimate_tokens, asked)), estimate_tokens(answer)
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


@dataclass(slots=True)
class Completion:
    """One answer in the making, whole or in chunks; both say the same."""

    model: str
    asked: list[str]
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))
    text: str = ""
    extension: Extension = field(default_factory=Extension)

    def add(self, piece: Piece) -> None:
        """Take a piece in."""
        match piece:
            case Said():
                self.text += piece.text
            case Ended():
                self.extension = piece.extension
            case Thought():
                pass

    def whole(self) -> dict[str, Any]:
        """The answer in one."""
        message = {"role": "assistant", "content": self.text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        told = {"usage": usage(self.asked, self.text), "nigao": self._extension()}
        return self._head("chat.completion") | {"choices": [choice]} | told

    def first(self) -> str:
        """The chunk that opens a stream."""
        return self._chunk({"role": "assistant", "content": ""})

    def chunk(self, piece: Piece) -> str:
        """A piece as a chunk; the end as the last but the usage."""
        match piece:
            case Said():
                return self._chunk({"content": piece.text})
            case Thought():
                return self._chunk({"reasoning_content": piece.text})
            case Ended():
                return self._chunk({}, "stop", {"nigao": self._extension()})

    def closing(self, *, with_usage: bool) -> Iterator[str]:
        """What ends a stream."""
        if with_usage:
            counted = {"choices": [], "usage": usage(self.asked, self.text)}
            yield _event(self._head("chat.completion.chunk") | counted)
        yield "data: [DONE]\n\n"

    def _chunk(self, delta: dict[str, str], finish: str | None = None, more: dict[str, Any] | None = None) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _event(self._head("chat.completion.chunk") | {"choices": [choice]} | (more or {}))

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": self.model}

    def _extension(self) -> dict[str, Any]:
        return self.extension.model_dump(mode="json")


def broken_off(body: dict[str, Any]) -> str:
    """An error that comes when the stream has begun."""
    return _event(body)


def _event(body: dict[str, Any]) -> str:
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"
