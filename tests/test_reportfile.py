"""A report as a file: each format is read back as the report it was, and a file is whole or absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from nigao.errors import OutputError, ReportFileError
from nigao.exporting import SUFFIXES, Exported, ExportOptions, export_files
from nigao.manuscript import load_report
from nigao.report.kinds import Kind
from nigao.report.model import Citation, Item, Origin, Part, Report, Sentence
from nigao.report.render import render_text
from nigao.reportfile import parse_text
from nigao.word import AI_NOTE

CITATION = Citation(passage_id="p-1", document_id="d-1", title="2025年工作总结", locator="二（一）", quote="按月学习。")


READABLE = tuple(suffix for suffix in SUFFIXES if suffix not in (".pdf", ".html"))


def save(report: Report, path: Path, **options: object) -> None:
    export_files(Exported(report), [path], ExportOptions(**options))  # type: ignore[arg-type]


def said(text: str, *citations: Citation) -> Sentence:
    return Sentence(text=text, origin=Origin.SOURCE if citations else Origin.CONNECTIVE, citations=list(citations))


def item(ordinal: str, topic: str, *texts: str, addresses: list[int] | None = None) -> Item:
    sentences = [said(text, CITATION) for text in texts]
    return Item(ordinal=ordinal, heading=said(topic), sentences=sentences, addresses=addresses or [])


@pytest.fixture
def drafted() -> Report:
    """As the drafter makes it: no gaps, evidence on its sentences, every layout."""
    points = [item("", "理论学习抓在经常。", "党组按月组织集中学习，班子成员逐人作交流发言。")]
    sections = [
        Item(ordinal=f"（{number}）", heading=said(f"突出引领，聚焦“{term}”建设走深走实。"), items=points)
        for number, term in zip("一二三四", ("学用结合", "三会一课", "一岗双责", "为民服务"), strict=True)
    ]
    return Report(
        kind="political-ecology",
        title=said("云汀市档案服务中心关于2025年政治生态情况的报告"),
        recipient=said("市委第二巡察组："),
        opening=[said("现将本中心2025年政治生态情况报告如下。")],
        parts=[
            Part(
                key="basics",
                ordinal="一、",
                heading=said("基本情况"),
                lead=[said("核定编制12名。"), said("【待补：内设科室】。")],
            ),
            Part(
                key="features",
                ordinal="二、",
                heading=said("政治生态主要特征"),
                lead=[said("总体良好。")],
                items=sections,
            ),
            Part(
                key="problems",
                ordinal="三、",
                heading=said("存在的问题"),
                lead=[said("还有以下问题。")],
                items=[
                    item("一是", "学习转化还不够。", "结合业务开展研讨偏少。"),
                    item("二是", "服务效能有差距。", "窗口评价偏低。"),
                ],
            ),
            Part(
                key="measures",
                ordinal="四、",
                heading=said("整改方向"),
                lead=[said("从以下方面整改。")],
                items=[item("一是", "坚持学用结合。", "围绕业务开展研讨，改进窗口服务。", addresses=[1, 2])],
            ),
        ],
        signature=said("云汀市档案服务中心"),
        date=said("2025年12月26日"),
    )


def shape(report: Report) -> list[tuple[str, str, list[str]]]:
    return [(part.key, part.heading.text, [item.ordinal for item in part.items]) for part in report.parts]


def words(report: Report) -> list[str]:
    """The body sentences; the Word layout sets a heading on a line of its own, without its full stop."""
    return [sentence.text.removesuffix("。") for sentence in report.sentences()]


@pytest.mark.parametrize("suffix", READABLE)
@pytest.mark.parametrize("ai_label", [True, False])
def test_every_format_is_read_back(drafted: Report, kind: Kind, tmp_path: Path, suffix: str, ai_label: bool) -> None:
    path = tmp_path / f"报告{suffix}"
    save(drafted, path, ai_label=ai_label)
    report = load_report(path, kind)
    assert shape(report) == shape(drafted)
    assert words(report) == words(drafted)
    assert report.title is not None
    assert report.title.text.replace("\n", "") == "云汀市档案服务中心关于2025年政治生态情况的报告"
    assert report.recipient is not None
    assert report.signature is not None
    assert report.signature.text == "云汀市档案服务中心"
    assert report.date is not None
    assert report.date.text == "2025年12月26日"


@pytest.mark.parametrize("citations", ["comments", "endnotes", "appendix", "none"])
def test_word_evidence_is_not_taken_for_text(drafted: Report, kind: Kind, tmp_path: Path, citations: str) -> None:
    path = tmp_path / "报告.docx"
    save(drafted, path, citations=citations)
    assert words(load_report(path, kind)) == words(drafted)


def test_json_keeps_evidence_and_pairs(drafted: Report, kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "报告.JSON"
    save(drafted, path)
    report = load_report(path, kind)
    assert report == drafted
    assert report.content_hash() == drafted.content_hash()


def test_the_ai_note_is_written_but_is_not_of_the_report(drafted: Report, kind: Kind, tmp_path: Path) -> None:
    for name in ("a.txt", "a.md"):
        path = tmp_path / name
        save(drafted, path)
        assert AI_NOTE in path.read_text(encoding="utf-8")
        assert AI_NOTE not in render_text(load_report(path, kind))
        save(drafted, path, ai_label=False)
        assert AI_NOTE not in path.read_text(encoding="utf-8")


def test_markdown_lists_its_sources_outside_the_report(drafted: Report, kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    save(drafted, path)
    assert "[^1]: 依据：《2025年工作总结》二（一）：“按月学习。”" in path.read_text(encoding="utf-8")
    assert "2025年工作总结" not in render_text(load_report(path, kind))


def test_pairs_are_inferred_where_a_text_does_not_say(drafted: Report, kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    save(drafted, path)
    measures = load_report(path, kind).part("measures")
    assert measures is not None
    assert measures.items[0].addresses == [1, 2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_plain_text_keeps_its_offsets(kind: Kind, tmp_path: Path, encoding: str) -> None:
    text = "报告\r\n\r\n现将情况报告如下。\r\n一、基本情况\r\n　　X\r\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert render_text(load_report(path, kind)) == text


def test_parsing_text_at_hand(kind: Kind) -> None:
    report = parse_text("三、存在的问题\n一是学习转化不够。\n四、整改措施\n一是推动学习转化。", kind)
    assert report.parts[1].items[0].addresses == [1]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"%PDF", "不支持的报告格式“.pdf”"),
        ("a", "报告".encode(), "不支持的报告格式"),
        ("a.json", b"{}", "不是本工具导出的报告 JSON"),
        ("a.json", b"\xff\xfe", "不是本工具导出的报告 JSON"),
        ("a.json", b'{"kind": "k", "surprise": 1}', "不是本工具导出的报告 JSON"),
        ("a.docx", b"no zip", ""),
        ("a.txt", b"\x00\x01\x02\xff\xfe\x00", ""),
    ],
)
def test_files_that_are_no_report(kind: Kind, tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReportFileError) as caught:
        load_report(path, kind)
    assert message in caught.value.message
    assert caught.value.where == str(path)
    assert caught.value.message


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.docx", "a.json"])
def test_a_file_that_is_not_there(kind: Kind, tmp_path: Path, name: str) -> None:
    with pytest.raises(ReportFileError, match="找不到文件"):
        load_report(tmp_path / name, kind)


@pytest.mark.parametrize("name", ["a.odt", "a"])
def test_a_format_that_cannot_be_written(drafted: Report, tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="不支持的输出格式") as caught:
        save(drafted, tmp_path / name)
    assert ".docx" in caught.value.fix
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", READABLE)
def test_a_file_is_whole_or_absent(drafted: Report, tmp_path: Path, suffix: str) -> None:
    # A folder in the target's place makes the last step, the renaming, fail.
    target = tmp_path / f"a{suffix}"
    target.mkdir()
    with pytest.raises(OutputError) as caught:
        save(drafted, target)
    assert caught.value.where == str(target)
    assert list(tmp_path.iterdir()) == [target]
    assert list(target.iterdir()) == []


@pytest.mark.parametrize("suffix", READABLE)
def test_an_existing_file_is_replaced(drafted: Report, kind: Kind, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"old" * 100_000)
    save(drafted, path)
    assert shape(load_report(path, kind)) == shape(drafted)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", READABLE)
def test_a_folder_that_is_not_there(drafted: Report, tmp_path: Path, suffix: str) -> None:
    with pytest.raises(OutputError):
        save(drafted, tmp_path / "absent" / f"a{suffix}")
