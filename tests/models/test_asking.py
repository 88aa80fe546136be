"""The contract of a chat model behind `Asker`: the same for the fakes that ship and for the real client over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from langchain_core import exceptions as known
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage
from pydantic import BaseModel

from chat_server import ChatServer
from nigao.drafting.asking import Asker, estimate_tokens
from nigao.drafting.models import MethodRefusedError, open_chat_model
from nigao.drafting.rewording.answers import Line, ProseAnswer
from nigao.errors import ModelAnswerError, ModelUnavailableError
from nigao.modelsettings import ModelSettings
from nigao.testing import FunctionModel, ScriptedModel

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

GOOD = {"sentences": [{"text": "全年培训8次。", "keys": ["k3f9"]}]}
READ = ProseAnswer(sentences=[Line(text="全年培训8次。", keys=["k3f9"])])
QUESTION = [HumanMessage("写一句。")]
SETTINGS = ModelSettings(name="m", timeout=20, retries=0)

Made = Callable[..., AbstractAsyncContextManager[BaseChatModel]]


@asynccontextmanager
async def scripted(answers: list[Any], settings: ModelSettings = SETTINGS) -> AsyncIterator[BaseChatModel]:
    yield ScriptedModel(answers=answers)


@asynccontextmanager
async def from_function(answers: list[Any], settings: ModelSettings = SETTINGS) -> AsyncIterator[BaseChatModel]:
    rest = iter(answers)
    yield FunctionModel(function=lambda messages: next(rest))


@asynccontextmanager
async def over_http(answers: list[Any], settings: ModelSettings = SETTINGS) -> AsyncIterator[BaseChatModel]:
    rest = iter(answers)
    with ChatServer(lambda request: next(rest)) as server:
        async with open_chat_model(settings.model_copy(update={"base_url": server.base_url})) as model:
            yield model


@pytest.fixture(params=[scripted, from_function, over_http], ids=["scripted", "function", "http"])
def made(request: pytest.FixtureRequest) -> Made:
    """A way of making a model that gives these answers, in this order."""
    found: Made = request.param
    return found


def ask(made: Made, answers: list[Any], settings: ModelSettings = SETTINGS, **options: Any) -> tuple[Any, Asker]:
    """The answer to one question, or the error; and the asker after it."""

    async def run() -> tuple[Any, Asker]:
        async with made(answers, settings) as model:
            asker = Asker(model, settings, **options)
            try:
                return await asker.ask(QUESTION, ProseAnswer), asker
            except (ModelAnswerError, ModelUnavailableError, MethodRefusedError) as error:
                return error, asker

    return asyncio.run(run())


@pytest.mark.parametrize("method", ["json_schema", "tools", "json_object", "prompt"])
def test_each_way_of_asking_is_answered(made: Made, method: Any) -> None:
    answer, asker = ask(made, [GOOD], SETTINGS.model_copy(update={"structured": method}))
    assert answer == READ
    assert asker.method == method
    assert asker.usage.calls == 1
    assert asker.usage.input_tokens > 0
    assert asker.usage.output_tokens > 0


@pytest.mark.parametrize(
    "wrapped",
    [
        '好的，结果如下：\n```json\n{"sentences": [{"text": "全年培训8次。", "keys": ["k3f9"]}]}\n```\n请查收。',
        '<think>{"sentences": 先想一想}</think>{"sentences": [{"text": "全年培训8次。", "keys": ["k3f9"], "id": 7}]}',
    ],
)
def test_an_answer_is_found_in_what_surrounds_it(made: Made, wrapped: str) -> None:
    assert ask(made, [wrapped])[0] == READ


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"sentences": "全年培训8次。"}, "sentences：应为列表"),
        ({"lines": []}, "没有完整的 JSON 对象"),
        ({"sentences": [{"keys": []}]}, "sentences.1.text：缺少必填项"),
        ("全年培训8次。", "没有完整的 JSON 对象"),
        ('{"sentences": [{"text": "全年', "没有完整的 JSON 对象"),
        ("", "空"),
        (AIMessage('{"sentences": [', response_metadata={"finish_reason": "length"}), "被截断"),
        (AIMessage("", additional_kwargs={"refusal": "I cannot"}), "拒绝"),
        (AIMessage("", response_metadata={"finish_reason": "content_filter"}), "拒绝"),
    ],
)
def test_what_is_wrong_is_told_and_asked_again(made: Made, wrong: Any, complaint: str) -> None:
    seen: list[list[Any]] = []
    answer, asker = ask(made, [wrong, GOOD])
    assert answer == READ
    assert asker.usage.calls == 2
    with_fake = ScriptedModel(answers=[wrong, GOOD], seen=seen)
    asyncio.run(Asker(with_fake, SETTINGS).ask(QUESTION, ProseAnswer))
    assert complaint in str(with_fake.seen[1][-1].text)


def test_three_wrong_answers_are_enough(made: Made) -> None:
    answer, asker = ask(made, ["不会", "不会", "不会", GOOD])
    assert isinstance(answer, ModelAnswerError)
    assert asker.usage.calls == 3


@pytest.mark.parametrize(
    ("error", "lasting", "words"),
    [
        (known.ModelRateLimitError("slow down"), False, "过于频繁"),
        (known.ModelAuthenticationError("who"), True, "NIGAO_API_KEY"),
        (known.ModelNotFoundError("what"), True, "没有这个模型或地址"),
    ],
)
def test_a_failed_call_says_what_to_do(made: Made, error: Exception, lasting: bool, words: str) -> None:
    answer, asker = ask(made, [error])
    assert isinstance(answer, ModelUnavailableError)
    assert answer.lasting is lasting
    assert words in str(answer)
    assert answer.fix
    assert asker.usage.failed_calls == 1


@pytest.mark.parametrize("error", [known.ModelInvalidRequestError("response_format"), known.ModelAPIError("grammar")])
def test_a_way_of_asking_that_is_refused_is_not_used_again(made: Made, error: Exception) -> None:
    learned: list[str] = []
    answer, asker = ask(made, [error, error, GOOD], on_method=learned.append)
    assert answer == READ
    assert asker.method == "json_object"
    assert learned == ["json_object"]


def test_what_is_known_to_work_is_tried_first(made: Made) -> None:
    answer, asker = ask(made, [GOOD], method="tools")
    assert answer == READ
    assert asker.method == "tools"


def test_an_endpoint_that_refuses_everything_is_left_alone(made: Made) -> None:
    refused = known.ModelInvalidRequestError("no")

    async def run() -> tuple[list[type[Exception]], Asker]:
        errors: list[type[Exception]] = []
        async with made([refused] * 4) as model:
            asker = Asker(model, SETTINGS)
            for _ in range(3):
                try:
                    await asker.ask(QUESTION, ProseAnswer)
                except (MethodRefusedError, ModelUnavailableError) as error:
                    errors.append(type(error))
        return errors, asker

    errors, asker = asyncio.run(run())
    assert errors == [MethodRefusedError, ModelUnavailableError, ModelUnavailableError]
    assert asker.usage.failed_calls == 4


def test_after_two_calls_without_answer_the_endpoint_is_taken_to_be_down() -> None:
    model = ScriptedModel(answers=[known.ModelConnectionError("gone")], repeat=True)
    asker = Asker(model, SETTINGS)
    for _ in range(5):
        with pytest.raises(ModelUnavailableError, match="连接不上"):
            asyncio.run(asker.ask(QUESTION, ProseAnswer))
    assert len(model.seen) == 2


def test_the_budget_of_a_report_is_not_passed() -> None:
    settings = SETTINGS.model_copy(update={"tokens_per_report": 2000, "tokens_per_answer": 900})
    model = ScriptedModel(answers=[GOOD], repeat=True)
    asker = Asker(model, settings)

    async def run() -> int:
        outcomes = [
            await asyncio.gather(asker.ask([HumanMessage("字" * 400)], ProseAnswer), return_exceptions=True)
            for _ in range(40)
        ]
        refused = [outcome for [outcome] in outcomes if isinstance(outcome, ModelUnavailableError)]
        assert {error.where for error in refused} == {"tokens_per_report"}
        return len(outcomes) - len(refused)

    answered = asyncio.run(run())
    assert 0 < answered < 40
    assert asker.usage.input_tokens + asker.usage.output_tokens <= 2000


def test_no_more_calls_at_once_than_set() -> None:
    running = most = 0

    class Counting(FunctionModel):
        async def _astream(self, *args: Any, **kwargs: Any) -> Any:
            nonlocal running, most
            running += 1
            most = max(most, running)
            async for chunk in super()._astream(*args, **kwargs):
                yield chunk
            running -= 1

    model = Counting(function=lambda messages: GOOD, latency=0.01)
    asker = Asker(model, SETTINGS.model_copy(update={"concurrency": 3}))

    async def run() -> None:
        await asyncio.gather(*(asker.ask(QUESTION, ProseAnswer) for _ in range(12)))

    asyncio.run(run())
    assert most == 3


def test_cost_is_what_the_prices_say() -> None:
    settings = SETTINGS.model_copy(update={"price_in": 2.0, "price_out": 8.0})
    told: list[Any] = []
    with ChatServer(lambda request: GOOD) as server:

        async def run() -> Asker:
            async with open_chat_model(settings.model_copy(update={"base_url": server.base_url})) as model:
                asker = Asker(model, settings, on_usage=told.append)
                await asker.ask(QUESTION, ProseAnswer)
                return asker

        usage = asyncio.run(run()).usage
    assert (usage.input_tokens, usage.output_tokens, usage.estimated) == (11, 7, False)
    assert usage.cost == pytest.approx((11 * 2 + 7 * 8) / 1e6)
    assert told == [usage]


def test_an_endpoint_that_cannot_count_while_streaming_is_still_used() -> None:
    def answer(request: dict[str, Any]) -> Any:
        from chat_server import Status

        if "stream_options" in request:
            return Status(400, '{"error": {"message": "unknown field stream_options"}}')
        return GOOD

    with ChatServer(answer, counts=False) as server:

        async def run() -> tuple[BaseModel, Asker]:
            async with open_chat_model(SETTINGS.model_copy(update={"base_url": server.base_url})) as model:
                asker = Asker(model, SETTINGS)
                return await asker.ask(QUESTION, ProseAnswer), asker

        got, asker = asyncio.run(run())
    assert got == READ
    assert asker.method == "json_schema"
    assert asker.usage.estimated


def test_tokens_are_never_estimated_low_for_chinese() -> None:
    assert estimate_tokens("全年培训8次。") >= 7
    assert estimate_tokens("") == 0
    assert estimate_tokens("a" * 300) == 100
