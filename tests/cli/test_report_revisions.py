"""A stored report's revisions and its sign-off on the command line."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from commands import Command

from nigao import Assistant
from nigao.report.model import Origin, Part, Report, Sentence
from nigao.report.waivers import Waiver


def _report(title: str) -> Report:
    part = Part(key="basics", ordinal="一、", heading=Sentence(text="基本情况"))
    part.lead.append(Sentence(text="核定编制12名。", origin=Origin.HUMAN))
    waivers = [Waiver(codes=["S", "G"], reason="试用", by="李强")]
    kept = Sentence(text=title)
    return Report(kind="political-ecology", title=kept, parts=[part], unit="云汀市档案馆", waivers=waivers)


@pytest.fixture
def office(empty: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one report of two revisions, and an approver."""
    settings = empty / "nigao.toml"
    told = settings.read_text(encoding="utf-8").replace('"local"', '"none"', 1)
    settings.write_text(told + '\n[signoff]\napprovers = ["周文清"]\n', encoding="utf-8")
    with Assistant.open(empty) as assistant:
        assistant.store.reports.add(_report("初稿"), "", "[]", "周敏", "收入")
        assistant.reports.change("r0001", _report("二稿"), author="李强", reason="改题目")
    monkeypatch.chdir(empty)
    return empty


def test_history_and_restoring(office: Path, nigao: Command) -> None:
    lines = nigao("report", "history", "r0001").out.splitlines()
    assert lines[0].split("\t") == ["稿次", "时间", "作者", "做法", "说明", "签发"]
    assert [line.split("\t")[2:5] for line in lines[1:]] == [["周敏", "起草", "收入"], ["李强", "修改", "改题目"]]
    assert nigao("report", "restore", "r0001", "1", "--by", "王芳").out == "已恢复第 1 稿，现为 r0001 第 3 稿。\n"
    assert "没有改动" in nigao("report", "restore", "r0001", "3").out
    (*_, last) = json.loads(nigao("report", "history", "r0001", "--json").out)
    assert (last["revision"], last["act"], last["restores"], last["author"]) == (3, "restore", 1, "王芳")
    assert "初稿" in nigao("report", "show", "r0001").out
    assert "二稿" in nigao("report", "show", "r0001", "--revision", "2").out
    assert nigao("report", "export", "r0001", "-o", "二.txt", "--revision", "2").code == 0
    assert "二稿" in (office / "二.txt").read_text(encoding="utf-8")


def test_sign_off(office: Path, nigao: Command) -> None:
    def stage() -> str:
        (entry,) = json.loads(nigao("report", "list", "--json").out)
        return str(entry["stage"])

    assert stage() == "draft"
    assert "r0001 第 2 稿已送审，" in nigao("report", "submit", "r0001", "--by", "李强", "--note", "请审").out
    assert "\t送审稿\t" in nigao("report", "list").out
    assert "已退回" in nigao("report", "return", "r0001", "--by", "周文清", "--note", "题目再斟酌").out
    assert "讨论稿（第 2 稿由周文清退回：题目再斟酌）" in nigao("report", "status", "r0001").out
    nigao("report", "submit", "r0001", "--by", "李强")
    assert "第 2 稿已签发" in nigao("report", "approve", "r0001", "--by", "周文清").out
    assert stage() == "approved"
    assert (
        nigao("report", "history", "r0001").out.splitlines()[2].endswith("李强送审；周文清退回；李强送审；周文清签发")
    )
    told = json.loads(nigao("report", "status", "r0001", "--json").out)
    assert (told["stage"], told["label"], len(told["steps"])) == ("approved", "已签发", 4)
    assert {one["reason"] for one in told["steps"][0]["waived"]} == {"试用"}
    nigao("report", "restore", "r0001", "1", "--by", "王芳")
    assert stage() == "draft"
    told = json.loads(nigao("report", "status", "r0001", "--json").out)
    assert (told["lapsed_by"], "王芳改出第 3 稿后失效" in told["told"]) == (3, True)


SLIPS = [
    ("history r0009", "没有这份报告"),
    ("status x", "没有这份报告"),
    ("restore r0001 9", "没有第 9 稿"),
    ("restore r0001 0", "稿次"),
    ("restore r0001 1 --by 【待补】", "没有写明是谁"),
    ("show r0001 --revision 9", "没有第 9 稿"),
    ("submit r0001", "--by"),
    ("submit r0001 --by 　", "没有写明是谁"),
    ("approve r0001 --by 周文清", "没有送审稿"),
    ("approve r0001 --by 王芳", "王芳不是签发人"),
    ("return r0001 --by 周文清 --note 改", "没有送审稿"),
    ("return r0001 --by 周文清 --note 　", "没有写明退回的理由"),
]


def test_slips_are_told_and_change_nothing(office: Path, nigao: Command) -> None:
    before = nigao("report", "history", "r0001", "--json").out
    for words, told in SLIPS:
        result = nigao("report", *words.split(" "))
        assert (result.code, told in result.err) == (2, True), (words, result.err)
    assert nigao("report", "history", "r0001", "--json").out == before


def test_a_report_with_errors_is_not_submitted(office: Path, nigao: Command) -> None:
    with Assistant.open(office) as assistant:
        bare = _report("二稿").model_copy(update={"waivers": []})
        assistant.reports.change("r0001", bare, author="李强", reason="去掉忽略")
    result = nigao("report", "submit", "r0001", "--by", "李强")
    assert result.code == 2
    assert "不能送审" in result.err
    assert "忽略" in result.err


def test_audit_verify_says_what_it_verified_and_what_is_wrong(office: Path, nigao: Command) -> None:
    nigao("report", "submit", "r0001", "--by", "李强")
    sound = nigao("audit", "verify")
    assert (sound.code, sound.out) == (
        0,
        "审计记录 3 条，链条完整；文件 0 份、报告 2 稿、会话 0 轮、送审签发 1 次和接口密钥，都与记录相符。\n",
    )
    with sqlite3.connect(office / ".nigao" / "nigao.db") as connection:
        connection.execute("UPDATE revisions SET author = '别人' WHERE revision = 2")
    connection.close()
    broken = nigao("audit", "verify")
    assert broken.code == 2
    assert "报告 r0001 第 2 稿：记录被改动" in broken.err
