"""The examples of the service, each run as a person would run it, against a server on this machine."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import httpx2
import pytest
from fastapi import FastAPI
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

from live_server import serving
from nigao import Assistant, Brief

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "service"
_OFFICE = "{http://schemas.microsoft.com/office/appforoffice/1.1}"
_SITE = "https://nigao.example.com"


@pytest.fixture
def url(app: FastAPI) -> Iterator[str]:
    with serving(app) as address:
        yield address


def run(url: str, key: str, folder: Path, *words: str | Path) -> list[str]:
    """What a program prints that ends well."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NIGAO_")}
    environment |= {"NIGAO_ADDRESS": url, "NIGAO_KEY": key, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        words, check=False, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


@pytest.fixture(params=["open", "keyed"])
def key(request: pytest.FixtureRequest, assistant: Assistant) -> str:
    if request.param == "open":
        return ""
    return assistant.store.keys.create(person="李晓明", roles=["drafter"], by="管理员")[1]


def test_the_typed_client_drafts_changes_checks_and_exports(
    url: str, key: str, workspace: Path, tmp_path: Path
) -> None:
    told = run(url, key, tmp_path, sys.executable, EXAMPLES / "use_client.py", workspace / "brief.yaml", "稿.docx")
    assert any(line.startswith("r0001 ") for line in told)
    assert any(line.startswith("G233 ") for line in told)
    assert "2025年政治生态情况的报告" in docx.Document(str(tmp_path / "稿.docx")).paragraphs[0].text


def test_openai_s_package_drafts_and_goes_on_with_the_report(
    url: str, key: str, workspace: Path, tmp_path: Path
) -> None:
    told = run(url, key, tmp_path, sys.executable, EXAMPLES / "use_openai.py", workspace / "brief.yaml")
    asked = told.index(next(line for line in told if line.startswith("核对：")))
    assert any(line.startswith("依据《") for line in told[asked:])
    assert told[-1] == "（报告 r0001 第1稿）"


def test_curl_drafts_changes_and_exports(
    url: str, key: str, assistant: Assistant, workspace: Path, tmp_path: Path
) -> None:
    if shutil.which("curl") is None or shutil.which("bash") is None:
        pytest.skip("no curl or bash found: examples/service/curl.sh is not tried")
    (tmp_path / "要求.json").write_text(Brief.load(workspace / "brief.yaml").model_dump_json(), encoding="utf-8")
    told = run(url, key, tmp_path, "bash", EXAMPLES / "curl.sh", "要求.json", "稿.docx")
    assert "报告 r0001 第 1 稿" in told
    assert any(line.startswith("已锁定第一部分") for line in told)
    assert len(assistant.reports.history("r0001")) == 2
    assert docx.Document(str(tmp_path / "稿.docx")).paragraphs


def test_the_mcp_settings_reach_both_servers(url: str, assistant: Assistant, workspace: Path) -> None:
    settings = json.loads((EXAMPLES / "mcp.json").read_text(encoding="utf-8"))["mcpServers"]
    here, office = settings["nigao"], settings["nigao-office"]
    assert here["command"] == "nigao"
    arguments = [str(workspace) if word == "我的工作区" else word for word in here["args"]]
    assert str(workspace) in arguments
    toml = workspace / "nigao.toml"
    # A model of vectors would take longer to load than all the rest.
    toml.write_text(toml.read_text(encoding="utf-8").replace('"local"', '"none"', 1), encoding="utf-8")
    started = StdioServerParameters(
        command=sys.executable, args=["-m", "nigao.cli.main", *arguments], env={**os.environ}
    )
    _, key = assistant.store.keys.create(person="李晓明", roles=["drafter"], by="管理员")
    headers = {name: value.replace("${NIGAO_KEY}", key) for name, value in office["headers"].items()}
    assert key in headers["Authorization"]
    address = office["url"].replace("http://127.0.0.1:8710", url)
    assert address == f"{url}/mcp"

    async def tools(transport: Any) -> set[str]:
        async with Client(transport) as client:
            return {tool.name for tool in (await client.list_tools()).tools}

    async def both() -> list[set[str]]:
        async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
            return [
                await tools(stdio_client(started)),
                await tools(streamable_http_client(address, http_client=http)),
            ]

    at_home, over_http = asyncio.run(asyncio.wait_for(both(), 60))
    assert at_home == over_http == {"search", "draft", "revise", "check", "evidence", "export"}


def test_word_s_manifest_is_in_order_and_names_what_the_server_has(url: str) -> None:
    manifest = ElementTree.parse(EXAMPLES / "word" / "manifest.xml").getroot()
    # As the schema of a TaskPaneApp has them, one after the other.
    assert [child.tag.removeprefix(_OFFICE) for child in manifest] == [
        *("Id", "Version", "ProviderName", "DefaultLocale", "DisplayName", "Description", "IconUrl"),
        *("HighResolutionIconUrl", "SupportUrl", "AppDomains", "Hosts", "DefaultSettings", "Permissions"),
    ]
    named = {one.attrib["DefaultValue"] for one in manifest.iter() if "http" in one.attrib.get("DefaultValue", "")}
    assert len(named) == 4
    for address in named:
        assert address.startswith(f"{_SITE}/")
        answer = httpx2.get(address.replace(_SITE, url))
        assert answer.status_code == 200, address
        assert not address.endswith(".png") or answer.headers["content-type"] == "image/png"


def test_the_wps_shell_calls_what_it_has_and_opens_what_the_server_has(url: str) -> None:
    folder = EXAMPLES / "wps"
    script = (folder / "main.js").read_text(encoding="utf-8")
    ribbon = ElementTree.parse(folder / "ribbon.xml").getroot()
    called = {value for one in ribbon.iter() for name, value in one.attrib.items() if name in ("onLoad", "onAction")}
    assert called == set(re.findall(r"^function (\w+)", script, re.MULTILINE))
    [address] = re.findall(rf'"({_SITE}[^"]*)"', script)
    page = httpx2.get(address.replace(_SITE, url))
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    [listed] = ElementTree.parse(folder / "jsplugins.xml").getroot()
    assert (listed.tag, listed.attrib["type"], listed.attrib["url"][-1]) == ("jspluginonline", "wps", "/")
