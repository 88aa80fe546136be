"""Drafting with a model from the command line: where its settings come from, what is shown, what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import Command
from langchain_core.messages import HumanMessage

from chat_server import ChatServer, Status
from nigao.testing import drafting_answer

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

TEXT = """2025年工作总结

一、主要工作
加强理论学习。理论学习中心组全年开展集中学习11次，其中专题研讨5次。

二、存在的问题
一是学习成果转化不够。有的科室满足于完成学习次数，结合业务研究问题偏少。

三、下一步措施
一是推动学习成果转化。每季度由一个科室结合业务难题开展专题研讨，形成转化清单。
"""
BRIEF = "unit: {full: 云汀市档案服务中心, short: 市档案中心}\nperiod: 2025年\n"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MODEL", "BASE_URL", "API_KEY", "MODEL_TIMEOUT", "MODEL_RETRIES", "MODEL_HEADERS"):
        monkeypatch.delenv(f"NIGAO_{name}", raising=False)


@pytest.fixture
def server() -> Iterator[ChatServer]:
    def answer(request: dict[str, Any]) -> Any:
        return drafting_answer([HumanMessage(message["content"]) for message in request["messages"]])

    with ChatServer(answer) as running:
        yield running


@pytest.fixture
def office(empty: Path, nigao: Command) -> Path:
    (empty / "nigao.toml").write_text('embeddings = "none"\n', encoding="utf-8")
    (empty / "summary.txt").write_text(TEXT, encoding="utf-8")
    (empty / "brief.yaml").write_text(BRIEF, encoding="utf-8")
    approved = ("--role", "material", "--approved-by", "程立", "--approved-on", "2025-12-01")
    assert nigao("--workspace", empty, "corpus", "add", empty / "summary.txt", *approved).code == 0
    return empty


def drafted(nigao: Command, office: Path, *options: str) -> Any:
    ran = nigao("--workspace", office, "draft", office / "brief.yaml", "--json", *options)
    assert ran.code in (0, 1), ran.err
    return json.loads(ran.out)


def test_options_name_the_model(office: Path, server: ChatServer, nigao: Command) -> None:
    told = drafted(
        nigao, office, "--model", "m1", "--base-url", server.base_url, "--model-option", "temperature=0.5",
        "--model-option", "headers.X-Office=files",
    )  # fmt: skip
    assert told["record"]["model"] == "m1"
    assert told["record"]["endpoint"] == server.base_url
    assert told["record"]["wording"]["model"] > 0
    assert {request["model"] for request in server.requests} == {"m1"}
    assert {request["temperature"] for request in server.requests} == {0.5}
    assert server.headers[0]["x-office"] == "files"


def test_file_then_environment_then_option(
    office: Path, server: ChatServer, nigao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f'embeddings = "none"\n[model]\nname = "of-file"\nbase_url = "{server.base_url}"\nseed = 3\n'
    (office / "nigao.toml").write_text(text, encoding="utf-8")
    assert drafted(nigao, office)["record"]["model"] == "of-file"
    monkeypatch.setenv("NIGAO_MODEL", "of-environment")
    monkeypatch.setenv("NIGAO_API_KEY", "sk-secret")
    assert drafted(nigao, office)["record"]["model"] == "of-environment"
    assert drafted(nigao, office, "--model", "of-option")["record"]["model"] == "of-option"
    assert server.requests[-1]["seed"] == 3
    assert server.headers[-1]["authorization"] == "Bearer sk-secret"
    before = len(server.requests)
    assert drafted(nigao, office, "--offline")["record"] is None
    assert len(server.requests) == before


def test_the_reader_sees_whose_words_they_are(office: Path, server: ChatServer, nigao: Command, tmp_path: Path) -> None:
    import docx

    told = drafted(nigao, office, "--model", "m1", "--base-url", server.base_url, "-o", str(tmp_path / "r.docx"))
    worded = [s for part in told["report"]["parts"] for s in _sentences(part) if s["worded_by"]]
    assert worded
    assert "措辞：模型 m1" in nigao("--workspace", office, "report", "show", told["report_id"], "--sources").out
    comments = [comment.text for comment in docx.Document(str(tmp_path / "r.docx")).comments]
    assert sum("措辞：模型 m1 改写" in comment for comment in comments) == len(worded)


def _sentences(node: dict[str, Any]) -> list[dict[str, Any]]:
    own = [*node.get("lead", []), *node.get("sentences", [])]
    return own + [sentence for item in node["items"] for sentence in _sentences(item)]


def test_what_is_shown(office: Path, server: ChatServer, nigao: Command) -> None:
    shown = nigao(
        "--workspace", office, "draft", office / "brief.yaml", "--model", "m1", "--base-url", server.base_url,
        "--model-option", "price_in=1", "--model-option", "price_out=2",
    ).out  # fmt: skip
    assert "模型 m1：模型原文" in shown
    assert "词元" in shown
    assert "费用" in shown


def test_a_dead_endpoint_is_told_and_the_report_is_written(office: Path, nigao: Command, tmp_path: Path) -> None:
    out = tmp_path / "r.md"
    dead = ("--model", "m1", "--base-url", "http://127.0.0.1:9/v1", "--model-option", "retries=0")
    ran = nigao("--workspace", office, "draft", office / "brief.yaml", "-o", out, *dead)
    assert ran.code == 1
    assert "连接不上" in ran.err
    assert "集中学习11次" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--model-option", "timeout"], "名称=值"),
        (["--model", "m", "--model-option", "timeout=soon"], "timeout：应为数字"),
        (["--model", "m", "--model-option", "timout=5"], "是否想写 timeout"),
        (["--model", "m", "--model-option", "api_key=sk-1"], "NIGAO_API_KEY"),
        (["--model", "m", "--model-option", "headers.Authorization=Bearer x"], "NIGAO_MODEL_HEADERS"),
        (["--model", "m", "--base-url", "127.0.0.1:8000"], "http://"),
        (["--model", "m", "--base-url", "http://me:pw@127.0.0.1/v1"], "用户名和密码"),
        (["--base-url", "http://127.0.0.1:9/v1"], "--model"),
        (["--model", "m", "--offline"], "--offline"),
        (["--model", "m", "--model-option", "tokens_per_answer=9000"], "tokens_per_answer"),
    ],
)
def test_a_wrong_option_is_refused_before_any_work(
    office: Path, nigao: Command, options: list[str], words: str
) -> None:
    ran = nigao("--workspace", office, "draft", office / "brief.yaml", *options)
    assert ran.code == 2
    assert words in ran.err
    assert "sk-1" not in ran.err
    assert "r0001" not in nigao("--workspace", office, "report", "list").out


def test_a_key_in_the_settings_file_is_refused(office: Path, nigao: Command) -> None:
    (office / "nigao.toml").write_text('[model]\nname = "m"\napi_key = "sk-1"\n', encoding="utf-8")
    ran = nigao("--workspace", office, "draft", office / "brief.yaml")
    assert ran.code == 2
    assert "NIGAO_API_KEY" in ran.err
    assert "sk-1" not in ran.err


def test_no_key_for_an_endpoint_that_needs_one(office: Path, nigao: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    ran = nigao("--workspace", office, "draft", office / "brief.yaml", "--model", "some-model")
    assert ran.code == 2
    assert "NIGAO_API_KEY" in ran.err


def test_doctor_tells_of_the_model_and_asks_it_only_when_told_to(office: Path, nigao: Command) -> None:
    def answer(request: dict[str, Any]) -> Any:
        if "response_format" in request:
            return Status(400, '{"error": {"message": "no response_format"}}')
        return {"sentences": [{"text": "材料已收到。", "keys": ["ok"]}]}

    with ChatServer(answer) as server:
        text = f'embeddings = "none"\n[model]\nname = "m1"\nbase_url = "{server.base_url}"\n'
        (office / "nigao.toml").write_text(text, encoding="utf-8")
        before = nigao("--workspace", office, "doctor")
        assert "尚未试连" in before.out
        assert "没有密钥" in before.out
        assert server.requests == []
        probed = nigao("--workspace", office, "doctor", "--probe")
        assert probed.code == 0
        assert "结构化输出用 tools" in probed.out
        assert "结构化输出用 tools" in nigao("--workspace", office, "doctor").out
    down = nigao("--workspace", office, "doctor", "--probe")
    assert down.code == 1
    assert "连接不上" in down.out
