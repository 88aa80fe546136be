"""`nigao check --second-opinion`: a model may propose, evidence decides, and a dead endpoint costs only its opinion."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import Command

from chat_server import ChatServer, Status

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

# The second slip is a word of its own, so that by itself the rule is not sure.
LINE = "中心对查档群众的意见逐条答复，及时改近服务。"
PROPOSALS = [
    {"number": 1, "wrong": "改近", "right": "改进"},
    {"number": 1, "wrong": "答复", "right": "大腹"},
    {"number": 1, "wrong": "中心", "right": "重新"},
]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MODEL", "BASE_URL", "API_KEY"):
        monkeypatch.delenv(f"NIGAO_{name}", raising=False)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(f"一、基本情况\n{LINE}\n", encoding="utf-8")
    return path


@pytest.fixture
def server() -> Iterator[ChatServer]:
    numbered = json.dumps(
        {"corrections": [{**p, "number": n} for p in PROPOSALS for n in (1, 2, 3)]}, ensure_ascii=False
    )
    with ChatServer(lambda request: numbered) as running:
        yield running


def asked(nigao: Command, report: Path, server: ChatServer) -> Any:
    options = ("--second-opinion", "--model", "m1", "--base-url", server.base_url, "--select", "T55", "--json")
    return nigao("check", report, *options, cwd=report.parent)


def test_only_proposals_with_evidence_are_told(report: Path, server: ChatServer, nigao: Command) -> None:
    found = json.loads(asked(nigao, report, server).out)["findings"]
    assert {finding["text"] for finding in found} <= {"近"}
    assert all(finding["evidence"] for finding in found)
    assert server.requests


def test_a_dead_endpoint_costs_only_its_opinion(report: Path, nigao: Command) -> None:
    with ChatServer(lambda request: Status(401)) as dead:
        result = asked(nigao, report, dead)
    assert result.code in (0, 1)
    assert "只按规则核对" in result.err
    json.loads(result.out)


def test_without_a_model_it_is_told_how_to_set_one(report: Path, nigao: Command) -> None:
    result = nigao("check", report, "--second-opinion", cwd=report.parent)
    assert result.code == 2
    assert "--model" in result.err
