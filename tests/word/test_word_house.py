"""A unit's own file as template: its page, styles and feet are taken over, its words are not; departures are told."""

from __future__ import annotations

import functools
import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from layout_docx import look, messy
from word_ooxml import Docx, anchored, text_of, w
from word_samples import annexed_report, long_report, short_report

from nigao.errors import ReportFileError
from nigao.word import AI_NOTE, CitationStyle, WordOptions, docx_bytes, read_layout
from nigao.word.house import departures, learned

_DOCX = b"wordprocessingml.document.main+xml"
_DOTX = b"wordprocessingml.template.main+xml"
_SECRET = "样稿里的内部数字是三千七百一十二"


@functools.cache
def sample() -> bytes:
    """A unit's old report: named styles for title, body and first headings, the rest set by hand, a centred number."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(3)
    section.left_margin, section.right_margin = Cm(3), Cm(2.5)
    section.header.paragraphs[0].text = "云汀市水文局"
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot._p.append(_field())
    _style(document, "水文标题", "华文中宋", 20, centred=True)
    _style(document, "水文正文", "华文仿宋", 15, first=200)
    _style(document, "水文一级", "华文细黑", 15, first=200)
    document.add_paragraph("云汀市水文局关于2024年度工作情况的报告", style="水文标题")
    document.add_paragraph("市委办公室：", style="水文正文").paragraph_format.first_line_indent = Pt(0)
    document.add_paragraph(f"按照要求，现将本局情况报告如下，{_SECRET}。", style="水文正文")
    for number in "一二":
        document.add_paragraph(f"{number}、工作情况", style="水文一级")
        second = document.add_paragraph(f"　　（{number}）监测情况")
        look(second.runs[0], "华文楷体", 15)
        document.add_paragraph("全年监测稳定，各站点按时上报，没有发生漏报和迟报。", style="水文正文")
    document.add_paragraph("云汀市水文局", style="水文正文").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("2025年1月8日", style="水文正文").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_comment(document.paragraphs[2].runs, text=_SECRET, author="样稿作者", initials="样")
    document.core_properties.comments = _SECRET
    return _saved(document)


def _field() -> docx.oxml.xmlchemy.BaseOxmlElement:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')


def _style(document: Document, name: str, font: str, size: int, *, first: int = 0, centred: bool = False) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.size = Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    style.paragraph_format.line_spacing = Pt(26)
    if centred:
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if first:
        ind = style.element.get_or_add_pPr().get_or_add_ind()
        ind.set(qn("w:firstLineChars"), str(first))


def _saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _retyped(data: bytes, old: bytes, new: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(
                name, source.read(name).replace(old, new) if name == "[Content_Types].xml" else source.read(name)
            )
    return made.getvalue()


def written(house: bytes, **options: object) -> Docx:
    chosen = {"citations": CitationStyle.NONE, "house": house} | options
    return Docx.read(docx_bytes(annexed_report(), WordOptions(**chosen)))  # type: ignore[arg-type]


def test_named_styles_of_the_file_are_used_themselves() -> None:
    document = written(sample())
    names = {text_of(p).replace("\n", ""): document.style_name(p) for p in document.paragraphs()}
    assert names["云岭市政务服务局关于2025年度政治生态建设情况的报告"] == "水文标题"
    assert names["一、基本情况"] == "水文一级"
    assert names["按照市委第二巡察组工作要求，现将我局2025年度政治生态建设情况报告如下。"] == "水文正文"


def test_what_was_set_by_hand_becomes_a_style() -> None:
    document = written(sample())
    second = document.paragraph("（一）坚持政治引领")
    assert document.style_name(second) == "二级标题"
    assert document.fonts(second) == {"华文楷体"}
    assert document.sizes(second) == {"30"}
    # Two blanks typed before the words are an indent of the style.
    assert document.paragraph_property(second, "ind", "firstLineChars") == "200"
    assert all(run.find(w("rPr")) is None for run in second.iter(w("r")))
    recipient = document.paragraph("市委第二巡察组：")
    assert document.paragraph_property(recipient, "ind", "firstLine") == "0"
    assert document.fonts(recipient) == {"华文仿宋"}


def test_what_the_sample_does_not_show_goes_by_its_body() -> None:
    document = written(sample())
    for start, style in (("1.决策程序规范", "三级标题"), ("附件：1.", "附件说明"), ("2026年1月8日", "成文日期")):
        paragraph = document.paragraph(start)
        assert document.style_name(paragraph) == style
        assert document.fonts(paragraph) == {"华文仿宋"}
        assert document.sizes(paragraph) == {"30"}
    head = document.paragraph("附件1")
    assert document.fonts(head) == {"黑体"}
    assert document.paragraph_property(document.paragraph("2026年1月8日"), "jc") == "right"


def test_page_head_and_number_are_taken_over() -> None:
    layout = read_layout(docx_bytes(long_report(), WordOptions(house=sample(), ai_label=False)))
    (page,) = layout.sections
    assert (page.top, page.left) == ((3 * 567), (3 * 567))
    assert [foot.number.alignment for foot in page.footers if foot.number] == ["center"]
    document = written(sample())
    first = next(s for s in document.body.iter(w("sectPr")))
    assert {r.get(w("type")) for r in first.iter(w("headerReference"))} == {"default", "first"}
    heads = [
        "".join(text_of(p) for p in document.xml(name).iter(w("p"))) for name in document.members if "header" in name
    ]
    # The first page shows the unit's head and the note; the others the head alone.
    assert sorted(heads) == ["云汀市水文局", f"云汀市水文局{AI_NOTE}"]


def test_nothing_of_the_sample_but_its_layout_goes_along() -> None:
    data = docx_bytes(short_report(), WordOptions(house=sample()))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            assert _SECRET.encode() not in archive.read(name), name
            assert "样稿作者".encode() not in archive.read(name), name
    assert anchored(Docx.read(data))  # our own comments are there


@pytest.mark.parametrize("style", list(CitationStyle))
def test_every_way_of_showing_evidence_works_in_a_house_style(style: CitationStyle) -> None:
    data = docx_bytes(short_report(), WordOptions(house=sample(), citations=style))
    assert Docx.read(data).paragraph("一、基本情况") is not None
    assert docx_bytes(short_report(), WordOptions(house=sample(), citations=style)) == data


def test_a_template_is_read_like_a_document() -> None:
    assert learned(_retyped(sample(), _DOCX, _DOTX)).styles == learned(sample()).styles


def test_a_template_without_text_is_known_by_the_names_of_its_styles() -> None:
    document = docx.Document()
    for name in ("公文正文", "一级标题"):
        _style(document, name, "华文仿宋", 15)
    house = written(_retyped(_saved(document), _DOCX, _DOTX))
    assert house.fonts(house.paragraph("一、基本情况")) == {"华文仿宋"}
    assert house.style_name(house.paragraph("（一）坚持政治引领")) == "Heading 2".lower()
    assert house.style_name(house.paragraphs()[0]) == "Title"


def test_our_own_export_restyled_is_a_template() -> None:
    document = docx.Document(io.BytesIO(docx_bytes(annexed_report())))
    document.styles["公文正文"].font.size = Pt(15)
    document.styles["附件标题"].font.size = Pt(20)
    house = written(_saved(document))
    assert house.sizes(house.paragraph("按照市委")) == {"30"}
    assert house.style_name(house.paragraph("按照市委")) == "公文正文"
    assert house.sizes(house.paragraph("问题整改进展")) == {"40"}
    assert house.sizes(house.paragraph("一、基本情况")) == {"32"}


def test_automatic_numbers_of_a_heading_style_are_not_written_twice() -> None:
    document = docx.Document()
    document.styles["heading 1"].element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 1
    document.add_paragraph("一、工作情况", style="heading 1")
    document.add_paragraph("全年监测稳定，各站点按时上报，没有发生漏报和迟报，数据真实。")
    house = written(_saved(document))
    heading = house.paragraph("一、基本情况")
    assert house.style_name(heading) != "heading 1"
    assert [
        p.number
        for p in read_layout(docx_bytes(short_report(), WordOptions(house=_saved(document)))).paragraphs
        if p.number
    ] == []


def test_departures_from_the_standard_are_told() -> None:
    said = departures(sample())
    assert "页边距上30 mm、下30 mm、左30 mm，应为上37、下35、左28、右26 mm" in said
    assert any(one.startswith("正文为华文仿宋小三") and "应为三号仿宋_GB2312" in one for one in said)
    assert any(one.startswith("标题为华文中宋20磅") for one in said)
    assert any(one.startswith("正文行距为固定值26磅") for one in said)
    assert any("页码居中" in one for one in said)
    assert not any(one.startswith("纸张") for one in said)


def test_the_standard_departs_in_nothing() -> None:
    assert departures(docx_bytes(long_report())) == []
    assert departures(docx_bytes(annexed_report(), WordOptions(citations=CitationStyle.NONE))) == []


def test_a_file_typed_into_the_blank_page_serves_too() -> None:
    assert departures(messy())
    assert written(messy()).paragraph("一、基本情况") is not None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", "不是文件".encode() * 50])
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    for use in (learned, departures):
        with pytest.raises(ReportFileError):
            use(data)


def test_macros_are_refused() -> None:
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    data = _retyped(sample(), b"application/vnd.openxmlformats-officedocument." + _DOCX, macros)
    with pytest.raises(ReportFileError, match="宏"):
        learned(data)


def test_a_restyled_export_follows_its_styles(tmp_path: Path) -> None:
    """Fonts, sizes and lines stand in the styles: another font for 一级标题 reaches every such heading."""
    document = docx.Document(io.BytesIO(docx_bytes(long_report(), WordOptions(citations=CitationStyle.NONE))))
    style = document.styles["一级标题"]
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "华文中宋")
    style.font.size = Pt(18)
    restyled = Docx.read(_saved(document))
    headings = [p for p in restyled.paragraphs() if restyled.style_name(p) == "一级标题"]
    assert len(headings) == 4
    for heading in headings:
        assert (restyled.fonts(heading), restyled.sizes(heading)) == ({"华文中宋"}, {"36"})
