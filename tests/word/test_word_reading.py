"""Reading a docx of any make: what takes effect, what each paragraph is, and where the reader's text stands in it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from layout_docx import NS, by_the_standard, made, style_xml

from nigao.corpus.readers import parse_document
from nigao.errors import ReportFileError
from nigao.report.wordlayout import LaidParagraph, Role, WordLayout
from nigao.word.package import document_bytes
from nigao.word.reading import read_layout
from nigao.word.textmap import Place, TextMap

TRACKED = 'w:id="1" w:author="核稿人" w:date="2026-01-05T08:00:00Z"'
REAL_FILES = Path(__file__).parents[2].parent / "shared/data/files/idcard_gd"


def only(data: bytes) -> LaidParagraph:
    [paragraph] = read_layout(data).paragraphs
    return paragraph


def roles(data: bytes) -> list[tuple[str, str]]:
    return [(p.role.value, p.text[:6]) for p in read_layout(data).paragraphs if p.role is not Role.BLANK]


# ---- what takes effect ----


def test_the_run_wins_over_its_styles_and_they_over_the_defaults() -> None:
    looks = '<w:rFonts w:eastAsia="楷体"/><w:sz w:val="30"/><w:b/>'
    data = made(
        '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>甲</w:t></w:r>'
        '<w:r><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b w:val="0"/></w:rPr><w:t>乙</w:t></w:r></w:p>',
        styles=style_xml("A", '<w:jc w:val="center"/>', looks),
    )
    paragraph = only(data)
    assert paragraph.alignment == "center"
    assert [(r.font, r.size, r.bold) for r in paragraph.runs] == [("楷体", 30, True), ("黑体", 30, False)]


def test_a_theme_font_wins_over_a_plain_one_and_is_looked_up_by_script() -> None:
    data = made(
        '<w:p><w:r><w:rPr><w:rFonts w:eastAsia="黑体" w:eastAsiaTheme="minorEastAsia"/></w:rPr>'
        "<w:t>甲</w:t></w:r></w:p>"
    )
    assert only(data).runs[0].font == "ＭＳ 明朝"  # python-docx's template is set up for Japanese

    def chinese(name: str, content: bytes) -> bytes:
        return content.replace(b'w:eastAsia="ja-JP"', b'w:eastAsia="zh-CN"') if name == "word/settings.xml" else content

    assert only(rewritten(data, chinese)).runs[0].font == "宋体"


def rewritten(data: bytes, change: object) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))  # type: ignore[operator]
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("indent", "lead"),
    [
        ('w:firstLineChars="200" w:firstLine="420"', 200),
        ('w:firstLineChars="0" w:firstLine="640"', 200),
        ('w:firstLine="631"', 200),
        ('w:left="640" w:hanging="640"', 0),
        ('w:start="640"', 200),
        ('w:leftChars="100" w:firstLineChars="100"', 200),
    ],
)
def test_indents_in_characters_of_the_paragraphs_own_size(indent: str, lead: int) -> None:
    data = made(f'<w:p><w:pPr><w:ind {indent}/></w:pPr><w:r><w:rPr><w:sz w:val="32"/></w:rPr><w:t>甲</w:t></w:r></w:p>')
    assert abs(only(data).lead - lead) <= 3


def test_a_hanging_line_takes_the_place_of_an_inherited_indent() -> None:
    data = made(
        '<w:p><w:pPr><w:pStyle w:val="A"/><w:ind w:left="320" w:hanging="320"/></w:pPr>'
        '<w:r><w:rPr><w:sz w:val="32"/></w:rPr><w:t>甲</w:t></w:r></w:p>',
        styles=style_xml("A", '<w:ind w:firstLineChars="200" w:firstLine="640"/>'),
    )
    assert (only(data).first_line, only(data).left) == (-100, 100)


def test_styles_that_go_in_a_circle_or_are_missing_do_no_harm() -> None:
    data = made(
        '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>',
        '<w:p><w:pPr><w:pStyle w:val="没有"/></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>',
        styles=style_xml("A", '<w:jc w:val="right"/>', base="A"),
    )
    assert [p.alignment for p in read_layout(data).paragraphs] == ["right", "left"]


def test_absurd_numbers_are_read_as_none() -> None:
    data = made(
        '<w:p><w:pPr><w:spacing w:line="nan" w:before="99999999999999"/><w:ind w:left="x"/></w:pPr>'
        '<w:r><w:rPr><w:sz w:val="-"/></w:rPr><w:t>甲</w:t></w:r></w:p>'
    )
    paragraph = only(data)
    assert (paragraph.line, paragraph.before, paragraph.left) == (240, 0, 0)


def test_automatic_numbers_are_what_word_shows() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(
            [("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."), ("bullet", "•")]
        )
    )
    numbering = (
        f'<w:abstractNum {NS} w:abstractNumId="90">{levels}</w:abstractNum>',
        f'<w:num {NS} w:numId="90"><w:abstractNumId w:val="90"/></w:num>',
    )
    document = docx.Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(numbering[0]))
    root.append(parse_xml(numbering[1]))
    for level, text in (
        (0, "基本情况"),
        (1, "机构设置"),
        (1, "人员编制"),
        (2, "在编人员"),
        (3, "圆点"),
        (0, "存在问题"),
        (1, "学习不深"),
    ):
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {NS}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
        )
    data = document_bytes(document)
    laid = read_layout(data).paragraphs
    assert [p.number for p in laid] == ["一、", "（一）", "（二）", "1.", "", "二、", "（一）"]
    assert [p.role for p in laid][:4] == [Role.HEADING_1, Role.HEADING_2, Role.HEADING_2, Role.HEADING_3]
    # The reader's text has the numbers; places must not shift, nor where somebody has taken them out.
    read = parse_document(data, "文件.docx").text
    assert read == "\n".join(p.number + p.text for p in laid)
    assert TextMap(read, data).place(3, 4, 3, 6) == Place(2, 0, 2)
    assert TextMap(read, data).place(3, 1, 3, 4) == Place(2, 0, 0)
    assert TextMap("\n".join(p.text for p in laid), data).place(3, 1, 3, 3) == Place(2, 0, 2)


# ---- what each paragraph is ----


def test_the_parts_of_a_whole_document_are_told_by_their_words() -> None:
    found = roles(by_the_standard())
    assert found[0][0] == "title"
    assert found[1] == ("recipient", "市委第二巡察")
    kinds = [role for role, _ in found]
    assert kinds[-6:] == ["attachment_note", "signature", "date", "attachment_head", "other", "body"]
    assert kinds.count("attachment_note") == 2
    assert kinds.count("heading_1") == 4
    assert kinds.count("heading_2") == 2


def test_the_head_of_a_document_is_no_title_and_a_list_no_heading() -> None:
    data = made(
        "000012", "机密★1年", "云汀市水文局文件", "云水文〔2026〕3号", "云汀市水文局", "关于开展设备检修的通知",
        "（2026年1月8日局党组会议通过）", "各水文站：", "现将有关事项通知如下。", "一、检修范围",
        "（一）雨量计；", "（二）水位计；", "（三）其他设备。", "云汀市水文局办公室", "二〇二六年一月八日",
    )  # fmt: skip
    assert [role for role, _ in roles(data)] == [
        "other", "other", "other", "other", "title", "title", "other", "recipient", "body", "heading_1", "body", "body",
        "body", "signature", "date",
    ]  # fmt: skip


def test_sections_breaks_and_feet() -> None:
    document = docx.Document()
    document.add_paragraph("正文第一段，内容在此。")
    document.add_paragraph("附件1")
    document.add_paragraph("内容。").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("附件2")
    document.add_section()
    document.add_paragraph("附件3")
    layout = read_layout(document_bytes(document))
    heads = {p.text: (p.section, p.starts_page) for p in layout.of(Role.ATTACHMENT_HEAD)}
    assert heads == {"附件1": (0, False), "附件2": (0, True), "附件3": (1, True)}
    assert [foot.number for page in layout.sections for foot in page.footers] == [None, None]


def test_a_page_number_in_a_box_is_found() -> None:
    document = docx.Document()
    box = (
        f'<w:r {NS} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:drawing><wp:anchor>'
        "<wp:positionH><wp:align>outside</wp:align></wp:positionH><wps:txbx><w:txbxContent><w:p><w:r>"
        '<w:rPr><w:rFonts w:ascii="宋体"/><w:sz w:val="28"/></w:rPr><w:t>— </w:t></w:r>'
        '<w:fldSimple w:instr="PAGE"><w:r><w:rPr><w:rFonts w:ascii="宋体"/><w:sz w:val="28"/></w:rPr><w:t>1</w:t></w:r>'
        "</w:fldSimple><w:r><w:t> —</w:t></w:r></w:p></w:txbxContent></wps:txbx></wp:anchor></w:drawing></w:r>"
    )
    document.sections[0].footer.paragraphs[0]._p.append(parse_xml(box))
    [foot] = read_layout(document_bytes(document)).sections[0].footers
    assert foot.number is not None
    assert (foot.number.boxed, foot.number.alignment, foot.number.font) == (True, "outside", "宋体")
    assert (foot.number.size, foot.number.mark) == (28, "— —")


@pytest.mark.skipif(not REAL_FILES.is_dir(), reason="the shared WPS files are absent: real files were NOT read")
@pytest.mark.parametrize("number", [0, 1])
def test_files_that_wps_made_are_read(number: int) -> None:
    data = sorted(REAL_FILES.glob("*.docx"))[number].read_bytes()
    layout = read_layout(data)
    kinds = [p.role for p in layout.paragraphs]
    assert Role.TITLE in kinds
    assert kinds.count(Role.BODY) > 15
    assert layout.sections[0].footers[0].number is not None


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + b"\0" * 18, b"junk"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(ReportFileError) as caught:
        read_layout(data)
    assert caught.value.fix


def test_line_spacing_is_read_through_the_style() -> None:
    def spaced(document: Document) -> None:
        document.styles["公文正文"].paragraph_format.line_spacing = Pt(30)

    layout: WordLayout = read_layout(by_the_standard(spaced))
    assert {(p.line, p.line_rule) for p in layout.of(Role.BODY)} == {(600, "exact")}
    assert docx.Document(io.BytesIO(by_the_standard())).styles["公文正文"].element.find(qn("w:pPr")) is not None
