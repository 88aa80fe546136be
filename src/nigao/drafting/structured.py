"""Asking a model for data instead of prose: four ways of asking, from the strictest down, and one way of reading.

Endpoints differ in what they understand (DESIGN §5), and what comes back is validated whichever way it was asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
# How many opening braces are looked at: nonsense made of braces must not take forever.
_TRIES = 50
_FILTERED = {"content_filter", "SAFETY", "refusal"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The answer wanted: its schema, and for list fields of some name the only values that make sense there.

    An endpoint that enforces schemas can then not even write a key that was not offered.
    """

    schema: type[BaseModel]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The schema's name, which is also that of the tool to call."""
        return self.schema.__name__

    def shape(self) -> dict[str, Any]:
        """The JSON Schema."""
        shape = self.schema.model_json_schema()
        for part in (shape, *shape.get("$defs", {}).values()):
            for name, values in self.choices.items():
                if values and name in part.get("properties", {}):
                    part["properties"][name]["items"] = {"type": "string", "enum": list(values)}
        return shape


def bound(model: BaseChatModel, method: Method, wanted: Wanted) -> Runnable[LanguageModelInput, AIMessage]:
    """The model, told to answer as wanted by this method. Raises NotImplementedError where it has no tools."""
    name, shape = wanted.name, wanted.shape()
    if method == "json_schema":
        return _with_format(
            model, {"type": "json_schema", "json_schema": {"name": name, "schema": shape, "strict": True}}
        )
    if method == "tools":
        function = {"name": name, "description": "交回写好的内容", "parameters": shape}
        return model.bind_tools([{"type": "function", "function": function}], tool_choice="any")
    if method == "json_object":
        return _with_format(model, {"type": "json_object"})
    return model


def _with_format(model: BaseChatModel, form: dict[str, Any]) -> Runnable[LanguageModelInput, AIMessage]:
    body = getattr(model, "extra_body", None)
    if hasattr(model, "extra_body"):
        # Given as an argument, langchain-openai hands the stream to a parser that looser endpoints do not satisfy.
        return model.bind(extra_body={**(body or {}), "response_format": form})
    return model.bind(response_format=form)


def told_shape(messages: Sequence[BaseMessage], method: Method, wanted: Wanted) -> list[BaseMessage]:
    """The messages; where the request itself does not carry the schema, with the schema in words at the end."""
    from langchain_core.messages import HumanMessage

    if method in ("json_schema", "tools"):
        return list(messages)
    shape = json.dumps(wanted.shape(), ensure_ascii=False)
    words = f"只输出一个 JSON 对象，前后不加任何说明，不用代码块。它须符合这个 JSON Schema：\n{shape}"
    return [*messages, HumanMessage(words)]


def read_answer(message: AIMessage, schema: type[AnswerT]) -> AnswerT:
    """What the model answered. Raises ModelAnswerError saying in Chinese what is wrong, so that it can be told so."""
    reason = str(message.response_metadata.get("finish_reason") or message.response_metadata.get("stop_reason") or "")
    if message.additional_kwargs.get("refusal") or reason in _FILTERED:
        raise ModelAnswerError("模型拒绝回答")
    calls = [call["args"] for call in message.tool_calls if call["name"] == schema.__name__]
    text = _THOUGHT.sub("", message.text)
    data = calls[0] if calls else _object_in(text, set(schema.model_fields))
    if data is None:
        if reason in _TRUNCATED:
            raise ModelAnswerError("回答超过长度上限，被截断")
        raise ModelAnswerError("回答是空的" if not text.strip() else "回答里没有完整的 JSON 对象")
    try:
        return schema.model_validate(data)
    except ValidationError as error:
        raise ModelAnswerError(f"JSON 的结构不对：{'；'.join(explain(error)[:5])}") from None


def _object_in(text: str, fields: set[str]) -> Any:
    """The first whole JSON object in the text that has one of the fields, or None; prose, code fences and the pieces of
    an object that was cut off do not matter.
    """
    decoder = json.JSONDecoder()
    place = text.find("{")
    tries = 0
    while place >= 0 and tries < _TRIES:
        tries += 1
        try:
            value, end = decoder.raw_decode(text, place)
        except (json.JSONDecodeError, RecursionError):
            end = place + 1
        else:
            if isinstance(value, dict) and fields & value.keys():
                return value
        place = text.find("{", end)
    return None
