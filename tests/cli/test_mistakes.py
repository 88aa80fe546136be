"""Mistakes a user makes and damage a workspace suffers: what is wrong, where, and what to do; never a traceback."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest
from commands import Command

SETTINGS = [
    "ai_label = 1.5",
    "kind = 3",
    'embeddings = "x"',
    "manifest = [1]",
    "kinds = {a = 1}",
    "nonsense",
    "[unknown]",
]
COMMANDS = [["corpus", "list"], ["corpus", "sync"], ["corpus", "verify"], ["report", "list"], ["audit", "verify"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check"], "nigao check：缺少参数“报告文件”"),
        (["draft"], "缺少参数“拟稿要求”"),
        (["search"], "缺少参数“检索内容”"),
        (["corpus", "show"], "nigao corpus show：缺少参数“编号”"),
        (["corpus", "add", "x"], "缺少选项 --role"),
        (["search", ""], "检索内容是空的"),
        (["search", " 　 "], "检索内容是空的"),
    ],
)
def test_usage_errors_name_program_and_argument(nigao: Command, words: list[str], told: str) -> None:
    result = nigao(*words)
    assert result.code == 2
    assert told in result.err
    assert "nigao.cli" not in result.err


def test_help_shows_chinese_types_and_none_for_switches(nigao: Command) -> None:
    shown = nigao("check", "--help").out
    assert re.search(r"用法：\s*nigao check", shown)
    assert "报告文件" in shown
    for english in ("<bool>", "<str>", "<path>", "list["):
        assert english not in shown


def test_file_that_is_not_there_leaves_no_trace(empty: Path, nigao: Command) -> None:
    approval = ["--role", "basis", "--approved-by", "程立", "--approved-on", "2025-01-10"]
    real = empty / "制度.txt"
    real.write_text("值班制度\n\n第一条　工作日值班由综合科安排，每日一人，负责接待来访群众。\n", encoding="utf-8")
    missing = nigao("corpus", "add", real, "没有.txt", *approval, cwd=empty)
    assert missing.code == 2
    assert "核对路径" in missing.err
    assert "清单" not in missing.err
    assert json.loads(nigao("corpus", "list", "--json").out) == []
    (empty / "空.txt").write_text("", encoding="utf-8")
    assert nigao("corpus", "add", "空.txt", *approval).code == 2
    assert nigao("corpus", "add", real, "空.txt", *approval).code == 1
    told = nigao("check", "没有.txt")
    assert told.code == 2
    assert "核对路径" in told.err
    assert "清单" not in told.err


def test_first_reason_of_a_revocation_stands(workspace: Path, nigao: Command) -> None:
    assert nigao("corpus", "revoke", "basis-work-rules", "--reason", "制发有误", cwd=workspace).code == 0
    again = nigao("corpus", "revoke", "basis-work-rules", "--reason", "另一个理由")
    assert again.code == 2
    assert "制发有误" in again.err
    assert "制发有误" in nigao("corpus", "list").out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("unit: 甲\ndate: 2025-13-01\n", ["date", "应为日期"]),
        ("unit: 甲\nperiod: 2025年\nunit: 乙\n", ["第 3 行", "unit", "重复"]),
        ("unit: {full: 甲, full: 乙}\n", ["第 1 行", "full", "重复"]),
        ("unit: 甲\nkind: nope\n", ["要求.yaml", "没有文种 nope"]),
    ],
)
def test_mistake_in_a_brief_names_file_field_and_line(empty: Path, nigao: Command, text: str, told: list[str]) -> None:
    (empty / "要求.yaml").write_text(text, encoding="utf-8")
    (empty / "稿.txt").write_text("标题\n一、基本情况\n正文。\n", encoding="utf-8")
    for words in (["draft", "要求.yaml"], ["check", "稿.txt", "--brief", "要求.yaml"]):
        result = nigao(*words, cwd=empty)
        assert result.code == 2
        assert "要求.yaml" in result.err
        for piece in told:
            assert piece in result.err


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("path: a.txt\n    approved_on: 2025-13-01", ["第 1 份（a）", "approved_on", "应为日期"]),
        ("path: a.txt\n    path: b.txt", ["第 5 行", "path", "重复"]),
    ],
)
def test_mistake_in_a_manifest_names_entry_or_line(empty: Path, nigao: Command, entry: str, told: list[str]) -> None:
    manifest = f"version: 1\ndocuments:\n  - id: a\n    {entry}\n"
    (empty / "corpus" / "manifest.yaml").write_text(manifest, encoding="utf-8")
    result = nigao("corpus", "sync", cwd=empty)
    assert result.code == 2
    for piece in told:
        assert piece in result.err


def test_dates_in_yaml_are_still_dates(empty: Path, nigao: Command) -> None:
    (empty / "b.yaml").write_text(
        "unit: 临江县档案馆\ndate: 2025-07-10\nfacts:\n  - {name: 编制数, value: 12, unit: 名, as_of: 2025-06-30}\n",
        encoding="utf-8",
    )
    told = nigao("draft", "b.yaml", cwd=empty)
    assert "2025年7月10日" in told.out
    assert "12名" in told.out


def test_reports_are_listed_in_local_time_to_the_minute(workspace: Path, nigao: Command) -> None:
    nigao("draft", "brief.yaml", "--part", "basics", "--json", cwd=workspace)
    (entry,) = json.loads(nigao("report", "list", "--json").out)
    recorded = dt.datetime.fromisoformat(entry["created_at"])
    shown = nigao("report", "list").out
    assert recorded.astimezone().strftime("%Y-%m-%d %H:%M") in shown
    assert entry["created_at"] not in shown


@pytest.mark.parametrize("damage", ["random bytes", "damaged pages", "a folder", "no folder", "another program's"])
def test_damaged_database_is_told_with_advice(workspace: Path, nigao: Command, damage: str) -> None:
    database = workspace / ".nigao" / "nigao.db"
    whole = database.read_bytes()
    match damage:
        case "random bytes":
            database.write_bytes(bytes(range(256)) * 20)
        case "damaged pages":
            database.write_bytes(whole[:4096] + b"\xaa" * (len(whole) - 4096))
        case "a folder":
            database.unlink()
            database.mkdir()
        case "no folder":
            shutil.rmtree(workspace / ".nigao")
            (workspace / ".nigao").write_text("")
        case "another program's":
            import sqlite3

            database.unlink()
            with sqlite3.connect(database) as connection:
                connection.execute("CREATE TABLE other (id INTEGER)")
            connection.close()
    for words in COMMANDS:
        result = nigao(*words, cwd=workspace)
        assert result.code == 2, words
        assert ".nigao" in result.err
        assert "（" in result.err
        assert "程序内部出错" not in result.err
    looked = nigao("doctor")
    assert looked.code == 1
    assert "✗ 工作区" in looked.out


@pytest.mark.parametrize("line", SETTINGS)
def test_wrong_settings_are_told(empty: Path, nigao: Command, line: str) -> None:
    (empty / "nigao.toml").write_text(line + "\n", encoding="utf-8")
    for words in COMMANDS:
        result = nigao(*words, cwd=empty)
        assert result.code == 2
        assert "nigao.toml" in result.err
    assert nigao("doctor").code == 1


def test_unknown_kind_of_the_workspace_names_the_settings(empty: Path, nigao: Command) -> None:
    (empty / "nigao.toml").write_text('kind = "nope"\n', encoding="utf-8")
    (empty / "稿.txt").write_text("标题\n一、基本情况\n正文。\n", encoding="utf-8")
    result = nigao("check", "稿.txt", cwd=empty)
    assert result.code == 2
    assert "nigao.toml" in result.err
    assert nigao("doctor").code == 1
    assert "--kind" in nigao("check", "稿.txt", "--kind", "neither").err


def test_file_system_that_refuses_is_told(empty: Path, nigao: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "某处/nigao.toml")

    monkeypatch.delenv("NIGAO_DEBUG", raising=False)
    monkeypatch.setattr("nigao.assistant.Assistant.open", refuse)
    result = nigao("corpus", "list", cwd=empty)
    assert result.code == 2
    assert "某处/nigao.toml" in result.err
    assert "权限" in result.err
    assert "✗ 工作区" in nigao("doctor").out


def test_what_our_export_says_about_itself_is_not_checked(workspace: Path, tmp_path: Path, nigao: Command) -> None:
    nigao("draft", "brief.yaml", "-o", tmp_path / "r.md", "-o", tmp_path / "r.txt", "--json", cwd=workspace)
    assert "**依据**" in (tmp_path / "r.md").read_text(encoding="utf-8")
    for name in ("r.md", "r.txt"):
        told = json.loads(nigao("check", tmp_path / name, "--json").out)
        body = json.dumps(told["parts"], ensure_ascii=False)
        assert "人工智能" not in body
        assert "依据" not in told["parts"][-1]["items"][-1]["text"][-40:]
        assert not any("人工智能" in f["text"] for f in told["findings"])
    titles = {f["text"] for f in told["findings"] if f["code"] == "G220"}
    assert not any(title.startswith("《") for title in titles)
