"""The one way from a report to files: what goes into which, all or none, and what a person is told."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import docx
import pytest

from nigao import Assistant
from nigao.checks.finding import Finding, Severity
from nigao.errors import OutputError, ReportFileError, UsageError
from nigao.exporting import SUFFIXES, Exported, ExportOptions, check_export, clean_file, export_files, report_bytes
from nigao.manuscript import load_report
from nigao.office import program as office_program
from nigao.report.kinds import load_kind
from nigao.report.model import Citation, Item, Origin, Part, Remark, Report, Sentence
from nigao.report.render import render_text
from nigao.word import AI_NOTE
from nigao.word.stamp import read_stamp

KIND = load_kind("political-ecology")
CITATION = Citation(passage_id="p-1", document_id="d-1", title="工作总结", locator="二（一）", quote="按月学习。")


def said(text: str, *citations: Citation) -> Sentence:
    return Sentence(text=text, origin=Origin.SOURCE if citations else Origin.CONNECTIVE, citations=list(citations))


def sample(lead: str = "核定编制12名。") -> Report:
    point = Item(heading=said("理论学习抓在经常。"), sentences=[said("党组按月组织集中学习，全年学习12次。", CITATION)])
    section = Item(ordinal="（一）", heading=said("突出引领，聚焦“学用结合”建设走深走实。", CITATION), items=[point])
    return Report(
        kind=KIND.key,
        title=said("云汀市档案服务中心关于2025年度全面从严治党和政治生态建设情况的报告"),
        recipient=said("市委第二巡察组"),
        opening=[said("现将本中心2025年政治生态情况报告如下。")],
        parts=[
            Part(key="basics", ordinal="一、", heading=said("基本情况"), lead=[said(lead, CITATION)]),
            Part(key="features", ordinal="二、", heading=said("主要特征"), items=[section]),
        ],
        signature=said("云汀市档案服务中心"),
        date=said("2025年02月06日"),
        as_of=dt.date(2025, 2, 6),
    )


def finding(report: Report, words: str, code: str = "G203", nth: int = 0) -> Finding:
    text, start = render_text(report), -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=f"{words}没有依据",
        text=words,
        line=line,
        column=column,
        end_line=line,
        end_column=column + len(words),
    )


def comments_of(data: bytes) -> dict[str, tuple[str, str]]:
    """Every comment's words by its text, with its author."""
    document = docx.Document(io.BytesIO(data))
    words: dict[str, str] = {}
    going: set[str] = set()
    for element in document.element.body.iter():
        name = str(element.tag).rsplit("}", 1)[-1]
        key = next((text for attribute, text in element.attrib.items() if attribute.endswith("}id")), "")
        if name == "commentRangeStart":
            going.add(key)
            words[key] = ""
        elif name == "commentRangeEnd":
            going.remove(key)
        for comment in going if name == "t" else ():
            words[comment] += element.text
    return {comment.text: (comment.author, words[str(comment.comment_id)]) for comment in document.comments}


@pytest.mark.parametrize("citations", ["comments", "endnotes", "appendix", "none"])
def test_findings_are_comments_on_exactly_their_words(citations: str) -> None:
    report = sample()
    wanted = [
        *(
            "2025年度全面从严治党和政治生态建设",
            "12名",
            "聚焦“学用结合”",
            "按月组织集中学习，全年",
            "云汀市档案服务中心",
        ),
    ]
    found = [finding(report, words) for words in wanted[:-1]] + [finding(report, wanted[-1], nth=1)]
    options = ExportOptions(citations=citations, findings=True)
    told = comments_of(report_bytes(Exported(report, found), ".docx", options).data)
    ours = {text: words.replace("\n", "") for text, (author, words) in told.items() if author == "拟稿核对"}
    assert ours == {f"错误：G203 {words}没有依据": words for words in wanted}
    without = comments_of(report_bytes(Exported(report, found), ".docx", ExportOptions(citations=citations)).data)
    assert {author for author, _ in without.values()} <= {"拟稿助手"}


def test_a_finding_without_a_place_hangs_on_the_head() -> None:
    missing = Finding(
        code="S101", severity=Severity.ERROR, message="缺少部分", line=99, column=9, end_line=99, end_column=9
    )
    options = ExportOptions(citations="none", findings=True)
    told = comments_of(report_bytes(Exported(sample(), [missing]), ".docx", options).data)
    assert [words.replace("\n", "")[:6] for _, words in told.values()] == ["云汀市档案服"]


def test_peoples_remarks_are_written_out_again() -> None:
    remarks = [
        Remark(text="这里再核", by="李四", on="2026-01-03T09:00:00Z", words="12名", line="核定编制12名。"),
        Remark(text="标题太长", by="王五", words="报告", line="没有这一行的报告"),
        Remark(text="总的意见", by="赵六", line="查无此行"),
    ]
    report = sample().model_copy(update={"remarks": remarks})
    data = report_bytes(Exported(report), ".docx", ExportOptions(citations="none")).data
    told = comments_of(data)
    assert {text: (author, words) for text, (author, words) in told.items()}["这里再核"] == ("李四", "12名")
    assert told["标题太长"] == ("王五", "报告")
    assert told["总的意见"][0] == "赵六"
    dates = {c.author: c.timestamp for c in docx.Document(io.BytesIO(data)).comments}
    assert dates["李四"] == dt.datetime(2026, 1, 3, 9, tzinfo=dt.UTC)


