"""From a place in the reader's text back to the paragraph and characters of the docx, whatever stands between."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layout_docx import NS, by_the_standard, made, messy, style_xml
from word_samples import long_report

from nigao.corpus.readers import parse_document
from nigao.report.wordlayout import squeezed
from nigao.word import docx_bytes
from nigao.word.characters import body_paragraphs, visible_text
from nigao.word.package import document_bytes
from nigao.word.textmap import Place, TextMap

TRACKED = 'w:id="1" w:author="核稿人" w:date="2026-01-05T08:00:00Z"'
REAL_FILES = Path(__file__).parents[2].parent / "shared/data/files/idcard_gd"


def reader_text(data: bytes) -> str:
    return parse_document(data, "文件.docx").text


def assert_whole_map(data: bytes) -> None:
    """Every character that the reader took from a paragraph is found there again."""
    text = reader_text(data)
    places = TextMap(text, data)
    paragraphs = [visible_text(p) for p in body_paragraphs(docx.Document(io.BytesIO(data)).element.body)]
    for number, line in enumerate(text.splitlines(), start=1):
        for column, char in enumerate(line, start=1):
            place = places.place(number, column, number, column + 1)
            # A number that Word writes by itself has a place before the words, and no characters.
            if squeezed(char) and place is not None and place.end > place.start:
                assert paragraphs[place.paragraph][place.start] == char
        place = places.place(number, 1, number, len(line) + 1)
        assert place is not None


@pytest.mark.skipif(not REAL_FILES.is_dir(), reason="the shared WPS files are absent: real files were NOT mapped")
@pytest.mark.parametrize("number", [0, 1])
def test_files_that_wps_made_map_back(number: int) -> None:
    assert_whole_map(sorted(REAL_FILES.glob("*.docx"))[number].read_bytes())


@pytest.mark.parametrize("data", [messy(), by_the_standard(), docx_bytes(long_report())])
def test_the_whole_text_maps_back(data: bytes) -> None:
    assert_whole_map(data)


def test_tables_boxes_contents_and_changes_do_not_shift_places() -> None:
    document = docx.Document()
    document.styles.element.append(
        parse_xml(style_xml("TOC1", "").replace('w:name w:val="TOC1"', 'w:name w:val="toc 1"'))
    )
    document.add_paragraph("一、基本情况　1", style="toc 1")
    first = document.add_paragraph("一、基本情况")
    first._p.append(parse_xml(f"<w:del {NS} {TRACKED}><w:r><w:delText>旧词</w:delText></w:r></w:del>"))
    table = document.add_table(rows=3, cols=2)
    for row, texts in zip(table.rows, (("项目", "数值"), ("编制", "12名"), ("项目", "3个")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    joined = document.add_paragraph("前半句，")
    joined._p.get_or_add_pPr().append(parse_xml(f"<w:rPr {NS}><w:del {TRACKED}/></w:rPr>"))
    document.add_paragraph("后半句。")
    document.add_paragraph("\u200b末\u00ad段\xa0在此。\n换行之后。")
    data = document_bytes(document)
    text = reader_text(data)
    lines = text.splitlines()
    places = TextMap(text, data)
    assert lines[1] == "项目：编制；数值：12名"
    assert places.place(2, 4, 2, 6) == Place(4, 0, 2)
    assert places.place(2, 10, 2, 12) == Place(5, 0, 2)
    assert places.place(2, 1, 2, 3) is None
    assert lines[2] == "项目：项目；数值：3个"
    assert places.place(3, 4, 3, 6) == Place(6, 0, 2)
    assert lines[3] == "前半句，后半句。"
    assert places.place(4, 5, 4, 8) == Place(9, 0, 3)
    assert places.place(5, 1, 5, 3) == Place(10, 1, 4)
    assert places.place(6, 1, 6, 3) == Place(10, 9, 11)
    assert places.place(1, 3, 1, 3) == Place(1, 2, 2)
    assert places.place(99, 1, 99, 2) is None
    assert places.place(99, 1, 99, 1) is None


def test_blanks_and_places_between_characters() -> None:
    data = made('<w:p><w:r><w:t xml:space="preserve">　　全年 共办理  31 件</w:t></w:r></w:p>', "下一段。")
    text = reader_text(data)
    assert text.splitlines()[0] == "全年 共办理  31 件"
    places = TextMap(text, data)
    assert places.place(1, 3, 1, 4) == Place(0, 4, 5)
    assert places.place(1, 7, 1, 9) == Place(0, 8, 10)
    assert places.place(1, 2, 1, 5) == Place(0, 3, 6)
    assert places.place(1, 1, 1, 1) == Place(0, 2, 2)
    assert places.place(1, 13, 1, 13) == Place(0, 14, 14)
    assert places.place(2, 5, 2, 5) == Place(1, 4, 4)
    assert places.place(1, 12, 2, 2) == Place(0, 13, 14)


PIECES = st.lists(
    st.tuples(st.sampled_from(["r", "ins", "del", "br", "tab"]), st.text("甲乙，。 　12\u200b", max_size=6)), max_size=5
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, min_size=1, max_size=5))
def test_any_paragraphs_map_back(paragraphs: list[list[tuple[str, str]]]) -> None:
    forms = {
        "r": '<w:r><w:t xml:space="preserve">{}</w:t></w:r>',
        "ins": f'<w:ins {TRACKED}><w:r><w:t xml:space="preserve">{{}}</w:t></w:r></w:ins>',
        "del": f"<w:del {TRACKED}><w:r><w:delText>{{}}</w:delText></w:r></w:del>",
        "br": "<w:r><w:br/><w:t>{}</w:t></w:r>",
        "tab": "<w:r><w:tab/><w:t>{}</w:t></w:r>",
    }
    data = made(*(f"<w:p>{''.join(forms[kind].format(text) for kind, text in pieces)}</w:p>" for pieces in paragraphs))
    assert_whole_map(data)
