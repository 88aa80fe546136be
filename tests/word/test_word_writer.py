"""Paragraphs from the model, the same bytes twice, and a file that is whole or absent."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
import pytest
from word_samples import long_report, said, short_report

from nigao.errors import OutputError
from nigao.report.model import Item, Part, Report, Sentence
from nigao.word import CitationStyle, WordOptions, docx_bytes, write_docx


def texts(report: Report) -> list[str]:
    document = docx.Document(io.BytesIO(docx_bytes(report)))
    return [paragraph.text for paragraph in document.paragraphs]


def styled(report: Report) -> list[tuple[str, str]]:
    document = docx.Document(io.BytesIO(docx_bytes(report)))
    return [(p.style.name, p.text) for p in document.paragraphs if p.style is not None]


def one_part(*items: Item, lead: list[Sentence] | None = None) -> Report:
    return Report(
        kind="k", parts=[Part(key="features", ordinal="一、", heading=said("情况"), lead=lead or [], items=list(items))]
    )


@pytest.mark.parametrize("style", list(CitationStyle))
def test_the_same_report_gives_the_same_bytes(style: CitationStyle, tmp_path: Path) -> None:
    options = WordOptions(citations=style)
    first, second = tmp_path / "一.docx", tmp_path / "二.docx"
    write_docx(long_report(), first, options)
    write_docx(long_report(), second, options)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_another_text_gives_other_bytes() -> None:
    changed = short_report().model_copy(update={"signature": said("云岭市教育局")})
    assert docx_bytes(changed) != docx_bytes(short_report())


def test_properties_come_from_the_report() -> None:
    properties = docx.Document(io.BytesIO(docx_bytes(short_report()))).core_properties
    assert properties.title == "云岭市政务服务局关于2025年度政治生态建设情况的报告"
    assert properties.author == properties.last_modified_by == "云岭市政务服务局"
    assert properties.language == "zh-CN"
    assert properties.comments == ""
    assert properties.created == properties.modified == dt.datetime(2026, 1, 8, tzinfo=dt.UTC)


def test_a_very_long_title_is_no_obstacle() -> None:
    report = Report(kind="k", title=said("关于工作情况的报告" * 40))
    assert docx.Document(io.BytesIO(docx_bytes(report))).core_properties.title[:9] == "关于工作情况的报告"
    assert "".join(texts(report)).replace("\n", "") == "关于工作情况的报告" * 40


def test_an_empty_report_is_a_valid_file() -> None:
    assert texts(Report(kind="k")) == []


def test_every_sentence_of_the_report_is_in_the_file_in_order() -> None:
    joined = "".join(texts(long_report()))
    position = 0
    for sentence in long_report().sentences():
        position = joined.index(sentence.text, position) + len(sentence.text)


def test_enumerated_items_are_one_paragraph_each() -> None:
    paragraphs = [p for p in texts(long_report()) if p.startswith(("一是", "二是", "三是", "四是"))]
    assert len(paragraphs) == 8
    assert paragraphs[0].startswith("一是坚持党组定期研究。局党组把相关任务")


def test_a_run_in_point_begins_with_its_topic_in_a_style_of_its_own() -> None:
    document = docx.Document(io.BytesIO(docx_bytes(short_report())))
    [point] = [p for p in document.paragraphs if p.text.startswith("坚持集体学习。")]
    assert point.style is not None
    assert point.style.name == "公文正文"
    assert [(run.text, run.style.name) for run in point.runs if run.text] == [
        ("坚持集体学习。", "点题句"),
        ("局党组全年开展集中学习12次，班子成员逐人作交流发言。", "Default Paragraph Font"),
    ]


def test_sentences_join_unless_a_line_break_was_parsed() -> None:
    lead = [Sentence(text="甲。"), Sentence(text="乙。", gap=""), Sentence(text="丙。", gap="\n　　")]
    assert styled(one_part(lead=lead)) == [
        ("一级标题", "一、情况"),
        ("公文正文", "甲。乙。"),
        ("公文正文", "丙。"),
    ]


def test_items_of_every_form_and_no_full_stop_on_an_own_line_heading() -> None:
    report = one_part(
        Item(ordinal="（一）", sentences=[said("【待补：学习情况】")]),
        Item(ordinal="（二）", sentences=[said("甲。"), said("乙。")]),
        Item(ordinal="1.", heading=said("丙。"), sentences=[said("丁。")]),
        Item(ordinal="（2）", heading=said("戊。")),
        Item(ordinal="（三）", heading=said("壬。"), sentences=[said("癸。")]),
        Item(heading=said("己。")),
        Item(ordinal="第一，", heading=said("庚。"), sentences=[said("辛。")]),
    )
    assert styled(report)[1:] == [
        ("二级标题", "（一）【待补：学习情况】"),
        ("公文正文", "（二）甲。乙。"),
        ("公文正文", "1.丙。丁。"),
        ("四级标题", "（2）戊"),
        ("二级标题", "（三）壬"),
        ("公文正文", "癸。"),
        ("公文正文", "己。"),
        ("公文正文", "第一，庚。辛。"),
    ]


def test_an_existing_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "报告.docx"
    target.write_bytes(b"old")
    write_docx(short_report(), target)
    assert docx.Document(str(target)).paragraphs
    assert [p.name for p in tmp_path.iterdir()] == ["报告.docx"]


def test_a_missing_folder_is_an_output_error_with_a_fix(tmp_path: Path) -> None:
    target = tmp_path / "没有" / "报告.docx"
    with pytest.raises(OutputError) as caught:
        write_docx(short_report(), target)
    assert caught.value.where == str(target)
    assert caught.value.fix
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_replaced_stays_and_leaves_no_partial_file(tmp_path: Path) -> None:
    target = tmp_path / "报告.docx"
    target.mkdir()
    with pytest.raises(OutputError, match="写不成"):
        write_docx(short_report(), target)
    assert target.is_dir()
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_while_writing_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "报告.docx"
    target.write_bytes(b"old")

    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OutputError):
        write_docx(short_report(), target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
