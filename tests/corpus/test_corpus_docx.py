"""Word files: the text a reader would see with all changes accepted, and nothing that could hurt on the way."""

import io
import zipfile
from pathlib import Path

import pytest
from corpus_docx import (
    BOX_NS,
    deleted,
    inserted,
    moved_from,
    moved_to,
    paragraph,
    repacked,
    run,
    text_box,
    word_bytes,
)
from docx.document import Document
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers import SourceText, parse_document, parse_manuscript, read_document
from nigao.corpus.splitter import split_passages
from nigao.errors import AdmissionError

PLAIN = word_bytes("一、基本情况", "市政务办设内设科室6个，现有干部22人。")


def read(data: bytes) -> SourceText:
    return parse_document(data, "a.docx")


def lines(*paragraphs: str) -> list[str]:
    return [block.text for block in read(word_bytes(*paragraphs)).blocks]


def reason(data: bytes, limits: AdmissionLimits | None = None) -> str:
    with pytest.raises(AdmissionError) as caught:
        parse_document(data, "a.docx", limits or AdmissionLimits())
    assert caught.value.fix
    return caught.value.reason


def test_paragraphs_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(PLAIN)
    source = read_document(path)
    assert source.text == "一、基本情况\n市政务办设内设科室6个，现有干部22人。"
    assert [block.level for block in source.blocks] == [1, 0]


def test_insertions_stay_and_deletions_go() -> None:
    content = run("完成") + deleted("三") + inserted("四") + run("项任务。")
    assert lines(paragraph(content)) == ["完成四项任务。"]


def test_moved_text_stands_where_it_went() -> None:
    assert lines(paragraph(moved_from("旧处。") + run("前句。")), paragraph(run("后句。") + moved_to("旧处。"))) == [
        "前句。",
        "后句。旧处。",
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = '<w:rPr><w:del w:id="2" w:author="a"/></w:rPr>'
    assert lines(paragraph(run("第一段，"), mark), paragraph(run("接下来。")), paragraph(run("末段。"), mark)) == [
        "第一段，接下来。",
        "末段。",
    ]


def test_hidden_text_breaks_tabs_links_and_controls() -> None:
    content = (
        run("前", "<w:rPr><w:vanish/></w:rPr>")
        + run("甲", '<w:rPr><w:vanish w:val="0"/></w:rPr>')
        + "<w:r><w:tab/></w:r>"
        + f"<w:hyperlink>{run('乙')}</w:hyperlink>"
        + f"<w:sdt><w:sdtContent>{run('丙')}</w:sdtContent></w:sdt>"
        + "<w:r><w:noBreakHyphen/><w:br/></w:r>"
        + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        + run("丁。")
    )
    assert lines(paragraph(content)) == ["甲 乙丙-", "丁。"]


def test_block_level_controls_are_walked() -> None:
    inside = "".join(paragraph(run(text)) for text in ("甲句。", "乙句。"))
    data = word_bytes(
        "首句。",
        paragraph("")
        .replace("<w:p ", "<w:sdt ", 1)
        .replace("</w:p>", f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>")
        .replace("<w:pPr></w:pPr>", ""),
        "末句。",
    )
    assert read(data).text == "首句。\n甲句。\n乙句。\n末句。"


def test_a_text_box_is_margin_and_told_once() -> None:
    source = read(word_bytes(paragraph(run("正文。") + text_box("秘密★1年"))))
    assert source.text == "正文。"
    assert source.margins == ("秘密★1年",)


def test_heading_styles_and_outline_levels() -> None:
    def styled(document: Document) -> None:
        document.add_paragraph("工作总结", style="Title")
        document.add_heading("学习情况", 1)
        document.add_paragraph("内容一句。")
        document.add_heading("专题学习", 2)
        document.add_paragraph("内容一句。")
        document.add_heading("这是错用了标题样式的正文，" * 10 + "。", 1)

    outlined = paragraph(run("附：说明事项"), '<w:outlineLvl w:val="2"/>')
    source = read(word_bytes("开头。", outlined, then=styled))
    assert [(block.level, block.text) for block in source.blocks if block.level] == [
        (3, "附：说明事项"),
        (1, "工作总结"),
        (1, "学习情况"),
        (2, "专题学习"),
    ]


def test_a_style_based_on_a_heading_is_a_heading() -> None:
    def styled(document: Document) -> None:
        style = document.styles.add_style("单位标题", 1)
        style.base_style = document.styles["Heading 2"]
        document.add_paragraph("机构设置", style=style)
        contents = document.styles.add_style("toc 1", 1)
        document.add_paragraph("机构设置……1", style=contents)

    source = read(word_bytes("正文。", then=styled))
    assert [(block.level, block.text) for block in source.blocks] == [(0, "正文。"), (2, "机构设置")]


LEVELS = (("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."), ("bullet", "•"))


def numbering(document: Document) -> None:
    """A list of the levels above under number 77, and one that begins it anew under 78."""
    levels = "".join(
        f"<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"
        for at, (form, text) in enumerate(LEVELS)
    )
    anew = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>"
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f"<w:abstractNum {BOX_NS} w:abstractNumId='77'>{levels}</w:abstractNum>"))
    for number, more in ((77, ""), (78, anew)):
        root.append(parse_xml(f"<w:num {BOX_NS} w:numId='{number}'><w:abstractNumId w:val='77'/>{more}</w:num>"))


