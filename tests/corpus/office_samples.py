"""One report with everything that a reader must keep, as docx and, made from it by LibreOffice, in other formats."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
from corpus_docx import repacked
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

HEAD = "市政务办工作情况"
NOTE = "本报告所称窗口，指政务服务大厅的综合窗口。"
TITLE = "市政务办2024年工作情况的报告"
BODY = (
    "2024年，市政务办坚持以群众满意为标准，把政务服务质量摆在突出位置，全年办理事项12.6万件，按期办结率99.8%，"
    "群众评价“好”的占98.5%，比上年提高1.2个百分点；梳理堵点问题37个，已解决35个，其余2个正在推进。"
)
POINTS = (
    "推进一窗受理。将分散在18个部门的窗口整合为综合窗口，群众只进一扇门、只找一个窗、只跑一次路，平均等候时间由42分钟"
    "缩短到15分钟，窗口人员由96名精简到61名，全部实行轮岗。",
    "推进跨省通办。与5个省的12个市签订合作协议，设立专窗14个，公布通办清单，累计办理跨省通办事项3,264件，"
    "为群众节约往返费用约180万元，没有发生一起投诉。",
    "推进数据共享。接入省级平台接口126个，归集电子证照41类，减少重复提交材料2.3万份，其中身份证明一项就减少8,700份。",
)
CLOSING = "下一步，市政务办将继续压减时限、优化流程，逐项销号管理，确保年底前全部事项网上可办，让群众少跑腿、好办事。"
TABLE = (
    ("科室", "事项", "办理件数", "按期办结率"),
    ("综合科", "不动产登记", "31,204", "99.9%"),
    ("综合科", "企业开办", "8,512", "100%"),
    ("督查科", "投诉处理", "416", "98.6%"),
)


def soffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def sample_docx() -> bytes:
    """Automatic numbers before headings and list items, a merged table, a footnote, page head and page number."""
    document = docx.Document()
    _page(document)
    _style(document.add_paragraph(TITLE), size=22, centred=True)
    _style(document.add_paragraph("市委、市政府："), indent=False)
    for heading in ("总体情况", "主要做法", "数据与打算"):
        _numbered(_style(document.add_paragraph(heading)), 41, 0)
        if heading == "总体情况":
            _noted(_style(document.add_paragraph(BODY)))
        elif heading == "主要做法":
            for point in POINTS:
                _numbered(_style(document.add_paragraph(point)), 41, 1)
        else:
            _table(document)
            _style(document.add_paragraph(CLOSING))
    _style(document.add_paragraph("市政务办"), right=True)
    _style(document.add_paragraph("2024年12月26日"), right=True)
    _number_definitions(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_footnotes(buffer.getvalue())


def converted(data: bytes, suffix: str, kind: str, folder: Path, *, program: str | None = None) -> bytes:
    """The file in another format, by LibreOffice; `kind` may name an export filter behind a colon."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"source{suffix}"
    source.write_bytes(data)
    out = folder / "out"
    command = [
        program or soffice() or "soffice",
        f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(out),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (out / f"source.{kind.partition(':')[0]}").read_bytes()


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header.paragraphs[0].text = HEAD
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("— ")
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = " PAGE "
        footer.add_run()._r.append(element)
    footer.add_run(" —")
    document.core_properties.title = ""


def _style(
    paragraph: Paragraph, *, size: int = 16, centred: bool = False, right: bool = False, indent: bool = True
) -> Paragraph:
    form = paragraph.paragraph_format
    form.space_after, form.line_spacing = Pt(0), Pt(28)
    if centred or right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT
    elif indent:
        form.first_line_indent = Pt(2 * size)
    for run in paragraph.runs:
        run.font.size = Pt(size)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Serif CJK SC")
    return paragraph


def _numbered(paragraph: Paragraph, list_id: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')
    )


def _number_definitions(document: Document) -> None:
    """一、 for the first level and （一） for the second, counted anew under each 一、."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr>'
        '<w:rPr><w:sz w:val="32"/></w:rPr></w:lvl>'
        for level, text in ((0, "%1、"), (1, "（%2）"))
    )
    numbering = document.part.numbering_part.element
    form = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="40"><w:multiLevelType w:val="multilevel"/>{levels}'
        "</w:abstractNum>"
    )
    numbering.insert(0, form)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="41"><w:abstractNumId w:val="40"/></w:num>'))


def _table(document: Document) -> None:
    table = document.add_table(len(TABLE), len(TABLE[0]))
    table.style = "Table Grid"
    for i, row in enumerate(TABLE):
        for j, text in enumerate(row):
            if not (i == 2 and j == 0):
                table.cell(i, j).text = text
    table.cell(1, 0).merge(table.cell(2, 0))


def _noted(paragraph: Paragraph) -> None:
    mark = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/>'
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{mark}</w:r>"))


def _with_footnotes(data: bytes) -> bytes:
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for i, kind in ((0, "separator"), (1, "continuationSeparator"))
    )
    size = '<w:rPr><w:sz w:val="18"/></w:rPr>'
    mark = '<w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="18"/></w:rPr><w:footnoteRef/>'
    notes = (
        f'<w:footnotes {nsdecls("w")}>{separators}<w:footnote w:id="2"><w:p><w:r>{mark}</w:r>'
        f"<w:r>{size}<w:t>{NOTE}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )

    def linked(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            part = (
                b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                b'wordprocessingml.footnotes+xml"/></Types>'
            )
            return content.replace(b"</Types>", part)
        if name == "word/_rels/document.xml.rels":
            part = (
                b'<Relationship Id="rIdNotes" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                b'footnotes" Target="footnotes.xml"/></Relationships>'
            )
            return content.replace(b"</Relationships>", part)
        return content

    return repacked(data, {"word/footnotes.xml": notes.encode()}, linked)


def unpacked(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
