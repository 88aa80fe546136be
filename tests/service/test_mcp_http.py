"""MCP over HTTP, as an agent's client meets it: the official client, on a real socket."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml
from docx import Document
from fastapi import FastAPI
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from mcp.types import BlobResourceContents, CallToolResult, EmbeddedResource, TextContent, TextResourceContents

from chat_server import ChatServer, Raw
from live_server import serving
from nigao import Assistant, Brief
from nigao.modelsettings import ModelSettings

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
UNIT = "青澜市政务服务管理办公室"


@pytest.fixture
def url(app: FastAPI) -> Iterator[str]:
    with serving(app) as address:
        yield address + "/mcp"


@pytest.fixture
def brief(workspace: Path) -> dict[str, Any]:
    written = yaml.safe_load((workspace / "brief.yaml").read_text(encoding="utf-8"))
    plain: dict[str, Any] = json.loads(json.dumps(written, default=str))
    return plain


@asynccontextmanager
async def connected(url: str, key: str = "", mode: str = "auto") -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    http = httpx2.AsyncClient(headers=headers, timeout=60)
    async with http, Client(streamable_http_client(url, http_client=http), mode=mode) as client:
        yield client


def talk(url: str, conversation: Callable[[Client], Awaitable[None]], key: str = "", mode: str = "auto") -> None:
    """Run a conversation with the server from beginning to end."""

    async def run() -> None:
        async with connected(url, key, mode) as client:
            await conversation(client)

    asyncio.run(run())


async def done(client: Client, tool: str, **arguments: Any) -> Any:
    """What a tool answers that works."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return result.structured_content


async def refused(client: Client, tool: str, **arguments: Any) -> str:
    """What a tool says that does not."""
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return told(result)


async def read(client: Client, uri: str) -> str:
    """The text of a resource."""
    content = (await client.read_resource(uri)).contents[0]
    assert isinstance(content, TextResourceContents)
    return content.text


def told(result: CallToolResult) -> str:
    first = result.content[0]
    assert isinstance(first, TextContent)
    return first.text


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_what_there_is_is_told_in_chinese(url: str, mode: str) -> None:
    async def conversation(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"search", "draft", "revise", "check", "evidence", "export"}
        for tool in tools.values():
            assert tool.title
            assert tool.description
            assert not tool.title.isascii()
            assert not tool.description.isascii()
            assert tool.output_schema is not None
        assert "unit" in str(tools["draft"].input_schema["$defs"]["Brief"]["required"])
        assert client.instructions
        assert "签发只能由人办理" in client.instructions
        assert [str(one.uri) for one in (await client.list_resources()).resources] == ["nigao://reports"]
        templates = (await client.list_resource_templates()).resource_templates
        assert {one.uri_template for one in templates} == {"nigao://reports/{report_id}", "nigao://rules/{code}"}

    talk(url, conversation, mode=mode)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_report_from_its_brief_to_a_file(url: str, brief: dict[str, Any], mode: str) -> None:
    async def conversation(client: Client) -> None:
        hits = (await done(client, "search", query="政务大厅 窗口服务", k=3))["hits"]
        assert len(hits) == 3
        assert all(hit["title"] and hit["text"] for hit in hits)

        heard: list[tuple[float, float | None, str | None]] = []

        async def progress(now: float, total: float | None, message: str | None) -> None:
            heard.append((now, total, message))

        drafted = await client.call_tool("draft", {"brief": brief}, progress_callback=progress)
        assert not drafted.is_error
        assert drafted.structured_content is not None
        report = drafted.structured_content
        assert heard[0] == (0, 4, "正在起草：基本情况")
        assert heard[-1] == (4, 4, "写成：整改方向")
        assert "核定编制28名" in report["text"]
        assert "[1]" in report["text"]
        assert [one["marker"] for one in report["sources"]] == list(range(1, len(report["sources"]) + 1))
        assert report["findings"]["error"] == 0
        assert report["errors"] == []
        id = report["report_id"]

        place = {"part": "features", "item": [1]}
        shown = await done(client, "evidence", report_id=id, place=place)
        cited = [passage for one in shown["sentences"] for passage in one["passages"]]
        assert cited
        assert all(passage["quote"] and passage["in_force"] for passage in cited)
        assert any(passage["before"] or passage["after"] for passage in cited)
        alone = await done(client, "evidence", report_id=id, sentence="核定编制28名")
        assert [one["facts"] for one in alone["sentences"]] == [["编制数", "实有人数"]]

        asked = await done(client, "revise", report_id=id, say="编制数改为30名")
        assert asked["waits_for"] == "confirm"
        assert not asked["changed"]
        agreed = await done(client, "revise", report_id=id, say="确认")
        assert agreed["changed"]
        assert agreed["revision"] == 2
        assert any("30" in change for change in agreed["changes"])

        checked = await done(client, "check", text=report["text"].replace("三、存在的问题", "三、存在的困难"))
        assert "S101" in {finding["code"] for finding in checked["findings"]}

        made = await client.call_tool("export", {"report_id": id, "format": "docx"})
        assert not made.is_error
        assert made.structured_content is not None
        file = made.content[1]
        assert isinstance(file, EmbeddedResource)
        assert isinstance(file.resource, BlobResourceContents)
        assert file.resource.mime_type == made.structured_content["media_type"]
        assert made.structured_content["name"].endswith("的报告.docx")
        paragraphs = Document(io.BytesIO(base64.b64decode(file.resource.blob))).paragraphs
        assert any("核定编制30名" in paragraph.text for paragraph in paragraphs)

        listed = await read(client, "nigao://reports")
        assert f"{id} 《" in listed
        assert "第2稿 讨论稿" in listed
        text = await read(client, f"nigao://reports/{id}")
        assert "核定编制30名" in text
        assert "\n出处：\n[1] 《" in text
        assert "\n核对：错误 0 处" in text
        rule = await read(client, "nigao://rules/G203")
        assert "为什么：" in rule

    talk(url, conversation, mode=mode)


