"""Asking a model for data instead of prose: four ways of asking, from the strictest down, and one way of reading.

Endpoints differ in what they understand (DESIGN §5), and what comes back is validated whichever way it was asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from nigao.errors import ModelAnswerError
from nigao.modelsettings import Method
from nigao.yamlfile import explain

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel, LanguageModelInput
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_core.runnables import Runnable

AnswerT = TypeVar("AnswerT", bound=BaseModel)

LADDER: tuple[Method, ...] = ("json_schema", "tools", "json_object", "prompt")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_TRUNCATED = {"length", "max_tokens", "MAX_TOKENS"}
_FILTERED = {"content_filter", "SAFETY", "refusal"}


def bound(model: BaseChatModel, method: Method, schema: type[BaseModel]) -> Runnable[LanguageModelInput, AIMessage]:
    """The model, told to answer in the schema by this method. Raises NotImplementedError where it has no tools."""
    shape = schema.model_json_schema()
    name = schema.__name__
    if method == "json_schema":
        wanted = {"type": "json_schema", "json_schema": {"name": name, "schema": shape, "strict": True}}
        return _with_format(model, wanted)
    if method == "tools":
        function = {"name": name, "description": "交回写好的内容", "parameters": shape}
        return model.bind_tools([{"type": "function", "function": function}], tool_choice="any")
    if method == "json_object":
        return _with_format(model, {"type": "json_object"})
    return model


def _with_format(model: BaseChatModel, wanted: dict[str, Any]) -> Runnable[LanguageModelInput, AIMessage]:
    body = getattr(model, "extra_body", None)
    if hasattr(model, "extra_body"):
        # Given as an argument, langchain-openai hands the stream to a parser that looser endpoints do not satisfy.
        return model.bind(extra_body={**(body or {}), "response_format": wanted})
    return model.bind(response_format=wanted)


def told_shape(messages: Sequence[BaseMessage], method: Method, schema: type[BaseModel]) -> list[BaseMessage]:
    """The messages; where the request itself does not carry the schema, with the schema in words at the end."""
    from langchain_core.messages import HumanMessage

    if method in ("json_schema", "tools"):
        return list(messages)
    shape = json.dumps(schema.model_json_schema(), ensure_ascii=False)
    words = f"只输出一个 JSON 对象，前后不加任何说明，不用代码块。它须符合这个 JSON Schema：\n{shape}"
    return [*messages, HumanMessage(words)]


def read_answer(message: AIMessage, schema: type[AnswerT]) -> AnswerT:
    """What the model answered. Raises ModelAnswerError saying in Chinese what is wrong, so that it can be told so."""
    reason = str(message.response_metadata.get("finish_reason") or message.response_metadata.get("stop_reason") or "")
    if message.additional_kwargs.get("refusal") or reason in _FILTERED:
        raise ModelAnswerError("模型拒绝回答")
    calls = [call["args"] for call in message.tool_calls if call["name"] == schema.__name__]
    text = _THOUGHT.sub("", message.text)
    data = calls[0] if calls else _first_object(text)
    if data is None:
        if reason in _TRUNCATED:
            raise ModelAnswerError("回答超过长度上限，被截断")
        raise ModelAnswerError("回答是空的" if not text.strip() else "回答里没有完整的 JSON 对象")
    try:
        return schema.model_validate(data)
    except ValidationError as error:
        raise ModelAnswerError(f"JSON 的结构不对：{'；'.join(explain(error)[:5])}") from None


def _first_object(text: str) -> Any:
    """The first whole JSON object in the text, or None; prose and code fences around it do not matter."""
    decoder = json.JSONDecoder()
    place = text.find("{")
    tries = 0
    while place >= 0 and tries < 20:
        try:
            value, _ = decoder.raw_decode(text, place)
        except (json.JSONDecodeError, RecursionError):
            tries += 1
        else:
            if isinstance(value, dict):
                return value
        place = text.find("{", place + 1)
    return None
