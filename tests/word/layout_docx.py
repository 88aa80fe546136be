"""Word files to judge: one by the standard with every element of it, one as offices make them, and raw pieces."""

from __future__ import annotations

import base64
import functools
import io
from collections.abc import Callable

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from word_samples import short_report

from nigao.word import CitationStyle, WordOptions, docx_bytes
from nigao.word.package import document_bytes

NS = nsdecls("w")
_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
_TRACKED = 'w:id="901" w:author="核稿人" w:date="2026-01-05T08:00:00Z"'

Change = Callable[[Document], None]


def by_the_standard(*changes: Change) -> bytes:
    """Our own export with 附件说明 and an attachment put in, then changed."""
    document = docx.Document(io.BytesIO(docx_bytes(short_report(), WordOptions(citations=CitationStyle.NONE))))
    _add_attachment(document)
    for change in changes:
        change(document)
    return document_bytes(document)


def _add_attachment(document: Document) -> None:
    signature = find(document, "云岭市政务服务局", last=True)
    blank = signature._p.getprevious()
    for text in ("", "附件：1. 问题整改台账", "2. 责任分工表"):
        paragraph = document.add_paragraph(text, style="公文正文")
        blank.addprevious(paragraph._p)
    second = find(document, "2. 责任")
    indent(second, firstLineChars=500, firstLine=1580)
    head = document.add_paragraph("附件1", style="一级标题")
    head.paragraph_format.page_break_before = True
    indent(head, firstLineChars=0, firstLine=0)
    title = document.add_paragraph("问题整改台账", style="公文标题")
    title.paragraph_format.space_before = Pt(28)
    document.add_paragraph("各责任单位按季度填报，由机关党委汇总后报局党组。", style="公文正文")


def find(document: Document, start: str, *, last: bool = False) -> Paragraph:
    """The first (or last) paragraph that begins so."""
    found = [p for p in document.paragraphs if p.text.startswith(start)]
    return found[-1 if last else 0]


def bodies(document: Document) -> list[Paragraph]:
    """The paragraphs of the running text; 附件说明 is set in their style too."""
    styled = [p for p in document.paragraphs if p.style is not None and p.style.name == "公文正文" and p.text]
    return [p for p in styled if not p.text.startswith(("附件：", "2. 责任"))]


def indent(paragraph: Paragraph, **attributes: int) -> None:
    element = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))


def look(run: Run, font: str = "", size: float = 0, color: str = "") -> None:
    """Give a run a Chinese font, a size in points, a colour."""
    if font:
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if size:
        run.font.size = Pt(size)
    if color:
        run.font.color.rgb = RGBColor.from_string(color)


@functools.cache
def messy(*, plain: bool = False) -> bytes:
    """A report typed into the word processor's blank page: Latin paper, 宋体, centred number, coloured headings, a
    table. Unless `plain`, also typed blanks, a picture, a comment, tracked changes and a link.
    """
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "云汀市水文局内部资料"
    _centred_number(section.footer.paragraphs[0])
    document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    document.add_heading("云汀市水文局2025年度政治生态情况报告", level=0)
    document.add_paragraph("市委第三巡察组：")
    document.add_paragraph(("" if plain else "　　") + "按照工作要求，现将本局2025年度政治生态情况报告如下。")
    document.add_heading("一、基本情况", level=1)
    first = document.add_paragraph("本局内设科室5个，")
    look(first.add_run("在职干部31人，"), "楷体", 12, "FF0000")
    first.add_run("下辖水文站12个。")
    document.add_heading("（一）人员情况", level=2)
    table = document.add_table(rows=3, cols=3, style="Table Grid")
    for row, texts in zip(
        table.rows, (("科室", "人数", "备注"), ("办公室", "6", ""), ("监测科", "9", "含站点")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    picture = document.add_paragraph("水位变化见图：")
    if not plain:
        picture.add_run().add_picture(io.BytesIO(base64.b64decode(_PIXEL)), width=Cm(6), height=Cm(3))
    document.add_heading("二、存在的问题", level=1)
    changed = document.add_paragraph("一是学习不够深入，")
    if not plain:
        for xml in (
            f"<w:del {NS} {_TRACKED}><w:r><w:delText>研讨较少</w:delText></w:r></w:del>",
            f"<w:ins {NS} {_TRACKED}><w:r><w:t>研讨偏少</w:t></w:r></w:ins>",
        ):
            changed._p.append(parse_xml(xml))
    changed.add_run("，联系实际不紧。")
    if not plain:
        document.add_comment(changed.runs[:1], text="请补充事例", author="核稿人", initials="核")
    link = document.add_paragraph("二是作风不够扎实，详见")
    if not plain:
        link._p.append(parse_xml(f'<w:hyperlink {NS} w:anchor="x"><w:r><w:t>督查通报</w:t></w:r></w:hyperlink>'))
    link.add_run("，走访“云汀站”等站点偏少。")
    document.add_paragraph("附件：1. 整改台账")
    document.add_paragraph("云汀市水文局").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("2026年1月8日").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("附件1")
    document.add_paragraph("整改台账按季度更新，由办公室负责保管和报送，保存期限为十年。")
    return document_bytes(document)


def _centred_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph._p.append(parse_xml(f'<w:fldSimple {NS} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def made(*content: str, styles: str = "") -> bytes:
    """A docx of these paragraphs: plain words, or raw XML without its namespace."""
    document = docx.Document()
    for part in content:
        if part.startswith("<"):
            tag, _, rest = part.partition(">")
            bare, slash = tag.removesuffix("/"), "/" if tag.endswith("/") else ""
            element = parse_xml(f"{bare} {NS}{slash}>{rest}")
            document.element.body.insert_element_before(element, "w:sectPr")
        else:
            document.add_paragraph(part)
    if styles:
        document.styles.element.append(parse_xml(styles))
    return document_bytes(document)


def style_xml(name: str, properties: str, looks: str = "", base: str = "Normal", kind: str = "paragraph") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style {NS} w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{looks}</w:rPr></w:style>"
    )


def one_paragraph(*runs: str) -> bytes:
    """A docx of one paragraph; every other run is bold, and one that begins with < is XML."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for run in runs:
        if run.startswith("<"):
            paragraph._p.append(parse_xml(run))
        else:
            added = paragraph.add_run(run)
            added.bold = len(paragraph.runs) % 2 == 0
    return document_bytes(document)
