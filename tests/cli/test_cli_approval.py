"""The life of a document on the command line: submitted, read, approved or returned; what rests on it; earlier days."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from commands import Command

TEXT = "值班制度\n\n第一条　工作日值班由综合科安排，每日一人，负责接待来访群众和处理紧急事项。\n"
CHANGED = TEXT.replace("综合科", "办公室")
SUBMITTED = ("--role", "basis", "--by", "王芳", "--title", "值班制度")


@pytest.fixture
def empty(empty: Path) -> Path:
    """A workspace that searches by words, which is quicker."""
    settings = empty / "nigao.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"local"', '"none"', 1), encoding="utf-8")
    return empty


@pytest.fixture
def duty(empty: Path, nigao: Command) -> Path:
    """A file that was submitted in an otherwise empty workspace."""
    file = empty / "duty.txt"
    file.write_text(TEXT, encoding="utf-8")
    result = nigao("corpus", "submit", file, *SUBMITTED, cwd=empty)
    assert result.code == 0
    assert "待批准 1 份" in result.out
    return file


def _list(nigao: Command, *options: str) -> list[dict]:
    return json.loads(nigao("corpus", "list", *options, "--json").out)


def _found(nigao: Command) -> list[str]:
    return [hit["document_id"] for hit in json.loads(nigao("search", "值班 来访群众", "--json").out)]


def test_submit_read_approve(duty: Path, nigao: Command) -> None:
    (view,) = _list(nigao)
    assert (view["status"], view["evidence"], view["passages"], view["waiting"]) == ("submitted", False, 0, "待批准")
    assert _found(nigao) == []
    shown = nigao("corpus", "show", "duty").out
    assert "王芳 提交的内容，待批准" in shown
    assert "综合科安排" in shown
    approved = nigao("corpus", "approve", "duty", "--by", "程立", "--on", "2025-03-01")
    assert approved.code == 0
    assert "已批准 duty《值班制度》。" in approved.out
    assert _found(nigao) == ["duty"]
    assert "第 1 版，程立 2025-03-01 批准，在用" in nigao("corpus", "show", "duty").out
    assert nigao("corpus", "approve", "duty", "--by", "程立").code == 2
    assert nigao("corpus", "verify").code == 0


def test_a_changed_version_waits_beside_the_approved_one(duty: Path, nigao: Command) -> None:
    nigao("corpus", "approve", "duty", "--by", "程立", "--on", "2025-03-01")
    duty.write_text(CHANGED, encoding="utf-8")
    told = json.loads(nigao("corpus", "submit", duty, *SUBMITTED, "--json").out)
    assert [pending["document_id"] for pending in told["pending"]] == ["duty"]
    (view,) = _list(nigao, "--status", "submitted")
    assert (view["status"], view["evidence"], view["waiting"]) == ("approved", True, "待批准")
    assert "可作依据；改动的内容待批准" in nigao("corpus", "list").out
    returned = nigao("corpus", "return", "duty", "--by", "程立", "--reason", "办公室没有值班人员")
    assert returned.code == 0
    assert "已由程立退回：办公室没有值班人员" in nigao("corpus", "list").out
    assert _list(nigao, "--status", "submitted") == []
    assert len(_list(nigao, "--status", "returned")) == len(_list(nigao, "--status", "approved")) == 1
    assert _found(nigao) == ["duty"]
    assert "综合科" in nigao("search", "值班").out
    assert nigao("corpus", "list", "--status", "x").code == 2


def test_sync_tells_what_waits_and_exits_1(workspace: Path, nigao: Command) -> None:
    nigao("corpus", "list", cwd=workspace)
    before = {view["id"]: view for view in _list(nigao)}["basis-work-rules"]
    # Nothing else is to stop the sync.
    manifest = workspace / "corpus" / "manifest.yaml"
    data = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    data["documents"] = [entry for entry in data["documents"] if entry["id"] != "material-maintenance-notice"]
    manifest.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    file = workspace / "corpus" / "documents" / "basis" / "work-rules.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n本规则由办公室负责解释。\n", encoding="utf-8")
    result = nigao("corpus", "sync")
    assert result.code == 1
    assert "待批准 basis-work-rules" in result.out
    assert "沿用原来的文本" in result.out
    assert "nigao corpus approve basis-work-rules" in result.out
    now = {v["id"]: v for v in _list(nigao)}["basis-work-rules"]
    assert (now["sha256"], now["evidence"], now["waiting"]) == (before["sha256"], True, "待批准")
    assert nigao("corpus", "approve", "basis-work-rules", "--by", "周敏").code == 0
    told = json.loads(nigao("corpus", "sync", "--full", "--json").out)
    assert told["pending"] == []
    assert "basis-work-rules" in told["unchanged"]


def test_earlier_days(duty: Path, nigao: Command) -> None:
    nigao("corpus", "approve", "duty", "--by", "程立", "--on", "2025-03-01")
    duty.write_text(CHANGED, encoding="utf-8")
    nigao("corpus", "submit", duty, *SUBMITTED)
    nigao("corpus", "approve", "duty", "--by", "周敏", "--on", "2025-06-01")
    assert _list(nigao, "--on", "2025-02-28") == []
    (view,) = _list(nigao, "--on", "2025-05-31")
    assert (view["version"], view["approved_by"], view["ended_on"], view["end_reason"]) == (
        1,
        "程立",
        "2025-06-01",
        "replaced",
    )
    shown = nigao("corpus", "show", "duty", "--on", "2025-05-31")
    assert "综合科安排" in shown.out
    assert "2025-06-01 换了新的内容" in shown.out
    assert "办公室安排" in json.loads(nigao("corpus", "show", "duty", "--on", "2025-06-01", "--json").out)["text"]
    assert "2025-06-01 换了新的内容" in nigao("corpus", "list", "--on", "2025-05-31").out
    assert nigao("corpus", "show", "duty", "--on", "2025-01-01").code == 2
    assert nigao("corpus", "list", "--on", "昨天").code == 2


def test_who_may_see_it(empty: Path, nigao: Command) -> None:
    file = empty / "duty.txt"
    file.write_text(TEXT, encoding="utf-8")
    approval = ("--role", "basis", "--approved-by", "程立", "--approved-on", "2025-01-10")
    assert nigao("corpus", "add", file, *approval, "--visible-to", "甲局", "--visible-to", "乙局", cwd=empty).code == 0
    assert _found(nigao) == []
    (view,) = _list(nigao)
    assert view["visible_to"] == ["乙局", "甲局"]
    assert "可见范围：乙局、甲局" in nigao("corpus", "show", "duty").out
    assert len(_list(nigao, "--unit", "甲局")) == len(_list(nigao, "--on", "2025-02-01", "--unit", "乙局")) == 1
    assert _list(nigao, "--unit", "丙局") == _list(nigao, "--on", "2025-02-01", "--unit", "丙局") == []
    settings = empty / "nigao.toml"
    settings.write_text('unit = "甲局"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    assert _found(nigao) == ["duty"]


def test_what_rests_on_a_document(workspace: Path, nigao: Command) -> None:
    nigao("draft", "brief.yaml", "--part", "problems", "--json", cwd=workspace)
    report = json.loads(nigao("report", "show", "r0001", "--json").out)["report"]
    cited = [
        (citation["document_id"], sentence["text"], citation["passage_id"])
        for part in report["parts"]
        for item in part["items"]
        for sentence in _sentences(item)
        for citation in sentence["citations"]
    ]
    document = cited[0][0]
    told = json.loads(nigao("corpus", "impact", document, "--json").out)
    (affected,) = told["reports"]
    assert (affected["id"], affected["revision"]) == ("r0001", 1)
    assert [(document, s["text"], s["passage_id"]) for s in affected["sentences"]] == [
        one for one in cited if one[0] == document
    ]
    assert affected["sentences"][0]["part"] == "problems"
    assert affected["sentences"][0]["ordinal"] == "一是"
    assert affected["sentences"][0]["locator"]
    plain = nigao("corpus", "impact", document, "--all").out
    assert f"1 份报告，{len(affected['sentences'])} 句以它为依据" in plain
    revoked = nigao("corpus", "revoke", document, "--reason", "数据有误", "--by", "周敏")
    assert f"有 1 份报告以它为依据：r0001（{len(affected['sentences'])} 句）" in revoked.out
    assert "已撤销：数据有误" in nigao("corpus", "impact", document).out
    assert nigao("corpus", "impact", "没有").code == 2


def _sentences(item: dict) -> list[dict]:
    own = [item["heading"]] if item.get("heading") else []
    return own + item["sentences"] + [s for inner in item["items"] for s in _sentences(inner)]


SLIPS = [
    ("approve duty --by 【待补】", "没有写明是谁"),
    ("approve duty --by 程立 --on 2999-01-01", "还没有到"),
    ("approve none --by 程立", "没有这份文件"),
    ("approve duty --by 程立 --sha256 ffffffff", "已经换了"),
    ("return duty --by 程立 --reason 　", "没有写明退回的理由"),
    ("submit none.txt --role basis --by 王芳", "找不到文件"),
    ("submit duty.txt --role basis --by 王芳 --supersedes none", "没有这份文件"),
    ("add duty.txt --role basis --approved-by 程立 --approved-on 2999-01-01", "还没有到"),
    (
        "add duty.txt --role basis --approved-by 程立 --approved-on 2025-01-01"
        " --valid-from 2025-02-01 --valid-to 2025-01-01",
        "早于",
    ),
]


def test_slips_are_told_and_change_nothing(duty: Path, nigao: Command) -> None:
    before = nigao("corpus", "list", "--json").out
    for words, told in SLIPS:
        result = nigao("corpus", *words.split(" "))
        assert (result.code, told in result.err) == (2, True), (words, result.err)
    assert nigao("corpus", "list", "--json").out == before


def test_a_refused_submission_exits_as_add_does(empty: Path, nigao: Command) -> None:
    for name, text in (("a.txt", TEXT), ("b.txt", "秘密★1年\n" + TEXT)):
        (empty / name).write_text(text, encoding="utf-8")
    assert nigao("corpus", "submit", "b.txt", "--role", "basis", "--by", "王芳", cwd=empty).code == 2
    assert nigao("corpus", "submit", "a.txt", "b.txt", "--role", "basis", "--by", "王芳").code == 1
    assert {v["id"]: v["status"] for v in _list(nigao)} == {"a": "submitted", "b": "refused"}