def test_the_same_export_twice_is_the_same_file() -> None:
    subject = Exported(sample(), [finding(sample(), "12名")])
    for suffix in (".docx", ".html", ".md", ".txt", ".json"):
        options = ExportOptions(findings=suffix in (".docx", ".html"))
        assert report_bytes(subject, suffix, options) == report_bytes(subject, suffix, options)


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix != ".pdf"])
def test_the_label_is_in_each_kind_of_file_and_can_be_left_off(suffix: str) -> None:
    labelled = report_bytes(Exported(sample()), suffix).data
    bare = report_bytes(Exported(sample()), suffix, ExportOptions(ai_label=False)).data
    if suffix == ".docx":
        labelled, bare = (
            b"".join(p.blob for p in docx.Document(io.BytesIO(d)).part.package.iter_parts()) for d in (labelled, bare)
        )
    assert AI_NOTE.encode() in labelled
    assert AI_NOTE.encode() not in bare
    assert (b"AIGC" in labelled) == (suffix in (".docx", ".html", ".json"))
    assert b"AIGC" not in bare


def test_json_carries_the_label_and_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    export_files(Exported(sample()), [path])
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["AIGC"]["ReservedCode1"] == sample().content_hash()
    assert written["AIGC_note"] == AI_NOTE
    assert load_report(path, KIND) == sample()
    path.write_text(sample().model_dump_json(), encoding="utf-8")
    assert load_report(path, KIND) == sample()


def test_a_mended_json_keeps_its_label(tmp_path: Path) -> None:
    from nigao.checker import Checker
    from nigao.manuscript import mend

    path = tmp_path / "a.json"
    export_files(Exported(sample("核定编制12名,在岗10名。")), [path])
    checker = Checker()
    manuscript = checker.open_file(path)
    mended = json.loads(mend(manuscript, checker.check(manuscript, select=["T"])).data)
    assert "12名，在岗" in json.dumps(mended, ensure_ascii=False)
    assert mended["AIGC_note"] == AI_NOTE


def test_a_mended_markdown_keeps_its_footnotes(tmp_path: Path) -> None:
    from nigao.checker import Checker
    from nigao.manuscript import mend

    path = tmp_path / "a.md"
    export_files(Exported(sample("核定编制12名,在岗1名。")), [path])
    checker = Checker()
    manuscript = checker.open_file(path)
    before = path.read_text(encoding="utf-8")
    mended = mend(manuscript, checker.check(manuscript, select=["T501"])).data.decode()
    assert mended == before.replace("12名,在岗", "12名，在岗")
    assert "[^1]" in mended


def test_several_files_are_written_all_or_none(tmp_path: Path) -> None:
    old = tmp_path / "a.md"
    old.write_text("旧", encoding="utf-8")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(OutputError) as caught:
        export_files(Exported(sample()), [old, tmp_path / "b.txt", tmp_path / "c.json"])
    assert caught.value.where == str(tmp_path / "b.txt")
    assert old.read_text(encoding="utf-8") == "旧"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.txt"]


@pytest.mark.parametrize(
    ("names", "options", "message"),
    [
        (["a.odt"], ExportOptions(), "不支持的输出格式“.odt”"),
        (["a"], ExportOptions(), "不支持的输出格式“无后缀”"),
        (["无/a.docx"], ExportOptions(), "输出文件夹不存在"),
        (["a.docx"], ExportOptions(citations="brackets"), "不认识的出处样式"),
        (["a.docx", "a.md"], ExportOptions(changes_since=1), "修订标记只能写进 docx"),
        (["a.txt", "a.md"], ExportOptions(findings=True), "核对结果只能写进 docx 和 html"),
        (["a.md"], ExportOptions(template=Path("甲.docx")), "模板只用于 docx 和 pdf"),
    ],
)
def test_what_does_not_go_together_is_refused_before_any_work(
    tmp_path: Path, names: list[str], options: ExportOptions, message: str
) -> None:
    with pytest.raises((OutputError, UsageError)) as caught:
        check_export([tmp_path / name for name in names], options)
    assert message in caught.value.message
    assert caught.value.fix


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"text"])
def test_a_template_that_is_none_is_refused(tmp_path: Path, content: bytes | None) -> None:
    template = tmp_path / "模板.docx"
    if content is not None:
        template.write_bytes(content)
    with pytest.raises(ReportFileError) as caught:
        export_files(Exported(sample()), [tmp_path / "a.docx"], ExportOptions(template=template))
    assert caught.value.where == str(template)
    assert not (tmp_path / "a.docx").exists()


