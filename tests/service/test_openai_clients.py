"""The clients that offices have already: OpenAI's own package, and LangChain."""

from __future__ import annotations

from collections.abc import Iterator

import openai
import pytest
from fastapi import FastAPI
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from live_server import serving
from nigao import Assistant

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
PLAIN = "为青澜市政务服务管理办公室起草2025年政治生态分析报告"


@pytest.fixture(params=["open", "keyed"])
def key(request: pytest.FixtureRequest, assistant: Assistant) -> str:
    """A key, as far as one is needed: without any ever made, whatever the client sends will do."""
    if request.param == "open":
        return "none"
    return assistant.store.keys.create(person="李晓明", roles=["drafter"], by="管理员")[1]


@pytest.fixture
def url(app: FastAPI) -> Iterator[str]:
    with serving(app) as address:
        yield address + "/v1"


def test_openais_package_drafts_whole_and_in_a_stream(url: str, key: str) -> None:
    with openai.OpenAI(base_url=url, api_key=key, max_retries=0) as client:
        assert [model.id for model in client.models.list()] == ["nigao-draft", "nigao-chat", "nigao-check"]
        assert client.models.retrieve("nigao-chat").owned_by == "nigao"
        whole = client.chat.completions.create(
            model="nigao-draft", messages=[{"role": "user", "content": PLAIN}], temperature=0.1
        )
        text = whole.choices[0].message.content
        assert text is not None
        assert whole.choices[0].finish_reason == "stop"
        assert whole.model_extra is not None
        beside = whole.model_extra["nigao"]
        assert beside["citations"][0]["marker"] == 1
        assert whole.usage is not None
        assert whole.usage.completion_tokens > 1000

        streamed, last = "", None
        for chunk in client.chat.completions.create(
            model="nigao-draft", messages=[{"role": "user", "content": PLAIN}], stream=True
        ):
            streamed += chunk.choices[0].delta.content or ""
            last = chunk
        assert streamed.replace("r0002", "r0001") == text
        assert last is not None
        assert last.model_extra is not None
        assert last.model_extra["nigao"]["citations"] == beside["citations"]

        changed = client.chat.completions.create(
            model="nigao-draft",
            messages=[
                {"role": "user", "content": PLAIN},
                {"role": "assistant", "content": text},
                {"role": "user", "content": "删除四、五是"},
            ],
        )
        assert changed.model_extra is not None
        assert changed.model_extra["nigao"]["session_id"] == beside["session_id"]
        assert changed.model_extra["nigao"]["report_id"] == beside["report_id"]


def test_openais_package_tells_errors_by_their_kind(url: str, assistant: Assistant) -> None:
    _, secret = assistant.store.keys.create(person="李晓明", roles=["auditor"], by="管理员")
    said: list[openai.types.chat.ChatCompletionMessageParam] = [{"role": "user", "content": "起草"}]
    with openai.OpenAI(base_url=url, api_key="wrong", max_retries=0) as stranger:
        with pytest.raises(openai.AuthenticationError) as unknown:
            stranger.chat.completions.create(model="nigao-draft", messages=said)
        assert unknown.value.code == "invalid_api_key"
    with openai.OpenAI(base_url=url, api_key=secret, max_retries=0) as auditor:
        with pytest.raises(openai.PermissionDeniedError, match="起草报告"):
            auditor.chat.completions.create(model="nigao-draft", messages=said)
        with pytest.raises(openai.NotFoundError, match="nigao-draft、nigao-chat"):
            auditor.chat.completions.create(model="gpt-4", messages=said)
        with pytest.raises(openai.BadRequestError) as refused:
            auditor.chat.completions.create(model="nigao-chat", messages=said, n=3)
        assert refused.value.param == "n"


def test_langchain_invokes_and_streams(url: str, key: str) -> None:
    chat = ChatOpenAI(model="nigao-draft", base_url=url, api_key=SecretStr(key), max_retries=0)
    conversation: list[BaseMessage] = [HumanMessage(PLAIN)]
    drafted = chat.invoke(conversation)
    assert isinstance(drafted, AIMessage)
    assert "【待补：编制数】" in drafted.text
    assert "\n出处\n[1] 《" in drafted.text
    assert drafted.usage_metadata is not None
    streamed = "".join(chunk.text for chunk in chat.stream(conversation))
    assert streamed.replace("r0002", "r0001") == drafted.text
    asked = chat.invoke([*conversation, drafted, HumanMessage("编制数是28名")])
    assert "确认" in asked.text
    agreed = chat.invoke([*conversation, drafted, HumanMessage("编制数是28名"), asked, HumanMessage("确认")])
    assert "报告 r0001 第2稿" in agreed.text
