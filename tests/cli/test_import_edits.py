"""An edited Word copy taken back in on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Command

from duty_report import REPORT
from nigao import Assistant
from nigao.report.kinds import load_kind
from nigao.reportfile import parse_text
from word_edits import Edit, edited, remark, retype, text_box, tracked_words


@pytest.fixture
def office(empty: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one report, exported as 稿.docx."""
    settings = empty / "nigao.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"local"', '"none"', 1), encoding="utf-8")
    with Assistant.open(empty) as assistant:
        assistant.store.reports.add(parse_text(REPORT, load_kind("political-ecology")), "", "[]", "周敏", "收入")
    monkeypatch.chdir(empty)
    monkeypatch.setenv("NIGAO_PERSON", "李核")
    return empty


@pytest.fixture
def copy(office: Path, nigao: Command) -> Path:
    assert nigao("report", "export", "r0001", "-o", "稿.docx").code == 0
    return office / "稿.docx"


def edit(file: Path, *edits: Edit) -> None:
    file.write_bytes(edited(file.read_bytes(), *edits))


def test_an_unchanged_copy_changes_nothing(copy: Path, nigao: Command) -> None:
    result = nigao("report", "import-edits", copy.name)
    assert (result.code, result.out) == (0, "r0001：文件与第1稿相同，没有要导入的改动。\n")


def test_each_persons_changes_are_told_and_kept(copy: Path, nigao: Command) -> None:
    edit(
        copy,
        lambda d: retype(d, "工作人员12名", "工作人员13名"),
        lambda d: tracked_words(d, "报修偏晚", "报修不及时", "赵一"),
        lambda d: remark(d, "每周抽查一次", "频次可行吗", "王核"),
    )
    before = nigao("report", "show", "r0001").out
    dry = nigao("report", "import-edits", copy.name, "--dry-run")
    assert "李核的改动将成为第2稿：修改1处" in dry.out
    assert nigao("report", "show", "r0001").out == before
    done = nigao("report", "import-edits", copy.name)
    assert done.code == 0
    assert "r0001 李核的改动已成为第2稿：修改1处" in done.out
    assert "r0001 赵一的改动已成为第3稿：修改1处" in done.out
    assert "r0001 王核的改动已成为第4稿：批注1条" in done.out
    assert "批注　每周抽查一次：频次可行吗" in done.out
    shown = nigao("report", "show", "r0001").out
    assert "工作人员13名" in shown
    assert "报修不及时" in shown
    authors = [line.split("\t")[2] for line in nigao("report", "history", "r0001").out.splitlines()[1:]]
    assert authors == ["周敏", "李核", "赵一", "王核"]


def test_what_cannot_be_taken_is_told_and_the_exit_code_says_so(copy: Path, nigao: Command) -> None:
    edit(copy, lambda d: text_box(d, "工作人员12名", "框中的话"))
    result = nigao("report", "import-edits", copy.name)
    assert result.code == 1
    assert "正文之外，没有导入：文本框：框中的话" in result.out
    told = json.loads(nigao("report", "import-edits", copy.name, "--json").out)
    assert (told["id"], told["base"], told["revisions"]) == ("r0001", 1, [])
    assert told["not_taken"] == ["正文之外，没有导入：文本框：框中的话"]


def test_mistakes_are_told_without_a_traceback(copy: Path, nigao: Command) -> None:
    (copy.parent / "坏.docx").write_bytes(b"PK\x03\x04")
    for arguments in (("坏.docx",), ("没有.docx",), (copy.name, "--report", "r0099")):
        result = nigao("report", "import-edits", *arguments)
        assert result.code == 2
        assert result.err.startswith("错误：")
        assert "Traceback" not in result.err