def listed(text: str, level: int, number: int = 77, more: str = "") -> str:
    return paragraph(
        run(text) if text else "", f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>{more}"
    )


def test_numbers_that_word_writes_by_itself_are_read() -> None:
    data = word_bytes(
        listed("基本情况", 0), listed("机构设置", 1), listed("人员编制", 1), listed("2025年在编", 2),
        listed("圆点", 3), paragraph(run("正文。")), listed("存在的问题", 0), listed("", 1), listed("学习不深", 1),
        listed("附则", 0, 78), listed("不在册", 0, 99), listed("取消", 0, 0), then=numbering,
    )  # fmt: skip
    assert read(data).text.split("\n") == [
        "一、基本情况", "（一）机构设置", "（二）人员编制", "1. 2025年在编", "圆点", "正文。", "二、存在的问题",
        "（二）学习不深", "一、附则", "不在册", "取消",
    ]  # fmt: skip


def test_numbers_of_a_style_and_of_paragraphs_that_are_gone() -> None:
    def then(document: Document) -> None:
        numbering(document)
        style = document.styles["Heading 1"].element
        style.get_or_add_pPr().append(parse_xml(f"<w:numPr {BOX_NS}><w:numId w:val='77'/></w:numPr>"))
        document.add_heading("基本情况", level=1)
        document.element.body.insert_element_before(
            parse_xml(listed("", 0, more="<w:rPr><w:del w:id='1' w:author='甲'/></w:rPr>")), "w:sectPr"
        )
        document.add_heading("主要特征", level=1)

    blocks = read(word_bytes(then=then)).blocks
    assert [(block.text, block.level) for block in blocks] == [("一、基本情况", 1), ("二、主要特征", 1)]


def fill(document: Document, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def test_table_rows_repeat_their_labels() -> None:
    def tables(document: Document) -> None:
        fill(document, [["序号", "问题", "措施"], ["1", "学习不深。", "每月\n学习"], ["2", "", "按月检查"]])
        document.add_paragraph("表后一句。")
        fill(document, [["甲1", "乙2"], ["丙3", "丁4"]])

    source = read(word_bytes("表前一句。", then=tables))
    assert [(block.kind.value, block.label, block.text) for block in source.blocks] == [
        ("paragraph", "", "表前一句。"),
        ("table_row", "表1第2行", "序号：1；问题：学习不深；措施：每月 学习"),
        ("table_row", "表1第3行", "序号：2；措施：按月检查"),
        ("paragraph", "", "表后一句。"),
        ("table_row", "表2第1行", "甲1 | 乙2"),
        ("table_row", "表2第2行", "丙3 | 丁4"),
    ]


def test_merged_cells_keep_every_row_whole() -> None:
    def merged(document: Document) -> None:
        fill(document, [["科室", "事项", "人数"], ["综合科", "会务", "2"], ["", "采购", "3"]])
        table = document.tables[0]
        table.cell(1, 0).merge(table.cell(2, 0))

    rows = [block.text for block in read(word_bytes(then=merged)).blocks]
    assert rows == ["科室：综合科；事项：会务；人数：2", "科室：综合科；事项：采购；人数：3"]


def test_a_header_over_several_columns_and_a_marked_header_row() -> None:
    def wide(document: Document) -> None:
        fill(document, [["2025年1月", "数据", ""], ["窗口", "12", "13"]])
        table = document.tables[0]
        table.cell(0, 1).merge(table.cell(0, 2))
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(
            parse_xml('<w:tblHeader xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>')
        )

    assert [block.text for block in read(word_bytes(then=wide)).blocks] == ["2025年1月：窗口；数据：12；数据：13"]


def test_a_deleted_row_is_gone() -> None:
    def deleted_row(document: Document) -> None:
        fill(document, [["序号", "问题"], ["1", "甲"], ["2", "乙"]])
        properties = document.tables[0].rows[1]._tr.get_or_add_trPr()
        properties.append(
            parse_xml(
                '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="a"/>'
            )
        )

    assert [block.text for block in read(word_bytes(then=deleted_row)).blocks] == ["序号：2；问题：乙"]


def test_headers_footers_watermarks_and_properties_are_margins() -> None:
    def margins(document: Document) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].text = "页眉文字"
        section.first_page_header.paragraphs[0].text = "首页页眉"
        section.footer.paragraphs[0].text = "页脚文字"
        art = '<w:r><w:pict><v:shape><v:textpath string="内部资料"/></v:shape></w:pict></w:r>'
        section.header._element.append(parse_xml(paragraph(art)))
        document.core_properties.title = "文件标题"
        document.core_properties.category = "秘密"

    source = read(word_bytes("正文一句。", then=margins))
    assert source.text == "正文一句。"
    assert {"页眉文字", "首页页眉", "页脚文字", "内部资料", "文件标题", "秘密"} <= set(source.margins)


