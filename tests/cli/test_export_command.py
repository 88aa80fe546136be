"""`nigao report export` and `nigao report clean`: every kind of file, what is told, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from commands import Command

from nigao import Assistant
from nigao.chat.commands import ExportCommand
from nigao.report.model import Citation, Part, Report, Sentence

RECORD = Citation(passage_id="p", document_id="d", title="工作总结", locator="二（一）", quote="编制12名。")


def report(number: int) -> Report:
    lead = Sentence(text=f"核定编制{number}名。", citations=[RECORD])
    part = Part(key="basics", ordinal="一、", heading=Sentence(text="基本情况"), lead=[lead])
    return Report(kind="political-ecology", title=Sentence(text="情况报告"), parts=[part])


@pytest.fixture
def office(empty: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = empty / "nigao.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"local"', '"none"', 1), encoding="utf-8")
    with Assistant.open(empty) as assistant:
        assistant.store.reports.add(report(12), "", "[]", "周敏", "收入")
        findings = [finding.model_dump(mode="json") for finding in assistant.check(report(13))]
        assistant.store.reports.revise("r0001", report(13), "", json.dumps(findings), "李强", "改编制")
    monkeypatch.chdir(empty)
    return empty


def comments(path: Path) -> set[str]:
    return {comment.author for comment in docx.Document(str(path)).comments}


def test_every_kind_of_file_at_once(office: Path, nigao: Command) -> None:
    names = ("稿.docx", "稿.html", "稿.md", "稿.txt", "稿.json")
    result = nigao("report", "export", "r0001", *(word for name in names for word in ("-o", name)), "--findings")
    assert result.code == 0
    assert result.out.splitlines() == [f"已写出：{name}" for name in names]
    assert comments(office / "稿.docx") == {"拟稿助手", "拟稿核对"}
    assert 'aria-label="核对结果"' in (office / "稿.html").read_text(encoding="utf-8")
    for name in names:
        if not name.endswith("html"):
            assert nigao("check", name, "--json", "--select", "T").code == 0


def test_sources_as_a_table_and_then_cleaned(office: Path, nigao: Command) -> None:
    assert nigao("report", "export", "r0001", "-o", "稿.docx", "--citations", "appendix", "--findings").code == 0
    result = nigao("report", "clean", "稿.docx", "-o", "定稿.docx")
    assert result.code == 0
    assert result.out == "已写出：定稿.docx\n"
    assert "已去掉本工具的批注" in result.err
    assert "已去掉句子出处对照表" in result.err
    assert "已去掉稿次标记" in result.err
    words = [paragraph.text for paragraph in docx.Document(str(office / "定稿.docx")).paragraphs]
    assert words[-1] == "核定编制13名。"
    assert comments(office / "定稿.docx") == set()
    assert "没有要去掉的内容" in nigao("report", "clean", "定稿.docx", "-o", "再清.docx").err


def test_changes_since_a_revision_and_accepting_them(office: Path, nigao: Command) -> None:
    assert nigao("report", "export", "r0001", "-o", "改.docx", "--changes-since", "1").code == 0
    assert "w:ins " in docx.Document(str(office / "改.docx")).element.xml
    assert "已接受修订" in nigao("report", "clean", "改.docx", "-o", "终.docx", "--accept", "--all-comments").err
    assert "核定编制13名" in docx.Document(str(office / "终.docx")).paragraphs[-1].text
    early = nigao("report", "export", "r0001", "-o", "改.docx", "--changes-since", "1", "--revision", "1")
    assert (early.code, "不早于第1稿" in early.err) == (2, True)


def test_a_template_is_used_and_its_departures_are_told(office: Path, nigao: Command) -> None:
    house = docx.Document()
    house.add_paragraph("模板")
    house.save(str(office / "模板.docx"))
    result = nigao("report", "export", "r0001", "-o", "稿.docx", "--template", "模板.docx")
    assert result.code == 0
    assert "模板与 GB/T 9704 不同：" in result.err
    assert docx.Document(str(office / "稿.docx")).sections[0].page_width == house.sections[0].page_width
    settings = office / "nigao.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\n[word]\ntemplate = "模板.docx"\n', encoding="utf-8")
    assert "模板与 GB/T 9704 不同：" in nigao("report", "export", "r0001", "-o", "又.docx").err
    assert nigao("report", "export", "r0001", "-o", "又.md").err == ""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-o", "稿.odt"], "不支持的输出格式"),
        (["-o", "稿.docx", "--citations", "旁注"], "不认识的出处样式 旁注"),
        (["-o", "稿.md", "--findings"], "核对结果只能写进 docx 和 html"),
        (["-o", "稿.md", "--changes-since", "1"], "修订标记只能写进 docx"),
        (["-o", "稿.md", "--template", "模板.docx"], "模板只用于 docx 和 pdf"),
        (["-o", "稿.docx", "--template", "无.docx"], "无.docx"),
        (["-o", "无/稿.docx"], "输出文件夹不存在"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    office: Path, nigao: Command, words: list[str], message: str
) -> None:
    result = nigao("report", "export", "r0001", *words)
    assert result.code == 2
    assert message in result.err
    assert not list(office.glob("稿.*"))


def test_cleaning_never_overwrites_and_needs_a_word_file(office: Path, nigao: Command) -> None:
    nigao("report", "export", "r0001", "-o", "稿.docx")
    assert "不覆盖原文件" in nigao("report", "clean", "稿.docx", "-o", "稿.docx").err
    assert "清稿只能写成 docx" in nigao("report", "clean", "稿.docx", "-o", "稿.pdf").err
    assert "找不到文件" in nigao("report", "clean", "无.docx", "-o", "新.docx").err
    (office / "假.docx").write_bytes(b"PK\x03\x04")
    assert nigao("report", "clean", "假.docx", "-o", "新.docx").code == 2
    assert not (office / "新.docx").exists()


def test_the_help_names_every_choice(nigao: Command) -> None:
    told = nigao("report", "export", "--help").out
    for word in ("comments", "endnotes", "appendix", "--findings", "--changes-since", "--template", ".pdf", ".html"):
        assert word in told.replace("\n", "").replace(" ", "") or word in told
    assert "--all-comments" in nigao("report", "clean", "--help").out


def test_chat_exports_the_same_way(office: Path) -> None:
    with Assistant.open(office) as assistant:
        session = assistant.chat("r0001", offline=True)
        *_, said = session.send("/export 稿.html 稿.docx")
        *_, refused = session.send(ExportCommand(files=("稿.odt",)))
    assert "已写出" in said.model_dump_json()
    assert (office / "稿.html").is_file()
    assert "不支持的输出格式" in refused.model_dump_json()