def test_cleaning_a_file_writes_a_new_one(tmp_path: Path) -> None:
    source, target = tmp_path / "稿.docx", tmp_path / "定稿.docx"
    export_files(Exported(sample(), [finding(sample(), "12名")]), [source], ExportOptions(findings=True))
    before = source.read_bytes()
    assert clean_file(source, target) == ["已去掉本工具的批注 4 条"]
    assert source.read_bytes() == before
    assert comments_of(target.read_bytes()) == {}
    for wrong, message in ((source, "不覆盖原文件"), (tmp_path / "a.pdf", "清稿只能写成 docx")):
        with pytest.raises(OutputError, match=message):
            clean_file(source, wrong)
    for name, content in (("无.docx", None), ("坏.docx", b"PK\x03\x04bad")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(ReportFileError):
            clean_file(tmp_path / name, tmp_path / "新.docx")
    assert not (tmp_path / "新.docx").exists()


@pytest.fixture
def office(tmp_path: Path) -> Assistant:
    assistant = Assistant.in_memory()
    assistant.store.reports.add(sample(), "", "[]", "周敏", "收入")
    assistant.reports.change("r0001", sample("核定编制15名。"), author="李强", reason="改编制")
    assistant.reports.change("r0001", sample("核定编制16名。"), author="王芳", reason="再改编制")
    return assistant


def test_a_stored_report_is_known_by_its_stamp(office: Assistant, tmp_path: Path) -> None:
    with office:
        office.export(office.stored("r0001", 2), [tmp_path / "a.docx"])
        office.export(office.stored("r0001"), [tmp_path / "b.docx"], ExportOptions(changes_since=2))
        # The same report gives the same bytes there, under whatever number it is kept.
        office.stored("r0001").save(tmp_path / "c.docx")
    stamps = [read_stamp(docx.Document(str(tmp_path / name))) for name in ("a.docx", "b.docx", "c.docx")]
    found = [None if s is None else (s.report, s.revision, s.since) for s in stamps]
    assert found == [("r0001", 2, 0), ("r0001", 3, 2), None]


@pytest.mark.parametrize("citations", ["none", "appendix", "comments"])
def test_changes_since_a_revision_are_tracked_by_who_made_them(
    office: Assistant, tmp_path: Path, citations: str
) -> None:
    path = tmp_path / "a.docx"
    with office:
        office.export(office.stored("r0001"), [path], ExportOptions(citations=citations, changes_since=1))
    body = docx.Document(str(path)).element.body
    word = body.nsmap["w"]
    tracked = {
        name: [
            (change.get(f"{{{word}}}author"), "".join(change.itertext())) for change in body.iter(f"{{{word}}}{name}")
        ]
        for name in ("ins", "del")
    }
    assert [author for author, _ in tracked["ins"]] == ["王芳"]
    assert "16" in tracked["ins"][0][1]
    assert "12" in tracked["del"][0][1]
    assert ("附：句子出处对照表" in "".join(body.itertext())) == (citations == "appendix")
    assert load_report(path, KIND).parts[0].lead[0].text == "核定编制16名。"


@pytest.mark.parametrize("since", [3, 4])
def test_changes_since_a_later_revision_are_refused(office: Assistant, tmp_path: Path, since: int) -> None:
    with office, pytest.raises(UsageError, match="不早于第3稿"):
        office.export(office.stored("r0001"), [tmp_path / "a.docx"], ExportOptions(changes_since=since))
    assert list(tmp_path.iterdir()) == []


def test_leaving_the_label_off_is_recorded_for_every_file(office: Assistant, tmp_path: Path) -> None:
    with office:
        files = [tmp_path / "a.txt", tmp_path / "b.json"]
        office.export(office.stored("r0001"), files, ExportOptions(ai_label=False))
        office.export(office.stored("r0001"), [tmp_path / "c.txt"])
        events = [event for event in office.store.audit.events() if event.action == "report.export_unlabelled"]
    assert [event.detail["file"] for event in events] == [str(file) for file in files]


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is missing: PDF was NOT tried")
def test_a_pdf_has_the_table_and_no_comments_and_tells_its_fonts(tmp_path: Path) -> None:
    from nigao.corpus.readers import read_document

    told = export_files(
        Exported(sample()), [tmp_path / "a.pdf", tmp_path / "a.docx"], ExportOptions(citations="appendix")
    )
    words = "".join(read_document(tmp_path / "a.pdf").text.split())
    assert "核定编制12名。" in words
    assert "附：句子出处对照表" in words
    assert AI_NOTE in words
    assert all(line.startswith("PDF 中的字体有替换：") for line in told)


def test_without_libreoffice_a_pdf_is_refused_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nigao.word.pdf.program", lambda: None)
    with pytest.raises(OutputError, match="LibreOffice"):
        export_files(Exported(sample()), [tmp_path / "a.md", tmp_path / "a.pdf"])
    assert list(tmp_path.iterdir()) == []