def test_an_image_and_a_chart_workbook_do_no_harm() -> None:
    workbook = io.BytesIO()
    with zipfile.ZipFile(workbook, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    assert read(
        repacked(PLAIN, {"word/embeddings/book1.xlsx": workbook.getvalue(), "word/media/a.png": b"\x89PNG"})
    ).blocks


@pytest.mark.parametrize(
    "extra",
    [
        {"word/evil.docx": b"x"},
        {"word/media/image9.png": b"PK\x03\x04rest"},
        {"word/media/a.bin": b"Rar!\x1a\x07\x00"},
        {"../outside.xml": b"<a/>"},
        {"/etc/passwd": b"x"},
        {"word/extra.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]><a>&b;</a>'},
        {"word/extra.xml": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16")},
    ],
)
def test_a_suspect_archive_is_refused(extra: dict[str, bytes]) -> None:
    assert reason(repacked(PLAIN, extra)) == RefusalReason.ARCHIVE


def test_an_entity_in_the_body_is_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'

    def poisoned(name: str, content: bytes) -> bytes:
        return content.replace(b"<w:document", bomb + b"<w:document", 1) if name == "word/document.xml" else content

    assert reason(repacked(PLAIN, replace=poisoned)) == RefusalReason.ARCHIVE


def test_archive_bounds() -> None:
    bomb = repacked(PLAIN, {"word/media/zeros.dat": b"\x00" * 3_000_000})
    assert reason(bomb) == RefusalReason.ARCHIVE
    assert reason(bomb, AdmissionLimits(archive_ratio=10**9, archive_bytes=1_000_000)) == RefusalReason.ARCHIVE
    assert reason(PLAIN, AdmissionLimits(archive_entries=3)) == RefusalReason.ARCHIVE


def test_an_encrypted_entry_is_refused() -> None:
    buffer = io.BytesIO(PLAIN)
    with zipfile.ZipFile(buffer) as archive:
        place = archive.infolist()[0].header_offset
    data = bytearray(PLAIN)
    data[place + 6] |= 1
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    assert reason(bytes(data)) == RefusalReason.ARCHIVE


@pytest.mark.parametrize("data", [b"", b"not a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, PLAIN[:-100]])
def test_what_is_no_docx_is_unreadable(data: bytes) -> None:
    assert reason(data) == RefusalReason.UNREADABLE


def test_a_zip_that_is_no_docx_is_unreadable() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    assert reason(buffer.getvalue()) == RefusalReason.UNREADABLE


def test_broken_xml_is_unreadable_and_quotes_nothing() -> None:
    def broken(name: str, content: bytes) -> bytes:
        return content[: len(content) // 2] if name == "word/document.xml" else content

    with pytest.raises(AdmissionError) as caught:
        read(repacked(word_bytes("不可外泄的一句话。" * 50), replace=broken))
    assert caught.value.reason == RefusalReason.UNREADABLE
    assert "外泄" not in str(caught.value)


def outcome(data: bytes) -> str:
    try:
        return "read" if read(data) else ""
    except AdmissionError as error:
        return error.reason


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(PLAIN) - 1), st.integers(0, 255), st.booleans())
def test_a_damaged_docx_is_read_or_refused(place: int, value: int, cut: bool) -> None:
    data = PLAIN[:place] if cut else PLAIN[:place] + bytes([value]) + PLAIN[place + 1 :]
    assert outcome(data) in ("read", RefusalReason.UNREADABLE, RefusalReason.ARCHIVE)


BODIES = st.text("<>/w:prtdelins &;\"'=一是。", max_size=80)


@settings(max_examples=60, deadline=None)
@given(BODIES)
def test_any_body_xml_is_read_or_refused(body: str) -> None:
    def replaced(name: str, content: bytes) -> bytes:
        if name != "word/document.xml":
            return content
        head = content[: content.index(b"<w:body>") + 8]
        return head + f"<w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:body></w:document>".encode()

    assert outcome(repacked(PLAIN, replace=replaced)) in ("read", RefusalReason.UNREADABLE, RefusalReason.ARCHIVE)


def noted(*notes: str, kind: str = "footnote") -> bytes:
    """A document whose first paragraph refers to each note, and whose second refers to none."""
    references = "".join(run(f"句{i}。") + f'<w:r><w:{kind}Reference w:id="{i + 1}"/></w:r>' for i in range(len(notes)))
    data = word_bytes(paragraph(references), "末段。")
    bodies = "".join(
        f'<w:{kind} w:id="{i + 1}"><w:p><w:r><w:{kind}Ref/></w:r>{run(text)}</w:p></w:{kind}>'
        for i, text in enumerate(notes)
    )
    separator = f'<w:{kind} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    part = f"<w:{kind}s {BOX_NS}>{separator}{bodies}</w:{kind}s>".encode()
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def linked(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            kept = "application/vnd.openxmlformats-officedocument.wordprocessingml"
            added = f'<Override PartName="/word/{kind}s.xml" ContentType="{kept}.{kind}s+xml"/></Types>'
            return content.replace(b"</Types>", added.encode())
        if name == "word/_rels/document.xml.rels":
            added = f'<Relationship Id="rIdN" Type="{namespace}/{kind}s" Target="{kind}s.xml"/></Relationships>'
            return content.replace(b"</Relationships>", added.encode())
        return content

    return repacked(data, {f"word/{kind}s.xml": part}, linked)


def test_footnotes_stand_behind_the_paragraph_that_refers_to_them() -> None:
    source = read(noted("甲说明。", "乙说明。"))
    assert source.text == "句0。句1。\n〔注1：甲说明。〕\n〔注2：乙说明。〕\n末段。"
    assert [block.label for block in source.blocks] == ["", "注1", "注2", ""]
    assert [passage.locator for passage in split_passages("d", "通知", source)] == ["第1段至第2段"]


def test_a_long_note_is_a_passage_with_its_own_locator() -> None:
    source = read(noted("说明的一句话，" * 60 + "完。"))
    passages = split_passages("d", "通知", source)
    assert [passage.locator for passage in passages] == ["第1段", "注1", "第2段"]
    assert all(passage.text == source.text[passage.start : passage.end] for passage in passages)


def test_endnotes_are_counted_apart_and_a_reports_own_notes_are_left_out() -> None:
    data = noted("甲说明。", kind="endnote")
    assert read(data).text == "句0。\n〔尾注1：甲说明。〕\n末段。"
    report = parse_manuscript(data, "a.docx")
    assert report.text == "句0。\n末段。"
    assert report.margins == ("〔尾注1：甲说明。〕",)


def test_a_note_whose_reference_was_deleted_is_not_told() -> None:
    gone = '<w:del w:id="9" w:author="a"><w:r><w:footnoteReference w:id="1"/></w:r></w:del>'

    def deleted_reference(name: str, content: bytes) -> bytes:
        reference = b'<w:r><w:footnoteReference w:id="1"/></w:r>'
        return content.replace(reference, gone.encode()) if name == "word/document.xml" else content

    assert read(repacked(noted("甲说明。"), replace=deleted_reference)).text == "句0。\n末段。"
