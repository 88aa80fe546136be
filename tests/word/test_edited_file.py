"""What is read of an edited file: its lines for whoever's changes are taken, its comments, and what lies outside."""

from __future__ import annotations

import io

import docx
import pytest
from returned_report import report_to_edit, report_with_annex
from word_samples import short_report

from nigao.errors import ReportFileError
from nigao.word import CitationStyle, WordOptions, docx_bytes
from nigao.word.ooxml import W
from nigao.word.options import Stamp
from nigao.word.returning.annexes import with_tables
from nigao.word.returning.editedfile import EditedFile, Signature
from nigao.word.returning.rejoining import lines_of
from nigao.word.sources import with_source_table
from word_edits import (
    below,
    edited,
    remark,
    retype,
    text_box,
    tracked_paragraph,
    tracked_removal,
    tracked_words,
)

DATA = docx_bytes(report_to_edit())


def everything(_: Signature) -> bool:
    return True


def nothing(_: Signature) -> bool:
    return False


@pytest.mark.parametrize("style", list(CitationStyle))
def test_the_lines_are_the_same_however_sources_are_shown(style: CitationStyle) -> None:
    report = report_to_edit()
    file = EditedFile(docx_bytes(report, WordOptions(citations=style)))
    # The title is broken into lines there.
    assert file.lines(everything)[2:] == lines_of(report)[1:]
    assert "".join(file.lines(everything)[:2]) == lines_of(report)[0]
    assert file.left_out == []


def test_the_table_of_sources_is_not_of_the_text_and_what_is_typed_below_it_is_told() -> None:
    data = with_source_table(docx_bytes(short_report(), WordOptions(citations=CitationStyle.NONE)), short_report())
    assert EditedFile(data).lines(everything) == EditedFile(docx_bytes(short_report())).lines(everything)
    noted = edited(data, lambda d: d.add_paragraph("请王科长再看。"))
    assert EditedFile(noted).left_out == ["出处对照表之后的文字：请王科长再看。"]


@pytest.mark.parametrize("stamp", [Stamp("r0012", 3), Stamp("r0001", 7, since=2)])
def test_a_file_knows_which_revision_it_shows(stamp: Stamp) -> None:
    assert EditedFile(docx_bytes(report_to_edit(), WordOptions(stamp=stamp))).stamp == stamp


def test_a_file_of_somebody_else_has_no_stamp() -> None:
    saved = io.BytesIO()
    docx.Document().save(saved)
    assert EditedFile(saved.getvalue()).stamp is None


def test_each_persons_changes_are_taken_apart_from_the_others() -> None:
    data = edited(
        DATA,
        lambda d: tracked_words(d, "每月抽查", "每周抽查", "甲", "2026-03-02T08:00:00Z"),
        lambda d: tracked_paragraph(d, "三、存在的问题", "开展警示教育。", "乙", "2026-03-01T08:00:00Z"),
        lambda d: tracked_removal(d, "抓好青年教育。", "丙"),
    )
    file = EditedFile(data)
    assert [sign.author for sign in file.signatures] == ["乙", "丙", "甲"]
    plain = EditedFile(DATA).lines(everything)
    assert file.lines(nothing) == plain
    assert "开展警示教育。" in file.lines(lambda sign: sign.author == "乙")
    assert len(file.lines(lambda sign: sign.author == "乙")) == len(plain) + 1
    assert any("每周抽查" in line for line in file.lines(lambda sign: sign.author == "甲"))
    assert len(file.lines(lambda sign: sign.author == "丙")) == len(plain) - 1


def test_what_one_put_in_and_another_took_out_is_in_neither_end() -> None:
    data = edited(DATA, lambda d: tracked_words(d, "汇编成册", "装订成册", "甲"))
    document = docx.Document(io.BytesIO(data))
    come = next(document.element.body.iter(W + "ins"))
    run = come[0]
    gone = come.makeelement(come.tag.replace("ins", "del"), dict(come.attrib))
    gone.set(next(name for name in gone.attrib if str(name).endswith("author")), "乙")
    come.append(gone)
    gone.append(run)
    run[0].tag = run[0].tag.replace("}t", "}delText")
    saved = io.BytesIO()
    document.save(saved)
    file = EditedFile(saved.getvalue())
    told = {
        "甲": any("装订成册" in line for line in file.lines(lambda sign: sign.author == "甲")),
        "both": any("装订成册" in line for line in file.lines(everything)),
        "乙": any("装订成册" in line for line in file.lines(lambda sign: sign.author == "乙")),
    }
    assert told == {"甲": True, "both": False, "乙": False}


def test_comments_come_with_their_words_and_those_done_are_known() -> None:
    data = edited(
        DATA,
        lambda d: remark(d, "7个科室", "请核对数字", "王核"),
        lambda d: remark(d, "轮岗交流5人", "已核", "李核", done=True),
    )
    comments = [c for c in EditedFile(data).comments if c.author in ("王核", "李核")]
    assert [(c.author, c.text, c.words, c.done) for c in comments] == [
        ("王核", "请核对数字", "7个科室", False),
        ("李核", "已核", "轮岗交流5人", True),
    ]
    assert comments[0].paragraph_text.startswith("逐级签订责任书。")


def test_what_lies_outside_the_text_is_told() -> None:
    data = edited(DATA, lambda d: text_box(d, "抓好青年教育。", "此处待补数据"))
    assert EditedFile(data).left_out == ["文本框：此处待补数据"]


def test_hidden_text_and_field_codes_are_no_text() -> None:
    def hide(document: docx.document.Document) -> None:
        document.paragraphs[8].runs[-1].font.hidden = True

    was, now = (EditedFile(data).lines(everything) for data in (DATA, edited(DATA, hide)))
    assert len("".join(now)) < len("".join(was))


def test_a_changed_cell_lands_in_its_annex_and_a_strange_table_is_told() -> None:
    report = report_with_annex()

    def change(document: docx.document.Document) -> None:
        document.tables[0].rows[2].cells[2].paragraphs[0].runs[0].text = "办公室"
        document.tables[0].add_row().cells[0].text = "3"
        strange = document.add_table(1, 2)
        strange.rows[0].cells[0].text, strange.rows[0].cells[1].text = "外来", "数据"

    file = EditedFile(edited(docx_bytes(report), change))
    now, left = with_tables(report, report, file.tables(everything))
    table = now.annexes[0].table
    assert table is not None
    assert table.rows[2:] == [["2", "制度执行不够严格", "办公室"], ["3", "", ""]]
    assert left == ["表格：外来，数据"]
    unchanged = EditedFile(docx_bytes(report)).tables(everything)
    assert with_tables(report, report, unchanged) == (report, [])


def test_a_line_break_within_a_paragraph_ends_a_line() -> None:
    data = edited(DATA, lambda d: retype(d, "内设科室7个。", "\n内设科室7个。"))
    assert "内设科室7个。" in EditedFile(data).lines(everything)


def test_pasted_paragraphs_are_lines() -> None:
    data = edited(DATA, lambda d: below(d, "畅通诉求渠道。", "第一段。", "", "第二段。"))
    lines = EditedFile(data).lines(everything)
    assert lines[lines.index("第一段。") + 1] == "第二段。"


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(ReportFileError):
        EditedFile(b"PK\x03\x04 nothing")
