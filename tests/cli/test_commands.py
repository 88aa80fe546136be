"""The command line as a user meets it: Chinese words, exit codes 0, 1 and 2, JSON where promised, no traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from commands import Command


def test_help_and_usage_errors_are_chinese(nigao: Command) -> None:
    shown = nigao("--help")
    assert shown.code == 0
    assert "命令" in shown.out
    for english in ("Usage", "Options", "Commands", "Show this"):
        assert english not in shown.out
    for words in (["check"], ["draft", "--nope"], ["nosuch"], ["search", "x", "-k", "0"]):
        refused = nigao(*words)
        assert refused.code == 2
        assert "错误：" in refused.err
    assert "没有选项 --nope" in nigao("draft", "--nope").err


@pytest.mark.parametrize(
    "command", ["init", "search", "draft", "check", "rules", "schema", "doctor", "corpus", "report"]
)
def test_every_command_has_help(nigao: Command, command: str) -> None:
    assert nigao(command, "--help").code == 0


def test_init_keeps_what_is_there(tmp_path: Path, nigao: Command) -> None:
    (tmp_path / "nigao.toml").write_text("ai_label = false\n")
    assert nigao("init", tmp_path).code == 0
    assert (tmp_path / "nigao.toml").read_text() == "ai_label = false\n"
    assert (tmp_path / "corpus" / "manifest.yaml").is_file()


def test_without_a_workspace_the_way_out_is_told(tmp_path: Path, nigao: Command) -> None:
    result = nigao("search", "x", cwd=tmp_path)
    assert result.code == 2
    assert "nigao init" in result.err
    assert nigao("--workspace", tmp_path, "search", "x").code == 2


def test_workspace_is_found_upward_and_by_variable(
    workspace: Path, tmp_path: Path, nigao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert nigao("corpus", "list", cwd=workspace / "corpus" / "documents").code == 0
    monkeypatch.setenv("NIGAO_WORKSPACE", str(workspace))
    assert nigao("corpus", "list", cwd=tmp_path).code == 0


def test_sync_tells_what_was_refused_and_exits_1(workspace: Path, nigao: Command) -> None:
    result = nigao("corpus", "sync", "--json", cwd=workspace)
    assert result.code == 1
    told = json.loads(result.out)
    assert [(r["document_id"], r["reason"]) for r in told["refused"]] == [("material-maintenance-notice", "classified")]
    assert told["admitted"] == []
    assert len(told["unchanged"]) == 35
    assert "秘密" in nigao("corpus", "sync").out


def test_search_json_has_the_contracts_fields(workspace: Path, nigao: Command) -> None:
    hits = json.loads(nigao("search", "党风廉政建设责任", "-k", "3", "--json", cwd=workspace).out)
    assert len(hits) == 3
    assert set(hits[0]) == {"passage_id", "document_id", "title", "locator", "text", "score", "lexical", "dense"}
    assert hits[0]["score"] >= hits[1]["score"]


def test_draft_writes_all_files_and_json(workspace: Path, tmp_path: Path, nigao: Command) -> None:
    files = [tmp_path / f"报告.{suffix}" for suffix in ("docx", "md", "json", "txt")]
    result = nigao("draft", "brief.yaml", *[w for f in files for w in ("-o", f)], "--json", cwd=workspace)
    told = json.loads(result.out)
    assert result.code == (1 if told["placeholders"] else 0)
    assert told["summary"]["error"] == 0
    assert [part["key"] for part in told["parts"]] == ["basics", "features", "problems", "measures"]
    assert sum(told["origins"].values()) == len([s for p in told["report"]["parts"] for s in _sentences(p)]) + len(
        told["report"]["opening"]
    )
    assert all(file.is_file() for file in files)
    for file in files:
        checked = nigao("check", file, "--brief", "brief.yaml", "--json")
        assert checked.code == 0, file
        again = json.loads(checked.out)
        assert [p["key"] for p in again["parts"]] == ["basics", "features", "problems", "measures"]
        assert [len(p["items"]) for p in again["parts"]] == [len(p["items"]) for p in told["parts"]]


def _sentences(node: dict) -> list[dict]:
    own = [node["heading"]] if "key" not in node and node.get("heading") else []
    lead = node.get("lead", []) + node.get("sentences", [])
    return own + lead + [s for item in node["items"] for s in _sentences(item)]


def test_plain_draft_shows_text_outline_and_blanks(empty: Path, nigao: Command) -> None:
    (empty / "b.yaml").write_text("unit: 临江县档案馆\n", encoding="utf-8")
    result = nigao("draft", "b.yaml", cwd=empty)
    assert result.code == 1
    assert "【待补：编制数】" in result.out
    assert "待补内容" in result.out
    assert "P301" in result.out


def test_tampered_report_is_caught(workspace: Path, tmp_path: Path, nigao: Command) -> None:
    file = tmp_path / "r.json"
    nigao("draft", "brief.yaml", "-o", file, cwd=workspace)
    text = file.read_text(encoding="utf-8")
    report = json.loads(text)
    sentence = next(s for p in report["parts"] for s in _sentences(p) if "18次" in s["text"] or "12次" in s["text"])
    sentence["text"] = sentence["text"].replace("12次", "92次").replace("18次", "98次")
    file.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    result = nigao("check", file, "--json")
    assert result.code == 1
    assert "G201" in {f["code"] for f in json.loads(result.out)["findings"]}


def test_check_select_ignore_and_bad_input(workspace: Path, tmp_path: Path, nigao: Command) -> None:
    file = tmp_path / "稿件.txt"
    file.write_text("标题\n现将情况报告如下。\n一、基本情况\n编制XX名。\n", encoding="utf-8")
    assert nigao("check", file, cwd=workspace).code == 1
    only = json.loads(nigao("check", file, "--select", "P", "--json").out)
    assert {f["code"] for f in only["findings"]} == {"P302"}
    assert nigao("check", file, "--select", "P301,C", "--ignore", "G").code == 0
    assert nigao("check", file, "--select", "Z").code == 2
    for name, content in (("a.pdf", b"%PDF"), ("b.json", b"{}x"), ("c.docx", b"nothing"), ("d.txt", b"\x00\x01\xff")):
        (tmp_path / name).write_bytes(content)
        assert nigao("check", tmp_path / name).code == 2
    assert nigao("check", tmp_path / "none.txt").code == 2


def test_check_works_without_a_workspace(tmp_path: Path, seed_text: str, nigao: Command) -> None:
    file = tmp_path / "稿.txt"
    file.write_text(seed_text, encoding="utf-8")
    told = json.loads(nigao("check", file, "--json", cwd=tmp_path).out)
    assert [len(part["items"]) for part in told["parts"]] == [0, 4, 4, 3]
    assert sum(f["code"] == "P302" for f in told["findings"]) == 7
    # With no corpus there is nothing that could be "not in the corpus".
    assert not any(f["code"].startswith("G") for f in told["findings"])


def test_corpus_add_show_revoke(empty: Path, tmp_path: Path, nigao: Command) -> None:
    file = tmp_path / "值班制度.txt"
    file.write_text(
        "值班制度\n\n第一条　工作日值班由综合科安排，每日一人，负责接待来访群众和处理紧急事项。\n", encoding="utf-8"
    )
    added = nigao(
        "corpus",
        "add",
        file,
        "--role",
        "basis",
        "--approved-by",
        "程立",
        "--approved-on",
        "2025-01-10",
        "--json",
        cwd=empty,
    )
    assert added.code == 0
    (id,) = json.loads(added.out)["admitted"]
    assert "综合科安排" in nigao("corpus", "show", id).out
    assert json.loads(nigao("corpus", "list", "--json").out)[0]["evidence"] is True
    assert json.loads(nigao("search", "值班 来访群众", "--json").out)
    assert nigao("corpus", "revoke", id, "--reason", "已停用").code == 0
    assert json.loads(nigao("search", "值班 来访群众", "--json").out) == []
    assert "已撤销" in nigao("corpus", "list").out
    assert nigao("corpus", "show", "none").code == 2
    assert nigao("corpus", "revoke", "none", "--reason", "x").code == 2
    for bad in (["--role", "x"], ["--approved-on", "昨天"]):
        words = {"--role": "basis", "--approved-by": "程立", "--approved-on": "2025-01-10", **{bad[0]: bad[1]}}
        assert nigao("corpus", "add", file, *[w for pair in words.items() for w in pair]).code == 2


def test_bad_manifest_and_brief_change_nothing(workspace: Path, nigao: Command) -> None:
    before = nigao("corpus", "list", "--json", cwd=workspace).out
    manifest = workspace / "corpus" / "manifest.yaml"
    manifest.write_text("version: 1\ndocuments:\n  - id: a\n    paht: x.txt\n", encoding="utf-8")
    result = nigao("corpus", "sync")
    assert result.code == 2
    assert "paht" in result.err
    assert nigao("corpus", "list", "--json").out == before
    (workspace / "b.yaml").write_text("unit: 甲\nperoid: 2025年\n", encoding="utf-8")
    wrong = nigao("draft", "b.yaml")
    assert wrong.code == 2
    assert "period" in wrong.err


def test_document_that_leaves_the_manifest_stops_being_evidence(workspace: Path, nigao: Command) -> None:
    manifest = workspace / "corpus" / "manifest.yaml"
    data = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    data["documents"] = [d for d in data["documents"] if d["id"] != "material-warning-education-2025"]
    manifest.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    told = json.loads(nigao("corpus", "sync", "--json", cwd=workspace).out)
    assert told["withdrawn"] == ["material-warning-education-2025"]
    hits = json.loads(nigao("search", "集中警示教育", "--json").out)
    assert "material-warning-education-2025" not in {hit["document_id"] for hit in hits}


def test_output_that_cannot_be_written_is_told_before_any_work(workspace: Path, nigao: Command) -> None:
    for target in ("x.odt", "nowhere/x.docx"):
        result = nigao("draft", "brief.yaml", "-o", target, cwd=workspace)
        assert result.code == 2
    assert nigao("report", "list", "--json").out.strip() == "[]"


def test_stored_reports_are_listed_shown_and_exported(workspace: Path, tmp_path: Path, nigao: Command) -> None:
    nigao("draft", "brief.yaml", "--part", "problems", "--json", cwd=workspace)
    (entry,) = json.loads(nigao("report", "list", "--json").out)
    assert entry["id"] == "r0001"
    assert "存在的问题" in nigao("report", "show", "r0001").out
    assert "《" in nigao("report", "show", "r0001", "--sources").out
    assert nigao("report", "export", "r0001", "-o", tmp_path / "r.docx", "--no-ai-label").code == 0
    assert (tmp_path / "r.docx").is_file()
    assert "报告" in nigao("report", "list").out
    assert nigao("report", "show", "r9999").code == 2
    assert nigao("audit", "verify").code == 0


def test_rules_schema_doctor(workspace: Path, nigao: Command) -> None:
    assert "G203" in nigao("rules").out
    assert "为什么" in nigao("rules", "G203").out
    assert json.loads(nigao("rules", "G203", "--json").out)["code"] == "G203"
    assert len(json.loads(nigao("rules", "--json").out)) >= 20
    assert nigao("rules", "X1").code == 2
    assert json.loads(nigao("schema").out)["title"] == "Report"
    assert json.loads(nigao("schema", "brief").out)["title"] == "Brief"
    assert nigao("schema", "x").code == 2
    healthy = nigao("doctor", "--json", cwd=workspace)
    assert healthy.code == 0
    assert {"工作区", "检索"} <= {item["name"] for item in json.loads(healthy.out)["items"]}
    assert "工作区" in nigao("doctor").out


def test_verify_and_rebuild(workspace: Path, nigao: Command) -> None:
    assert "语料完整" in nigao("corpus", "verify", cwd=workspace).out
    assert nigao("corpus", "rebuild").code == 0
    assert nigao("corpus", "verify").code == 0


def test_internal_error_is_told_without_a_traceback(
    workspace: Path, nigao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.delenv("NIGAO_DEBUG", raising=False)
    monkeypatch.setattr("nigao.assistant.Assistant.search", broken)
    result = nigao("search", "x", cwd=workspace)
    assert result.code == 2
    assert "程序内部出错" in result.err