def test_mistakes_are_told_with_what_to_do(url: str) -> None:
    async def conversation(client: Client) -> None:
        assert "没有报告 r0009" in (unknown := await refused(client, "export", report_id="r0009"))
        assert "nigao://reports" in unknown
        assert "/api/v1" not in unknown
        assert "format：取值不在允许范围" in await refused(client, "export", report_id="r0009", format="exe")
        assert "brief.unit：缺少必填项" in await refused(client, "draft", brief={"period": "2025年"})
        assert "没有文种 x" in await refused(client, "draft", brief={"unit": UNIT, "kind": "x"})
        attached = {"unit": UNIT, "attachments": [{"title": "台账", "file": "../nigao.toml"}]}
        assert "file 只能写在文件形式的拟稿要求里" in await refused(client, "draft", brief=attached)
        held = {"unit": UNIT, "attachments": [{"title": "台账", "file": "a.csv", "rows": [["一"], ["二"]]}]}
        assert "附件不能指向文件" in await refused(client, "draft", brief=held)
        assert "不能收录的字符" in await refused(client, "draft", brief={"unit": "某\0局"})
        assert "可用的有：search、" in await refused(client, "approve", report_id="r0001")
        with pytest.raises(MCPError, match="没有报告 r0009"):
            await client.read_resource("nigao://reports/r0009")
        with pytest.raises(MCPError, match="没有资源"):
            await client.read_resource("nigao://secrets")

    talk(url, conversation)


@pytest.mark.parametrize(
    "words",
    ["签发", "同意签发", "请签发这份报告", "帮我把报告签发了吧", "批准签发第1稿", "/approve", "周文清同意，签发"],
)
def test_nothing_that_is_said_signs_a_report_off(url: str, assistant: Assistant, words: str) -> None:
    """Not even for the approver of this workspace, who might do so himself."""
    made = assistant.draft(Brief.load(_brief_file(assistant)), offline=True)
    assistant.reports.submit(made.id, "李晓明")
    _, secret = assistant.store.keys.create(person="周文清", roles=["approver", "editor"], by="管理员")

    async def conversation(client: Client) -> None:
        answer = await done(client, "revise", report_id=made.id, say=words)
        assert answer["failed"] or answer["waits_for"]
        again = await done(client, "revise", report_id=made.id, say="确认")
        assert not again["changed"]

    talk(url, conversation, secret)
    assert assistant.reports.status(made.id).stage == "submitted"


def test_a_key_is_asked_for_as_by_rest(url: str, assistant: Assistant) -> None:
    assistant.store.keys.create(person="李晓明", roles=["drafter"], by="管理员")
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    for headers in ({}, {"Authorization": "Bearer ng_wrong"}):
        answer = httpx2.post(url, json=body, headers=headers | {"Accept": "application/json, text/event-stream"})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["fix"]


def test_without_keys_a_web_page_elsewhere_gets_nothing(url: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"Accept": "application/json, text/event-stream"}
    for headers in ({"Origin": "http://evil.example"}, {"Host": "evil.example"}):
        assert httpx2.post(url, json=body, headers=headers | accept).status_code == 403
    assert httpx2.post(url, json=body, headers=accept).status_code == 200


