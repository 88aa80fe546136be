"""Chat completions as they go over the wire: what is read from messages, how a stream compares with a whole answer,
and what is refused.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from chat_server import ChatServer, Raw
from live_server import serving
from nigao import Assistant
from nigao.errors import BriefError
from nigao.modelsettings import ModelSettings
from nigao.report.brief import Unit
from nigao.report.kinds import Kind
from nigao.service.openai.briefs import spoken_brief, written_brief

UNIT = "青澜市政务服务管理办公室"
PLAIN = f"为{UNIT}起草2025年政治生态分析报告"
Keyed = Callable[..., TestClient]


def ask(client: TestClient, *said: str, model: str = "nigao-draft", **more: Any) -> Response:
    """A completion: what was said and answered in turns, the person first."""
    roles = ("user", "assistant")
    messages = [{"role": roles[at % 2], "content": text} for at, text in enumerate(said)]
    return client.post("/v1/chat/completions", json={"model": model, "messages": messages} | more)


def answered(response: Response) -> tuple[str, dict[str, Any]]:
    """The text of a whole answer, and what nigao tells beside it."""
    assert response.status_code == 200, response.text
    return response.json()["choices"][0]["message"]["content"], response.json()["nigao"]


def chunks(response: Response) -> list[dict[str, Any]]:
    """The chunks of a stream that has come to its end."""
    lines = [line.removeprefix("data: ") for line in response.text.split("\n") if line.startswith("data: ")]
    assert lines.pop() == "[DONE]"
    return [json.loads(line) for line in lines]


def test_a_stream_says_what_the_whole_answer_says(client: TestClient, workspace: Path) -> None:
    brief = (workspace / "brief.yaml").read_text(encoding="utf-8")
    whole, beside = answered(ask(client, brief))
    streamed = chunks(ask(client, f"请起草：\n```yaml\n{brief}\n```\n", stream=True))
    deltas = [chunk["choices"][0]["delta"] for chunk in streamed]
    text = "".join(delta.get("content", "") for delta in deltas)
    assert text.replace("r0002", "r0001") == whole
    assert streamed[-1]["choices"][0]["finish_reason"] == "stop"
    same = {"citations", "findings", "placeholders", "revision"}
    assert {name: streamed[-1]["nigao"][name] for name in same} == {name: beside[name] for name in same}
    # Sentence by sentence, in the order of the report, and what is being done before.
    pieces = [delta["content"] for delta in deltas if delta.get("content")]
    assert len(pieces) > 60
    assert (
        next(delta["reasoning_content"] for delta in deltas if "reasoning_content" in delta) == "正在起草：基本情况\n"
    )


def test_what_is_streamed_is_the_stored_report_with_its_marks(client: TestClient, assistant: Assistant) -> None:
    text, beside = answered(ask(client, PLAIN))
    stored = assistant.stored(beside["report_id"])
    report, _, tail = text.partition("\n——————\n")
    for one in beside["citations"]:
        assert f"[{one['marker']}] 《{one['title']}》{one['locator']}\n" in tail
        report = report.replace(f"[{one['marker']}]", "")
        assert one["quote"]
    assert report == stored.text().rstrip("\n")
    assert "【待补：编制数】" in report
    assert f"待补（{len(stored.placeholders)}处）" in tail
    assert beside["placeholders"] == stored.placeholders
    assert beside["findings"]["error"] == 0
    assert f"报告 {stored.id} 第1稿" in tail


def test_the_report_is_kept_in_the_callers_name(keyed: Keyed, assistant: Assistant) -> None:
    _, beside = answered(ask(keyed("drafter"), PLAIN))
    assert assistant.reports.history(beside["report_id"])[0].author == "李晓明"


def test_the_unit_of_a_key_need_not_be_said(keyed: Keyed, assistant: Assistant) -> None:
    client = keyed("drafter", units=[UNIT, "市政务办"])
    for said in ("起草2025年上半年政治生态分析报告", "为市政务办起草2025年上半年的报告"):
        _, beside = answered(ask(client, said))
        brief = assistant.stored(beside["report_id"]).brief
        assert brief.unit == Unit(full=UNIT, short="市政务办")
        assert brief.period == "2025年上半年"


def test_another_units_report_is_not_drafted(keyed: Keyed, assistant: Assistant) -> None:
    refused = ask(keyed("drafter", units=["清河市水务局"]), PLAIN)
    assert refused.status_code == 403
    assert refused.json()["error"]["type"] == "permission_error"
    assert not assistant.store.reports.list()


def test_without_a_unit_it_is_asked_for_and_the_answer_suffices(client: TestClient, assistant: Assistant) -> None:
    said = "起草2025年政治生态分析报告"
    question, beside = answered(ask(client, said))
    assert "为哪个单位" in question
    assert beside["report_id"] is None
    assert not assistant.store.reports.list()
    _, beside = answered(ask(client, said, question, UNIT))
    brief = assistant.stored(beside["report_id"]).brief
    assert (brief.unit.full, brief.period) == (UNIT, "2025年")


def test_a_greeting_is_no_request_for_a_report(keyed: Keyed, assistant: Assistant) -> None:
    text, _ = answered(ask(keyed("drafter", units=[UNIT]), "你好"))
    assert "为哪个单位" in text
    assert not assistant.store.reports.list()


def test_a_conversation_goes_on_in_its_session(client: TestClient, assistant: Assistant) -> None:
    first, drafted = answered(ask(client, PLAIN))
    second, beside = answered(ask(client, PLAIN, first, "编制数是28名"))
    assert beside["session_id"] == drafted["session_id"]
    assert beside["waits_for"] == "confirm"
    third, beside = answered(ask(client, PLAIN, first, "编制数是28名", second, "确认", model="nigao-chat"))
    assert (beside["session_id"], beside["revision"]) == (drafted["session_id"], 2)
    assert "编制数" not in beside["placeholders"]
    assert f"报告 {drafted['report_id']} 第2稿" in third
    assert "核定编制28名" in assistant.stored(drafted["report_id"]).text()


def test_who_changes_what_they_said_gets_a_session_of_their_own(client: TestClient) -> None:
    first, drafted = answered(ask(client, PLAIN))
    _, went_on = answered(ask(client, PLAIN, first, "编制数是28名"))
    _, forked = answered(ask(client, PLAIN, first, "删除四、五是"))
    assert went_on["session_id"] == drafted["session_id"] != forked["session_id"]
    assert forked["report_id"] == drafted["report_id"]
    # What the other conversation waits for is not this one's to agree to.
    text, _ = answered(ask(client, PLAIN, first, "编制数是28个", "好的", "确认"))
    assert "没有等您确认的事" in text


def test_a_conversation_is_its_persons_alone(client: TestClient, keyed: Keyed) -> None:
    first, drafted = answered(ask(client, PLAIN))
    _, beside = answered(ask(keyed("drafter", person="王水"), PLAIN, first, "编制数是28名"))
    assert beside["report_id"] == drafted["report_id"]
    assert beside["session_id"] != drafted["session_id"]
    stranger = keyed("drafter", units=["清河市水务局"], person="赵河")
    text, beside = answered(ask(stranger, "看看", first, "三、一是说了什么", model="nigao-chat"))
    assert "还没有报告" in text
    assert beside["report_id"] is None


def test_a_report_is_named_to_chat_about_it(client: TestClient) -> None:
    _, drafted = answered(ask(client, PLAIN))
    asked, _ = answered(ask(client, "第三部分说了什么", model="nigao-chat"))
    assert f"报告 {drafted['report_id']}" in asked
    text, beside = answered(ask(client, f"报告 {drafted['report_id']}：三、一是说了什么", model="nigao-chat"))
    assert beside["report_id"] == drafted["report_id"]
    assert text.startswith("一是")
    why, beside = answered(ask(client, f"{drafted['report_id']} 三、一是依据什么", model="nigao-chat"))
    assert beside["citations"]
    assert beside["citations"][0]["title"] in why


def test_nothing_is_signed_off(keyed: Keyed, assistant: Assistant) -> None:
    client = keyed(["approver", "drafter"], person="周文清")
    first, drafted = answered(ask(client, PLAIN))
    text, _ = answered(ask(client, PLAIN, first, "签发"))
    assert "签发不能由程序代办" in text
    assert assistant.reports.status(drafted["report_id"]).stage == "draft"


def test_a_text_is_checked(client: TestClient) -> None:
    text, beside = answered(ask(client, "关于工作情况的报告\n\n一、基本情况\n我局有28人。\n", model="nigao-check"))
    assert "S101 错误 第4行：缺少“存在的问题”部分" in text
    assert beside["findings"]["error"] == 3
    assert len(beside["findings_listed"]) == sum(beside["findings"].values())
    assert beside["report_id"] is None


def test_usage_is_told_as_an_estimate(client: TestClient) -> None:
    whole = ask(client, "一、基本情况\n我局有28人。", model="nigao-check").json()
    assert whole["usage"]["total_tokens"] == whole["usage"]["prompt_tokens"] + whole["usage"]["completion_tokens"]
    assert whole["nigao"]["usage_estimated"] is True
    options = {"stream": True, "stream_options": {"include_usage": True}}
    streamed = chunks(ask(client, "一、基本情况\n我局有28人。", model="nigao-check", **options))
    assert streamed[-1]["choices"] == []
    assert streamed[-1]["usage"] == whole["usage"]


@pytest.mark.parametrize(
    ("body", "status", "param"),
    [
        ({"model": "gpt-4"}, 404, "model"),
        ({"n": 2}, 400, "n"),
        ({"tools": [{"type": "function", "function": {"name": "f"}}]}, 400, "tools"),
        ({"logprobs": True}, 400, "logprobs"),
        ({"response_format": {"type": "json_object"}}, 400, "response_format"),
        ({"messages": []}, 400, "messages"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, 400, "messages"),
        ({"messages": [{"role": "assistant", "content": "好"}]}, 400, "messages"),
        ({"messages": [{"role": "user", "content": "长" * 400_001}]}, 400, "messages"),
        ({"messages": [{"role": "user", "content": "unit: 甲\nunits: 乙"}]}, 400, "拟稿要求"),
        ({"messages": [{"role": "user", "content": "为\0起草"}]}, 400, "body"),
    ],
)
def test_what_cannot_be_done_is_said_as_openai_says_it(
    client: TestClient, body: dict[str, Any], status: int, param: str
) -> None:
    asked = {"model": "nigao-draft", "messages": [{"role": "user", "content": "起草"}]} | body
    response = client.post("/v1/chat/completions", json=asked)
    error = response.json()["error"]
    assert (response.status_code, error["param"]) == (status, param)
    assert set(error) == {"message", "type", "param", "code"}
    assert not error["message"].isascii()


def test_what_means_nothing_here_is_left_aside(client: TestClient) -> None:
    asked = {
        "temperature": 0.2,
        "top_p": 1,
        "max_tokens": 5,
        "seed": 1,
        "user": "u",
        "stop": ["。"],
        "n": 1,
        "tools": [],
    }
    messages = [
        {"role": "system", "content": "You are helpful."},
        {
            "role": "user",
            "name": "li",
            "content": [{"type": "text", "text": "一、基本"}, {"type": "text", "text": "情况"}],
        },
    ]
    response = client.post("/v1/chat/completions", json=asked | {"model": "nigao-check", "messages": messages})
    assert response.status_code == 200


def test_keys_and_rights_are_asked_for(client: TestClient, keyed: Keyed) -> None:
    auditor = keyed("auditor")
    unknown = ask(client, PLAIN)
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (401, "invalid_api_key")
    assert unknown.headers["WWW-Authenticate"] == "Bearer"
    assert auditor.get("/v1/models").status_code == 200
    assert ask(auditor, PLAIN).status_code == 403
    assert ask(auditor, "一、基本情况", model="nigao-check").status_code == 403
    assert auditor.get("/v1/nothing").json()["error"]["type"] == "not_found_error"


def test_an_error_in_the_middle_is_told_in_the_stream(
    client: TestClient, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant.store.reports, "add", _broken)
    response = ask(client, PLAIN, stream=True)
    *_, last = [line for line in response.text.split("\n") if line]
    assert response.status_code == 200
    assert json.loads(last.removeprefix("data: "))["error"]["type"] == "server_error"


def _broken(*_: object, **__: object) -> None:
    raise RuntimeError("the disk is full")


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("stream", [True, False])
def test_when_the_client_goes_away_the_model_is_no_longer_asked(
    app: FastAPI, assistant: Assistant, stream: bool
) -> None:
    asked = threading.Event()

    def endless() -> Iterator[bytes]:
        asked.set()
        while True:
            yield b": still thinking\n\n"
            threading.Event().wait(0.02)

    assert assistant.settings is not None
    with ChatServer(lambda request: Raw(endless)) as model:
        settings = ModelSettings(name="m", base_url=model.base_url, timeout=600)
        assistant.settings = assistant.settings.model_copy(update={"model": settings})
        body = {"model": "nigao-draft", "messages": [{"role": "user", "content": PLAIN}], "stream": stream}
        with serving(app) as url:
            with _sent(url, body):
                assert asked.wait(30)
            assert model.gone.wait(20)
    drafted = assistant.store.reports.list()
    record = assistant.stored(drafted[0].id).record
    assert record is not None
    assert record.cancelled


def _sent(url: str, body: dict[str, Any]) -> socket.socket:
    """A connection over which a completion is asked for; nobody reads the answer."""
    host, _, port = url.removeprefix("http://").partition(":")
    connection = socket.create_connection((host, int(port)), timeout=30)
    content = json.dumps(body).encode()
    head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(content)}\r\n"
    connection.sendall(f"{head}Content-Type: application/json\r\n\r\n".encode() + content)
    return connection


@pytest.mark.parametrize(
    ("said", "unit", "period"),
    [
        ("为清河市水务局起草2025年政治生态自查报告", "清河市水务局", "2025年"),
        ("请帮我起草清河市水务局2025年上半年政治生态报告", "清河市水务局", "2025年上半年"),
        ("以临江县第一中学的名义写一份2024—2025学年的报告", "临江县第一中学", "2024—2025学年"),
        ("青澜市政务服务管理办公室2025年1月至6月政治生态报告，请拟写", "青澜市政务服务管理办公室", "2025年1月至6月"),
        ("写青澜市政务服务管理办公室的政治生态报告", "青澜市政务服务管理办公室", ""),
        ("替中共清河市委员会起草报告", "中共清河市委员会", ""),
        ("为配合市委第三巡察组工作，起草清河市水务局2025年报告", "清河市水务局", "2025年"),
        ("根据市委第三巡察组要求，为清河市水务局写一份报告，主送市委第三巡察组", "清河市水务局", ""),
    ],
)
def test_a_sentence_is_read_for_what_it_says_and_no_more(kind: Kind, said: str, unit: str, period: str) -> None:
    brief = spoken_brief([said], [kind], None, kind.key)
    assert brief is not None
    assert (brief.unit.full, brief.period, brief.kind) == (unit, period, kind.key)
    assert not brief.facts
    assert not brief.recipient


@pytest.mark.parametrize("said", ["为我们单位起草2025年报告", "起草一份报告", "清河市水务局", "按市委要求写2025年报告"])
def test_what_names_no_unit_or_asks_for_nothing_is_no_brief(kind: Kind, said: str) -> None:
    assert spoken_brief([said], [kind], None, kind.key) is None


def test_a_whole_conversation_sent_back_is_no_request(kind: Kind) -> None:
    """Chat pages have the model name a conversation: that must not draft another report."""
    history = "### Task: Generate a title\n" + PLAIN + "\n" + "全年开展理论学习中心组集体学习10次。" * 100
    assert spoken_brief([history], [kind], None, kind.key) is None


@pytest.mark.parametrize(
    "body",
    [
        "unit: 清河市水务局\nattachments:\n- title: 台账\n  rows: [&r ["
        + "甲," * 20_000
        + "], "
        + "*r, " * 9_000
        + "]",
        "unit: 清河市水务局\nfacts: [" + "甲" * 200_000 + "]",
    ],
)
def test_a_brief_that_is_made_to_be_endless_is_refused(body: str) -> None:
    with pytest.raises(BriefError):
        written_brief(body)


def test_a_text_of_blank_lines_is_soon_read() -> None:
    """Rules that look for something after white space, at every line of it, would take hours."""
    assert written_brief("起草\n" + "\n" * 390_000 + "报告") is None


def test_a_brief_is_read_as_json_too() -> None:
    brief = written_brief('```json\n{"unit": "清河市水务局", "facts": [{"name": "编制数", "value": 28}]}\n```')
    assert brief is not None
    assert brief.facts[0].value == "28"
    assert written_brief("为清河市水务局起草报告：重点写作风") is None
