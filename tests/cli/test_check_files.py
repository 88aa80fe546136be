"""`nigao check` on files: mended into a new file, previewed, waived, shown to other tools; never overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Command

TEXT = "关于工作情况的报告\n现将有关情况报告如下。\n一、基本情况\n　　核定编制12名,内设三个科室。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_fix_writes_a_new_file_and_leaves_the_old_one(report: Path, nigao: Command) -> None:
    result = nigao("check", report, "--select", "T", "--fix", cwd=report.parent)
    assert report.read_text(encoding="utf-8") == TEXT
    assert report.with_name("报告（修正）.txt").read_text(encoding="utf-8") == TEXT.replace(",", "，")
    assert "已修正 1 处" in result.err
    assert "提醒 0 处" in result.out


def test_diff_only_shows(report: Path, nigao: Command) -> None:
    result = nigao("check", report, "--select", "T", "--diff", cwd=report.parent)
    assert "-　　核定编制12名,内设三个科室。" in result.out
    assert "+　　核定编制12名，内设三个科室。" in result.out
    assert [path.name for path in report.parent.iterdir()] == ["报告.txt"]


def test_the_original_is_never_overwritten(report: Path, nigao: Command) -> None:
    result = nigao("check", report, "--select", "T", "--fix", "-o", report, cwd=report.parent)
    assert result.code == 2
    assert "不覆盖原文件" in result.err
    assert report.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_mended_text_keeps_its_encoding(encoding: str, tmp_path: Path, nigao: Command) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    nigao("check", path, "--select", "T", "--fix", "-o", tmp_path / "乙.txt", cwd=tmp_path)
    assert (tmp_path / "乙.txt").read_bytes() == TEXT.replace(",", "，").replace("\n", "\r\n").encode(encoding)


def test_markdown_is_mended_between_its_marks(tmp_path: Path, nigao: Command) -> None:
    path = tmp_path / "甲.md"
    path.write_text("# 报告\n\n现报告如下。\n\n## 一、基本情况\n\n**核定编制**12名,内设三个科室。\n", encoding="utf-8")
    nigao("check", path, "--select", "T", "--fix", cwd=tmp_path)
    mended = (tmp_path / "甲（修正）.md").read_text(encoding="utf-8")
    assert mended == path.read_text(encoding="utf-8").replace(",", "，")


def test_json_is_mended_inside_its_sentences(report: Path, tmp_path: Path, nigao: Command) -> None:
    from nigao import Assistant
    from nigao.exporting import Exported, export_files

    with Assistant.in_memory() as assistant:
        export_files(Exported(assistant.read(report)), [tmp_path / "报告.json"])
    nigao("check", tmp_path / "报告.json", "--select", "T", "--fix", cwd=tmp_path)
    mended = json.loads((tmp_path / "报告（修正）.json").read_text(encoding="utf-8"))
    assert mended["parts"][0]["lead"][0]["text"] == "核定编制12名，内设三个科室。"


def test_a_finding_is_shown_at_its_place(report: Path, nigao: Command) -> None:
    lines = nigao("check", report, "--select", "T", cwd=report.parent).out.splitlines()
    shown = next(i for i, line in enumerate(lines) if "核定编制12名,内设" in line)
    # Columns on a terminal: a Han character takes two.
    assert lines[shown + 1].index("^") == 4 + 2 * len("核定编制名") + len("12")


def test_severity_hides_the_lesser(report: Path, nigao: Command) -> None:
    assert "提醒 0 处" in nigao("check", report, "--severity", "error", "--select", "T", cwd=report.parent).out
    assert nigao("check", report, "--severity", "严重", cwd=report.parent).code == 2


def test_a_waiver_in_the_file_is_told(report: Path, nigao: Command) -> None:
    waived = TEXT.replace("科室。", "科室。<!-- nigao 忽略 T：照录原文 -->")
    report.write_text(waived, encoding="utf-8")
    result = nigao("check", report, "--select", "T", "--json", cwd=report.parent)
    output = json.loads(result.out)
    assert output["findings"] == []
    assert [w["reason"] for w in output["waived"]] == ["照录原文"]


def test_the_workspaces_settings_hold(empty: Path, report: Path, nigao: Command) -> None:
    with (empty / "nigao.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[check]\nselect = ["T", "P"]\n[check.kinds.political-ecology]\nignore = ["T"]\n')
    assert json.loads(nigao("check", report, "--json", cwd=empty).out)["findings"] == []
    found = json.loads(nigao("check", report, "--select", "S", "--json", cwd=empty).out)["findings"]
    assert {finding["code"][0] for finding in found} == {"S"}


def test_a_wrong_setting_names_its_place(empty: Path, report: Path, nigao: Command) -> None:
    with (empty / "nigao.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[check]\nseverity = "高"\n')
    result = nigao("check", report, cwd=empty)
    assert result.code == 2
    assert "nigao.toml" in result.err


def test_sarif_is_printed_whole(report: Path, nigao: Command) -> None:
    log = json.loads(nigao("check", report, "--select", "T", "--sarif", cwd=report.parent).out)
    (found,) = log["runs"][0]["results"]
    (change,) = found["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "，"}
    assert nigao("check", report, "--sarif", "--json", cwd=report.parent).code == 2


@pytest.mark.parametrize("words", [("--annotate", "批注.docx"), ("-o", "新.txt")])
def test_options_that_do_not_go_together_are_told(words: tuple[str, str], report: Path, nigao: Command) -> None:
    assert nigao("check", report, *words, cwd=report.parent).code == 2


@pytest.fixture
def word_report(tmp_path: Path) -> Path:
    import docx

    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line.strip())
    path = tmp_path / "报告.docx"
    document.save(str(path))
    return path


def _changes(path: Path) -> list[tuple[str, str]]:
    """Who made the tracked changes of words, and what they are."""
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(str(path)).element.body
    found = body.xpath(".//w:p/w:ins | .//w:p/w:del")
    words = ["".join(text.text or "" for text in change.iter("{*}t", "{*}delText")) for change in found]
    return [(change.get(qn("w:author")), text) for change, text in zip(found, words, strict=True)]


def test_a_word_file_is_mended_in_tracked_changes(word_report: Path, tmp_path: Path, nigao: Command) -> None:
    before = word_report.read_bytes()
    result = nigao("check", word_report, "--select", "T,L", "--fix", "-o", tmp_path / "新.docx", cwd=tmp_path)
    assert _changes(tmp_path / "新.docx") == [("拟稿核对", ","), ("拟稿核对", "，")]
    assert word_report.read_bytes() == before
    assert "改动都是修订" in result.err
    assert "页脚不能作为修订" in result.out
    nigao("check", word_report, "--select", "T,L", "--fix", "--untracked", "-o", tmp_path / "直.docx", cwd=tmp_path)
    assert _changes(tmp_path / "直.docx") == []
    assert nigao("check", word_report, "--untracked", cwd=tmp_path).code == 2


def test_what_is_left_is_noted_on_the_mended_copy(word_report: Path, tmp_path: Path, nigao: Command) -> None:
    import docx

    options = ("--fix", "-o", tmp_path / "新.docx", "--annotate", tmp_path / "批注.docx")
    nigao("check", word_report, "--select", "T,S", *options, cwd=tmp_path)
    assert _changes(tmp_path / "批注.docx") == [("拟稿核对", ","), ("拟稿核对", "，")]
    said = [comment.text for comment in docx.Document(str(tmp_path / "批注.docx")).comments]
    assert said
    assert not [text for text in said if "T501" in text]
