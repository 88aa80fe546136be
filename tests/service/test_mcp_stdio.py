"""MCP over standard input and output: `nigao mcp` as a process of its own, as agents start it."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from nigao import Assistant

UNIT = "青澜市政务服务管理办公室"
_NIGAO = ["-c", "from nigao.cli.main import run; run()"]


def _environment(workspace: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NIGAO_")}
    toml = workspace / "nigao.toml"
    # Started for each test anew: a model of vectors would take longer to load than all the rest.
    toml.write_text(toml.read_text(encoding="utf-8").replace('"local"', '"none"', 1), encoding="utf-8")
    return kept | {"NIGAO_PERSON": "李晓明"}


def test_a_report_is_drafted_and_changed_in_the_name_of_who_is_logged_in(workspace: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable, args=[*_NIGAO, "--workspace", str(workspace), "mcp"], env=_environment(workspace)
    )

    async def conversation() -> str:
        async with Client(stdio_client(command)) as client:
            tools = {tool.name for tool in (await client.list_tools()).tools}
            assert tools == {"search", "draft", "revise", "check", "evidence", "export"}
            drafted = await client.call_tool(
                "draft", {"brief": {"unit": "青澜市政务服务管理办公室"}, "part": "problems"}
            )
            assert not drafted.is_error
            assert drafted.structured_content is not None
            id: str = drafted.structured_content["report_id"]
            changed = await client.call_tool("revise", {"report_id": id, "say": "删除最后一条问题"})
            assert not changed.is_error, changed.content
            refused = await client.call_tool("revise", {"report_id": id, "say": "签发"})
            assert refused.structured_content is not None
            assert "签发不能由程序代办" in refused.structured_content["reply"]
            return id

    id = asyncio.run(asyncio.wait_for(conversation(), 60))
    with Assistant.open(workspace, embeddings=False) as assistant:
        assert {entry.author for entry in assistant.reports.history(id)} == {"李晓明"}


def test_standard_output_holds_the_protocol_alone(workspace: Path) -> None:
    """Also where something goes wrong that is to be logged, and the input ends."""
    introduction = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    wrong = {"name": "export", "arguments": {"report_id": "x"}}
    messages: list[dict[str, Any]] = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": introduction},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": wrong},
        {"jsonrpc": "2.0", "id": 3, "method": "nothing/such"},
    ]
    with subprocess.Popen(
        [sys.executable, *_NIGAO, "mcp", "--by", "李晓明"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=workspace,
        env=_environment(workspace),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(json.dumps(message) + "\n" for message in messages))
        process.stdin.flush()
        answers = {answer["id"]: answer for answer in (json.loads(process.stdout.readline()) for _ in range(3))}
        rest, _ = process.communicate(timeout=30)
    assert (process.returncode, rest) == (0, "")
    assert answers[1]["result"]["serverInfo"]["title"] == "拟稿"
    assert answers[2]["result"]["isError"]
    assert "没有报告 x" in answers[2]["result"]["content"][0]["text"]
    assert answers[3]["error"]


def test_without_a_workspace_it_says_so_where_people_look(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NIGAO_")}
    done = subprocess.run(
        [sys.executable, *_NIGAO, "mcp"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        env=kept,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "nigao init" in done.stderr