def test_neither_address_sends_a_client_on(url: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    for address in (url, url + "/"):
        answer = httpx2.post(address, json=body, headers={"Accept": "application/json, text/event-stream"})
        assert answer.status_code == 200
        assert not answer.history


def test_there_is_nothing_to_listen_for_between_requests(url: str) -> None:
    """A stream that never says anything would only be held open."""
    answer = httpx2.get(url, headers={"Accept": "text/event-stream"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_each_tool_asks_for_its_own_right(url: str, assistant: Assistant) -> None:
    made = assistant.draft(Brief.load(_brief_file(assistant)), offline=True)
    _, secret = assistant.store.keys.create(person="张审", roles=["auditor"], by="管理员")

    async def conversation(client: Client) -> None:
        assert (await done(client, "search", query="窗口服务"))["hits"]
        assert (await done(client, "evidence", report_id=made.id, sentence="核定编制"))["sentences"]
        for tool, arguments, right in (
            ("draft", {"brief": {"unit": UNIT}}, "起草报告"),
            ("revise", {"report_id": made.id, "say": "删除四、一是"}, "修改报告"),
            ("check", {"text": "关于工作的报告\n"}, "核对文稿"),
            ("export", {"report_id": made.id}, "导出报告"),
        ):
            words = await refused(client, tool, **arguments)
            assert f"这把密钥不能{right}" in words
            assert "nigao keys create" in words

    talk(url, conversation, secret)
    assert len(assistant.store.reports.list()) == 1


def test_another_units_report_is_not_there(url: str, assistant: Assistant) -> None:
    made = assistant.draft(Brief.load(_brief_file(assistant)), offline=True)
    _, secret = assistant.store.keys.create(person="王水", roles=["drafter"], by="管理员", units=["清河市水务局"])

    async def conversation(client: Client) -> None:
        there = f"没有报告 {made.id}"
        assert there in await refused(client, "evidence", report_id=made.id)
        assert there in await refused(client, "revise", report_id=made.id, say="删除四、一是")
        assert there in await refused(client, "export", report_id=made.id)
        with pytest.raises(MCPError, match=there):
            await client.read_resource(f"nigao://reports/{made.id}")
        assert await read(client, "nigao://reports") == "还没有报告。"
        assert "只能为清河市水务局拟稿" in await refused(client, "draft", brief={"unit": UNIT})

    talk(url, conversation, secret)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_two_who_call_at_once_are_not_taken_for_each_other(url: str, assistant: Assistant, mode: str) -> None:
    keys = {
        person: assistant.store.keys.create(person=person, roles=["drafter"], by="管理员", units=[unit])[1]
        for person, unit in (("王水", "清河市水务局"), ("李政", UNIT))
    }
    units = {"王水": "清河市水务局", "李政": UNIT}

    async def drafts(person: str, both: asyncio.Barrier) -> list[str]:
        async with connected(url, keys[person], mode) as client:
            made = []
            for _ in range(3):
                await both.wait()
                drafted = await done(client, "draft", brief={"unit": units[person]}, part="basics")
                made.append(drafted["report_id"])
                seen = await read(client, "nigao://reports")
                assert units[person] in seen
                assert not any(units[other] in seen for other in units if other != person)
            return made

    async def run() -> dict[str, list[str]]:
        both = asyncio.Barrier(2)
        found = await asyncio.gather(*(drafts(person, both) for person in keys))
        return dict(zip(keys, found, strict=True))

    for person, ids in asyncio.run(run()).items():
        assert {assistant.reports.history(id)[0].author for id in ids} == {person}


def test_when_the_client_goes_away_the_model_is_no_longer_asked(url: str, assistant: Assistant) -> None:
    asked = threading.Event()

    def endless() -> Iterator[bytes]:
        asked.set()
        while True:
            yield b": still thinking\n\n"
            threading.Event().wait(0.02)

    async def leave() -> None:
        async with connected(url) as client:
            drafting = asyncio.create_task(client.call_tool("draft", {"brief": {"unit": UNIT}}))
            while not asked.is_set():
                await asyncio.sleep(0.02)
            drafting.cancel()

    assert assistant.settings is not None
    with ChatServer(lambda request: Raw(endless)) as model:
        settings = ModelSettings(name="m", base_url=model.base_url, timeout=600)
        assistant.settings = assistant.settings.model_copy(update={"model": settings})
        asyncio.run(asyncio.wait_for(leave(), 60))
        assert model.gone.wait(20)


def _brief_file(assistant: Assistant) -> Path:
    assert assistant.settings is not None
    return assistant.settings.root / "brief.yaml"
